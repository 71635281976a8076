"""Home: what is new for a recruiter, what it says when nothing is, and old links that are sent on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.data.versions import data_version
from jobrec_ui.desk import news as desk_news
from jobrec_ui.desk import shortlists
from jobrec_ui.desk.user_state import user_state
from jobrec_ui.models import ModelVersion
from jobrec_ui.warehouse import Warehouse
from tests.shown_lists import log_view

OpenPage = Callable[..., AppTest]


@pytest.fixture
def version(warehouse: Warehouse) -> ModelVersion:
    found = models.live_version(warehouse)
    assert found is not None
    return found


def text_of(app: AppTest) -> str:
    return "\n".join([*(part.value for part in app.markdown), *(part.value for part in app.caption)])


def test_new_matches_are_those_never_shown(warehouse: Warehouse, version: ModelVersion) -> None:
    loaded = data_version(warehouse)
    assert loaded is not None
    first, other = matching.find_postings(warehouse, "", 2, open_only=True)["posting_id"]
    ranked = matching.rank_candidates(warehouse, first, version, limit=50)

    def look(posting: str, rows: Any, of_version: int) -> None:
        log_view(warehouse, "eva", posting, of_version, loaded.version, (), rows)

    def news() -> dict[str, int]:
        found = desk_news.new_matches(warehouse, "eva", loaded, version)
        return dict(zip(found["posting_id"], found["new_matches"], strict=True))

    assert news() == {}
    look(first, ranked.iloc[3:], version.version - 1)  # an older model, and the best three were not on it
    assert news() == {first: 3}
    look(other, ranked.head(5), version.version)
    assert news() == {first: 3, other: 0}  # nothing changed since: not ranked again
    look(first, ranked, version.version - 1)
    assert news() == {first: 0, other: 0}


@pytest.mark.over_the_wire
def test_changes_of_others_on_lists_that_one_sees(warehouse: Warehouse) -> None:
    before = datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=1)
    shared, own = (shortlists.create(warehouse, "fay", name) for name in ("Shared", "Own"))
    shortlists.share(warehouse, "fay", shared, "gus", "edit", ["gus"])
    found = desk_news.changed_lists(warehouse, "gus", before)
    assert found["name"].tolist() == ["Shared"]
    assert found["username"].tolist() == ["fay"]
    assert desk_news.changed_lists(warehouse, "fay", before).empty
    assert desk_news.changed_lists(warehouse, "gus", before + timedelta(days=1)).empty
    assert own not in set(found["shortlist_id"])


@pytest.mark.over_the_wire
def test_news_of_models(warehouse: Warehouse, version: ModelVersion) -> None:
    found = desk_news.model_news(warehouse, datetime(2000, 1, 1))
    assert ("live", version.version) in set(zip(found["state"], found["version"], strict=True))
    assert desk_news.model_news(warehouse, datetime(2100, 1, 1)).empty


@pytest.mark.over_the_wire
def test_a_visit_ends_what_was_new(warehouse: Warehouse) -> None:
    assert user_state(warehouse, "hal").last_visit is None
    desk_news.record_visit(warehouse, "hal")
    assert user_state(warehouse, "hal").last_visit is None  # a page that is loaded again is the same visit
    with warehouse.engine.begin() as connection:
        an_hour_ago = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1)
        connection.execute(sa.text("UPDATE app.visits SET visited_at = :t WHERE username = 'hal'"), {"t": an_hour_ago})
    assert user_state(warehouse, "hal").last_visit == an_hour_ago


@pytest.mark.over_the_wire
def test_somebody_new_is_offered_the_newest_postings(open_page: OpenPage, warehouse: Warehouse) -> None:
    with warehouse.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM app.lists_shown WHERE username = 'admin'"))
        connection.execute(sa.text("DELETE FROM app.shortlist_events WHERE username = 'admin'"))
    app = open_page("home", role="admin")
    assert [title.value for title in app.title] == ["Home"]
    assert "You have not looked at a posting yet" in text_of(app)
    assert [part.value for part in app.subheader] == ["New strong matches", "Lists others changed", "Models"]
    assert not app.error


def test_who_looked_at_a_list_is_up_to_date(
    open_page: OpenPage, warehouse: Warehouse, version: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = str(matching.find_postings(warehouse, "", 1, open_only=True)["posting_id"].iloc[0])
    ranked = matching.rank_candidates(warehouse, posting, version)
    log_view(warehouse, "recruiter", posting, version.version, 1, (), ranked)
    asked: list[str] = []
    query = Warehouse.query

    def noting(wh: Warehouse, name: str, *args: Any, **how: Any) -> Any:
        asked.append(name)
        return query(wh, name, *args, **how)

    monkeypatch.setattr(Warehouse, "query", noting)
    app = open_page("home")
    assert "You are up to date" in text_of(app)
    app.run()
    # One question for each card, and no second one.
    assert sorted(name for name in asked if name.startswith("desk/news/")) == [
        "desk/news/changed_lists", "desk/news/model_news", "desk/news/new_matches",
    ]  # fmt: skip


def test_an_old_link_is_sent_on(open_page: OpenPage, warehouse: Warehouse) -> None:
    posting = str(matching.find_postings(warehouse, "", 1, open_only=True)["posting_id"].iloc[0])
    app = open_page("home", posting=posting, must=["SQL", "Excel"])
    assert [title.value for title in app.title] == ["Match candidates"]
    assert app.query_params["posting"] == posting
    assert app.multiselect(key="must").value == ["SQL", "Excel"]
