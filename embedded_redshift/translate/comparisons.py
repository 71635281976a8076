"""Comparison: trailing blanks of strings do not count, and a SUPER is compared by the type of its value."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.casts import cast, text_of, trimmed_rows
from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import BOOLEAN
from embedded_redshift.translate.values import Value, allow_only, reject

_OPERATORS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@translates(*_OPERATORS)
def _compare(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "expression")
    operator = _OPERATORS[type(node)]
    left, right = node.this, node.expression
    if isinstance(right, exp.Any | exp.All):
        return _quantified(ctx, left, operator, right)
    if isinstance(left, exp.Tuple) or isinstance(right, exp.Tuple):
        return _rows(ctx, node, operator)
    return compare(ctx.bind(left), operator, ctx.bind(right))


def _rows(ctx: Context, node: exp.Expr, operator: str) -> Value:
    left, right = node.this.expressions, node.expression.expressions
    if operator not in ("=", "<>") or len(left) != len(right) or not left:
        reject("rows can be compared with = and <> only, and must have the same number of values", node)
    pairs = [equal(ctx.bind(a), ctx.bind(b)).sql for a, b in zip(left, right, strict=True)]
    both = "(" + " AND ".join(pairs) + ")"
    return Value(both if operator == "=" else f"(NOT {both})", BOOLEAN)


def _quantified(ctx: Context, left: exp.Expr, operator: str, right: exp.Expr) -> Value:
    query = right.this
    if not isinstance(query, exp.Subquery | exp.Select | exp.SetOperation):
        reject("op ANY/ALL needs a subquery: Amazon Redshift has no arrays", right)
    inner = ctx.query(query)
    if len(inner.columns) != 1:
        reject("subquery has too many columns", right)
    value = ctx.bind(left)
    strings = value.type.is_string or inner.columns[0][1].is_string
    sql = trimmed_rows(inner, ctx.statement.fresh("q")) if inner.columns[0][1].is_untrimmed_string else inner.sql
    operand = text_of(value, trimmed=True).sql if strings and value.type.is_untrimmed_string else value.sql
    word = "ANY" if isinstance(right, exp.Any) else "ALL"
    return Value(f"({operand} {operator} {word} ({sql}))", BOOLEAN)


def equal(left: Value, right: Value) -> Value:
    return compare(left, "=", right)


def compare(left: Value, operator: str, right: Value) -> Value:
    """left operator right, for =, <>, <, <=, > and >=."""
    if left.type.is_super or right.type.is_super:
        return _compare_super(left, operator, right)
    if left.type.is_string or right.type.is_string:
        return _compare_strings(left, operator, right)
    return Value(f"({left.sql} {operator} {right.sql})", BOOLEAN)


def _compare_strings(left: Value, operator: str, right: Value) -> Value:
    kinds = (left.type, right.type)
    if not all(k.is_string or k.is_unknown for k in kinds):
        return _compare_to_other(left, operator, right)
    a, b = text_of(left, trimmed=True), text_of(right, trimmed=True)
    if operator != "=":
        return Value(f"({a.sql} {operator} {b.sql})", BOOLEAN)
    # A value's range says the same of the column itself, so that blocks of rows can be skipped.
    if left.type.is_untrimmed_string and _is_constant(right):
        return Value(f"({a.sql} = {b.sql} AND {_range(left, b)})", BOOLEAN)
    if right.type.is_untrimmed_string and _is_constant(left):
        return Value(f"({a.sql} = {b.sql} AND {_range(right, a)})", BOOLEAN)
    return Value(f"({a.sql} = {b.sql})", BOOLEAN)


def _is_constant(value: Value) -> bool:
    return value.literal is not None or value.sql.startswith("$")


def _range(column: Value, bare: Value) -> str:
    """True for the bare text with any number of blanks behind it: '!' is the character after the blank."""
    return f"{column.sql} >= {bare.sql} AND {column.sql} < {bare.sql} || '!'"


def _compare_to_other(left: Value, operator: str, right: Value) -> Value:
    """A string against a number, date …: a literal takes the other's type; other strings are converted."""
    if left.type.is_string:
        left = cast(left, right.type)
    else:
        right = cast(right, left.type)
    return Value(f"({left.sql} {operator} {right.sql})", BOOLEAN)


