"""How values are put into words, and that data cannot become Markdown."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from jobrec_ui.web import text


@pytest.mark.parametrize(
    ("is_open", "since", "status", "words"),
    [
        (True, None, "open", ""),
        (True, None, None, ""),
        (False, date(2026, 11, 3), "closed", "closed since 3 Nov 2026"),
        (False, date(2026, 11, 3), "Filled ", "filled, closed since 3 Nov 2026"),
        (False, None, "On hold", "on hold, closed"),
        (False, None, None, "closed"),
        (False, pd.NaT, "Closed", "closed"),
    ],
)
def test_closed(is_open: bool, since: object, status: str | None, words: str) -> None:
    assert text.closed({"is_open": is_open, "closed_since": since, "status": status}) == words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Data engineer", "Data engineer"),
        ("  two\n lines\t", "two lines"),
        ("*bold* [link](http://x)", r"\*bold\* \[link\]\(http\:" + "\u200b" + r"\/\/x\)"),
        (":red[x]", ":red[x]".replace(":", "\\:\u200b").replace("[", "\\[").replace("]", "\\]")),
        ("ana@x.com", "ana\\@\u200bx\\.com"),
        ("$a$ <b> `c`", r"\$a\$ \<b\> \`c\`"),
        ("서울", "서울"),
        (7, "7"),
    ],
)
def test_plain(value: object, expected: str) -> None:
    assert text.plain(value) == expected


@given(st.text(alphabet="*_`[]()<>$:#|~\\!-+.x1 \n", max_size=40))
def test_plain_leaves_no_bare_punctuation(value: str) -> None:
    escaped = text.plain(value)
    position = 0
    while position < len(escaped):
        if escaped[position] == "\\":
            position += 2
            continue
        assert escaped[position] not in "*_`[]()<>$:#|~!-+."
        position += 1


def test_a_page_shows_data_as_it_is() -> None:
    def page() -> None:
        import streamlit as st

        from jobrec_ui.web import text

        st.markdown(text.plain("# <script>alert(1)</script> :material/home:"))

    shown = AppTest.from_function(page).run().markdown[0]
    assert shown.value.startswith(r"\# \<script\>")
    assert shown.allow_html is False


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"city": "Lisbon", "region": "Lisboa", "country": "Portugal"}, "Lisbon, Lisboa, Portugal"),
        ({"city": "Berlin", "region": "Berlin", "country": "Germany"}, "Berlin, Germany"),
        ({"city": None, "region": " ", "country": float("nan")}, ""),
        ({}, ""),
    ],
)
def test_place(row: dict[str, Any], expected: str) -> None:
    assert text.place(row) == expected


@pytest.mark.parametrize(
    ("low", "high", "currency", "expected"),
    [
        (50000.0, 70000.0, "EUR", "EUR 50,000 to 70,000"),
        (50000.0, 50000.0, "EUR", "EUR 50,000"),
        (50000.0, None, None, "50,000 or more"),
        (None, 70000.0, "BRL", "up to BRL 70,000"),
        (float("nan"), None, "BRL", ""),
    ],
)
def test_pay(low: float | None, high: float | None, currency: str | None, expected: str) -> None:
    assert text.pay({"salary_min": low, "salary_max": high, "currency": currency}) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(1.0, "1 year"), (7.5, "7.5 years"), (0, "0 years"), (None, ""), (float("nan"), "")]
)
def test_years(value: float | None, expected: str) -> None:
    assert text.years(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(date(2026, 11, 3), "3 Nov 2026"), (pd.Timestamp("2026-01-31 10:00"), "31 Jan 2026"), (pd.NaT, ""), (None, "")],
)
def test_day(value: Any, expected: str) -> None:
    assert text.day(value) == expected


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [
        ("America/Sao_Paulo", "2 Nov 2026, 23:30"),
        ("Asia/Seoul", "3 Nov 2026, 11:30"),
        (None, "3 Nov 2026, 02:30 UTC"),
        ("Not/AZone", "3 Nov 2026, 02:30 UTC"),
        ("../../etc/passwd", "3 Nov 2026, 02:30 UTC"),
    ],
)
def test_moment(timezone: str | None, expected: str) -> None:
    assert text.moment(datetime(2026, 11, 3, 2, 30), timezone) == expected
    assert text.moment(datetime(2026, 11, 3, 2, 30, tzinfo=UTC), timezone) == expected
    assert text.moment(None, timezone) == ""


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-11-03", "today"),
        ("2026-11-09", "today"),  # a clock that is ahead
        ("2026-11-02", "1 day ago"),
        ("2026-10-05", "29 days ago"),
        ("2026-08-03", "3 months ago"),
        ("2025-11-03", "1 year ago"),
        ("2020-01-01", "6 years ago"),
    ],
)
def test_days_ago(when: str, expected: str) -> None:
    assert text.days_ago(pd.Timestamp(when), date(2026, 11, 3)) == expected
    assert text.days_ago(None, date(2026, 11, 3)) == ""


def test_words_and_badges() -> None:
    assert text.words(" SQL; Python ;;") == ["SQL", "Python"]
    assert text.words(None) == text.words(float("nan")) == []
    assert text.badges(["SQL", "C++"], "green") == r":green-badge[SQL] :green-badge[C\+\+]"
    assert text.badges(["a", "b", "c"], "gray", most=2) == ":gray-badge[a] :gray-badge[b] and 1 more"


def test_languages() -> None:
    assert text.languages("English:native; German ; Español: B2") == "English (native), German, Español (B2)"
    assert text.languages(None) == ""


def test_count() -> None:
    assert text.count(1, "candidate") == "1 candidate"
    assert text.count(1200, "candidate") == "1,200 candidates"
    assert text.count(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("ana+x@example.org", "<ana+x@example.org>"),
        ("a@b", "a\\@\u200bb"),
        ("<script>@x.org", r"\<script\>\@" + "\u200b" + r"x\.org"),
    ],
)
def test_an_address_to_mail_to(value, told):
    assert text.email(value) == told
