"""Ranking candidates for a posting: held against the same computed in plain Python on the demo company."""

import pytest

from jobrec_ui import matching
from jobrec_ui.errors import InputError
from tests.matching.matching_helpers import SOME_HOSTILE, blank, listed, once_over_the_wire


def test_everybody_once_best_first(ranked, people):
    assert sorted(ranked["candidate_id"]) == sorted(people.index)
    assert ranked["rank"].tolist() == list(range(1, len(people) + 1))
    assert ranked["score"].is_monotonic_decreasing
    assert ranked["score"].between(0, 1).all()
    assert ranked["score"].nunique() > 50


def test_columns(ranked):
    assert list(ranked.columns) == [
        "rank", "candidate_id", "name", "headline", "score", "city", "region", "country", "seniority",
        "years_experience", "available_from", "matched_skills", "missing_skills", "nice_skills", "last_activity",
        "known_stage",
    ]  # fmt: skip


@pytest.mark.embedded_only  # it ranks for every posting
def test_two_stages_find_whom_all_would(wh, version, open_postings):
    found = []
    for posting in open_postings[:: max(1, len(open_postings) // 10)]:
        best = matching.rank_candidates(wh, posting, version, limit=50, exhaustive=True)
        quick = matching.rank_candidates(wh, posting, version, limit=50)
        found.append(len(set(best["candidate_id"]) & set(quick["candidate_id"])) / 50)
        both = best.merge(quick, on="candidate_id")
        assert both["score_x"].tolist() == both["score_y"].tolist()
    assert len(found) >= 10
    assert sum(found) / len(found) >= 0.99


def test_a_limit_takes_the_first(wh, version, posting_id, ranked):
    for limit in (1, 7, 50):
        best = matching.rank_candidates(wh, posting_id, version, limit=limit, exhaustive=True)
        assert best["candidate_id"].tolist() == ranked["candidate_id"].tolist()[:limit]


def test_what_is_shown_is_the_candidates_own(ranked, people):
    for row in ranked.head(20).itertuples():
        person = people.loc[row.candidate_id]
        for name in ("name", "headline", "city", "region", "country", "seniority", "years_experience"):
            assert blank(getattr(row, name)) == blank(person[name])


def test_skills_matched_and_missing(ranked, people, postings, posting_id):
    wanted = postings.loc[posting_id, "skill_set"]
    assert wanted
    for row in ranked.head(100).itertuples():
        has = people.loc[row.candidate_id, "skill_set"]
        assert {word.lower() for word in listed(row.matched_skills)} == wanted & has
        assert {word.lower() for word in listed(row.missing_skills)} == wanted - has
        assert listed(row.missing_skills) == sorted(listed(row.missing_skills))


def test_stages_and_last_activity(ranked, people, events, posting_id):
    latest = events.sort_values(["occurred_at", "stage_order"])
    here = latest[latest["posting_id"] == posting_id].groupby("candidate_id")["stage"].last()
    last = latest.groupby("candidate_id")["occurred_at"].max()
    for row in ranked.itertuples():
        assert blank(row.known_stage) == here.get(row.candidate_id)
        moments = [last.get(row.candidate_id), blank(people.loc[row.candidate_id, "updated_at"])]
        assert blank(row.last_activity) == max((m for m in moments if m is not None), default=None)
    assert ranked["known_stage"].notna().sum() > 10


def test_an_unknown_posting(wh, version, ranked):
    for exhaustive in (False, True):
        none = matching.rank_candidates(wh, "no such posting", version, exhaustive=exhaustive)
        assert none.empty
        assert list(none.columns) == list(ranked.columns)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_bounds(wh, version, posting_id, limit):
    with pytest.raises(InputError, match="Between 1 and 1000"):
        matching.rank_candidates(wh, posting_id, version, limit=limit)


@pytest.mark.parametrize("posting", once_over_the_wire(SOME_HOSTILE))
def test_ids_are_values(wh, version, posting):
    assert matching.rank_candidates(wh, posting, version, limit=1).empty
