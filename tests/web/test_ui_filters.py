"""What an address may hold for the filters, and how filters are said."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from jobrec_ui.matching.filters import CandidateFilters, Choices
from jobrec_ui.matching.filters.kinds import checked_skills
from jobrec_ui.matching.ranking import PostingFilters
from jobrec_ui.web.match import filter_chips, posting_filters

POSTING = {"skills_list": ["Python"], "currency": "EUR"}
CHOICES = Choices(
    {
        "skill": ("SQL", "Go"),
        "place": ("Lisbon", "Portugal"),
        "seniority": ("Senior",),
        "education": ("Master",),
        "language": ("English", "German"),
        "currency": ("EUR", "USD"),
        "source": ("Agency",),
        "stage": ("applied", "hired"),
        "located_city": ("Lisbon",),
    },
    lists={"a1": "My list"},
)
TODAY = date(2026, 11, 23)


@pytest.fixture
def from_address(monkeypatch: pytest.MonkeyPatch, quick_app_tests: None) -> Callable[..., CandidateFilters]:
    """from_address(must=[…], …): the filters that the widgets make of an address."""
    monkeypatch.setattr(streamlit, "got", [], raising=False)
    monkeypatch.setattr(streamlit, "given", (CHOICES, POSTING, TODAY), raising=False)

    def page() -> None:
        import streamlit as st

        from jobrec_ui.web.match import filter_widgets

        st.got.append(filter_widgets.draw(*st.given))  # type: ignore[attr-defined]
        st.got.append(filter_widgets.held())  # type: ignore[attr-defined]

    def read(**address: Any) -> Any:
        app = AppTest.from_function(page)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return streamlit.got[-2]  # type: ignore[attr-defined]

    return read


def test_nothing_in_the_address(from_address: Callable[..., Any]) -> None:
    assert from_address() == CandidateFilters()
    assert streamlit.got[-1] == {}  # type: ignore[attr-defined]


def test_everything_in_the_address(from_address: Callable[..., Any]) -> None:
    wanted = from_address(
        words="sql AND NOT java",
        must=["Python", "typed by hand"],
        nice="Go",
        without="SQL",
        place="Lisbon",
        km="50 km",
        level="Senior",
        years=["3", "12"],
        speaks=["English", "German"],
        education="Master",
        source="Agency",
        pay_from="40000",
        pay_to="60000",
        pay_in="USD",
        active="In the last 3 months",
        stage="hired",
        stage_elsewhere="applied",
        on_list="My list",
        new="true",
        **{"from": "2026-12-01"},
    )
    assert wanted == CandidateFilters(
        text="sql AND NOT java",
        must_have=("Python", "typed by hand"),
        nice_to_have=("Go",),
        excluded=("SQL",),
        place="Lisbon",
        within_km=50.0,
        seniority=("Senior",),
        experience_min=3.0,
        experience_max=12.0,
        languages=("English", "German"),
        education=("Master",),
        sources=("Agency",),
        pay_min=40_000.0,
        pay_max=60_000.0,
        currency="USD",
        available_by=date(2026, 12, 1),
        active_since=date(2026, 8, 25),
        stages_here=("hired",),
        stages_elsewhere=("applied",),
        on_lists=("a1",),
        exclude_known=True,
    )
    held = streamlit.got[-1]  # type: ignore[attr-defined]
    assert held["from"] == "2026-12-01"
    assert json.loads(json.dumps(held))["must"] == ["Python", "typed by hand"]


def test_an_amount_is_in_the_currency_of_the_posting(from_address: Callable[..., Any]) -> None:
    assert from_address(pay_to="60000") == CandidateFilters(pay_max=60_000.0, currency="EUR")


@pytest.mark.parametrize(
    "address",
    [
        {"place": "Atlantis", "km": "50 km"},
        {"km": "50 km"},
        {"place": "Portugal", "km": "50 km"},
        {"km": "17 km"},
        {"level": "Emperor"},
        {"years": ["-5", "900"]},
        {"years": "a"},
        {"from": "not a day"},
        {"new": "maybe"},
        {"active": "Never"},
        {"speaks": "Klingon"},
        {"education": "x"},
        {"source": "x"},
        {"pay_from": "-1"},
        {"pay_to": "lots"},
        {"pay_in": "EUR"},
        {"stage": "king"},
        {"on_list": "Another's"},
        {"off_list": "Another's"},
    ],
)
def test_values_that_make_no_sense_are_no_filter(from_address: Callable[..., Any], address: dict[str, Any]) -> None:
    place = "Portugal" if address.get("place") == "Portugal" else None
    assert from_address(**address) == CandidateFilters(place=place)


def test_skills_are_cleaned_and_bounded() -> None:
    assert checked_skills(["  a   b ", "", "a b", "c"]) == ("a b", "c")
    assert checked_skills(["SQL; Go;", ";", "Go"]) == ("SQL", "Go")
    assert len(checked_skills([str(number) for number in range(50)])) == 20
    assert len(checked_skills(["x" * 1000])[0]) == 256


def test_filters_in_words() -> None:
    assert filter_chips.describe(CandidateFilters()) == []
    assert filter_chips.describe(
        CandidateFilters(
            text="a OR b",
            must_have=("SQL", "Go"),
            excluded=("PHP",),
            place="Lisbon",
            within_km=50.0,
            seniority=("Senior", "Lead"),
            experience_min=3.0,
            pay_min=1_000.0,
            pay_max=2_500_000.0,
            currency="EUR",
            available_by=date(2026, 12, 1),
            active_since=date(2026, 1, 2),
            languages=("English", "German"),
            stages_elsewhere=("hired",),
            on_lists=("a1",),
            exclude_known=True,
        )
    ) == [
        "text has a OR b",
        "must have SQL",
        "must have Go",
        "without PHP",
        "within 50 km of Lisbon",
        "seniority Senior or Lead",
        "at least 3 years of experience",
        "wants 1,000 to 2,500,000 EUR",
        "available by 1 Dec 2026",
        "active since 2 Jan 2026",
        "speaks English and German",
        "hired on another posting",
        "new to this posting",
        "on list a1",
    ]
    assert posting_filters.describe_posting_filters(PostingFilters(place="Lisbon", include_closed=True)) == [
        "in Lisbon",
        "closed postings too",
    ]
