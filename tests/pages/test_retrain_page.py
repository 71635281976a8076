"""Retrain: what an admin sees before, during and after a training, and that nobody else does."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import models
from jobrec_ui.access import accounts
from jobrec_ui.models import admin, background, records
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached

OpenPage = Callable[..., AppTest]
QUICK = models.TrainingChoices(hyperparameters={"num_round": 20}, cutoffs=1)
BY_HAND = accounts.User("ann", "Ann", "admin", "")


@pytest.fixture(scope="module")
def own_installation(make_installation: Callable[[], Any]) -> Any:
    """One installation for all tests of this file, in their order: they train versions 2 and 3."""
    return make_installation()


@pytest.fixture
def installation(own_installation: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The file's installation, with the settings of this process pointing to it."""
    monkeypatch.setenv("JOBREC_HOME", str(own_installation.home))
    for name in ("JOBREC_WAREHOUSE", "JOBREC_USERS"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    yield own_installation
    settings.cache_clear()


def said(app: AppTest) -> str:
    """All that is written on the page."""
    shown = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(one.value for one in shown)


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def run_until(app: AppTest, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 150  # a training, on a busy machine
    while not done():
        assert time.monotonic() < deadline, said(app)
        time.sleep(0.2)
        app.run()
        assert not app.exception


def test_before_and_after_a_training(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("retrain", role="admin")
    assert "**Version 1** is live." in said(app)
    expected = models.examples.expected(warehouse, models.TrainingChoices())
    assert figures(app)["Examples"] == f"{expected.examples:,}"
    assert figures(app)["Of these did well"] == f"{expected.positives:,}"
    assert figures(app)["Cells"] == f"{expected.examples * (len(models.TrainingChoices().features) + 1):,}"
    assert figures(app)["Cost"] == "0"
    assert "The same data as for version 1" in said(app)
    assert "too few to tell whether the new version is better" in said(app)

    app.number_input(key="choice_num_round").set_value(20)
    app.slider(key="choice_cutoffs").set_value(1)
    app.text_input(key="choice_note").set_value("quick *one*")
    app.button(key="training_submit").click().run()
    assert "num_round 20" in said(app)
    app.button(key="start_training").click().run()
    assert not app.exception
    assert "**Version 2** is on its way" in said(app)
    assert background.wait(warehouse, 150)  # a page that looks all the time would only slow it down
    run_until(app, lambda: "**Version 2**" not in said(app))

    record = models.version_record(warehouse, 2)
    assert record is not None
    assert (record.state, record.requested_by) == ("held back", "admin")
    assert (dict(record.choices.hyperparameters), record.choices.note) == ({"num_round": 20}, "quick *one*")
    listed = app.dataframe[0].value
    assert listed["version"].tolist() == [2, 1]
    assert listed["state"].tolist() == ["held back", "live"]
    assert listed["note"].tolist() == ["quick *one*", ""]
    compared = app.dataframe[1].value
    assert compared.columns.tolist()[:3] == ["metric", "Version 2", "Version 1"]
    assert (compared["Version 2"] != "").all()


def test_a_training_that_another_admin_started(open_page: OpenPage, warehouse: Warehouse) -> None:
    number = models.request(warehouse, QUICK, "bea")
    app = open_page("retrain", role="admin")
    assert f"**Version {number}** is on its way" in said(app)
    assert "bea asked for it" in said(app)
    assert not [button for button in app.button if button.key == "start_training"]
    assert background.wait(warehouse, 150)


def test_what_serves_shows_at_once(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("retrain", role="admin")
    assert "There is nothing to roll back to" in said(app)
    admin.promote(warehouse, BY_HAND, 2, "to see it")
    cached.connection.current_versions.clear()
    app.run()
    assert "**Version 2** is live." in said(app)
    assert "to see it" in said(app)
    assert app.button(key="roll_back").label == "Roll back to version 1"
    admin.rollback(warehouse, BY_HAND, "worse")
    admin.set_share(warehouse, BY_HAND, 2, 0.5, "try it")
    cached.connection.current_versions.clear()
    app.run()
    assert "**Version 1** is live." in said(app)
    assert "Version 2 serves 50% of the postings" in said(app)
    assert app.table[0].value.iloc[2, 1] == "not known yet"
    assert records.deployments(models.list_versions(warehouse))["version"].tolist() == [1, 2, 1]


def closed_page() -> None:
    """What the entry page makes of the admins' pages for a recruiter."""
    import streamlit as st

    from jobrec_ui.web import page

    def retrain() -> None:
        raise AssertionError("The page itself was run.")

    st.navigation([page.closed_page(st.Page(retrain, title="Retrain"))]).run()


def test_a_recruiter_is_refused_and_that_is_logged(installation: Any, warehouse: Warehouse) -> None:
    user = accounts.read_users(installation.users_file)["recruiter"]
    app = AppTest.from_function(closed_page, default_timeout=120)
    app.session_state["authentication_status"] = True
    app.session_state["username"] = user.session_id
    app.run()
    assert not app.exception
    assert "Your role does not open this page" in said(app)
    log = warehouse.query("access/audit_latest", {"limit": 10})
    assert log[log["action"] == "refused"][["username", "subject"]].to_numpy().tolist() == [["recruiter", "Retrain"]]
