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
        "columns shoe size, number 4 (no name) are not known and were ignored",
    )


def test_many_unknown_columns_are_one_remark():
    (note,) = match_header(["candidate_id", *(f"x{n}" for n in range(5000))], CANDIDATES, "candidates.csv").notes
    assert note == ("columns x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 4,990 more are not known and were ignored")
    (note,) = match_header(["candidate_id", "x" * 10_000_000], CANDIDATES, "candidates.csv").notes
    assert note == f"column {'x' * 60} is not known and was ignored"


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


def test_a_quote_in_the_header_that_is_never_closed():
    with pytest.raises(InputError) as caught:
        match_header(["posting_id", "title,description\r\np1,Cook,a\r\n"], POSTINGS, "postings.csv")
    assert str(caught.value) == (
        "postings.csv lacks the column title. It has: posting_id, title,description p1,Cook,a. "
        "A quote in its first line is not closed there: write a quote inside a quoted name twice."
    )


def test_a_column_that_is_there_twice():
    with pytest.raises(InputError, match="two columns for candidate_id"):
        match_header(["candidate_id", "Candidate ID"], CANDIDATES, "candidates.csv")
