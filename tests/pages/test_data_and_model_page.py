"""Data and model: what an admin reads about the data, the live model and the locked logins."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import models
from jobrec_ui.access import accounts
from jobrec_ui.access.accounts import LoginRefused
from jobrec_ui.data import versions
from jobrec_ui.errors import NotAllowed
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached

OpenPage = Callable[..., AppTest]


@pytest.mark.over_the_wire
def test_it_says_what_is_loaded_and_how_good_the_model_is(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("admin", role="admin")
    data, model = versions.data_version(warehouse), models.live_version(warehouse)
    assert data is not None
    assert model is not None
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Candidates"] == f"{data.candidates:,}"
    assert figures["Postings"] == f"{data.postings:,}"
    assert figures["Data version"] == str(data.version)
    assert any(f"**Version {model.version}** is live" in markdown.value for markdown in app.markdown)
    assert figures["Right order of two"] == f"{model.metrics['auc']:.0%}"


def test_every_feature_of_the_model_has_a_sentence(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("admin", role="admin")
    model = models.live_version(warehouse)
    assert model is not None
    rows = app.dataframe[0].value
    assert len(rows) == len(model.features)
    assert (rows["label"].str.len() > 0).all()
    assert rows["sentence"].str.endswith(".").all()


def test_locked_names_are_listed_unknown_ones_without_the_name(
    open_page: OpenPage, warehouse: Warehouse, installation: Any
) -> None:
    accounts.add_user(installation.users_file, "locked.out", accounts.generate_password(), "recruiter")
    for username in ("locked.out", "typed-by-mistake"):
        for _ in range(5):
            with pytest.raises(LoginRefused):
                accounts.log_in(warehouse, settings(), username, "wrong password")
    app = open_page("admin", role="admin")
    listed = app.dataframe[-1].value
    assert listed["username"].tolist()[:2] == ["(no such user)", "locked.out"]
    assert listed["locked_now"].tolist()[:2] == ["locked", "locked"]


def test_the_lockouts_are_for_admins(installation: Any) -> None:
    with pytest.raises(NotAllowed):
        cached.access.lockouts(installation.warehouse_url, "recruiter")
