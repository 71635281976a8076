"""GROUP BY, with ROLLUP, CUBE and GROUPING SETS."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.function_table import FUNCTIONS
from embedded_redshift.translate.grammar import Approximate
from embedded_redshift.translate.values import allow_only, reject


def group_by(ctx: Context, node: exp.Expr) -> str:
    group = node.args.get("group")
    if group is None:
        return ""
    if group.args.get("totals"):
        reject("GROUP BY … WITH TOTALS does not exist in Amazon Redshift", node)
    if group.args.get("all"):
        return _group_by_all(ctx, node)
    allow_only(group, "expressions")
    if not group.expressions:
        reject("GROUP BY needs at least one expression", group)
    return f" GROUP BY {', '.join(_grouping(ctx, node, k) for k in group.expressions)}"


def _group_by_all(ctx: Context, node: exp.Expr) -> str:
    """By every item of the select list that has no aggregate."""
    keys = []
    for place, item in enumerate(node.expressions, 1):
        if isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
            reject("GROUP BY ALL cannot be used together with * in the embedded warehouse: name the columns", item)
        if not any(_is_aggregate(call) for call in item.find_all(exp.Anonymous)):
            keys.append(_group_key(ctx, node, exp.Literal.number(place)))
    return f" GROUP BY {', '.join(keys)}" if keys else ""


def _is_aggregate(call: exp.Expr) -> bool:
    """Whether the call makes one value of a group: in a window it makes one of each row."""
    entry = FUNCTIONS.get(str(call.this).lower())
    above = call.parent
    while isinstance(above, exp.WithinGroup | exp.IgnoreNulls | exp.RespectNulls | Approximate):
        above = above.parent
    return entry is not None and entry.kind == "aggregate" and not isinstance(above, exp.Window)


_GROUPINGS: dict[type[exp.Expr], str] = {exp.Rollup: "ROLLUP", exp.Cube: "CUBE", exp.GroupingSets: "GROUPING SETS"}


def _grouping(ctx: Context, node: exp.Expr, part: exp.Expr) -> str:
    """A key, or ROLLUP, CUBE or GROUPING SETS of keys."""
    word = _GROUPINGS.get(type(part))
    if word is None:
        return _group_key(ctx, node, part)
    allow_only(part, "expressions")
    members = (_grouping if type(s) in _GROUPINGS else _grouping_set for s in part.expressions)
    return f"{word} ({', '.join(member(ctx, node, s) for member, s in zip(members, part.expressions, strict=True))})"


def _grouping_set(ctx: Context, node: exp.Expr, part: exp.Expr) -> str:
    members = part.expressions if isinstance(part, exp.Tuple) else [part.this if isinstance(part, exp.Paren) else part]
    return "(" + ", ".join(_group_key(ctx, node, m) for m in members) + ")"


def _group_key(ctx: Context, node: exp.Expr, key: exp.Expr) -> str:
    """A key of GROUP BY: an expression, an output name or an ordinal. Strings group without trailing blanks."""
    target = key
    if isinstance(key, exp.Literal) and key.is_int:
        ordinal = int(key.this)
        if not 1 <= ordinal <= len(node.expressions):
            reject(f"GROUP BY position {ordinal} is not in select list", key)
        target = node.expressions[ordinal - 1]
        if isinstance(target, exp.Star) or any(isinstance(e, exp.Star) for e in node.expressions[:ordinal]):
            reject("GROUP BY position cannot be used together with *", key)
    elif isinstance(key, exp.Column) and not key.table and ctx.scope.column(key.name.lower()) is None:
        target = next(
            (e for e in node.expressions if isinstance(e, exp.Alias) and e.alias.lower() == key.name.lower()), key
        )
    value = ctx.bind(target.this if isinstance(target, exp.Alias) else target)
    if value.type.is_super and value.type.form == "list":
        value = super_values.to_json(value)
    if not value.type.is_untrimmed_string:
        return f"({value.sql})" if value.literal is not None or value.sql.startswith("$") else value.sql
    bare = text_of(value, trimmed=True)
    ctx.scope.group_keys[value.sql] = bare
    return bare.sql
