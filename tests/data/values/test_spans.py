"""Amounts in words: ranges, suffixes, and what they are paid for."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.data.values.numbers import NotANumber
from jobrec_ui.data.values.spans import Span, read_span, span_style


def read(text, *, money):
    found = read_span(text, span_style([text], money=money))
    return found.low, found.high, found.period


@pytest.mark.parametrize(
    ("text", "low", "high", "period"),
    [
        ("85k", 85_000, 85_000, ""),
        ("85 K", 85_000, 85_000, ""),
        ("$85K", 85_000, 85_000, ""),
        ("1.5m", 1_500_000, 1_500_000, ""),
        ("70-90k", 70_000, 90_000, ""),
        ("70k–90k", 70_000, 90_000, ""),
        ("£30,000 - £40,000", 30_000, 40_000, ""),
        ("$70,000 - $90,000 a year", 70_000, 90_000, "year"),
        ("€ 45.000 – € 55.000 brutto / Jahr", 45_000, 55_000, "year"),
        ("von 45.000 bis 55.000 € im Jahr", 45_000, 55_000, "year"),
        ("entre 30 000 et 40 000 € par an", 30_000, 40_000, "year"),
        ("de 24.000 a 30.000 € brutos al año", 24_000, 30_000, "year"),
        ("R$ 3.000,00 a R$ 4.500,50 por mês", 3_000, 4_500.5, "month"),
        ("8 000 - 12 000 zł brutto / mies.", 8_000, 12_000, "month"),
        ("€ 2.800 tot € 3.500 per maand", 2_800, 3_500, "month"),
        ("€ 3.500 p.m.", 3_500, 3_500, "month"),
        ("$25/hr", 25, 25, "hour"),
        ("18,50 € pro Stunde", 18.5, 18.5, "hour"),
        ("up to 60k", None, 60_000, ""),
        ("bis zu 60.000 €", None, 60_000, ""),
        ("from £30k", 30_000, None, ""),
        ("ab 45.000 €", 45_000, None, ""),
        ("60k+", 60_000, None, ""),
        ("minimum 500 a day", 500, None, "day"),
        ("12 LPA", 1_200_000, 1_200_000, ""),
        ("USD 100,000", 100_000, 100_000, ""),
    ],
)
def test_pay(text, low, high, period):
    assert read(text, money=True) == (low, high, period)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2 - 5 yrs", 2, 5),
        ("2-5", 2, 5),
        ("5+", 5, None),
        ("5+ years", 5, None),
        ("3 years", 3, 3),
        ("3 Jahre Berufserfahrung", 3, 3),
        ("mindestens 3 Jahre", 3, None),
        ("au moins 2 ans", 2, None),
        ("más de 4 años", 4, None),
        ("powyżej", None, None),
        ("less than 1 year", None, 1),
        ("18 months", 1.5, 1.5),
        ("1 year 6 months", 1.5, 1.5),
        ("2,5 Jahre", 2.5, 2.5),
        ("over 10 years of experience", 10, None),
    ],
)
def test_years(text, low, high):
    if low is high is None:
        with pytest.raises(NotANumber):
            read(text, money=False)
    else:
        assert read(text, money=False)[:2] == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "2 to 5 to 9",
        "5 apples",
        "90k - 70k",
        "Level 3",
        "12 Main Street",
        "call 555-1234",
        "1 2",
        "10% bonus",
    ],
)
def test_any_other_word_makes_it_unreadable(text):
    with pytest.raises(NotANumber):
        read(text, money=True)


def test_a_years_pay():
    assert Span(20, 25, "hour").a_year() == Span(41_600, 52_000, "year")
    assert Span(None, 3_000, "month").a_year() == Span(None, 36_000, "year")
    assert Span(50_000, 50_000, "year").a_year() == Span(50_000, 50_000, "year")
    assert (Span(1, 2).one, Span(None, 2).one, Span(1, None).one) == (1, 2, 1)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.sampled_from([" - ", "–", " to ", " bis ", " à "]))
def test_ranges_are_read_back(low, more, between):
    assert read(f"${low:,}{between}${low + more:,}", money=True)[:2] == (low, low + more)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    with suppress(NotANumber):
        found = read_span(text, span_style([text], money=True))
        assert found.low is not None or found.high is not None
