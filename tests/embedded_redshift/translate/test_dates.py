"""Dates and times: values as Redshift's documentation gives them (the page stands behind each group)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_redshift.translate import RedshiftSyntaxError


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


CASES: list[tuple[str, Any]] = [
    # r_DATEDIFF_function
    ("DATEDIFF(week, '2009-01-01', '2009-12-31')", 52),
    ("DATEDIFF(year, '2008-12-31', '2009-01-01')", 1),
    ("DATEDIFF(qtr, '1998-07-01', '2008-06-05')", 39),
    ("DATEDIFF(hour, TIMESTAMP '2009-01-01 08:30:00', TIMESTAMP '2009-01-01 10:00:00')", 2),
    ("DATEDIFF(day, DATE '2009-01-10', DATE '2009-01-01')", -9),
    ("DATEDIFF(month, '2008-01-31', '2008-02-01')", 1),
    ("DATEDIFF(day, '2008-01-01 23:59:59', '2008-01-02 00:00:00')", 1),
    ("DATEDIFF(hour, TIME '20:00:00', TIME '15:24:45')", -5),
    ("DATEDIFF(minute, TIME '20:00:00', TIME '21:00:00')", 60),
    ("DATEDIFF('day', DATE '2009-01-01', TIMESTAMP '2009-01-03 12:00:00')", 2),
    ("DATEDIFF(s, '2009-01-01', '2009-01-02')", 86400),
    # r_DATEADD_function
    ("DATEADD(month, 18, '2008-02-28')", at("2009-08-28")),
    ("DATEADD(m, 30, '2008-02-28')", at("2008-02-28 00:30:00")),
    ("DATEADD(hour, 12, TIME '13:24:55')", dt.time(1, 24, 55)),
    ("DATEADD(month, 1, '2008-04-30')", at("2008-05-30")),
    ("DATEADD(month, 12, '2016-02-29')", at("2017-02-28")),
    ("DATEADD(year, 1, '2016-02-29')", at("2017-03-01")),
    ("DATEADD(year, 4, '2016-02-29')", at("2020-02-29")),
    ("DATEADD(day, -1, DATE '2008-03-01')", at("2008-02-29")),
    ("DATEADD(week, 2, DATE '2008-03-01')", at("2008-03-15")),
    ("DATEADD(quarter, 1, DATE '2008-01-31')", at("2008-04-30")),
    ("DATEADD(ms, 1500, TIMESTAMP '2008-01-01')", at("2008-01-01 00:00:01.500")),
    ("DATEADD(day, 1, 'today') = DATEADD(day, 1, TRUNC(SYSDATE))", True),
    ("DATEDIFF(century, '2000-12-31', '2001-01-01')", 1),
    ("DATEDIFF(mil, '1999-12-31', '2000-01-01')", 0),
    # r_ADD_MONTHS, r_MONTHS_BETWEEN_function, r_LAST_DAY, r_NEXT_DAY
    ("ADD_MONTHS('2008-04-30', 1)", at("2008-05-31")),
    ("ADD_MONTHS('2008-03-31', -1)", at("2008-02-29")),
    ("MONTHS_BETWEEN('1969-01-18', '1969-03-18')", -2),
    ("MONTHS_BETWEEN('2014-09-30', '2014-08-31')", 1),
    ("ROUND(MONTHS_BETWEEN('2008-12-25 15:00:00', '2008-01-21 19:30:00'), 2)", 11.12),
    ("LAST_DAY('2008-02-03')", dt.date(2008, 2, 29)),
    ("NEXT_DAY('2014-08-20', 'Tuesday')", dt.date(2014, 8, 26)),
    ("NEXT_DAY('2014-08-19', 'Tu')", dt.date(2014, 8, 26)),
    # r_DATE_TRUNC: weeks begin on Monday
    ("DATE_TRUNC('week', TIMESTAMP '2008-09-10 10:00:00')", at("2008-09-08")),
    ("DATE_TRUNC('month', DATE '2008-09-10')", at("2008-09-01")),
    ("DATE_TRUNC('quarter', TIMESTAMP '2008-09-10')", at("2008-07-01")),
    ("DATE_TRUNC('minute', TIMESTAMP '2020-04-30 04:05:06.789')", at("2020-04-30 04:05:00")),
    ("DATE_TRUNC('millennium', TIMESTAMP '20200430 04:05:06.789')", at("2001-01-01")),
    ("DATE_TRUNC('century', DATE '2000-12-31')", at("1901-01-01")),
    # r_interval_literals
    ("DATE '12-31-2008' + INTERVAL '3 hours, 35 minutes'", at("2008-12-31 03:35:00")),
    ("DATE '12-31-2008' + INTERVAL '1w, 1h, 1m, 1s'", at("2009-01-07 01:01:01")),
    ("DATE '12-31-2008' + INTERVAL '0.5 days'", at("2008-12-31 12:00:00")),
    ("DATE '12-31-2008' + INTERVAL '5'", at("2008-12-31 00:00:05")),
    ("DATE '2023-03-31' - INTERVAL '4 months'", at("2022-11-30")),
    # r_Date_and_time_literals
    ("DATE 'January 8, 1999'", dt.date(1999, 1, 8)),
    ("DATE '1/8/1999'", dt.date(1999, 1, 8)),
    ("DATE '01/02/00'", dt.date(2000, 1, 2)),
    ("DATE 'Jan-31-2000'", dt.date(2000, 1, 31)),
    ("CAST('31-Jan-2000' AS DATE)", dt.date(2000, 1, 31)),
    ("DATE '080215'", dt.date(2008, 2, 15)),
    ("DATE '2008.366'", dt.date(2008, 12, 31)),
    ("TIMESTAMP '2008-02-15 04:05 PM'", at("2008-02-15 16:05:00")),
    ("TIMESTAMP '20080215 040506'", at("2008-02-15 04:05:06")),
    ("CAST(TIMESTAMPTZ '2020-02-01 04:05:01.5-08' AS TIMESTAMP)", at("2020-02-01 12:05:01.5")),
    ("CAST(TIMESTAMPTZ '2020-06-01 04:05 America/New_York' AS TIMESTAMP)", at("2020-06-01 08:05:00")),
    # r_TRUNC_date
    ("TRUNC(TIMESTAMP '2011-07-21 10:32:38.248109')", dt.date(2011, 7, 21)),
    # r_EXTRACT_function, r_Dateparts_for_datetime_functions
    ("EXTRACT(minute FROM TIMESTAMP '2009-09-09 12:08:43')", 8),
    ("EXTRACT(ms FROM TIMESTAMP '2009-09-09 12:08:43.101')", 101),
    ("EXTRACT(ms FROM TIME '18:25:33.123456')", 123),
    ("EXTRACT(sec FROM TIMESTAMP '2009-09-21 11:10:03.189717')", 3),
    ("EXTRACT(century FROM TIMESTAMP '2000-12-16 12:21:13')", 20),
    ("EXTRACT(century FROM TIMESTAMP '2001-12-16 12:21:13')", 21),
    ("EXTRACT(decade FROM TIMESTAMP '1999-02-16 20:38:40')", 200),
    ("EXTRACT(decade FROM TIMESTAMP '2000-02-16 20:38:40')", 201),
    ("EXTRACT(mil FROM TIMESTAMP '2000-12-16 12:21:13')", 2),
    ("EXTRACT(mil FROM TIMESTAMP '2001-12-16 12:21:13')", 3),
    ("EXTRACT(epoch FROM TIMESTAMP '2008-01-01 20:00:00')", 1199217600),
    ("EXTRACT(dow FROM DATE '2008-01-06')", 0),
    ("EXTRACT(doy FROM DATE '2008-12-31')", 366),
    ("EXTRACT(week FROM DATE '2008-12-31')", 1),
    ("DATE_PART(sec, TIMESTAMP '2009-09-21 11:10:03.189717')", 3.189717),
    ("DATE_PART(epoch, TIMESTAMP '2008-01-01 20:00:00')", 1199217600),
    ("DATE_PART('year', DATE '2008-02-03')", 2008),
    ("DATE_PART(w, TIMESTAMP '2008-06-17 09:44:54')", 25),
    ("DATE_PART_YEAR(DATE '2008-02-03')", 2008),
    # date arithmetic
    ("DATE '2008-02-03' + 5", dt.date(2008, 2, 8)),
    ("DATE '2008-02-03' - 5", dt.date(2008, 1, 29)),
    ("DATE '2008-03-01' - DATE '2008-02-01'", 29),
    ("TIMESTAMP '2008-03-02 06:00:00' - TIMESTAMP '2008-03-01'", dt.timedelta(days=1, hours=6)),
    ("DATE '2008-02-03' + INTERVAL '1 day'", at("2008-02-04")),
    ("TIMESTAMP '2008-02-03' - INTERVAL '2 hours'", at("2008-02-02 22:00:00")),
    ("DATE '2008-02-03' < '2008-02-04'", True),
    ("'2008-02-03' = DATE '2008-02-03'", True),
    ("CAST('2008-02-18 02:36:48' AS DATE)", dt.date(2008, 2, 18)),
    ("CAST(TIMESTAMP '2008-02-18 02:36:48' AS DATE)", dt.date(2008, 2, 18)),
    # CONVERT_TIMEZONE
    ("CONVERT_TIMEZONE('America/New_York', '2013-02-01 08:00:00')", at("2013-02-01 03:00:00")),
    ("CONVERT_TIMEZONE('America/New_York', 'UTC', '2013-02-01 03:00:00')", at("2013-02-01 08:00:00")),
    ("CONVERT_TIMEZONE('PST', TIMESTAMP '2008-08-24 09:36:12')", at("2008-08-24 01:36:12")),
    ("CONVERT_TIMEZONE('US/Pacific', TIMESTAMP '2008-08-24 09:36:12')", at("2008-08-24 02:36:12")),
    ("CONVERT_TIMEZONE('EST', 'PST', '20080305 12:25:29')", at("2008-03-05 09:25:29")),
    # r_DATE_CMP, r_TIMESTAMP_CMP, r_INTERVAL_CMP
    ("DATE_CMP('2008-01-01', '2008-01-04')", -1),
    ("TIMESTAMP_CMP('2008-01-02', '2008-01-01')", 1),
    ("INTERVAL_CMP('3 days', '1 year')", -1),
    # r_TO_CHAR
    ("TO_CHAR(TIMESTAMP '2009-12-31 23:15:59', 'MONTH-DY-DD-YYYY HH12:MIPM')", "DECEMBER -THU-31-2009 11:15PM"),
    ("TO_CHAR(TIMESTAMP '2009-12-31 23:15:59', 'DDD')", "365"),
    ("TO_CHAR(TIMESTAMP '2022-05-16 23:15:59', 'ID')", "1"),
    ("TO_CHAR(TIMESTAMP '2008-01-25 14:30:00', 'MON-DD-YYYY HH12:MIPM')", "JAN-25-2008 02:30PM"),
    ("TO_CHAR(TIMESTAMP '2009-12-31 23:15:59', 'HH24:MI:SS')", "23:15:59"),
    ("TO_CHAR(TIMESTAMP '2008-02-18 02:36:48', 'cc')", "21"),
    ("TO_CHAR(DATE '2008-02-18', 'YYYY-MM-DD')", "2008-02-18"),
    ("TO_CHAR(DATE '2008-02-18', 'yyyy-mm')", "2008-02"),
    ("TO_CHAR(DATE '2008-02-18', 'Mon DD \"of\" YYYY, Q')", "Feb 18 of 2008, 1"),
    ("TO_CHAR(TIMESTAMP '2009-12-31 23:15:59', 'HH12:MI:SS TZ')", "11:15:59 UTC"),
    ("TO_CHAR(TIMESTAMP '2020-01-05 13:00', 'HH a.m.')", "01 p.m."),
    ("TO_CHAR(DATE '2021-01-03', 'IYYY IDDD, Y,YYY A.D.')", "2020 371, 2,021 A.D."),
    ("TO_CHAR(-125.8, '999D99S')", "125.80-"),
    ("TO_CHAR(64.6, '99999D99')", "    64.60"),
    ("TO_CHAR(1234567, '9,999,999')", " 1,234,567"),
    ("TO_CHAR(5, '000')", " 005"),
    # As PostgreSQL's, from which Redshift's function comes
    ("TO_CHAR(12345.5, '999.9')", " ###.#"),
    ("TO_CHAR(0.1, '9.9')", "  .1"),
    ("TO_CHAR(0.1, '0.9')", " 0.1"),
    ("TO_CHAR(-0.1, 'FM9.99')", "-.1"),
    ("TO_CHAR(12.5, 'FM999.00')", "12.50"),
    # r_TO_DATE_function, r_TO_TIMESTAMP, r_TO_NUMBER
    ("TO_DATE('02 Oct 2001', 'DD Mon YYYY')", dt.date(2001, 10, 2)),
    ("TO_DATE('20010631', 'YYYYMMDD', FALSE)", dt.date(2001, 7, 1)),
    ("TO_DATE('69', 'YY')", dt.date(2069, 1, 1)),
    (
        "CAST(TO_TIMESTAMP('2011-12-18 24:38:15.25', 'YYYY-MM-DD HH24:MI:SS') AS TIMESTAMP)",
        at("2011-12-19 00:38:15"),
    ),
    ("CAST(TO_TIMESTAMP('05/10/2008 10:20', 'MM/DD/YYYY HH24:MI') AS TIMESTAMP)", at("2008-05-10 10:20:00")),
    ("TO_NUMBER('12,454.8-', '99G999D9S')", Decimal("-12454.8")),
    ("TO_NUMBER('121', '999')", 121),
]


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_value(shared: Any, expression: str, expected: Any) -> None:
    value = shared.value(expression)
    assert value == (pytest.approx(expected) if isinstance(expected, int | float) else expected)


def test_now(shared: Any) -> None:
    now, sysdate, today = shared.run("SELECT GETDATE() AS current_timestamp, SYSDATE, CURRENT_DATE")[0]
    utc = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    assert now.microsecond == 0
    assert abs(utc - sysdate) < dt.timedelta(seconds=30)
    assert today == sysdate.date()


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_days_between_dates(shared: Any, a: dt.date, b: dt.date) -> None:
    query = "SELECT DATEDIFF(day, CAST(:a AS DATE), CAST(:b AS DATE)), CAST(:b AS DATE) - CAST(:a AS DATE)"
    assert shared.run(query, a=a, b=b) == [((b - a).days, (b - a).days)]


# DATE_TRUNC('week') and DATEDIFF(week) find the same Mondays
@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(-500, 500))
def test_weeks_are_counted_at_mondays(shared: Any, a: dt.date, days: int) -> None:
    b = a + dt.timedelta(days=days)
    weeks = ((b - dt.timedelta(days=b.weekday())) - (a - dt.timedelta(days=a.weekday()))).days // 7
    assert shared.value("DATEDIFF(week, CAST(:a AS DATE), CAST(:b AS DATE))", a=a, b=b) == weeks


ERRORS = [
    ("DATEDIFF(fortnight, '2008-01-01', '2008-01-02')", 'date part "fortnight" is not known'),
    ("DATE_TRUNC('epoch', DATE '2008-01-01')", "epoch is not supported"),
    ("DATE '2008-01-01' + DATE '2008-01-01'", "operator does not exist"),
    ("CAST(1 AS DATE)", "cannot cast type integer to date"),
    ("CAST(DATE '2008-01-01' AS INT)", "cannot cast type date to integer"),
    ("NOW()", "NOW|now"),
    ("DATE '2008-02-30'", "date/time field value out of range"),
    ("TIMESTAMP 'infinity'", "invalid input syntax for type timestamp"),
    ("TIMESTAMP '2020-02-01 25:00'", "value out of range"),
    ("INTERVAL '2 fortnights'", "invalid input syntax for type interval"),
    ("TIME '10:00' - TIME '09:00'", "operator does not exist"),
    ("TO_CHAR(SYSDATE, 'SSSS')", '"SSSS" in the format is not supported'),
]


@pytest.mark.parametrize(("expression", "message"), ERRORS)
def test_rejected(shared: Any, expression: str, message: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match=message):
        shared.translate(f"SELECT {expression} FROM one")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("CAST(:text AS DATE)", "(?i)out of range|format"),
        ("CAST(:text || '' AS DATE)", "(?i)out of range|format"),
        ("TO_DATE(:text, 'YYYY-MM-DD', TRUE)", "(?i)out of range"),
        ("TO_DATE(:text, 'DD Mon YYYY')", "not of the form"),
    ],
)
def test_an_impossible_date_is_an_error(shared: Any, expression: str, message: str) -> None:
    with pytest.raises(Exception, match=message):
        shared.value(expression, text="2008-02-30")
