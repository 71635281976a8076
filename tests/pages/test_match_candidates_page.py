"""Match candidates: search, list, filters, the address, the drawer, and what it says when something is missing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.desk import marks, saved_searches
from jobrec_ui.errors import NotAllowed, WarehouseError
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.models import InUse
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import text

OpenPage = Callable[..., AppTest]


@pytest.fixture
def posting(warehouse: Warehouse) -> dict[str, Any]:
    """An open posting that asks for skills."""
    for posting_id in matching.find_postings(warehouse, "", 20, open_only=True)["posting_id"]:
        found = matching.get_posting(warehouse, posting_id)
        if found and len(found["skills_list"]) >= 2:
            return found
    raise AssertionError("the demo company has no such posting")


def ranked(warehouse: Warehouse, posting_id: str, filters: CandidateFilters | None = None, limit: int = 50) -> Any:
    """What the page should show."""
    model = models.live_version(warehouse)
    assert model is not None
    return matching.rank_candidates(warehouse, posting_id, model, filters or CandidateFilters(), limit)


def shown(app: AppTest) -> pd.DataFrame:
    assert len(app.dataframe) == 1
    return app.dataframe[0].value


def test_without_a_posting_it_offers_the_newest(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("candidates")
    newest = matching.find_postings(warehouse, "", 8)
    assert app.radio(key="found_posting").label == "Newest postings"
    assert len(app.radio(key="found_posting").options) == len(newest) == 8
    assert not app.dataframe


def test_typing_finds_and_picking_shows_the_list(open_page: OpenPage, posting: dict[str, Any]) -> None:
    app = open_page("candidates")
    app.text_input(key="find_posting").set_value(posting["posting_id"]).run()
    app.radio(key="found_posting").set_value(posting["posting_id"]).run()
    app.run()
    assert app.query_params["posting"] == posting["posting_id"]
    assert app.text_input(key="find_posting").value == ""
    assert len(shown(app)) > 0


def test_finding_nothing_is_said(open_page: OpenPage) -> None:
    app = open_page("candidates")
    app.text_input(key="find_posting").set_value("zzqxj").run()
    assert any(caption.value.startswith("Nothing found for “zzqxj”") for caption in app.caption)


def test_a_word_that_is_mistyped_finds_the_closest(open_page: OpenPage, warehouse: Warehouse) -> None:
    wanted = next(row for row in matching.find_postings(warehouse, "", 60).itertuples() if "Nurse" in row.title.split())
    app = open_page("candidates")
    app.text_input(key="find_posting").set_value("nurze").run()
    assert "Nothing is called “nurze” exactly; closest:" in [caption.value for caption in app.caption]
    options = app.radio(key="found_posting").options
    assert options
    assert all("Nurse" in option for option in options)
    app.radio(key="found_posting").set_value(wanted.posting_id).run()
    app.run()
    assert app.query_params["posting"] == wanted.posting_id


def test_closed_postings_come_last_and_say_since_when(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("candidates")
    app.text_input(key="find_posting").set_value("r").run()
    found = matching.find_postings(warehouse, "r", 60)
    closed = found[~found["is_open"]].iloc[0]
    assert not any(
        "closed" in option for option in app.radio(key="found_posting").options
    )  # there are open ones enough
    app.text_input(key="find_posting").set_value(closed["posting_id"]).run()
    [option] = app.radio(key="found_posting").options
    assert option.endswith(f" :gray-badge[closed since {text.day(closed['closed_since'])}]")
    open_page("candidates", posting=closed["posting_id"])
    assert any(f"closed since {text.day(closed['closed_since'])}" in one.value for one in app.markdown)


@pytest.mark.over_the_wire
def test_the_list_is_what_the_warehouse_ranks(
    open_page: OpenPage, warehouse: Warehouse, posting: dict[str, Any]
) -> None:
    app = open_page("candidates", posting=posting["posting_id"])
    expected, rows = ranked(warehouse, posting["posting_id"]), shown(app)
    assert rows.index.tolist() == expected["candidate_id"].tolist()
    assert rows["rank"].tolist() == list(range(1, len(expected) + 1))
    assert rows["score"].tolist() == (expected["score"] * 100).round(1).tolist()
    assert rows["score"].is_monotonic_decreasing
    assert rows["matched"].map("; ".join).tolist() == expected["matched_skills"].fillna("").tolist()
    assert {"email", "phone"}.isdisjoint(rows.columns)
    assert [subheader.value for subheader in app.subheader][-1] == f"Best {len(expected)} candidates"


def test_what_one_has_seen_marks_nobody_elses_list(
    open_page: OpenPage, warehouse: Warehouse, posting: dict[str, Any]
) -> None:
    best = str(ranked(warehouse, posting["posting_id"])["candidate_id"].iloc[0])
    marks.record_seen(warehouse, "recruiter", posting["posting_id"], best)
    for role, sees in (("recruiter", True), ("admin", False), ("recruiter", True)):
        app = open_page("candidates", role=role, posting=posting["posting_id"])
        assert any("Seen by you" in mark for mark in shown(app).loc[best, "marks"]) is sees


def test_it_says_how_fresh_the_list_is(open_page: OpenPage, posting: dict[str, Any], warehouse: Warehouse) -> None:
    app = open_page("candidates", posting=posting["posting_id"])
    model = models.live_version(warehouse)
    assert model is not None
    (said,) = [caption.value for caption in app.caption if "data version" in caption.value]
    assert f"model version {model.version}" in said


def test_filters_narrow_the_list_and_are_said(
    open_filtered: OpenPage, warehouse: Warehouse, posting: dict[str, Any]
) -> None:
    app = open_filtered("candidates", posting=posting["posting_id"])
    before = len(shown(app))
    skill = posting["skills_list"][0]
    app.multiselect(key="must").set_value([skill]).run()
    expected = ranked(warehouse, posting["posting_id"], CandidateFilters(must_have=(skill,)))
    assert 0 < len(expected) <= before
    assert shown(app).index.tolist() == expected["candidate_id"].tolist()
    (chip,) = [button for button in app.button if button.key.startswith("chip_")]
    counts = matching.filter_counts(warehouse, posting["posting_id"], CandidateFilters(must_have=(skill,)))
    assert chip.label == f"must have {text.plain(skill)} · leaves out {counts['removed'].max():,}"
    chip.click().run()
    assert len(shown(app)) == before
    assert app.multiselect(key="must").value == []
    # Several that were pasted at once are a filter each.
    app.multiselect(key="must").set_value([f"{skill}; no such skill"]).run()
    both = [button for button in app.button if button.key.startswith("chip_")]
    assert [button.label.split(" · ")[0] for button in both] == [chip.label.split(" · ")[0], "must have no such skill"]
    both[1].click().run()
    assert shown(app).index.tolist() == expected["candidate_id"].tolist()


def test_a_text_search_and_what_it_says_when_malformed(open_page: OpenPage, posting: dict[str, Any]) -> None:
    app = open_page("candidates", posting=posting["posting_id"], words="manager AND (")
    (error,) = [error.value for error in app.error]
    assert "character 14" in error
    assert not app.dataframe
    app.text_input(key="words").set_value("manag*").run()
    assert not app.error
    assert len(shown(app)) > 0
    app.button(key="clear_candidate_filters").click().run()
    assert app.text_input(key="words").value == ""


@pytest.mark.over_the_wire
def test_a_search_is_saved_loaded_shared_and_deleted(
    open_filtered: OpenPage, warehouse: Warehouse, posting: dict[str, Any]
) -> None:
    app = open_filtered("candidates", posting=posting["posting_id"])
    app.multiselect(key="must").set_value(["SQL"]).run()
    app.text_input(key="search_name").set_value("My *search*")
    app.checkbox(key="search_shared").check()
    app.button(key="save_search_button").click().run()
    (one,) = saved_searches.saved(warehouse, "recruiter")
    assert (one.name, one.owner, one.is_shared, one.values) == ("My *search*", "recruiter", True, {"must": ["SQL"]})
    assert saved_searches.saved(warehouse, "admin") == [one]
    with pytest.raises(NotAllowed, match="Only recruiter"):
        saved_searches.delete(warehouse, "admin", one.search_id)
    saved_searches.save(warehouse, "recruiter", "my *SEARCH*", False, one.values)  # the same one, for oneself now
    assert [found.search_id for found in saved_searches.saved(warehouse, "recruiter")] == [one.search_id]
    assert saved_searches.saved(warehouse, "admin") == []
    app.button(key="clear_candidate_filters").click().run()
    assert app.multiselect(key="must").value == []
    app.button(key=f"load_search_{one.search_id}").click().run()
    assert app.multiselect(key="must").value == ["SQL"]
    app.button(key=f"delete_search_{one.search_id}").click().run()
    assert saved_searches.saved(warehouse, "recruiter") == []


def test_how_many(open_filtered: OpenPage, posting: dict[str, Any]) -> None:
    app = open_filtered("candidates", posting=posting["posting_id"])
    app.selectbox(key="show_candidates").set_value(25).run()
    assert len(shown(app)) == 25


def test_nobody_passes(open_filtered: OpenPage, posting: dict[str, Any]) -> None:
    app = open_filtered("candidates", posting=posting["posting_id"])
    app.multiselect(key="must").set_value(["a skill that nobody has"]).run()
    assert not app.dataframe
    assert "No candidates fit" in [subheader.value for subheader in app.subheader]


@pytest.mark.over_the_wire
def test_the_address_opens_the_drawer_with_reasons(
    open_page: OpenPage, warehouse: Warehouse, posting: dict[str, Any]
) -> None:
    candidate = ranked(warehouse, posting["posting_id"])["candidate_id"].iloc[1]
    person = matching.get_candidate(warehouse, candidate)
    assert person is not None
    app = open_page("candidates", posting=posting["posting_id"], open=candidate)
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Rank"] == "2"
    assert "Why this score" in [header.value for header in app.header]
    assert len(app.get("vega_lite_chart")) == 1
    assert any("speaks for" in markdown.value or "speaks against" in markdown.value for markdown in app.markdown)
    # The quotes are the candidate's own words, with those of the posting marked.
    assert "In their own words" in [header.value for header in app.header]
    quotes = [markdown.value for markdown in app.markdown if markdown.value.startswith("> “")]
    marked = [re.findall(r"\*\*:primary-background\[(\w+)\]\*\*", quote) for quote in quotes]
    assert quotes
    assert all(marked)
    assert all(word in f"{person['summary']} {person['headline']}" for words in marked for word in words)


@pytest.mark.parametrize("unknown", ["P-does-not-exist", "x" * 65, "a\nb", "", "' OR 1=1 --"])
def test_an_unknown_posting_is_said_and_another_can_be_found(open_page: OpenPage, unknown: str) -> None:
    app = open_page("candidates", posting=unknown)
    assert [warning.value for warning in app.warning] == [
        "There is no posting with the number in this address. It may have been removed. Find another one below."
    ]
    assert len(app.radio(key="found_posting").options) == 8


@pytest.mark.over_the_wire
def test_filters_in_the_address_that_make_no_sense(open_page: OpenPage, posting: dict[str, Any]) -> None:
    odd = {"pay_from": "1e309", "pay_to": "-inf", "from": "2026-99-99", "years": "x", "place": "Atlantis", "km": "7"}
    app = open_page("candidates", posting=posting["posting_id"], **odd)
    assert not app.error
    assert len(shown(app)) == 50
    assert app.number_input(key="pay_from").value is None


def test_an_open_candidate_who_is_not_in_the_list_is_said(open_page: OpenPage, posting: dict[str, Any]) -> None:
    app = open_page("candidates", posting=posting["posting_id"], open="C-nobody")
    assert any("not in this list" in caption.value for caption in app.caption)
    assert not app.metric


def test_cards_show_the_same_people(open_page: OpenPage, warehouse: Warehouse, posting: dict[str, Any]) -> None:
    app = open_page("candidates", posting=posting["posting_id"])
    app.segmented_control(key="view").set_value("Cards").run()
    assert not app.dataframe
    first = ranked(warehouse, posting["posting_id"]).iloc[0]
    opener = app.button(key=f"open_{first['candidate_id']}")
    assert len(app.progress) == 10
    opener.click().run()
    assert app.query_params["open"] == first["candidate_id"]
    assert {metric.label: metric.value for metric in app.metric}["Rank"] == "1"


def test_the_warehouse_fails(open_page: OpenPage, posting: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise WarehouseError("The warehouse did not answer in time. Try again.")

    monkeypatch.setattr(matching, "rank_candidates", fail)
    app = open_page("candidates", posting=posting["posting_id"])
    assert [error.value for error in app.error] == ["The warehouse did not answer in time. Try again."]


def test_a_bug_is_a_sentence_with_a_reference(
    open_page: OpenPage, posting: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("Ana Souza, ana@example.com")

    monkeypatch.setattr(matching, "rank_candidates", fail)
    app = open_page("candidates", posting=posting["posting_id"])
    (error,) = [error.value for error in app.error]
    reference = error.split()[-1].rstrip(".")
    assert f"reference {reference}: KeyError at test_match_candidates_page.py" in caplog.text
    assert "Ana Souza" not in error + caplog.text


def test_no_model_yet(
    open_page: OpenPage, warehouse: Warehouse, posting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = models.in_use(warehouse).data
    monkeypatch.setattr(models, "in_use", lambda _: InUse(loaded))
    app = open_page("candidates", posting=posting["posting_id"])
    assert not app.error
    assert any("No model yet: sorted by likeness" in part.value for part in app.caption)
    best = matching.rank_candidates(warehouse, posting["posting_id"], models.LIKENESS, limit=50)
    assert app.dataframe[0].value["rank"].tolist() == best["rank"].tolist()
    assert app.dataframe[0].value.index.tolist() == best["candidate_id"].tolist()


def test_no_data_yet(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "in_use", lambda _: InUse())
    app = open_page("candidates")
    assert "There are no data yet" in app.error[0].value
    assert not app.text_input


def test_an_empty_warehouse_is_one_without_data(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installation: Any
) -> None:
    monkeypatch.setenv("JOBREC_WAREHOUSE", local_url(tmp_path / "empty.duckdb"))
    settings.cache_clear()
    user = accounts.read_users(installation.users_file)["recruiter"]
    app.session_state["authentication_status"] = True
    app.session_state["username"] = user.session_id
    app.run()
    (error,) = [error.value for error in app.error]
    assert error.startswith("There are no data yet.")
