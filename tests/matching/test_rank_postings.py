"""Ranking postings for a candidate: the same scores as in the other direction, and its filters."""

import json

import pandas as pd
import pytest

from jobrec_ui import matching
from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from jobrec_ui.matching.ranking import PostingFilters
from tests.matching.matching_helpers import EVERYBODY, SOME_HOSTILE, blank, listed, once_over_the_wire
from tests.warehouse_copies import ask


@pytest.fixture(scope="module")
def candidate_id(people, events):
    """Somebody with many skills and a history."""
    return events[events["stage"] != "viewed"]["candidate_id"].value_counts().index[0]


@pytest.fixture(scope="module")
def all_postings(wh, version, candidate_id):
    return matching.rank_postings(wh, candidate_id, version, PostingFilters(include_closed=True), limit=EVERYBODY)


def test_best_first(all_postings):
    assert all_postings["rank"].tolist() == list(range(1, len(all_postings) + 1))
    assert all_postings["score"].is_monotonic_decreasing
    assert all_postings["score"].between(0, 1).all()
    assert all_postings["posting_id"].is_unique
    assert len(all_postings) >= 50


def test_columns(all_postings):
    assert list(all_postings.columns) == [
        "rank", "posting_id", "title", "company", "city", "region", "country", "seniority", "score", "opened_at",
        "status", "closed_since", "matched_skills", "missing_skills", "known_stage",
    ]  # fmt: skip


@pytest.mark.embedded_only  # it ranks for every posting
def test_the_same_score_in_both_directions(wh, version, candidate_id, all_postings):
    for row in all_postings.iloc[::7].itertuples():
        everybody = matching.rank_candidates(wh, row.posting_id, version, limit=EVERYBODY, exhaustive=True)
        mine = everybody[everybody["candidate_id"] == candidate_id].iloc[0]
        assert mine["score"] == row.score
        assert listed(mine["matched_skills"]) == listed(row.matched_skills)
        assert listed(mine["missing_skills"]) == listed(row.missing_skills)
        assert blank(mine["known_stage"]) == blank(row.known_stage)


def test_open_postings_unless_asked(wh, version, candidate_id, all_postings, postings):
    shown = matching.rank_postings(wh, candidate_id, version, limit=EVERYBODY)
    is_open = postings.loc[all_postings["posting_id"], "status"].eq("open").to_numpy()
    assert shown["posting_id"].tolist() == all_postings[is_open]["posting_id"].tolist()
    assert 0 < len(shown) < len(all_postings)


@pytest.mark.parametrize("place", once_over_the_wire(["Germany", " berlin ", "NEW YORK"]))
def test_place(wh, version, candidate_id, all_postings, place):
    filters = PostingFilters(place=place, include_closed=True)
    shown = matching.rank_postings(wh, candidate_id, version, filters, limit=EVERYBODY)
    wanted = [
        row.posting_id
        for row in all_postings.itertuples()
        if place.strip().lower() in {str(value).lower() for value in (row.city, row.region, row.country)}
    ]
    assert shown["posting_id"].tolist() == wanted
    assert wanted


def test_seniority(wh, version, candidate_id, all_postings):
    filters = PostingFilters(seniority=("SENIOR", "Mid-level"), include_closed=True)
    shown = matching.rank_postings(wh, candidate_id, version, filters, limit=EVERYBODY)
    wanted = all_postings[all_postings["seniority"].isin(["Senior", "Mid-level"])]["posting_id"].tolist()
    assert shown["posting_id"].tolist() == wanted
    assert wanted


def test_stages_here(all_postings, events, candidate_id):
    theirs = events[events["candidate_id"] == candidate_id].sort_values(["occurred_at", "stage_order"])
    latest = theirs.groupby("posting_id")["stage"].last()
    assert [blank(stage) for stage in all_postings["known_stage"]] == [
        latest.get(posting) for posting in all_postings["posting_id"]
    ]


