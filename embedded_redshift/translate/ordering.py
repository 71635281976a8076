"""ORDER BY, LIMIT and OFFSET."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.values import Columns, Value, allow_only, reject
from embedded_redshift.translate.windows import direction


def order_by(ctx: Context, node: exp.Expr, projections: list[tuple[str, Value]], distinct: bool) -> str:
    order = node.args.get("order")
    if order is None:
        return ""
    allow_only(order, "expressions")
    names = [n for n, _ in projections]
    items = []
    for item in order.expressions:
        allow_only(item, "this", "desc", "nulls_first")
        key = item.this
        if isinstance(key, exp.Literal) and key.is_int:
            position = int(key.this)
            if not 1 <= position <= len(projections):
                reject(f"ORDER BY position {position} is not in select list", key)
            value = projections[position - 1][1]
        elif isinstance(key, exp.Column) and not key.table and key.name.lower() in names:
            value = projections[names.index(key.name.lower())][1]
        else:
            value = ctx.bind(key)
        if distinct and value.sql not in [v.sql for _, v in projections]:
            value = text_of(value, trimmed=True) if value.type.is_untrimmed_string else value
            if value.sql not in [v.sql for _, v in projections]:
                reject("for SELECT DISTINCT, ORDER BY expressions must appear in select list", key)
        if distinct and value.type.is_super:
            reject("SELECT DISTINCT cannot be ordered by a SUPER in the embedded warehouse: cast it to a type", key)
        items += [f"{key} {direction(item)}" for key in _sort_keys(value)]
    return " ORDER BY " + ", ".join(items)


def _sort_keys(value: Value) -> list[str]:
    if value.literal is not None:
        return [f"CAST({value.sql} AS VARCHAR)"]  # a bare number would be an ordinal
    if value.type.is_super:
        return super_values.sort_keys(value)
    return [text_of(value, trimmed=True).sql if value.type.is_untrimmed_string else value.sql]


def order_by_output(ctx: Context, node: exp.Expr, columns: Columns) -> str:
    """ORDER BY of a set operation: output names and ordinals only."""
    order = node.args.get("order")
    if order is None:
        return ""
    items = []
    names = [n for n, _ in columns]
    for item in order.expressions:
        allow_only(item, "this", "desc", "nulls_first")
        key = item.this
        if isinstance(key, exp.Literal) and key.is_int and 1 <= int(key.this) <= len(columns):
            target = key.this
        elif isinstance(key, exp.Column) and not key.table and key.name.lower() in names:
            target = str(names.index(key.name.lower()) + 1)
        else:
            reject("ORDER BY of a set operation must name an output column", key)
        if columns[int(target) - 1][1].is_super:
            reject("a set operation cannot be ordered by a SUPER in the embedded warehouse: cast it to a type", key)
        items.append(f"{target} {direction(item)}")
    return " ORDER BY " + ", ".join(items)


def limit_clause(ctx: Context, node: exp.Expr) -> str:
    """LIMIT (or TOP, or FETCH) and OFFSET."""
    parts = ""
    limit, offset = node.args.get("limit"), node.args.get("offset")
    if isinstance(limit, exp.Fetch):
        reject("FETCH FIRST does not exist in Amazon Redshift: use LIMIT", limit)
    if limit is not None:
        allow_only(limit, "expression")
        parts += " LIMIT ALL" if _is_all(limit.expression) else f" LIMIT {_count(ctx, limit.expression)}"
    if offset is not None:
        allow_only(offset, "expression")
        parts += f" OFFSET {_count(ctx, offset.expression)}"
    return parts


def _count(ctx: Context, node: exp.Expr) -> str:
    if isinstance(node, exp.Literal | exp.Placeholder):
        return ctx.bind(node).sql
    reject("LIMIT and OFFSET take a whole number or a parameter", node)


def _is_all(node: exp.Expr) -> bool:
    """LIMIT ALL is a limit; OFFSET ALL is nothing."""
    return isinstance(node, exp.Var | exp.Column) and node.name.lower() == "all"
