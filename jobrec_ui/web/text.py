"""How values are put into words on the pages. Texts of the data are escaped here before Markdown sees them."""

import re
import urllib.parse
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

# How many characters a field for a reason takes.
REASON_LENGTH = 500

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
# Streamlit turns :words: into icons and emoji, and web addresses into links, after escapes are read: an invisible
# break keeps data from doing that.
_SELF_LINKING = re.compile(r"(:|@|www)(?=[\w./])")
_INVISIBLE_BREAK = "\u200b"
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def plain(value: object) -> str:
    """``value`` on one line, escaped so that Markdown shows it exactly as it is."""
    text = " ".join(str(value).split())
    return _PUNCTUATION.sub(r"\\\1", _SELF_LINKING.sub(rf"\1{_INVISIBLE_BREAK}", text))


def email(value: object) -> str:
    """``value`` as a link that opens a new mail, if it is an address; else as it is."""
    address = str(value).strip()
    return f"<{address}>" if _EMAIL.fullmatch(address) else plain(value)


def is_missing(value: Any) -> bool:
    """Whether there is nothing to show: None, NaN, NaT, or blanks."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    missing = pd.isna(value)
    return bool(missing) if isinstance(missing, bool) else False


def place(row: Mapping[str, Any]) -> str:
    """``City, Region, Country`` with what is missing or said twice left out."""
    parts: list[str] = []
    for column in ("city", "region", "country"):
        value = row.get(column)
        if not is_missing(value) and str(value).strip() not in parts:
            parts.append(str(value).strip())
    return ", ".join(parts)


def pay(row: Mapping[str, Any]) -> str:
    """``EUR 50,000 to 70,000`` from salary_min, salary_max and currency; empty if neither is known."""
    low, high = row.get("salary_min"), row.get("salary_max")
    unit = "" if is_missing(row.get("currency")) else f"{str(row['currency']).strip()} "
    if is_missing(low) and is_missing(high):
        return ""
    if is_missing(high) or low == high:
        return f"{unit}{low:,.0f}" + ("" if low == high else " or more")
    if is_missing(low):
        return f"up to {unit}{high:,.0f}"
    return f"{unit}{low:,.0f} to {high:,.0f}"


def years(value: Any) -> str:
    """``1 year``, ``7 years``, ``7.5 years``; empty if unknown."""
    if is_missing(value):
        return ""
    return f"{float(value):g} year" + ("" if float(value) == 1 else "s")


def day(value: Any) -> str:
    """``3 Nov 2026``; empty if unknown."""
    if is_missing(value):
        return ""
    at = pd.Timestamp(value)
    return f"{at.day} {at:%b %Y}"


def closed(posting: Mapping[str, Any]) -> str:
    """``filled, closed since 3 Nov 2026``: that a posting is closed, why and since when if known; empty if it is open.

    ``posting`` has is_open, closed_since and status, the company's own word.
    """
    if posting.get("is_open") is not False:
        return ""
    since = day(posting.get("closed_since"))
    status = "" if is_missing(posting.get("status")) else str(posting["status"]).strip().lower()
    return ", ".join(([] if status in ("", "closed") else [status]) + [f"closed since {since}" if since else "closed"])


def moment(value: datetime | None, timezone: str | None = None) -> str:
    """``3 Nov 2026, 14:02`` in the reader's time zone, or with UTC said if that is not known; empty if unknown.

    ``value`` is in UTC.
    """
    if value is None or is_missing(value):
        return ""
    zone = _zone(timezone)
    at = in_zone(value, timezone)
    return f"{at.day} {at:%b %Y, %H:%M}" + ("" if zone else " UTC")


def in_zone(value: datetime, timezone: str | None) -> datetime:
    """``value``, which is in UTC, in the reader's time zone; left in UTC if that is not known."""
    at = value if value.tzinfo else value.replace(tzinfo=UTC)
    return at.astimezone(_zone(timezone) or UTC)


def _zone(timezone: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(timezone) if timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def days_ago(value: Any, today: date) -> str:
    """``today``, ``3 days ago``, ``5 months ago``; empty if unknown."""
    if is_missing(value):
        return ""
    days = (today - pd.Timestamp(value).date()).days
    if days <= 0:
        return "today"
    for length, unit in ((365, "year"), (30, "month"), (1, "day")):
        if days >= length:
            count = days // length
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return ""


def words(value: Any) -> list[str]:
    """The entries of a "; " separated cell."""
    return [] if is_missing(value) else [word.strip() for word in str(value).split(";") if word.strip()]


def languages(value: Any) -> str:
    """``English (native), German`` from ``English:native; German``."""
    spoken = [word.partition(":") for word in words(value)]
    return ", ".join(
        f"{name.strip()} ({level.strip()})" if level.strip() else name.strip() for name, _, level in spoken
    )


def badges(values: Iterable[str], color: str, most: int = 12) -> str:
    """``values`` as coloured Markdown badges; what is beyond ``most`` is counted."""
    values = list(values)
    shown = [f":{color}-badge[{plain(value)}]" for value in values[:most]]
    if len(values) > most:
        shown.append(f"and {len(values) - most} more")
    return " ".join(shown)


def shortened(value: str, most: int = 40) -> str:
    """``value``, cut off where it is longer than that."""
    return value if len(value) <= most else value[: most - 1].rstrip() + "…"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 candidate``, ``1,200 candidates``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def query_of(values: Mapping[str, str]) -> str:
    """The query of an address: ``posting=P-1&open=C-2``."""
    return urllib.parse.urlencode(values)
