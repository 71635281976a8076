"""Reads dates and times as people write them: ISO first, then day/month/year or month/day/year, or a month's name.

Whether 03/04/2024 is in March or in April is decided by the other values of its column; if they do not tell, or tell
both, the value is not guessed. The same goes for years of two digits, and for bare numbers: a spreadsheet's days or
seconds since 1970 are read as such only where the whole column is written so.
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from babel.dates import get_month_names

FIRST_YEAR = 1900

_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})")
_DAY_NAMED_MONTH = re.compile(
    r"(?:[^\W\d_]+\.?,? )?(\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?[ -]?(?:de |d')?"
    r"([^\W\d_]{3,12})\.?,?[ -](?:de )?(\d{4}|\d{2})",
    re.IGNORECASE,
)
_NAMED_MONTH_DAY = re.compile(r"(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl")
# A spreadsheet counts days from here; the numbers are those of 1954 to 2119.
_DAY_ZERO = datetime(1899, 12, 30)
_SPREADSHEET_DAY = re.compile(r"[2-7]\d{4}(\.\d+)?")
# Seconds, milliseconds or microseconds since 1970, from 2001 on.
_EPOCH = re.compile(r"(1\d{9})(\d{3}|\d{6})?(\.\d+)?")
NUMBERS_IN_WORDS = {"spreadsheet days": "the numbers that a spreadsheet gives to days", "epochs": "seconds since 1970"}
_DATE_AND_TIME = re.compile(r"(.+?)(?:T|\s+|,\s*)(\d{1,2}:\d{2}.*)", re.IGNORECASE | re.DOTALL)


class NotADate(ValueError):  # noqa: N818 - what it says to the caller, not a failure of the program
    """The text is not a date; the message says why."""


@dataclass(frozen=True)
class DateOrder:
    """What a column's values prove about dates such as 03/04/2024: that the day comes first, the month, or both.

    `numbers`: whether all of them are bare numbers of one sort: "spreadsheet days", "epochs", or "".
    """

    day_first: bool
    month_first: bool
    numbers: str = ""


def date_order(texts: Iterable[str]) -> DateOrder:
    """What the values of a column prove about the order of day and month."""
    day_first = month_first = False
    kinds = set()
    for text in texts:
        kinds.add(_kind_of_number(text.strip()))
        date_text = _split(text)[0]
        found = _YEAR_LAST.fullmatch(date_text) or _SHORT_YEAR.fullmatch(date_text)
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            day_first = day_first or (first > 12 >= second and first <= 31)
            month_first = month_first or (second > 12 >= first and second <= 31)
    return DateOrder(day_first, month_first, kinds.pop() if len(kinds) == 1 else "")


def _kind_of_number(text: str) -> str:
    if _SPREADSHEET_DAY.fullmatch(text):
        return "spreadsheet days"
    return "epochs" if _EPOCH.fullmatch(text) else ""


def read_datetime(text: str, order: DateOrder) -> tuple[datetime, timedelta | None]:
    """The date and time that ``text`` stands for, as written, and the distance of its zone from UTC if it names one.

    A date without a time is its midnight. Raises NotADate.
    """
    if order.numbers and _kind_of_number(text.strip()) == order.numbers:
        return _from_number(text.strip(), order.numbers)
    date_text, time_text = _split(text)
    year, month, day = _read_date(date_text, order)
    hour, minute, second, microsecond, zone = _read_time(time_text) if time_text else (0, 0, 0, 0, None)
    if year < FIRST_YEAR:
        raise NotADate(f"the year is before {FIRST_YEAR}")
    try:
        return datetime(year, month, day, hour, minute, second, microsecond), zone
    except ValueError:
        raise NotADate("there is no such date or time") from None


def _from_number(text: str, kind: str) -> tuple[datetime, timedelta | None]:
    if kind == "spreadsheet days":
        return _DAY_ZERO + timedelta(days=float(text)), None
    digits = text.partition(".")[0]
    return datetime(1970, 1, 1) + timedelta(seconds=float(text) / 10 ** (len(digits) - 10)), timedelta()


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
        return _full_year(found[3]), _month(found[2]), int(found[1])
    if found := _NAMED_MONTH_DAY.fullmatch(text):
        return int(found[3]), _month(found[1], "en"), int(found[2])
    if found := _SHORT_YEAR.fullmatch(text):
        if order.day_first == order.month_first:
            raise NotADate("ambiguous: write the year with four digits, best as YYYY-MM-DD")
        year = _full_year(found[4])
        return _read_year_last(int(found[1]), int(found[3]), year, order, dotted=found[2] == ".")
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


def _full_year(digits: str) -> int:
    """The year of four or two digits; of two, it is the one that lies at most ten years ahead."""
    if len(digits) == 4:
        return int(digits)
    latest = datetime.now(UTC).year + 10
    return latest - (latest - int(digits)) % 100


def _month(name: str, language: str = "") -> int:
    """The month called so, in ``language`` or any of those known, or by the beginning of its English name."""
    lowered = name.lower().rstrip(".")
    if len(lowered) >= 3:
        known = {number for language_, number in _months().get(lowered, ()) if language in ("", language_)}
        if not known:
            english = [(full, found) for full, found in _months().items() if full.startswith(lowered)]
            known = {number for _, found in english for language_, number in found if language_ == "en"}
        if len(known) == 1:
            return known.pop()
    raise NotADate("not a date: write it as YYYY-MM-DD")


@functools.cache
def _months() -> dict[str, set[tuple[str, int]]]:
    """The names of months and their short forms, each with the languages that have it and the month it is there."""
    made: dict[str, set[tuple[str, int]]] = {"sept": {("en", 9)}}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    made.setdefault(name.lower().rstrip("."), set()).add((language, number))
    return made


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
