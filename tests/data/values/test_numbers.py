"""Numbers as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.data.values.numbers import NotANumber, number_style, read_number

MONEY = number_style([], money=True)
OTHER = number_style([], money=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", 1234.5),
        ("-12", -12),
        ("−12", -12),
        ("+3", 3),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1 234", 1234),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234\u202f567", 1234567),
        ("1'234.50", 1234.5),
        ("1’234", 1234),
        ("12,34,567.5", 1234567.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("0,5", 0.5),
        ("12,5", 12.5),
        ("1234,567", 1234.567),
        ("€ 45.000", 45000),
        ("45 000 €", 45000),
        ("R$ 1.234,50", 1234.5),
        ("US$1,234", 1234),
        ("₩3,000,000", 3_000_000),
        ("٣", 3),
    ],
)
def test_reads(text, number):
    assert read_number(text, MONEY) == number


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "1,234,5", "1.5,5", "12 34", "45k", "€", "", "--5", "1,2,3.5", "0x10"]
)
def test_refuses(text):
    with pytest.raises(NotANumber):
        read_number(text, MONEY)


@pytest.mark.parametrize(
    ("text", "others", "money", "number"),
    [
        ("1.500", [], True, 1500),
        ("1,500", [], True, 1500),
        ("1.500", [], False, 1.5),
        ("1,500", [], False, 1.5),
        ("1.500", ["2.5"], True, 1.5),
        ("1.500", ["2,5"], False, 1500),
        ("1,500", ["1,234.5"], False, 1500),
        ("1.500", ["1.234.567"], False, 1500),
        ("-1.500", ["2,5"], True, -1500),
        ("1.500", ["900", "1 000"], True, 1500),
    ],
)
def test_the_column_decides_what_a_mark_before_three_digits_means(text, others, money, number):
    assert read_number(text, number_style([*others, text], money=money)) == number


def test_a_column_that_says_both_is_not_guessed():
    style = number_style(["1,5", "2.5"], money=True)
    with pytest.raises(NotANumber, match="ambiguous"):
        read_number("1.500", style)
    assert read_number("1,5", style) == 1.5
    assert read_number("2.5", style) == 2.5


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]))
def test_grouping_and_decimals_survive(whole, cents, marks):
    group, decimal = marks
    text = f"{whole:,}".replace(",", group) + decimal + f"{cents:02}"
    assert read_number(text, number_style([text], money=True)) == pytest.approx(whole + cents / 100, rel=1e-15)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_what_python_writes_is_read_back(value):
    style = number_style([repr(value), "0.5"], money=False)
    assert read_number(repr(value), style) == value


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    with suppress(NotANumber):
        assert isinstance(read_number(text, number_style([text], money=True)), float)
