"""Date and time functions (page Date_functions_header)."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.casts import cast
from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.dateparts import date_part
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.functions.numbers import integer
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.moments import zone
from embedded_redshift.translate.types import BIGINT, DATE, DOUBLE, INTEGER, TIMESTAMP, TIMESTAMPTZ, Type
from embedded_redshift.translate.values import Value, allow_only, reject

_DAYS_OR_MORE = frozenset({"millennium", "century", "decade", "year", "quarter", "month", "week", "day"})
_FIELDS_ONLY = frozenset({"epoch", "dow", "doy", "timezone", "timezone_hour", "timezone_minute"})


def moment(value: Value) -> Value:
    """The value as a date or time: texts become TIMESTAMP, all else stays."""
    if value.type.is_temporal:
        return value
    if value.type.is_string or value.type.is_unknown or value.type.is_super:
        return cast(value, TIMESTAMP)
    reject(f"a value of type {value.type} is no date or time")


def timestamp(value: Value) -> Value:
    """The value as TIMESTAMP (TIMESTAMPTZ stays)."""
    value = moment(value)
    return value if value.type.is_timestamp else cast(value, TIMESTAMP)


@function("datediff", args=3, keywords=(0,))
def _datediff(call: Call) -> Value:
    """The number of boundaries of the part between two moments (page r_DATEDIFF_function)."""
    part = date_part(call.nodes[0])
    if part in _FIELDS_ONLY:
        call.reject(f"the date part {part} is not supported")
    start, end = moment(call.args[1]), moment(call.args[2])
    if not (start.type.name == end.type.name and (start.type.name != "date" or part in _DAYS_OR_MORE)):
        start, end = timestamp(start), timestamp(end)
        if "timestamptz" in (start.type.name, end.type.name):
            start, end = cast(start, TIMESTAMPTZ), cast(end, TIMESTAMPTZ)
    if part == "week":
        # DuckDB counts full weeks; boundaries are the Mondays that DATE_TRUNC finds.
        days = f"date_diff('day', date_trunc('week', {start.sql}), date_trunc('week', {end.sql}))"
        return Value(f"({days} // 7)", BIGINT)
    if part == "quarter":
        quarters = [f"(CAST(year({v.sql}) AS BIGINT) * 4 + quarter({v.sql}))" for v in (start, end)]
        return Value(f"({quarters[1]} - {quarters[0]})", BIGINT)
    if part in _YEARS:
        first, last = (f"((CAST(year({v.sql}) AS BIGINT) - 1) // {_YEARS[part]})" for v in (start, end))
        return Value(f"({last} - {first})", BIGINT)
    return Value(f"date_diff('{part}', {start.sql}, {end.sql})", BIGINT)


# A century begins with a year that ends in 01, a millennium with one in 001; DuckDB begins them a year earlier.
_YEARS = {"century": 100, "millennium": 1000}
_INTERVALS = {
    "millennium": ("to_years", 1000),
    "century": ("to_years", 100),
    "decade": ("to_years", 10),
    "year": ("to_years", 1),
    "quarter": ("to_months", 3),
    "month": ("to_months", 1),
    "week": ("to_days", 7),
    "day": ("to_days", 1),
    "dow": ("to_days", 1),
    "doy": ("to_days", 1),
    "hour": ("to_hours", 1),
    "minute": ("to_minutes", 1),
    "second": ("to_seconds", 1),
    "millisecond": ("to_milliseconds", 1),
    "microsecond": ("to_microseconds", 1),
}


@function("dateadd", args=3, keywords=(0,))
def _dateadd(call: Call) -> Value:
    """A date gives a TIMESTAMP (page r_DATEADD_function)."""
    part = date_part(call.nodes[0])
    if part not in _INTERVALS:
        call.reject(f"the date part {part} is not supported")
    value = moment(call.args[2])
    if value.type.name == "date":
        value = cast(value, TIMESTAMP)
    builder, factor = _INTERVALS[part]
    amount = integer(call.args[1]) if factor == 1 else f"{integer(call.args[1])} * {factor}"
    if builder == "to_years" and value.type.is_timestamp:
        return Value(macro("add_years", value.sql, f"CAST({amount} AS INTEGER)"), value.type)
    width = (
        "INTEGER"
        if builder in ("to_years", "to_months", "to_days")
        else "DOUBLE"
        if builder == "to_seconds"
        else "BIGINT"
    )
    return Value(f"({value.sql} + {builder}(CAST({amount} AS {width})))", value.type)


@function("add_months", args=2)
def _add_months(call: Call) -> Value:
    """The last day of a month stays the last day (page r_ADD_MONTHS)."""
    return Value(
        macro("add_months", timestamp(call.args[0]).sql, f"CAST({integer(call.args[1])} AS INTEGER)"), TIMESTAMP
    )


@function("months_between", args=2)
def _months_between(call: Call) -> Value:
    first, second = (cast(timestamp(a), TIMESTAMP).sql for a in call.args)
    return Value(macro("months_between", first, second), DOUBLE)


@function("last_day", args=1)
def _last_day(call: Call) -> Value:
    return Value(f"last_day({timestamp(call.args[0]).sql})", DATE)


@function("next_day", args=2)
def _next_day(call: Call) -> Value:
    """The first such weekday after the date (page r_NEXT_DAY)."""
    name = (call.args[1].literal or "").lower()
    days = [
        i for i, d in enumerate(("su", "mo", "tu", "we", "th", "fr", "sa")) if len(name) >= 2 and name.startswith(d)
    ]
    if not days:
        call.reject("the day must be a literal such as 'Sunday', 'Sun' or 'Su'")
    date = cast(timestamp(call.args[0]), DATE).sql
    return Value(f"({date} + CAST((({days[0]} - dayofweek({date}) + 6) % 7) + 1 AS INTEGER))", DATE)


@function("date_trunc", args=2, keywords=(0,))
def _date_trunc(call: Call) -> Value:
    """A date gives a TIMESTAMP; weeks begin on Monday (page r_DATE_TRUNC)."""
    part = date_part(call.nodes[0])
    if part in _FIELDS_ONLY:
        call.reject(f"the date part {part} is not supported")
    value = timestamp(call.args[1])
    if part in _YEARS:
        start = f"make_date((year({value.sql}) - 1) // {_YEARS[part]} * {_YEARS[part]} + 1, 1, 1)"
        return Value(f"CAST({start} AS {_name(value.type)})", value.type)
    return Value(f"CAST(date_trunc('{part}', {value.sql}) AS {_name(value.type)})", value.type)


def _name(kind: Type) -> str:
    return "TIMESTAMP WITH TIME ZONE" if kind.name == "timestamptz" else "TIMESTAMP"


@translates(exp.Extract)
def _extract(ctx: Context, node: exp.Expr) -> Value:
    """EXTRACT gives whole numbers of one part only (page r_Dateparts_for_datetime_functions)."""
    allow_only(node, "this", "expression")
    return field(date_part(node.this), moment(ctx.bind(node.expression)))


def field(part: str, value: Value) -> Value:
    """One field of a date or time."""
    kind = DOUBLE if value.type.name == "timestamptz" else INTEGER
    sql = value.sql
    number = {
        "epoch": f"trunc(epoch({sql}))",
        "millisecond": f"(extract('millisecond' FROM {sql}) % 1000)",
        "microsecond": f"(extract('microsecond' FROM {sql}) % 1000000)",
        "decade": f"(year({sql}) // 10 + 1)",
    }.get(part, f"extract('{part}' FROM {sql})")
    if part == "epoch":
        return Value(f"CAST({number} AS BIGINT)", BIGINT)
    return Value(f"CAST({number} AS {kind.name.upper()})", kind)


@function("date_part", args=2, keywords=(0,))
def _date_part(call: Call) -> Value:
    """DATE_PART gives DOUBLE PRECISION, seconds with their fraction (same page)."""
    part = date_part(call.nodes[0])
    value = moment(call.args[1])
    if part == "epoch":
        return Value(f"CAST(epoch({value.sql}) AS DOUBLE)", DOUBLE)
    if part == "second":
        return Value(f"((extract('microsecond' FROM {value.sql}) % 60000000) / CAST(1000000 AS DOUBLE))", DOUBLE)
    return Value(f"CAST({field(part, value).sql} AS DOUBLE)", DOUBLE)


@function("date_part_year", args=1)
def _date_part_year(call: Call) -> Value:
    return Value(f"CAST(year({moment(call.args[0]).sql}) AS INTEGER)", INTEGER)


@function("convert_timezone", args=(2, 3))
def _convert_timezone(call: Call) -> Value:
    """From a time zone (UTC by default) to another (page CONVERT_TIMEZONE)."""
    source = zone(call.args[0]) if len(call.args) == 3 else "'UTC'"
    target = zone(call.args[-2])
    value = timestamp(call.args[-1])
    if value.type.name == "timestamptz":
        return Value(f"({value.sql} AT TIME ZONE {target})", TIMESTAMP)
    return Value(f"(({value.sql} AT TIME ZONE {source}) AT TIME ZONE {target})", TIMESTAMP)


@function("timezone", args=2)
def _timezone(call: Call) -> Value:
    value = timestamp(call.args[1])
    kind = TIMESTAMP if value.type.name == "timestamptz" else TIMESTAMPTZ
    return Value(f"({value.sql} AT TIME ZONE {zone(call.args[0])})", kind)


@function(
    "date_cmp", "date_cmp_timestamp", "date_cmp_timestamptz", "timestamp_cmp", "timestamp_cmp_date",
    "timestamp_cmp_timestamptz", "timestamptz_cmp", "timestamptz_cmp_date", "timestamptz_cmp_timestamp", args=2,
)  # fmt: skip
def _compare(call: Call) -> Value:
    a, b = (timestamp(v).sql for v in call.args)
    return Value(f"CASE WHEN {a} < {b} THEN -1 WHEN {a} > {b} THEN 1 WHEN {a} = {b} THEN 0 END", INTEGER)


@function("interval_cmp", args=2)
def _interval_cmp(call: Call) -> Value:
    a, b = (v.sql if v.type.name == "interval" else f"CAST({v.sql} AS INTERVAL)" for v in call.args)
    return Value(f"CASE WHEN {a} < {b} THEN -1 WHEN {a} > {b} THEN 1 WHEN {a} = {b} THEN 0 END", INTEGER)


@function("sysdate", args=0)
def _sysdate(call: Call) -> Value:
    return call.reject("is written without parentheses")