def test_closed_ones_say_since_when(all_postings, postings):
    closed_at = postings.loc[all_postings["posting_id"], "closed_at"].tolist()
    for row, day in zip(all_postings.itertuples(), closed_at, strict=True):
        assert blank(row.closed_since) == (None if row.status == "open" else blank(day))
    assert all_postings["closed_since"].notna().any()


def test_limits(wh, version, candidate_id, all_postings):
    best = matching.rank_postings(wh, candidate_id, version, PostingFilters(include_closed=True), limit=5)
    assert best["posting_id"].tolist() == all_postings["posting_id"].tolist()[:5]
    with pytest.raises(InputError, match="Between 1 and 1000"):
        matching.rank_postings(wh, candidate_id, version, limit=0)


@pytest.mark.parametrize("identifier", once_over_the_wire([SOME_HOSTILE[0], "", "no such id", *SOME_HOSTILE[1:]]))
def test_an_unknown_candidate(wh, version, identifier, all_postings):
    none = matching.rank_postings(wh, identifier, version)
    assert none.empty
    assert list(none.columns) == list(all_postings.columns)


@pytest.mark.parametrize("word", once_over_the_wire(SOME_HOSTILE))
def test_words_are_values(wh, version, candidate_id, word):
    filters = PostingFilters(place=word, seniority=(word,), include_closed=True)
    assert matching.rank_postings(wh, candidate_id, version, filters).empty


class TestExplain:
    def test_every_topic_once_the_strongest_first(self, wh, version, candidate_id, all_postings):
        told = matching.explain(wh, all_postings["posting_id"][0], candidate_id, version)
        assert list(told.columns) == ["feature", "label", "sentence", "display", "contribution"]
        assert set(told["feature"]) == set(catalogue.features()["topic"]) - {"posting"}
        assert told["feature"].is_unique
        assert told["contribution"].abs().is_monotonic_decreasing
        assert told["contribution"].abs().max() > 0
        assert (told["sentence"].str.len() > 10).all()
        assert not told["sentence"].str.contains("nan|None", regex=True).any()

    def test_contributions_add_up(self, wh, version, candidate_id, all_postings):
        """Each recomputed through the model's function: without the topic, and a typical pair with nothing but it."""
        posting = all_postings["posting_id"][3]
        pair = {"posting_id": posting, "listed": json.dumps([candidate_id])}
        seen = wh.query("matching/explain_match", pair, version.slots()).iloc[0]
        typical = ask(wh, f"SELECT * FROM {version.typical_table}").iloc[0]
        topics = dict(zip(*(catalogue.features()[name] for name in ("name", "topic")), strict=True))
        told = matching.explain(wh, posting, candidate_id, version).set_index("feature")["contribution"]

        def score(is_seen):
            # What is the same for all candidates of a posting is no topic: it is always as it is.
            values = {
                name: (seen if is_seen(topics[name]) or topics[name] == "posting" else typical)[name] for name in topics
            }
            arguments = ", ".join(
                "CAST(NULL AS REAL)" if pd.isna(values[name]) else f"CAST({float(values[name])!r} AS REAL)"
                for name in version.features
            )
            return ask(wh, f"SELECT {version.function}({arguments}) AS score").iloc[0, 0]

        whole, nothing = score(lambda topic: True), score(lambda topic: False)
        assert whole == pytest.approx(all_postings["score"][3], abs=1e-6)
        parts = {
            one: (
                whole
                - score(lambda topic, one=one: topic != one)
                + score(lambda topic, one=one: topic == one)
                - nothing
            )
            / 2
            for one in told.index
        }
        share = (whole - nothing) / sum(parts.values())
        assert 0.5 < share < 2
        assert told.to_dict() == pytest.approx({one: part * share for one, part in parts.items()}, abs=1e-5)
        assert told.sum() == pytest.approx(whole - nothing, abs=1e-5)

    @pytest.mark.parametrize("identifier", ["no such id", SOME_HOSTILE[0]])
    def test_an_unknown_pair(self, wh, version, candidate_id, identifier):
        assert matching.explain(wh, identifier, candidate_id, version).empty
        assert matching.explain(wh, "P000001", identifier, version).empty
