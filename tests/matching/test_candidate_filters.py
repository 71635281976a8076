"""Filters of candidates, each alone and together: exactly those who pass, in the order of everybody, in both modes."""

import itertools
from collections import Counter
from datetime import date

import pandas as pd
import pytest

from jobrec_ui import matching
from jobrec_ui.errors import InputError
from jobrec_ui.matching.filters import CandidateFilters
from tests.matching.matching_helpers import EVERYBODY, SOME_HOSTILE, listed, once_over_the_wire


def check(wh, version, posting_id, ranked, people, filters, passes):
    wanted = [candidate for candidate in ranked["candidate_id"] if passes(people.loc[candidate])]
    assert 0 < len(wanted) < len(people)
    full = matching.rank_candidates(wh, posting_id, version, filters, limit=EVERYBODY, exhaustive=True)
    assert full["candidate_id"].tolist() == wanted
    quick = matching.rank_candidates(wh, posting_id, version, filters, limit=10)
    assert len(quick) == min(10, len(wanted))  # k results when so many pass
    assert set(quick["candidate_id"]) <= set(wanted)
    first = wanted[: len(quick)]
    assert len(set(quick["candidate_id"]) & set(first)) >= 0.9 * len(first)


@pytest.fixture
def check_filter(wh, version, posting_id, ranked, people):
    return lambda filters, passes: check(wh, version, posting_id, ranked, people, filters, passes)


def test_must_have(check_filter, people):
    pairs = Counter(pair for skills in people["skill_set"] for pair in itertools.combinations(sorted(skills), 2))
    (one, other), _ = pairs.most_common(1)[0]
    filters = CandidateFilters(must_have=(one.upper(), f" {other} "))
    check_filter(filters, lambda person: {one, other} <= person["skill_set"])


@pytest.mark.embedded_only
def test_a_must_that_is_said_twice(check_filter):
    check_filter(CandidateFilters(must_have=("SQL", "sql")), lambda person: "sql" in person["skill_set"])


def test_excluded(check_filter):
    filters = CandidateFilters(excluded=("teamwork", "Excel"))
    check_filter(filters, lambda person: not {"teamwork", "excel"} & person["skill_set"])


@pytest.mark.parametrize("place", once_over_the_wire(["SÃO PAULO", "united states", " Berlin "]))
def test_place(check_filter, place):
    def passes(person):
        return place.strip().lower() in {
            str(person[name]).strip().lower() for name in ("city", "region", "country") if person[name]
        }

    check_filter(CandidateFilters(place=place), passes)


def test_seniority(check_filter):
    check_filter(
        CandidateFilters(seniority=("senior", "Lead")),
        lambda person: isinstance(person["seniority"], str) and person["seniority"].lower() in ("senior", "lead"),
    )


def test_experience(check_filter):
    check_filter(
        CandidateFilters(experience_min=3, experience_max=6.5),
        lambda person: 3 <= person["years_experience"] <= 6.5,
    )


def test_available(check_filter):
    day = date(2025, 1, 1)
    check_filter(
        CandidateFilters(available_by=day),
        lambda person: not pd.isna(person["available_from"]) and person["available_from"] <= day,
    )


def test_all_together(check_filter):
    filters = CandidateFilters(
        must_have=("teamwork",), excluded=("python",), experience_min=1, experience_max=30, place="united states"
    )
    check_filter(
        filters,
        lambda person: (
            "teamwork" in person["skill_set"]
            and "python" not in person["skill_set"]
            and 1 <= person["years_experience"] <= 30
            and person["country"] == "United States"
        ),
    )


def test_exclude_known(wh, version, posting_id, events, ranked):
    here = events[(events["posting_id"] == posting_id) & (events["stage"] != "viewed")]
    rest = [candidate for candidate in ranked["candidate_id"] if candidate not in set(here["candidate_id"])]
    filters = CandidateFilters(exclude_known=True)
    full = matching.rank_candidates(wh, posting_id, version, filters, limit=EVERYBODY, exhaustive=True)
    assert full["candidate_id"].tolist() == rest
    assert len(rest) < len(ranked)


def test_nice_to_have_lifts_by_up_to_a_tenth(wh, version, posting_id, ranked, people):
    nice = ("Teamwork", "SQL", "no such skill")
    filters = CandidateFilters(nice_to_have=nice)
    full = matching.rank_candidates(wh, posting_id, version, filters, limit=EVERYBODY, exhaustive=True)
    scores = dict(zip(ranked["candidate_id"], ranked["score"], strict=True))
    met = {person: len({"teamwork", "sql"} & people.loc[person, "skill_set"]) for person in scores}
    lifted = {person: scores[person] + 0.1 * met[person] / 3 for person in scores}
    assert dict(zip(full["candidate_id"], full["score"], strict=True)) == scores  # the score itself stays
    in_order = [lifted[person] for person in full["candidate_id"]]
    assert all(later <= earlier + 1e-4 for earlier, later in itertools.pairwise(in_order))
    assert full["candidate_id"].tolist() != ranked["candidate_id"].tolist()
    for row in full.itertuples():
        assert {word.lower() for word in listed(row.nice_skills)} == {"teamwork", "sql"} & people.loc[
            row.candidate_id, "skill_set"
        ]


@pytest.mark.embedded_only
def test_nobody_passes(wh, version, posting_id):
    for filters in (
        CandidateFilters(must_have=("no such skill",)),
        CandidateFilters(place="Atlantis"),
        CandidateFilters(seniority=("emperor",)),
        CandidateFilters(experience_min=99),
        CandidateFilters(available_by=date(1950, 1, 1)),
    ):
        assert matching.rank_candidates(wh, posting_id, version, filters).empty


def test_filters_that_say_nothing(wh, version, posting_id, ranked):
    filters = CandidateFilters(must_have=("", "  "), excluded=("no such skill",), place="")
    full = matching.rank_candidates(wh, posting_id, version, filters, limit=EVERYBODY, exhaustive=True)
    assert full["candidate_id"].tolist() == ranked["candidate_id"].tolist()


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (CandidateFilters(experience_min=5, experience_max=2), "5 years"),
        (CandidateFilters(must_have=("SQL",), excluded=("sql ",)), "sql"),
    ],
)
def test_filters_that_contradict_each_other(wh, version, posting_id, filters, words):
    with pytest.raises(InputError, match=words):
        matching.rank_candidates(wh, posting_id, version, filters)


@pytest.mark.parametrize("word", once_over_the_wire(SOME_HOSTILE))
def test_words_are_values(wh, version, posting_id, people, word):
    filters = CandidateFilters(must_have=(word,), nice_to_have=(word,), place=word, seniority=(word,))
    assert matching.rank_candidates(wh, posting_id, version, filters).empty
    excluded = matching.rank_candidates(wh, posting_id, version, CandidateFilters(excluded=(word,)), limit=5)
    assert len(excluded) == 5
