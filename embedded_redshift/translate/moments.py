"""Dates and timestamps written as literals, in the forms that page r_Date_and_time_literals lists."""

from __future__ import annotations

import datetime as dt
import re

from embedded_redshift.translate.interface import RedshiftSyntaxError
from embedded_redshift.translate.types import Type, duckdb_type
from embedded_redshift.translate.values import Value, string

# Calls, not the keywords current_timestamp and current_user: those DuckDB would take for an output column so named.
NOW = "CAST(now() AT TIME ZONE 'UTC' AS TIMESTAMP)"
_TODAY = f"date_trunc('day', {NOW})"
_SPECIAL = {
    "now": NOW,
    "today": _TODAY,
    "tomorrow": f"({_TODAY} + INTERVAL '1 days')",
    "yesterday": f"({_TODAY} - INTERVAL '1 days')",
}
# The month stands before the day (datestyle ISO, MDY).
_FORMS = tuple(
    (re.compile(rf"({pattern})(?:[ T]+(.+))?", re.I), form)
    for pattern, form in (
        (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
        (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
        (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
        (r"\d{1,2}-\d{1,2}-\d{4}", "%m-%d-%Y"),
        (r"\d{1,2}/\d{1,2}/\d{2}", "%m/%d/%y"),
        (r"\d{4}-[a-z]{3}-\d{1,2}", "%Y-%b-%d"),
        (r"[a-z]{3}-\d{1,2}-\d{4}", "%b-%d-%Y"),
        (r"\d{1,2}-[a-z]{3}-\d{4}", "%d-%b-%Y"),
        (r"[a-z]{3} \d{1,2}, \d{4}", "%b %d, %Y"),
        (r"[a-z]{4,} \d{1,2}, \d{4}", "%B %d, %Y"),
        (r"\d{8}", "%Y%m%d"),
        (r"\d{6}", "%y%m%d"),
        (r"\d{4}\.\d{3}", "%Y.%j"),
    )
)


# Hours east of UTC. An abbreviation stays at its offset all year round (page CONVERT_TIMEZONE); DuckDB would take some
# for a place with a summer time.
_OFFSETS = {
    "pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "cst": -6, "cdt": -5, "est": -5, "edt": -4, "gmt": 0, "utc": 0,
    "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9, "nzst": 12,
}  # fmt: skip
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(:\d\d(?:\.\d+)?)?\s*([ap]m\b)?\s*(z|[+-]\d{1,2}(?::?\d\d)?|[a-z_/]+)?|(\d\d)(\d\d)(\d\d)", re.I
)


def _time(text: str, literal: str, kind: Type) -> str:
    """The time of day behind the date, as DuckDB reads it. A TIMESTAMP pays no regard to a time zone."""
    found = _CLOCK.fullmatch(text.strip())
    hour = int(found[1] or found[6]) if found else 24
    if found is None or hour > (12 if found[4] else 24):
        raise RedshiftSyntaxError(f'date/time field value out of range: "{literal}"')
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    clock = f" {hour:02d}:{found[2] or found[7]}{found[3] or (':' + found[8] if found[8] else '')}"
    if found[5] is None or kind.name == "timestamp":
        return clock
    if found[5][0] in "+-":
        return clock + found[5]
    hours = _OFFSETS.get(found[5].lower())
    return clock + (f" {found[5]}" if hours is None else f"{hours:+03d}")


def literal_moment(text: str, kind: Type) -> str:
    """DuckDB SQL of the literal as DATE, TIMESTAMP or TIMESTAMPTZ. Raises RedshiftSyntaxError."""
    bare = text.strip()
    if bare.lower() in _SPECIAL:
        return f"CAST({_SPECIAL[bare.lower()]} AS {duckdb_type(kind)})"
    if bare.lower() == "epoch":
        return f"CAST('1970-01-01' AS {duckdb_type(kind)})"
    for pattern, form in _FORMS:
        if found := pattern.fullmatch(bare):
            try:
                day = dt.datetime.strptime(found[1], form).date()
            except ValueError:
                raise RedshiftSyntaxError(f'date/time field value out of range: "{text}"') from None
            time = _time(found[2], text, kind) if found[2] and kind.name != "date" else ""
            return f"CAST('{day.isoformat()}{time}' AS {duckdb_type(kind)})"
    raise RedshiftSyntaxError(f'invalid input syntax for type {kind}: "{text}"')


def zone(name: Value) -> str:
    """SQL of a time zone's name; abbreviations as fixed offsets."""
    hours = _OFFSETS.get((name.literal or "").lower())
    return name.sql if hours is None else string(f"Etc/GMT{-hours:+d}" if hours else "UTC")
