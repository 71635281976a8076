"""Aggregate functions, also with OVER (pages c_Aggregate_Functions and c_Window_functions)."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import cast, text_of
from embedded_redshift.translate.function_table import OVER, Call, function
from embedded_redshift.translate.functions.numbers import as_double, number
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, VARCHAR, Type
from embedded_redshift.translate.values import Value, reject, string
from embedded_redshift.translate.windows import direction, order_item

_LISTAGG_LIMIT = 65535


def _distinct(call: Call, value: Value) -> str:
    """The argument, with DISTINCT where it was written; strings that differ in trailing blanks are not distinct."""
    if not call.distinct:
        return value.sql
    return "DISTINCT " + (text_of(value, trimmed=True).sql if value.type.is_untrimmed_string else value.sql)


@function("count", args=(1, 100), kind="aggregate")
def _count(call: Call) -> Value:
    if call.args[0].sql == "*":
        return Value(f"count(*){OVER}", BIGINT)
    if len(call.args) > 1:
        call.reject("takes one argument")
    value = call.args[0]
    counted = super_values.as_sql_null(value) if value.type.is_super and not call.distinct else _distinct(call, value)
    return Value(f"count({counted}){OVER}", BIGINT)


@function("approximate count", args=1, kind="aggregate", compute_only=True)
def _approximate_count(call: Call) -> Value:
    if not call.distinct:
        call.reject("APPROXIMATE works with COUNT(DISTINCT …) only")
    value = text_of(call.args[0], trimmed=True) if call.args[0].type.is_untrimmed_string else call.args[0]
    return Value(f"approx_count_distinct({value.sql}){OVER}", BIGINT)


@function("sum", args=1, kind="aggregate")
def _sum(call: Call) -> Value:
    """Whole numbers add up to BIGINT, BIGINT to NUMERIC(38,0), NUMERIC keeps its scale (page r_SUM)."""
    value = number(call.args[0])
    sql = f"sum({_distinct(call, value)}){OVER}"
    if value.type.name in ("smallint", "integer"):
        return Value(f"CAST({sql} AS BIGINT)", BIGINT)
    if value.type.name == "bigint":
        return Value(f"CAST({sql} AS DECIMAL(38,0))", Type("decimal", 38, 0))
    if value.type.is_decimal:
        return Value(sql, Type("decimal", 38, value.type.digits[1]))
    if value.type.name == "boolean":
        call.reject("a boolean cannot be summed: use CASE WHEN … THEN 1 ELSE 0 END")
    return Value(sql, value.type if value.type.is_unknown else DOUBLE)


@function("avg", args=1, kind="aggregate")
def _avg(call: Call) -> Value:
    """Whole numbers average to a whole number, NUMERIC to its own scale (page r_AVG)."""
    value = number(call.args[0])
    argument = _distinct(call, value)
    if value.type.is_integer:
        return Value(f"CAST(sum({argument}){OVER} // count({argument}){OVER} AS BIGINT)", BIGINT)
    if value.type.is_decimal:
        scale = value.type.digits[1]
        places = 10**scale
        mean = f"sum({argument}){OVER} / CAST(count({argument}){OVER} AS DOUBLE)"
        # Further digits are cut off, not rounded; rounding far behind them first takes away the noise of a DOUBLE.
        whole = f"trunc(round({mean} * {places}, 6))"
        return Value(f"CAST({whole} / {places} AS DECIMAL(38,{scale}))", Type("decimal", 38, scale))
    if value.type.name == "boolean":
        call.reject("a boolean has no average")
    return Value(f"avg({argument}){OVER}", DOUBLE)


@function("min", args=1, kind="aggregate")
def _min(call: Call) -> Value:
    return _extreme(call, "min")


@function("max", args=1, kind="aggregate")
def _max(call: Call) -> Value:
    return _extreme(call, "max")


def _extreme(call: Call, duckdb: str) -> Value:
    value = call.args[0]
    if value.type.name == "boolean":
        call.reject("not defined for boolean: use BOOL_OR or BOOL_AND")
    if value.type.is_super:
        call.reject("of a SUPER is not supported in the embedded warehouse: cast it to a type")
    return Value(f"{duckdb}({value.sql}){OVER}", value.type)


@function("any_value", args=1, kind="aggregate")
def _any_value(call: Call) -> Value:
    return Value(f"any_value({call.args[0].sql}){OVER}", call.args[0].type)


for _names, _duckdb in {
    ("stddev", "stddev_samp"): "stddev_samp",
    ("stddev_pop",): "stddev_pop",
    ("variance", "var_samp"): "var_samp",
    ("var_pop",): "var_pop",
}.items():

    def _spread(call: Call, duckdb: str = _duckdb) -> Value:
        return Value(f"{duckdb}({_distinct(call, as_double(call.args[0]))}){OVER}", DOUBLE)

    function(*_names, args=1, kind="aggregate")(_spread)

for _name in ("bool_and", "bool_or"):

    def _logical(call: Call, duckdb: str = _name) -> Value:
        value = call.args[0]
        sql = value.sql if value.type.name == "boolean" or value.type.is_unknown else cast(value, BOOLEAN).sql
        return Value(f"{duckdb}({sql}){OVER}", BOOLEAN)

    function(_name, args=1, kind="aggregate")(_logical)

for _name in ("bit_and", "bit_or"):

    def _bits(call: Call, duckdb: str = _name) -> Value:
        """Of integers; of booleans like BOOL_AND and BOOL_OR (page r_BIT_AND)."""
        value = call.args[0]
        if value.type.name == "boolean":
            return Value(f"CAST({duckdb.replace('bit', 'bool')}({value.sql}){OVER} AS INTEGER)", BIGINT)
        return Value(f"{duckdb}({value.sql}){OVER}", value.type)

    function(_name, args=1, kind="aggregate")(_bits)


@function("listagg", args=(1, 2), kind="aggregate", compute_only=True)
def _listagg(call: Call) -> Value:
    """Page r_LISTAGG: no separator by default; more than 65,535 bytes are an error."""
    value = text_of(call.args[0])
    separator = "''"
    if len(call.args) == 2:
        if not call.args[1].type.is_string or call.args[1].literal is None:
            call.reject("the delimiter must be a string literal")
        separator = string(call.args[1].literal or "")
    distinct = "DISTINCT " if call.distinct else ""
    element = text_of(value, trimmed=True).sql if call.distinct else value.sql
    order = ""
    element = f"NULLIF({element}, '')"
    if call.order:
        _same_order(call, ", ".join(order_item(call.ctx, o) for o in call.order))
        order = " ORDER BY " + ", ".join(_listagg_order(call, o, value.sql, element) for o in call.order)
    text = f"string_agg({distinct}{element}, {separator}{order}){OVER}"
    return Value(macro("listagg_limit", text, str(_LISTAGG_LIMIT)), VARCHAR)


def _same_order(call: Call, order: str) -> None:
    """All sort-based aggregates of a SELECT must sort alike (pages r_LISTAGG, r_MEDIAN)."""
    if call.windowed:
        return
    orders = call.ctx.scope.sort_orders
    orders.add(order)
    if len(orders) > 1:
        call.reject("within group ORDER BY clauses for aggregate functions must be the same")


def _listagg_order(call: Call, item: exp.Expr, value: str, element: str) -> str:
    """One item of WITHIN GROUP; with DISTINCT, DuckDB sorts by the very argument only, as Redshift does."""
    sorted_by = call.ctx.bind(item.this)
    if not call.distinct:
        return order_item(call.ctx, item)
    if text_of(sorted_by).sql != value:
        reject("LISTAGG DISTINCT can be ordered by its own argument only in the embedded warehouse", call.node)
    return f"{element} {direction(item)}"


@function("median", args=1, kind="aggregate", compute_only=True)
def _median(call: Call) -> Value:
    """Page r_MEDIAN: the mean of the middle two; whole and exact numbers give NUMERIC or DOUBLE PRECISION."""
    value = call.args[0]
    _same_order(call, f"{value.sql} ASC NULLS LAST")
    return _continuous(value, "0.5")


def _continuous(value: Value, fraction: str) -> Value:
    """The interpolated value; of dates a date."""
    if not value.type.is_temporal:
        return Value(f"quantile_cont({as_double(value).sql}, {fraction}){OVER}", DOUBLE)
    sql = f"quantile_cont({value.sql}, {fraction}){OVER}"
    return Value(f"CAST({sql} AS DATE)" if value.type == DATE else sql, value.type)


@function("percentile_cont", args=1, kind="aggregate", compute_only=True)
def _percentile_cont(call: Call) -> Value:
    value, fraction, descending = _percentile(call)
    _same_order(call, f"{value.sql} {'DESC NULLS FIRST' if descending else 'ASC NULLS LAST'}")
    return _continuous(value, _fraction(fraction, descending))


@function("percentile_disc", "approximate percentile_disc", args=1, kind="aggregate", compute_only=True)
def _percentile_disc(call: Call) -> Value:
    value, fraction, descending = _percentile(call)
    if descending:
        rows = f"list_filter(list({value.sql}){OVER}, lambda v: v IS NOT NULL)"
        place = f"greatest(1, CAST(ceil({fraction} * count({value.sql}){OVER}) AS BIGINT))"
        return Value(f"list_reverse_sort({rows})[{place}]", value.type)
    return Value(f"quantile_disc({value.sql}, {fraction}){OVER}", value.type)


def _percentile(call: Call) -> tuple[Value, str, bool]:
    fraction = call.args[0].literal
    if fraction is None or not 0 <= float(fraction) <= 1:
        call.reject("the percentile must be a number from 0 to 1")
    if len(call.order) != 1:
        call.reject("needs WITHIN GROUP (ORDER BY expression)")
    item = call.order[0]
    return call.ctx.bind(item.this), str(fraction), bool(item.args.get("desc"))


def _fraction(fraction: str, descending: bool) -> str:
    return str(1 - float(fraction)) if descending else fraction


@function("grouping", "grouping_id", args=(1, 100))
def _grouping(call: Call) -> Value:
    """A bit for each expression, set where ROLLUP, CUBE or GROUPING SETS left it out of the row's group."""
    return Value(f"CAST(GROUPING({', '.join(a.sql for a in call.args)}) AS INTEGER)", INTEGER)


@function("ratio_to_report", args=1, kind="window")
def _ratio_to_report(call: Call) -> Value:
    value = as_double(number(call.args[0]))
    return Value(f"({value.sql} / sum({value.sql}){OVER})", DOUBLE)
