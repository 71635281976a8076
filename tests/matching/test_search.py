"""Finding postings and candidates by typing, showing one, and the choices of the filters."""

import unicodedata

import pandas as pd
import pytest

from jobrec_ui import matching
from jobrec_ui.errors import InputError
from tests.matching.matching_helpers import EVERYBODY, HOSTILE, blank, once_over_the_wire, skill_set
from tests.warehouse_copies import ask

POSTING_TEXT = ("title", "company", "skills", "area", "city", "region", "country")
CANDIDATE_TEXT = ("name", "headline", "skills", "city", "region", "country")


def folded(text):
    """Lower case, without accents."""
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def text_of(row, identifier, names):
    return folded(" ".join([*(row[name] for name in names if isinstance(row[name], str)), identifier]))


def expected(table, names, text):
    words = folded(text).split()
    return {
        identifier for identifier, row in table.iterrows() if all(w in text_of(row, identifier, names) for w in words)
    }


@pytest.mark.parametrize(
    "text",
    once_over_the_wire(
        ["manager", "MANAGER berlin", "an", "ciudad mexico", "MÉXICO", "p0000", "united states", "a b", " e\t n "]
    ),
)
def test_postings_with_every_word(wh, postings, text):
    found = matching.find_postings(wh, text, limit=EVERYBODY)
    assert set(found["posting_id"]) == expected(postings, POSTING_TEXT, text)
    assert found["posting_id"].is_unique


@pytest.mark.parametrize(
    "text", once_over_the_wire(["manager", "an SQL", "c00001", "new york python", "sao", "muñchen"])
)
def test_candidates_with_every_word(wh, people, text):
    found = matching.find_candidates(wh, text, limit=EVERYBODY)
    assert set(found["candidate_id"]) == expected(people, CANDIDATE_TEXT, text)
    assert found["candidate_id"].is_unique


@pytest.mark.parametrize(
    "text", once_over_the_wire([*HOSTILE, "' UNION SELECT name FROM hiring.candidates --", "%manager%", "man_ger"])
)
def test_typed_text_is_taken_literally(wh, people, postings, text):
    """No wildcard, no quote, no statement: the hits are those whose text holds the words."""
    words = text.replace(";", " ")
    if words.strip():
        found = matching.find_postings(wh, text, limit=EVERYBODY)
        assert set(found["posting_id"]) == expected(postings, POSTING_TEXT, words)
        found = matching.find_candidates(wh, text, limit=EVERYBODY)
        assert set(found["candidate_id"]) == expected(people, CANDIDATE_TEXT, words)
    assert len(matching.find_postings(wh, "", limit=EVERYBODY)) == len(postings)


def test_accents_need_not_be_typed(wh, people):
    in_sao_paulo = people[people["city"] == "São Paulo"].index
    assert len(in_sao_paulo)
    for typed in ("sao paulo", "São Paulo", "SAO PÃULO"):
        assert set(in_sao_paulo) <= set(matching.find_candidates(wh, typed, limit=EVERYBODY)["candidate_id"])


def test_percent_and_underscore_stand_for_themselves(wh):
    assert matching.find_postings(wh, "%").empty
    assert matching.find_candidates(wh, "_").empty


def test_an_id_comes_first(wh, postings, people):
    posting, candidate = postings.index[7], people.index[7]
    assert matching.find_postings(wh, posting)["posting_id"][0] == posting
    assert matching.find_candidates(wh, f" {candidate} ")["candidate_id"][0] == candidate


