"""Model quality: the sentence on top, the panels and their files, what a recruiter and what an admin sees."""

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import models
from jobrec_ui.errors import NotAllowed, WarehouseError
from jobrec_ui.quality import figures, words
from jobrec_ui.quality.panels import CHANGES, DETAILS, OUTCOMES, PANELS, QUALITY
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached
from jobrec_ui.web.model import quality_panels

OpenPage = Callable[..., AppTest]


def titles(app: AppTest) -> list[str]:
    return [subheader.value for subheader in app.subheader]


def outcomes_drawn(app: AppTest) -> bool:
    """Whether any list was looked at before: other tests of this process may have done so."""
    return OUTCOMES.empty not in [caption.value for caption in app.caption]


@pytest.mark.over_the_wire
def test_a_recruiter_reads_a_sentence_sees_the_panels_and_chooses_a_measure(
    open_page: OpenPage, warehouse: Warehouse
) -> None:
    app = open_page("quality")
    live = models.live_version(warehouse)
    assert live is not None
    summary = words.summary(figures.on_record(warehouse).metrics, live.version)
    assert summary in [markdown.value for markdown in app.markdown]
    assert titles(app) == [panel.title for panel in (*QUALITY, *CHANGES, OUTCOMES)]
    assert len(app.get("vega_lite_chart")) - outcomes_drawn(app) == len(QUALITY) + len(CHANGES)
    assert not app.error
    control = next(one for one in app.button_group if one.key and one.key.startswith("view_baselines"))
    control.set_value(["Right order of two"]).run()
    assert not app.exception
    assert not app.error


def test_an_admin_sees_the_details_too(open_page: OpenPage) -> None:
    app = open_page("quality", role="admin")
    assert titles(app)[-len(DETAILS) :] == [panel.title for panel in DETAILS]
    figures = app.dataframe[0].value
    assert {"NDCG@10", "AUC", "log loss"} <= set(figures["Metric"])
    assert "Make the model card" in [button.label for button in app.button]


def test_a_panel_that_fails_does_not_hold_up_the_others(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(url: str, data_version: int, version: int, key: str) -> pd.DataFrame:
        if key == "lift":
            raise WarehouseError("The warehouse is busy.")
        return PANELS[key].load(cached.connection.warehouse(url), version)

    monkeypatch.setattr(cached.quality, "panel", fail)
    app = open_page("quality")
    assert [error.value for error in app.error] == ["The warehouse is busy."]
    assert len(app.get("vega_lite_chart")) - outcomes_drawn(app) == len(QUALITY) + len(CHANGES) - 1


def test_a_slow_panel_does_not_hold_up_the_others(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that comes only when all others are there."""
    loaded: set[str] = set()
    others_are_there, waited = threading.Event(), []

    def load(url: str, data_version: int, version: int, key: str) -> pd.DataFrame:
        if key == "lift":
            waited.append(others_are_there.wait(20))
        rows = PANELS[key].load(cached.connection.warehouse(url), version)
        loaded.add(key)
        if len(loaded) == len(QUALITY) + len(CHANGES):  # and the outcomes, less this one
            others_are_there.set()
        return rows

    monkeypatch.setattr(cached.quality, "panel", load)
    app = open_page("quality")
    assert waited == [True]
    assert not app.error
    assert len(app.get("vega_lite_chart")) - outcomes_drawn(app) == len(QUALITY) + len(CHANGES)


def test_who_takes_figures_home_is_written_down(
    open_page: OpenPage, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Callable[[], bytes]] = {}

    def button(label: str, data: Callable[[], bytes], *more: str, key: str, **options: Any) -> None:
        files[key] = data

    monkeypatch.setattr(quality_panels.st, "download_button", button)
    monkeypatch.setattr(cached.quality, "model_card", lambda *about: b"a card")
    app = open_page("quality", role="admin")
    app.button(key="make_card_1").click().run()
    assert b"Lift" in files["csv_lift_1"]()
    assert files["card_1"]() == b"a card"
    log = warehouse.query("access/audit_latest", {"limit": 2})
    assert log[["username", "action", "subject"]].to_numpy().tolist() == [
        ["admin", "export of model card", "match_v1"],
        ["admin", "export of figures", "match_v1"],
    ]
    assert log["detail"].tolist()[1].startswith("lift, csv, ")


def test_the_model_card_is_for_admins(installation: Any) -> None:
    with pytest.raises(NotAllowed):
        cached.quality.model_card(installation.warehouse_url, 1, 1, "recruiter")
