"""Reads dates and times as people write them: ISO first, then day/month/year or month/day/year, or a month's name.

Whether 03/04/2024 is in March or in April is decided by the other values of its column; if they do not tell, or tell
both, the value is not guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

FIRST_YEAR = 1900

_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_DAY_NAMED_MONTH = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.IGNORECASE)
_NAMED_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DATE_AND_TIME = re.compile(r"(.+?)(?:T|\s+|,\s*)(\d{1,2}:\d{2}.*)", re.IGNORECASE | re.DOTALL)


class NotADate(ValueError):  # noqa: N818 - what it says to the caller, not a failure of the program
    """The text is not a date; the message says why."""


@dataclass(frozen=True)
class DateOrder:
    """What a column's values prove about dates such as 03/04/2024: that the day comes first, the month, or both."""

    day_first: bool
    month_first: bool


def date_order(texts: Iterable[str]) -> DateOrder:
    """What the values of a column prove about the order of day and month."""
    day_first = month_first = False
    for text in texts:
        found = _YEAR_LAST.fullmatch(_split(text)[0])
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            day_first = day_first or (first > 12 >= second)
            month_first = month_first or (second > 12 >= first)
    return DateOrder(day_first, month_first)


def read_datetime(text: str, order: DateOrder) -> tuple[datetime, timedelta | None]:
    """The date and time that ``text`` stands for, as written, and the distance of its zone from UTC if it names one.

    A date without a time is its midnight. Raises NotADate.
    """
    date_text, time_text = _split(text)
    year, month, day = _read_date(date_text, order)
    hour, minute, second, microsecond, zone = _read_time(time_text) if time_text else (0, 0, 0, 0, None)
    if year < FIRST_YEAR:
        raise NotADate(f"the year is before {FIRST_YEAR}")
    try:
        return datetime(year, month, day, hour, minute, second, microsecond), zone
    except ValueError:
        raise NotADate("there is no such date or time") from None


def in_utc(moment: datetime, zone: timedelta | None) -> datetime:
    """``moment``, as written in a zone so far from UTC, in UTC and without a zone. Raises NotADate."""
    try:
        return moment.replace(tzinfo=timezone(zone or timedelta())).astimezone(UTC).replace(tzinfo=None)
    except (OverflowError, ValueError):
        raise NotADate("there is no such date or time") from None


def _split(text: str) -> tuple[str, str]:
    found = _DATE_AND_TIME.fullmatch(text.strip())
    return (found[1].rstrip(","), found[2]) if found else (text.strip(), "")


def _read_date(text: str, order: DateOrder) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_LAST.fullmatch(text):
        return _read_year_last(int(found[1]), int(found[3]), int(found[4]), order, dotted=found[2] == ".")
    if found := _DAY_NAMED_MONTH.fullmatch(text):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := _NAMED_MONTH_DAY.fullmatch(text):
        return int(found[3]), _month(found[1]), int(found[2])
    if _SHORT_YEAR.fullmatch(text):
        raise NotADate("ambiguous: write the year with four digits, best as YYYY-MM-DD")
    raise NotADate("not a date: write it as YYYY-MM-DD, with a time as YYYY-MM-DD HH:MM:SS")


def _read_year_last(first: int, second: int, year: int, order: DateOrder, *, dotted: bool) -> tuple[int, int, int]:
    """Day and month by what they can only be, else as the column proves. Dotted dates have the day first everywhere."""
    if first > 12 or first == second or (dotted and second <= 12):
        return year, second, first
    if second > 12:
        return year, first, second
    if order.day_first and order.month_first:
        raise NotADate(
            "ambiguous: the column has dates with the day first and with the month first, and this could be either; "
            "write YYYY-MM-DD"
        )
    if order.day_first:
        return year, second, first
    if order.month_first:
        return year, first, second
    raise NotADate("ambiguous: no date in the column tells whether the day or the month comes first; write YYYY-MM-DD")


def _month(name: str) -> int:
    matching = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    if len(matching) != 1 and name.lower() != "sept":
        raise NotADate("not a date: write it as YYYY-MM-DD")
    return matching[0] if matching else 9


def _read_time(text: str) -> tuple[int, int, int, int, timedelta | None]:
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise NotADate("not a time: write it as HH:MM:SS after the date")
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NotADate("there is no such date or time")
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    fraction = int((found["fraction"] or "0").ljust(6, "0")[:6])
    return hour, int(found["minute"]), int(found["second"] or 0), fraction, _zone(found["zone"])


def _zone(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if distance >= timedelta(hours=24):
        raise NotADate("there is no such time zone")
    return -distance if text[0] == "-" else distance