def test_titles_that_begin_as_typed_come_first(wh, postings):
    title = postings["title"].iloc[3]
    found = matching.find_postings(wh, title[: len(title) // 2], limit=EVERYBODY)
    starts = [row.lower().startswith(title[: len(title) // 2].strip().lower()) for row in found["title"]]
    assert starts == sorted(starts, reverse=True)
    assert starts[0]


def test_without_words_the_newest_open_first(wh):
    found = matching.find_postings(wh, "", limit=EVERYBODY)
    is_open = (found["status"] == "open").tolist()
    assert is_open == sorted(is_open, reverse=True)
    assert found[found["status"] == "open"]["opened_at"].is_monotonic_decreasing


def test_open_postings_only(wh, postings):
    found = matching.find_postings(wh, "", limit=EVERYBODY, open_only=True)
    assert set(found["posting_id"]) == set(postings[postings["status"] == "open"].index)


def test_candidates_without_words_by_last_event(wh, events, people):
    found = matching.find_candidates(wh, "", limit=EVERYBODY)
    assert len(found) == len(people)
    last = events.groupby("candidate_id")["occurred_at"].max()
    order = [last.get(candidate, pd.Timestamp(1900, 1, 1)) for candidate in found["candidate_id"]]
    assert order == sorted(order, reverse=True)


def test_applicants_are_counted_without_views(wh, events):
    real = events[events["stage"] != "viewed"].groupby("posting_id")["candidate_id"].nunique()
    for row in matching.find_postings(wh, "", limit=EVERYBODY).itertuples():
        assert row.applicants == real.get(row.posting_id, 0)


def test_limits(wh):
    assert len(matching.find_postings(wh, "", limit=3)) == 3
    assert len(matching.find_candidates(wh, "", limit=1)) == 1
    for limit in (0, 1001):
        with pytest.raises(InputError):
            matching.find_postings(wh, "", limit=limit)
        with pytest.raises(InputError):
            matching.find_candidates(wh, "", limit=limit)


def test_one_posting(wh, postings):
    identifier = postings.index[0]
    shown = matching.get_posting(wh, identifier)
    stored = postings.loc[identifier]
    assert {name: shown[name] for name in ("title", "company", "salary_min")} == {
        name: blank(stored[name]) for name in ("title", "company", "salary_min")
    }
    assert shown["skills_list"] == [skill.strip() for skill in stored["skills"].split(";")]
    assert not any(isinstance(value, float) and pd.isna(value) for value in shown.values())


def test_one_candidate(wh, people):
    identifier = people.index[0]
    shown = matching.get_candidate(wh, identifier)
    assert (shown["candidate_id"], shown["name"]) == (identifier, people.loc[identifier, "name"])
    assert {skill.lower() for skill in shown["skills_list"]} == skill_set(people.loc[identifier, "skills"])


@pytest.mark.parametrize("identifier", once_over_the_wire([HOSTILE[0], "", "no such id", *HOSTILE[1:]]))
def test_what_is_not_there(wh, identifier):
    assert matching.get_posting(wh, identifier) is None
    assert matching.get_candidate(wh, identifier) is None
    assert matching.get_history(wh, identifier).empty


def test_a_history(wh, events, postings):
    candidate = events["candidate_id"].value_counts().index[0]
    shown = matching.get_history(wh, candidate)
    theirs = events[events["candidate_id"] == candidate].sort_values(["occurred_at", "stage_order"])
    latest = theirs.groupby("posting_id").last()
    assert dict(zip(shown["posting_id"], shown["stage"], strict=True)) == latest["stage"].to_dict()
    assert shown["occurred_at"].is_monotonic_decreasing
    assert [postings.loc[posting, "title"] for posting in shown["posting_id"]] == shown["title"].tolist()


def test_choices_by_frequency(wh, people, postings):
    cells = ";".join([*people["skills"].dropna(), *postings["skills"].dropna()]).lower().split(";")
    counts = pd.Series([cell.strip() for cell in cells]).value_counts()
    values = matching.filter_values(wh)
    shown = values["skill"]
    assert counts[shown[0].lower()] == counts.max()
    assert [counts[skill.lower()] for skill in shown] == sorted(
        (counts[skill.lower()] for skill in shown), reverse=True
    )
    levels = pd.concat([people["seniority"], postings["seniority"]]).dropna().value_counts()
    assert values["seniority"] == sorted(levels.index, key=lambda level: (-levels[level], level))
    everywhere = {
        value
        for table in (people, postings)
        for name in ("city", "region", "country")
        for value in table[name].dropna()
    }
    assert {place.lower() for place in values["place"]} == {value.strip().lower() for value in everywhere}


def test_nothing_was_changed_by_all_this(wh, people, postings):
    assert len(ask(wh, "SELECT candidate_id FROM hiring.candidates")) == len(people)
    assert len(ask(wh, "SELECT posting_id FROM hiring.postings")) == len(postings)
