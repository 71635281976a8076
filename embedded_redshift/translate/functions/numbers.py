"""Mathematical functions (page Math_functions)."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.arithmetic import compute, square_root
from embedded_redshift.translate.casts import cast, text_of, unify
from embedded_redshift.translate.function_table import Call, function, same_in_duckdb
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import BIGINT, DATE, DOUBLE, INTEGER, TRIMMED, Type, common_type
from embedded_redshift.translate.values import Value


def as_double(value: Value) -> Value:
    """The value as DOUBLE PRECISION; a number literal stays as it is."""
    if value.type.name == "double":
        return value
    return Value(f"CAST({number(value).sql} AS DOUBLE)", DOUBLE, nonzero=value.nonzero, nonnegative=value.nonnegative)


def number(value: Value) -> Value:
    """The value as a number: strings and SUPER values become DOUBLE PRECISION."""
    if value.type.is_string or value.type.is_super:
        return cast(value, DOUBLE)
    return value


def integer(value: Value) -> str:
    """SQL of the value as a BIGINT argument of a DuckDB function."""
    if value.type.is_integer:
        return value.sql
    return cast(value, BIGINT).sql


for _name, _duckdb in {
    "atan": "atan",
    "cbrt": "_redshift.cube_root",
    "cos": "cos",
    "cot": "cot",
    "degrees": "degrees",
    "radians": "radians",
    "sin": "sin",
    "tan": "tan",
}.items():
    same_in_duckdb(_name, 1, DOUBLE, _duckdb, as_double)
same_in_duckdb("atan2", 2, DOUBLE, "atan2", as_double)
same_in_duckdb("pi", 0, DOUBLE)
same_in_duckdb("random", 0, DOUBLE)


@function("exp", "dexp", "acos", "asin", args=1)
def _bounded(call: Call) -> Value:
    """Results that are no finite number are an error."""
    return Value(macro("finite", f"{call.name.replace('dexp', 'exp')}({as_double(call.args[0]).sql})"), DOUBLE)


@function("power", "pow", args=2)
def _power(call: Call) -> Value:
    return compute(exp.Pow, call.args[0], call.args[1], call.node)


def _positive(value: Value) -> str:
    """The number as DOUBLE PRECISION; zero and less are an error."""
    number_sql = as_double(value).sql
    return number_sql if value.literal is not None and value.nonzero else macro("antilogarithm", number_sql)


@function("ln", "dlog1", args=1)
def _ln(call: Call) -> Value:
    return Value(f"ln({_positive(call.args[0])})", DOUBLE)


@function("dlog10", args=1)
def _log10(call: Call) -> Value:
    return Value(f"log10({_positive(call.args[0])})", DOUBLE)


@function("log", args=(1, 2))
def _log(call: Call) -> Value:
    """LOG([base,] number): base 10 without a base (page r_LOG)."""
    values = [_positive(a) for a in call.args]
    if len(values) == 1:
        return Value(f"log10({values[0]})", DOUBLE)
    return Value(f"(ln({values[1]}) / ln({values[0]}))", DOUBLE)


@function("sqrt", args=1)
def _sqrt(call: Call) -> Value:
    return square_root(as_double(call.args[0]))


@function("abs", args=1)
def _abs(call: Call) -> Value:
    value = number(call.args[0])
    return Value(f"abs({value.sql})", value.type, nonzero=value.nonzero, nonnegative=True)


@function("sign", args=1)
def _sign(call: Call) -> Value:
    value = number(call.args[0])
    return Value(
        f"CAST(sign({value.sql}) AS {'DOUBLE' if value.type.is_float else 'INTEGER'})",
        DOUBLE if value.type.is_float else INTEGER,
    )


@function("ceil", "ceiling", args=1)
def _ceil(call: Call) -> Value:
    return _whole(call, "ceil")


@function("floor", args=1)
def _floor(call: Call) -> Value:
    return _whole(call, "floor")


def _whole(call: Call, duckdb: str) -> Value:
    value = number(call.args[0])
    if value.type.is_integer:
        return value
    kind = Type("decimal", value.type.digits[0], 0) if value.type.is_decimal else value.type
    return Value(f"{duckdb}({value.sql})", kind)


@function("mod", args=2)
def _mod(call: Call) -> Value:
    return compute(exp.Mod, call.args[0], call.args[1], call.node)


@function("round", args=(1, 2))
def _round(call: Call) -> Value:
    return _to_places(call, "round")


@function("trunc", args=(1, 2))
def _trunc(call: Call) -> Value:
    """TRUNC of a number, or of a timestamp to its date (pages r_TRUNC and r_TRUNC_date)."""
    value = call.args[0]
    if value.type.is_timestamp or value.type.name == "date":
        if len(call.args) == 2:
            call.reject("a timestamp is truncated without a second argument; use DATE_TRUNC")
        return Value(f"CAST({value.sql} AS DATE)", DATE)
    return _to_places(call, "trunc")


def _to_places(call: Call, duckdb: str) -> Value:
    value = number(call.args[0])
    if len(call.args) == 1:
        if value.type.is_integer:
            return value
        kind = Type("decimal", value.type.digits[0], 0) if value.type.is_decimal else value.type
        return Value(f"{duckdb}({value.sql})", kind)
    places = call.args[1]
    if value.type.is_decimal and places.literal is None and places.sql[:2] != "(-":
        value = as_double(value)  # DuckDB needs a constant to know a DECIMAL's scale
    kind = value.type
    if kind.is_decimal:
        keep = int(places.literal) if places.literal is not None else 0
        kind = Type("decimal", kind.digits[0], min(kind.digits[1], max(keep, 0)))
    return Value(f"{duckdb}({value.sql}, {_constant(places)})", kind)


def _constant(places: Value) -> str:
    """The number of places; a negative literal without parentheses, as DuckDB wants it."""
    inner = places.sql.strip("()")
    return inner if inner.lstrip("-").isdigit() else f"CAST({places.sql} AS INTEGER)"


@function("greatest", args=(1, 1000))
def _greatest(call: Call) -> Value:
    return _extreme(call, "greatest")


@function("least", args=(1, 1000))
def _least(call: Call) -> Value:
    return _extreme(call, "least")


def _extreme(call: Call, duckdb: str) -> Value:
    """NULLs do not count unless all are NULL (page r_GREATEST_LEAST); in DuckDB neither."""
    kind = common_type([a.type for a in call.args])
    values = [unify(a, kind) for a in call.args]
    nonzero = (
        kind.is_number
        and duckdb == "greatest"
        and any(a.literal and a.nonzero and not a.literal.startswith("-") for a in call.args)
    )
    return Value(f"{duckdb}({', '.join(v.sql for v in values)})", kind, nonzero=nonzero)


@function("strtol", args=2)
def _strtol(call: Call) -> Value:
    """Page r_STRTOL: the text as a number of base 2 to 36."""
    text, base = text_of(call.args[0]).sql, call.args[1]
    if base.literal == "16":
        return Value(macro("from_hex", text), BIGINT)
    return Value(macro("from_base", text, integer(base)), BIGINT)


@function("to_hex", args=1)
def _to_hex(call: Call) -> Value:
    """Page TO_HEX: lower-case hexadecimal digits of a number or of bytes."""
    value = call.args[0]
    # A negative INTEGER has eight digits; DuckDB takes it for a BIGINT.
    bits = f"(CAST({value.sql} AS BIGINT) & 4294967295)" if value.type.name in ("smallint", "integer") else value.sql
    return Value(f"lower(to_hex({bits}))", TRIMMED)
