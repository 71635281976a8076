"""Interval literals: '7 days, 3 hours', '0.5 days', '1w, 1h'; a bare number is seconds (page r_interval_literals)."""

from __future__ import annotations

import re
from decimal import Decimal

from embedded_redshift.translate.dateparts import PARTS

_ITEM = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z]*)\s*,?\s*", re.I)
_CLOCK = re.compile(r"([+-]?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*,?\s*")

_MONTHS = {"millennium": 12_000, "century": 1_200, "decade": 120, "year": 12, "quarter": 3, "month": 1}
_DAYS = {"week": 7, "day": 1}
_SECONDS = {
    "hour": Decimal(3600), "minute": Decimal(60), "second": Decimal(1), "millisecond": Decimal("0.001"),
    "microsecond": Decimal("0.000001"),
}  # fmt: skip


def parse_interval(text: str) -> tuple[int, int, int]:
    """(months, days, microseconds) of a literal; a fraction of a month counts 30 days to it, as PostgreSQL does.

    Raises ValueError with Redshift's message for what is no interval.
    """
    months = days = seconds = Decimal(0)
    place = 0
    body = text.strip()
    while place < len(body):
        if clock := _CLOCK.match(body, place):
            parts = [Decimal(part or 0) for part in clock.groups()[1:]]
            seconds += (parts[0] * 3600 + parts[1] * 60 + parts[2]) * (-1 if clock[1] == "-" else 1)
            place = clock.end()
            continue
        item = _ITEM.match(body, place)
        part = PARTS.get(item[2].lower()) if item and item[2] else "second"
        if item is None:
            raise ValueError(f'invalid input syntax for type interval: "{text}"')
        amount = Decimal(item[1])
        if part in _MONTHS:
            months += amount * _MONTHS[part]
        elif part in _DAYS:
            days += amount * _DAYS[part]
        elif part in _SECONDS:
            seconds += amount * _SECONDS[part]
        else:
            raise ValueError(f'invalid input syntax for type interval: "{text}"')
        place = item.end()
    if not body:
        raise ValueError(f'invalid input syntax for type interval: "{text}"')
    days += months % 1 * 30  # of the sign of the months
    seconds += days % 1 * 86_400
    return int(months), int(days), round(seconds * 1_000_000)
