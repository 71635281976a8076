"""What leads a new admin: load, look, train, invite; and lists by likeness until there is a model."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.data.load import load_tables
from jobrec_ui.models import background
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.match.download import Subject, list_as_file
from jobrec_ui.web.match.ranked_list import postings_list
from tests.models.company_shapes import Shape, company

OpenPage = Callable[..., AppTest]


@pytest.fixture
def new(
    installation: Any, reach: Callable[[Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Warehouse]:
    """An installation with the same users and a warehouse in which nothing is."""
    monkeypatch.setenv("JOBREC_WAREHOUSE", reach(tmp_path / "new.duckdb"))
    settings.cache_clear()
    yield cached.connection.warehouse(settings().warehouse_url)
    settings.cache_clear()


def text_of(app: AppTest) -> str:
    return "\n".join(part.value for part in [*app.markdown, *app.caption])


def done(app: AppTest) -> list[str]:
    return [
        part.value.split("**")[1] for part in app.markdown if part.value.startswith(":green[:material/check_circle")
    ]


@pytest.mark.embedded_only  # it trains
def test_an_admin_is_led_from_nothing_to_a_model(open_page: OpenPage, new: Warehouse) -> None:
    app = open_page("home", role="admin")
    assert "First steps" in [part.value for part in app.subheader]
    assert not app.error
    assert done(app) == ["Invite colleagues"]  # a recruiter may log in
    load_tables(new, company(Shape(postings=8, people=600)).tables())  # and dies before the features

    cached.connection.current_versions.clear()
    app = open_page("home", role="admin")
    assert background.wait(new, 60)  # the app made the features
    cached.connection.current_versions.clear()
    app = open_page("home", role="admin")
    assert done(app) == ["Load your data", "Invite colleagues"]
    assert "There is enough to learn from" in text_of(app)
    assert "No model yet: sorted by likeness" in text_of(app)

    app = open_page("candidates", role="admin", posting="P1")
    assert "No model yet: sorted by likeness" in text_of(app)
    best = matching.rank_candidates(new, "P1", models.LIKENESS)
    assert app.dataframe[0].value.index.tolist() == best["candidate_id"].tolist()
    app.query_params["open"] = best["candidate_id"].iloc[0]
    app.run()
    assert "No model yet: sorted by likeness. The numbers are points" in text_of(app)

    choices = models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)
    version = models.train(new, requested_by="admin", choices=choices, poll_seconds=0.2)
    del app.query_params["open"]
    cached.connection.current_versions.clear()
    app = open_page("candidates", role="admin", posting="P1")
    assert "No model yet" not in text_of(app)
    best = matching.rank_candidates(new, "P1", version)
    assert app.dataframe[0].value.index.tolist() == best["candidate_id"].tolist()
    app = open_page("home", role="admin")
    assert "First steps" not in [part.value for part in app.subheader]


def test_nobody_else_yet(open_page: OpenPage, installation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [accounts.read_users(installation.users_file)["admin"]]
    monkeypatch.setattr(accounts, "list_users", lambda file: alone)
    app = open_page("home", role="admin")
    assert "Invite colleagues" not in done(app)
    assert "python -m jobrec_ui user add NAME" in text_of(app)
    assert "First steps" not in [part.value for part in open_page("home").subheader]  # a recruiter's


def test_a_training_that_cannot_be_had_says_why(open_page: OpenPage, new: Warehouse) -> None:
    load_tables(new, company(Shape(postings=8, people=30, text=False)).tables())
    models.refresh_features(new)
    sentence = models.readiness(new, models.TrainingChoices()).sentence
    assert sentence.startswith("30 of 30 candidates have neither a text nor an earlier application")
    for name in ("home", "admin"):
        assert sentence in text_of(open_page(name, role="admin")).replace("\\", "")


def test_files_say_what_sorted_them(new: Warehouse) -> None:
    load_tables(new, company(Shape(postings=8, people=30)).tables())
    models.refresh_features(new)
    versions = Versions(models.in_use(new).data, None)
    shown = postings_list(matching.rank_postings(new, "C1", versions.ranker), "key")
    file = list_as_file(shown, versions, Subject("Candidate", "C1", "Person 1", (), False), "ann", "csv").decode()
    assert "No model yet: sorted by likeness" in file
