"""What an address may hold for the filters, and how filters are said."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from jobrec_ui.matching import CandidateFilters, PostingFilters
from jobrec_ui.ui import filters


@pytest.fixture
def from_address(monkeypatch: pytest.MonkeyPatch) -> Callable[..., CandidateFilters]:
    """from_address(must=[…], …): the filters that the widgets make of an address."""
    monkeypatch.setattr(streamlit, "got", [], raising=False)

    def page() -> None:
        import streamlit as st

        from jobrec_ui.ui import filters

        st.got.append(filters.candidate_filters(["SQL", "Go"], ["Lisbon"], ["Senior"], ["Python"]))  # type: ignore[attr-defined]

    def read(**address: Any) -> Any:
        app = AppTest.from_function(page)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return streamlit.got[-1]  # type: ignore[attr-defined]

    return read


def test_nothing_in_the_address(from_address: Callable[..., Any]) -> None:
    assert from_address() == (CandidateFilters(), filters.DEFAULT_LIMIT)


def test_everything_in_the_address(from_address: Callable[..., Any]) -> None:
    wanted, limit = from_address(
        must=["Python", "typed by hand"],
        nice="Go",
        without="SQL",
        place="Lisbon",
        level="Senior",
        years=["3", "12"],
        show_candidates="100",
        new="true",
        **{"from": "2026-12-01"},
    )
    assert wanted == CandidateFilters(
        must_have=("Python", "typed by hand"),
        nice_to_have=("Go",),
        excluded=("SQL",),
        place="Lisbon",
        seniority=("Senior",),
        experience_min=3.0,
        experience_max=12.0,
        available_by=date(2026, 12, 1),
        exclude_known=True,
    )
    assert limit == 100


@pytest.mark.parametrize(
    "address",
    [
        {"place": "Atlantis"},
        {"level": "Emperor"},
        {"years": ["-5", "900"]},
        {"years": "a"},
        {"from": "not a day"},
        {"show_candidates": "1000000"},
        {"new": "maybe"},
    ],
)
def test_values_that_make_no_sense_are_no_filter(from_address: Callable[..., Any], address: dict[str, Any]) -> None:
    assert from_address(**address) == (CandidateFilters(), filters.DEFAULT_LIMIT)


def test_skills_are_cleaned_and_bounded() -> None:
    assert filters._checked_skills(["  a   b ", "", "a b", "c"]) == ("a b", "c")
    assert len(filters._checked_skills([str(number) for number in range(50)])) == 20
    assert len(filters._checked_skills(["x" * 1000])[0]) == 256


def test_filters_in_words() -> None:
    assert filters.describe_candidate_filters(CandidateFilters()) == []
    assert filters.describe_candidate_filters(
        CandidateFilters(
            must_have=("SQL", "Go"),
            excluded=("PHP",),
            seniority=("Senior", "Lead"),
            experience_min=3.0,
            available_by=date(2026, 12, 1),
            exclude_known=True,
        )
    ) == [
        "must have SQL and Go",
        "without PHP",
        "seniority Senior or Lead",
        "at least 3 years of experience",
        "available by 1 Dec 2026",
        "not yet in this pipeline",
    ]
    assert filters.describe_posting_filters(PostingFilters(place="Lisbon", include_closed=True)) == [
        "in Lisbon",
        "closed postings too",
    ]