def _compare_super(left: Value, operator: str, right: Value) -> Value:
    if not left.type.is_super:
        return _compare_super(right, _MIRRORED[operator], left)
    if operator == "=" and _is_constant(right) and left.type.form == "json":
        # A value of another type is not equal, rather than unknown (page query-super, dynamic typing).
        test = _compare_dynamic(left, operator, right).sql
        return Value(f"CASE WHEN {left.sql} IS NOT NULL THEN COALESCE({test}, false) END", BOOLEAN)
    return _compare_dynamic(left, operator, right)


def _compare_dynamic(left: Value, operator: str, right: Value) -> Value:
    other = right.type
    if left.type.form == "list" or (other.is_super and other.form == "list"):
        reject("a SUPER array cannot be compared")
    if left.type.form == "text" or other.is_string:
        a = (
            text_of(left, trimmed=True)
            if left.type.form == "text"
            else Value(macro("bare", macro("super_string", left.sql)))
        )
        if other.is_super and other.form == "json":
            return Value(f"({a.sql} {operator} {macro('bare', macro('super_string', right.sql))})", BOOLEAN)
        return Value(f"({a.sql} {operator} {text_of(right, trimmed=True).sql})", BOOLEAN)
    if other.is_number:
        return Value(f"({macro('super_number', left.sql)} {operator} {right.sql})", BOOLEAN)
    if other.is_super and other.form == "text":
        return Value(f"({macro('super_string', left.sql)} {operator} {right.sql})", BOOLEAN)
    if other.is_super and operator in ("=", "<>"):
        return Value(f"({left.sql} {operator} {right.sql})", BOOLEAN)
    if other.is_unknown:
        return Value(f"({text_of(left, trimmed=True).sql} {operator} {text_of(right, trimmed=True).sql})", BOOLEAN)
    if other.is_super:
        return Value(f"({macro('super_number', left.sql)} {operator} {macro('super_number', right.sql)})", BOOLEAN)
    return Value(f"({cast(left, other).sql} {operator} {right.sql})", BOOLEAN)


def membership(value: Value, members: list[Value]) -> Value:
    """value IN (members)."""
    if value.type.is_super or any(m.type.is_super for m in members):
        return Value("(" + " OR ".join(equal(value, m).sql for m in members) + ")", BOOLEAN)
    if not (value.type.is_string or any(m.type.is_string for m in members)):
        return Value(f"({value.sql} IN ({', '.join(m.sql for m in members)}))", BOOLEAN)
    if not (value.type.is_string or value.type.is_unknown):
        converted = [cast(m, value.type).sql if m.type.is_string else m.sql for m in members]
        return Value(f"({value.sql} IN ({', '.join(converted)}))", BOOLEAN)
    bare = [text_of(m, trimmed=True).sql for m in members]
    return Value(f"({text_of(value, trimmed=True).sql} IN ({', '.join(bare)}))", BOOLEAN)


@translates(exp.Between)
def _between(ctx: Context, node: exp.Expr) -> Value:
    allow_only(node, "this", "low", "high")
    value, low, high = ctx.bind(node.this), ctx.bind(node.args["low"]), ctx.bind(node.args["high"])
    return Value(f"({compare(value, '>=', low).sql} AND {compare(value, '<=', high).sql})", BOOLEAN)


@translates(exp.NullSafeEQ, exp.NullSafeNEQ)
def _is_distinct(ctx: Context, node: exp.Expr) -> Value:
    reject("IS [NOT] DISTINCT FROM does not exist in Amazon Redshift", node)
