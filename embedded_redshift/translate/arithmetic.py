"""Arithmetic: integers divide to integers, exact numbers get Redshift's precision, dates subtract to days."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.casts import cast, text_of
from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import (
    BIGINT,
    DATE,
    DOUBLE,
    INTEGER,
    INTERVAL,
    REAL,
    TIMESTAMP,
    UNKNOWN,
    VARCHAR,
    Type,
    common_type,
)
from embedded_redshift.translate.values import Value, allow_only, reject

_SYMBOLS: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}


@translates(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Pow)
def _arithmetic(ctx: Context, node: exp.Expr) -> Value:
    # `typed` and `safe` only say how sqlglot's dialects divide.
    allow_only(node, "this", "expression", "typed", "safe")
    left, right = ctx.bind(node.this), ctx.bind(node.expression)
    return compute(type(node), left, right, node)


def compute(operation: type[exp.Expr], left: Value, right: Value, node: exp.Expr | None = None) -> Value:
    """left operation right."""
    if operation in (exp.Add, exp.Sub) and any(v.type.is_temporal or v.type.name == "interval" for v in (left, right)):
        return _dates(operation, left, right, node)
    if {left.type.name, right.type.name} & {"interval"} and operation in (exp.Mul, exp.Div):
        return Value(f"({left.sql} {'*' if operation is exp.Mul else '/'} {right.sql})", INTERVAL)
    left, right = _operand(left, right, node), _operand(right, left, node)
    if operation is exp.Pow:
        power = f"power(CAST({left.sql} AS DOUBLE), CAST({right.sql} AS DOUBLE))"
        return Value(macro("finite", power), DOUBLE)
    if operation is exp.Div:
        return _divide(left, right)
    kind = _result_type(operation, left.type, right.type)
    if operation is exp.Mod:
        if kind.is_float:
            reject(f"operator does not exist: {left.type} % {right.type} (page r_MOD: whole and exact numbers)", node)
        return Value(f"({left.sql} % {right.sql})", kind)
    symbol = _SYMBOLS[operation]
    nonzero = operation is exp.Mul and left.nonzero and right.nonzero
    # A sum of squares. (What is random is another number the second time.)
    nonnegative = (operation is exp.Mul and left.sql == right.sql and "random(" not in left.sql) or (
        operation in (exp.Add, exp.Mul) and left.nonnegative and right.nonnegative
    )
    return Value(f"({left.sql} {symbol} {right.sql})", kind, nonzero=nonzero, nonnegative=nonnegative)


def _operand(value: Value, other: Value, node: exp.Expr | None) -> Value:
    """The value as a number: a SUPER is DOUBLE PRECISION, a string takes the other side's type."""
    if value.type.is_super:
        return cast(value, DOUBLE)
    if value.type.is_string:
        return cast(value, other.type if other.type.is_number else DOUBLE)
    if not (value.type.is_number or value.type.is_unknown):
        reject(f"operator does not exist for a value of type {value.type}", node)
    return value


def divisor(value: Value) -> str:
    """The value as a divisor that is not a whole number's: zero is an error, which DuckDB has for `//` and `%` only."""
    return value.sql if value.nonzero else macro("divisor", value.sql)


def _divide(left: Value, right: Value) -> Value:
    a, b = left.type, right.type
    if a.is_integer and b.is_integer:
        return Value(f"({left.sql} // {right.sql})", common_type([a, b]))
    if a.is_float or b.is_float:
        kind = REAL if a.name == b.name == "real" else DOUBLE
        return Value(f"(CAST({left.sql} AS DOUBLE) / {divisor(right)})", kind)
    if a.is_unknown or b.is_unknown:
        return Value(
            macro("quotient", left.sql, divisor(right)), UNKNOWN if a.is_unknown and b.is_unknown else _other(a, b)
        )
    kind = _result_type(exp.Div, a, b)
    return Value(f"CAST(CAST({left.sql} AS DOUBLE) / {divisor(right)} AS DECIMAL({kind.size},{kind.scale}))", kind)


def _other(a: Type, b: Type) -> Type:
    known = b if a.is_unknown else a
    return known if known.is_float else DOUBLE


def _result_type(operation: type[exp.Expr], a: Type, b: Type) -> Type:
    """Page r_numeric_computations201: precision and scale of computed DECIMAL results."""
    if a.is_unknown or b.is_unknown:
        return UNKNOWN if a.is_unknown and b.is_unknown else (b if a.is_unknown else a)
    if not (a.is_decimal or b.is_decimal) or a.is_float or b.is_float:
        return common_type([a, b])
    (p1, s1), (p2, s2) = a.digits, b.digits
    if operation is exp.Mul:
        return Type("decimal", min(38, p1 + p2 + 1), s1 + s2)
    if operation is exp.Div:
        scale = max(4, s1 + p2 - s2 + 1)
        return _limited(p1 - s1 + s2 + scale, scale)
    scale = max(s1, s2)
    return Type("decimal", min(38, max(p1 - s1, p2 - s2) + 1 + scale), scale)


