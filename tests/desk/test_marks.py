"""Marks: lists that one may see, rejections for postings much alike, and whose details one opened oneself."""

import pandas as pd
import pytest

from jobrec_ui import matching
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.desk import decisions, marks, shortlists
from jobrec_ui.desk.user_state import user_state
from jobrec_ui.matching.filters import CandidateFilters
from tests.warehouse_copies import ask


@pytest.fixture(scope="module")
def similar(wh, posting_id):
    """The postings much like the one to fill, the most similar first, computed in pandas."""
    keys = ask(wh, "SELECT posting_id, posting_key FROM features.posting_facts")
    terms = ask(wh, "SELECT * FROM features.posting_terms").merge(keys, on="posting_key")
    mine = terms[(terms["posting_id"] == posting_id) & (terms["weight_rank"] <= 80)].set_index("term_id")["weight"]
    others = terms[terms["posting_id"] != posting_id]
    alike = (others["weight"] * others["term_id"].map(mine)).groupby(others["posting_id"]).sum()
    return alike[alike >= 0.25].sort_values(ascending=False).head(20).index.tolist()


def known(wh, posting_id, people, username):
    found = marks.marks(wh, Viewer(username), posting_id, people.index.tolist())
    return found.astype(object).where(found.notna(), None).set_index("candidate_id")


def test_rejected_for_a_similar_posting(wh, posting_id, people, postings, events, similar):
    assert 0 < len(similar) < len(postings) - 1
    rejected = events[(events["stage"] == "rejected") & events["posting_id"].isin(similar)]
    place = {posting: number for number, posting in enumerate(similar)}
    nearest = rejected.assign(place=rejected["posting_id"].map(place)).sort_values("place")
    expected = nearest.groupby("candidate_id")["posting_id"].first().map(postings["title"])
    found = known(wh, posting_id, people, "nobody")
    assert found["rejected_for"].to_dict() == expected.to_dict()
    assert found["lists"].isna().all()
    assert found["seen_at"].isna().all()


def test_rejected_in_this_app(wh, posting_id, people, similar, postings):
    person = people.index[10]
    view = decisions.LoggedView("v1", similar[0], 1)
    event = decisions.decide(wh, "ann", decisions.REJECTED, [person], view, "test")
    assert known(wh, posting_id, people, "ann").loc[person, "rejected_for"] == postings.loc[similar[0], "title"]
    decisions.undo(wh, "ann", event)


def test_what_was_decided_here(wh, posting_id, people, events):
    here = set(events.loc[events["posting_id"] == posting_id, "candidate_id"])
    rejected, contacted, unfit, secret = [number for number in people.index if number not in here][:4]

    def left_out():
        counts = matching.filter_counts(wh, posting_id, CandidateFilters(exclude_known=True), Viewer("nobody"))
        return counts.set_index("filter").loc["new", "removed"]

    before = left_out()
    view = decisions.LoggedView("v2", posting_id, 1)
    decided = [
        decisions.decide(wh, "ann", decisions.REJECTED, [rejected], view, f"{people.loc[rejected, 'name']} is far off"),
        decisions.decide(wh, "ann", decisions.CONTACTED, [contacted], view),
        decisions.decide(wh, "dan", decisions.NOT_FOR_POSTING, [unfit], view),
    ]
    kept = shortlists.create(wh, "dan", "Secret", posting_id)
    shortlists.add(wh, "dan", kept, [secret])
    shortlists.set_stage(wh, "dan", kept, [secret], "Rejected", "for me alone")
    found = known(wh, posting_id, people, "nobody")
    assert (found.loc[rejected, "rejected_by"], found.loc[unfit, "unfit_by"]) == ("ann", "dan")
    assert found.loc[contacted, "contacted_by"] == "ann"
    assert found["rejected_by"].notna().sum() == 1  # what is done on a list stays with those who see it
    assert known(wh, posting_id, people, "dan").loc[secret, "rejected_by"] == "dan"

    told = marks.decided(wh, Viewer("dan"), posting_id, [secret, rejected])
    assert told["decision"].tolist() == ["rejected", "shortlisted", "rejected"]
    assert told["list_name"].isna().tolist() == [False, False, True]
    (masked,) = marks.decided(wh, Viewer("nobody", blind=True), posting_id, [secret, rejected])["reason"]
    assert masked == "[name] [name] is far off"

    assert left_out() == before + 3
    for event, name in zip(decided, ("ann", "ann", "dan"), strict=True):
        decisions.undo(wh, name, event)
    assert known(wh, posting_id, people, "nobody")[["rejected_by", "unfit_by", "contacted_by"]].isna().all(axis=None)


def test_lists_and_seen_are_ones_own(wh, posting_id, people):
    first, second = people.index[:2]
    for name in ("B; list", "A list"):
        shortlists.add(wh, "ben", shortlists.create(wh, "ben", name), [first])
    marks.record_seen(wh, "ben", posting_id, second)
    mine = known(wh, posting_id, people, "ben")
    assert mine.loc[first, "lists"] == "A list\nB; list"
    assert pd.Timestamp.now("UTC").tz_localize(None) - mine.loc[second, "seen_at"] < pd.Timedelta(minutes=5)
    theirs = known(wh, posting_id, people, "cat")
    assert theirs["lists"].isna().all()
    assert theirs["seen_at"].isna().all()
    assert [one.label for one in user_state(wh, "ben").lists] == ["A list", "B; list"]
    other = shortlists.create(wh, "ben", "A list")
    labels = user_state(wh, "ben").list_labels  # two of one name are told apart, in addresses too
    assert len(set(labels.values())) == 3
    assert labels[other] == f"A list #{other[:6]}"
    assert user_state(wh, "cat").lists == []
