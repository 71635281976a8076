"""Matching a file's column names."""

import pytest

from jobrec_ui.data.header import match_header
from jobrec_ui.data.tables import CANDIDATES, INTERACTIONS, POSTINGS
from jobrec_ui.errors import InputError


def test_any_order_and_case():
    header = match_header(["Title", " POSTING-ID ", "Salary Min"], POSTINGS, "postings.csv")
    assert header.positions == {"title": 0, "posting_id": 1, "salary_min": 2}
    assert header.notes == ()


def test_unknown_columns_are_reported_with_the_likely_name():
    header = match_header(["candidate_id", "skils", "shoe size", ""], CANDIDATES, "candidates.csv")
    assert header.positions == {"candidate_id": 0}
    assert header.notes == (
        "column skils is not known and was ignored; rename it if skills is meant",
        "column shoe size is not known and was ignored",
        "column number 4 (no name) is not known and was ignored",
    )


def test_a_known_name_that_is_taken_is_not_suggested():
    assert match_header(["candidate_id", "skills", "skils"], CANDIDATES, "c").notes == (
        "column skils is not known and was ignored",
    )


def test_missing_columns_are_named_with_what_is_there():
    with pytest.raises(InputError) as caught:
        match_header(["posting_id", "candidate", "stage", "when"], INTERACTIONS, "interactions.csv")
    assert str(caught.value) == (
        "interactions.csv lacks the columns candidate_id, occurred_at. It has: posting_id, candidate, stage, when. "
        "Is 'candidate' meant to be candidate_id?"
    )


def test_a_column_that_is_there_twice():
    with pytest.raises(InputError, match="two columns for candidate_id"):
        match_header(["candidate_id", "Candidate ID"], CANDIDATES, "candidates.csv")