def _limited(precision: int, scale: int) -> Type:
    """At most 38 digits: the scale of a quotient gives way, but not below 4 digits."""
    if precision > 38:
        scale = max(min(scale, 4), scale - (precision - 38))
        precision = 38
    return Type("decimal", precision, scale)


def _dates(operation: type[exp.Expr], left: Value, right: Value, node: exp.Expr | None) -> Value:
    sign = "+" if operation is exp.Add else "-"
    a, b = left.type, right.type
    if a.name == "date" and b.name == "date" and sign == "-":
        return Value(f"CAST({left.sql} - {right.sql} AS INTEGER)", INTEGER)
    if a.name == "date" and (b.is_integer or b.is_unknown):
        return Value(f"({left.sql} {sign} CAST({right.sql} AS INTEGER))", DATE)
    if sign == "+" and b.name == "date" and (a.is_integer or a.is_unknown):
        return Value(f"({right.sql} + CAST({left.sql} AS INTEGER))", DATE)
    if a.is_timestamp and b.is_integer:
        return Value(f"({left.sql} {sign} to_days(CAST({right.sql} AS INTEGER)))", a)
    if a.is_temporal and b.name == "interval":
        kind = TIMESTAMP if a.name == "date" else a
        return Value(f"({left.sql} {sign} {right.sql})", kind)
    if a.name == "interval" and b.is_temporal and sign == "+":
        return _dates(operation, right, left, node)
    if a.name == "interval" and b.name == "interval":
        return Value(f"({left.sql} {sign} {right.sql})", INTERVAL)
    moments = {"date", "timestamp", "timestamptz"}
    if a.name in moments and b.name in moments and sign == "-":
        return Value(f"({cast(left, TIMESTAMP).sql} - {cast(right, TIMESTAMP).sql})", INTERVAL)
    if (a.is_temporal and b.is_string) or (a.is_string and b.is_temporal):
        left, right = (left, cast(right, a)) if a.is_temporal else (cast(left, b), right)
        return _dates(operation, left, right, node)
    reject(f"operator does not exist: {a} {sign} {b}", node)


@translates(exp.Sqrt, exp.Cbrt, exp.Abs)
def _prefix(ctx: Context, node: exp.Expr) -> Value:
    """The operators |/, ||/ and @ (page r_OPERATOR_SYMBOLS)."""
    allow_only(node, "this")
    value = ctx.bind(node.this)
    if isinstance(node, exp.Abs):
        return Value(f"abs({value.sql})", value.type, nonnegative=True)
    number = Value(f"CAST({value.sql} AS DOUBLE)", DOUBLE, nonnegative=value.nonnegative)
    return Value(macro("cube_root", number.sql), DOUBLE) if isinstance(node, exp.Cbrt) else square_root(number)


def square_root(number: Value) -> Value:
    """The root of a DOUBLE PRECISION; of a negative number it is an error."""
    # A macro writes its argument twice: not where there is nothing to test.
    return Value(
        f"sqrt({number.sql if number.nonnegative else macro('radicand', number.sql)})", DOUBLE, nonnegative=True
    )


@translates(exp.Neg)
def _negate(ctx: Context, node: exp.Expr) -> Value:
    value = ctx.bind(node.this)
    value = _operand(value, value, node) if value.type.name != "interval" else value
    return Value(f"(-{value.sql})", value.type, nonzero=value.nonzero)


@translates(exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseLeftShift, exp.BitwiseRightShift)
def _bits(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "expression")
    left, right = ctx.bind(node.this), ctx.bind(node.expression)
    for value in (left, right):
        if not (value.type.is_integer or value.type.is_unknown):
            reject(f"operator does not exist for a value of type {value.type}", node)
    if isinstance(node, exp.BitwiseXor):
        return Value(f"xor({left.sql}, {right.sql})", common_type([left.type, right.type]))
    symbols: dict[type[exp.Expr], str] = {
        exp.BitwiseAnd: "&",
        exp.BitwiseOr: "|",
        exp.BitwiseLeftShift: "<<",
        exp.BitwiseRightShift: ">>",
    }
    return Value(f"({left.sql} {symbols[type(node)]} {right.sql})", common_type([left.type, right.type]))


@translates(exp.BitwiseNot)
def _bit_not(ctx: Context, node: exp.Expr) -> Value:
    value = ctx.bind(node.this)
    return Value(f"(~{value.sql})", value.type if value.type.is_integer else BIGINT)


@translates(exp.DPipe)
def _concatenate(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "expression", "safe")
    return concatenate(ctx.bind(node.this), ctx.bind(node.expression))


def concatenate(left: Value, right: Value) -> Value:
    """left || right: NULL when either is (page r_concat_op)."""
    a, b = text_of(left), text_of(right)
    size = None if a.type.size is None or b.type.size is None else a.type.size + b.type.size
    # A right side without trailing blanks may be empty, so both have to be free of them.
    trimmed = a.type.trimmed and b.type.trimmed
    return Value(
        f"({a.sql} || {b.sql})", Type("varchar", size, trimmed=trimmed) if size else VARCHAR.as_trimmed(trimmed)
    )
