"""Dates and times as people write them."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.data.values.dates import DateOrder, NotADate, date_order, in_utc, read_datetime

UNDECIDED = DateOrder(day_first=False, month_first=False)


def utc(text, order=UNDECIDED):
    return in_utc(*read_datetime(text, order))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-05", datetime(2024, 3, 5)),
        ("2024-3-5", datetime(2024, 3, 5)),
        ("20240305", datetime(2024, 3, 5)),
        ("2024/03/05", datetime(2024, 3, 5)),
        ("2024-02-29", datetime(2024, 2, 29)),
        ("2024-03-05T06:07:08", datetime(2024, 3, 5, 6, 7, 8)),
        ("2024-03-05 06:07", datetime(2024, 3, 5, 6, 7)),
        ("2024-03-05T06:07:08.123456789Z", datetime(2024, 3, 5, 6, 7, 8, 123456)),
        ("2024-03-05 06:07:08+02:00", datetime(2024, 3, 5, 4, 7, 8)),
        ("2024-03-05 22:07:08-0330", datetime(2024, 3, 6, 1, 37, 8)),
        ("2024-03-05 06:07:08 UTC", datetime(2024, 3, 5, 6, 7, 8)),
        ("2024-03-05 12:30 AM", datetime(2024, 3, 5, 0, 30)),
        ("2024-03-05 12:30 p.m.", datetime(2024, 3, 5, 12, 30)),
        ("25/03/2024", datetime(2024, 3, 25)),
        ("03/25/2024", datetime(2024, 3, 25)),
        ("03/03/2024", datetime(2024, 3, 3)),
        ("5.3.2024", datetime(2024, 3, 5)),
        ("5.3.2024, 14:15", datetime(2024, 3, 5, 14, 15)),
        ("5-Mar-2024", datetime(2024, 3, 5)),
        ("5 march 2024", datetime(2024, 3, 5)),
        ("March 5, 2024 6:07 PM", datetime(2024, 3, 5, 18, 7)),
        ("Sept 5 2024", datetime(2024, 9, 5)),
        (" 2024-03-05 ", datetime(2024, 3, 5)),
        ("9999-12-31", datetime(9999, 12, 31)),
    ],
)
def test_reads(text, moment):
    assert utc(text) == moment


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-02-30", "no such date"),
        ("2023-02-29", "no such date"),
        ("2024-13-01", "no such date"),
        ("2024-00-10", "no such date"),
        ("32/13/2024", "no such date"),
        ("2024-01-02T25:00", "no such date or time"),
        ("2024-01-02 13:00 PM", "no such date or time"),
        ("03/04/2024", "ambiguous: no date in the column tells"),
        ("3-4-2024 10:00", "ambiguous"),
        ("03/04/24", "four digits"),
        ("0021-01-01", "before 1900"),
        ("yesterday", "YYYY-MM-DD"),
        ("Juni 5 2024", "YYYY-MM-DD"),
        ("J 5 2024", "YYYY-MM-DD"),
        ("44927", "YYYY-MM-DD"),
        ("2024-01-02 10h", "YYYY-MM-DD"),
        ("2024-01-02 10:00 +25:00", "no such time zone"),
        ("9999-12-31 23:00-05:00", "no such date or time"),
    ],
)
def test_refuses(text, why):
    with pytest.raises(NotADate, match=why):
        utc(text)


def test_the_column_decides_the_order_of_day_and_month():
    day_first = date_order(["03/04/2024", "2024-01-01", "25/04/2024 10:00"])
    assert day_first == DateOrder(day_first=True, month_first=False)
    assert utc("03/04/2024", day_first) == datetime(2024, 4, 3)
    month_first = date_order(["03/04/2024", "04/25/2024"])
    assert utc("03/04/2024", month_first) == datetime(2024, 3, 4)


def test_a_column_that_says_both_is_not_guessed():
    both = date_order(["25/04/2024", "04/25/2024"])
    with pytest.raises(NotADate, match="with the day first and with the month first"):
        utc("03/04/2024", both)
    assert utc("25/04/2024", both) == utc("04/25/2024", both) == datetime(2024, 4, 25)


def test_impossible_and_dotted_dates_prove_nothing():
    assert date_order(["32/13/2024", "25.04.2024", "03/04/2024", "text"]) == UNDECIDED


@given(st.datetimes(min_value=datetime(1900, 1, 1)))
def test_iso_is_read_back(moment):
    assert utc(moment.isoformat()) == moment
    assert utc(moment.isoformat(sep=" ") + "Z") == moment


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_zones_are_taken_into_account(moment, minutes):
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    assert utc(f"{moment.isoformat()}{sign}{hours:02}:{rest:02}") == moment - timedelta(minutes=minutes)


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text):
    with suppress(NotADate):
        assert utc(text).year >= 1899
