"""PIVOT and UNPIVOT in FROM (page r_FROM_clause-pivot-unpivot-examples)."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.casts import unify
from embedded_redshift.translate.comparisons import equal
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.expressions import case
from embedded_redshift.translate.scope import Scope, relation_of
from embedded_redshift.translate.types import BIGINT, Type, common_type
from embedded_redshift.translate.values import Value, allow_only, identifier, reject, string

_AGGREGATES = frozenset({"count", "sum", "min", "max", "avg"})


def pivoted(ctx: Context, sql: str, types: dict[str, Type], pivot: exp.Expr) -> tuple[str, dict[str, Type]]:
    """SQL and columns of a relation behind PIVOT or UNPIVOT."""
    fields = pivot.args.get("fields") or []
    if len(fields) != 1 or not isinstance(fields[0], exp.In):
        reject("PIVOT and UNPIVOT take FOR column IN (…)", pivot)
    if pivot.args.get("unpivot"):
        return _unpivoted(ctx, sql, types, pivot, fields[0])
    return _pivoted(ctx, sql, types, pivot, fields[0])


def _pivoted(
    ctx: Context, sql: str, types: dict[str, Type], pivot: exp.Expr, field: exp.Expr
) -> tuple[str, dict[str, Type]]:
    """One aggregate over CASE for each value, grouped by the columns that PIVOT does not name."""
    if len(pivot.expressions) != 1:
        reject("PIVOT takes one aggregate", pivot)
    aggregate, suffix = _unaliased(pivot.expressions[0])
    if not isinstance(aggregate, exp.Anonymous) or str(aggregate.this).lower() not in _AGGREGATES:
        reject("PIVOT supports COUNT, SUM, MIN, MAX and AVG", pivot)
    alias = ctx.statement.fresh("p")
    inner = ctx.inside(Scope())
    inner.scope.add(relation_of(alias, types))
    key = inner.bind(field.this)
    used = {c.name.lower() for c in aggregate.find_all(exp.Column)} | {field.this.name.lower()}
    kept = [n for n in types if n not in used]
    columns: dict[str, Value] = {n: inner.scope.relations[alias].columns[n] for n in kept}
    for member in field.expressions:
        value, name = _unaliased(member)
        bound = inner.bind(value)
        name = name or (bound.literal if bound.literal is not None else "null" if bound.sql == "NULL" else "?column?")
        test = f"({key.sql} IS NULL)" if bound.sql == "NULL" else equal(key, bound).sql
        columns[f"{name}_{suffix}" if suffix else name] = _aggregate(inner, aggregate, test)
    selected = ", ".join(f"{v.sql} AS {identifier(n)}" for n, v in columns.items())
    group = " GROUP BY " + ", ".join(columns[n].sql for n in kept) if kept else ""
    return f"(SELECT {selected} FROM {sql} AS {identifier(alias)}{group})", {n: v.type for n, v in columns.items()}


def _unaliased(node: exp.Expr) -> tuple[exp.Expr, str]:
    if isinstance(node, exp.Alias | exp.PivotAlias):
        return node.this, str(node.args["alias"].name).lower()
    return node, ""


def _aggregate(ctx: Context, aggregate: exp.Expr, test: str) -> Value:
    """The aggregate over the rows for which the test holds."""
    value = ctx.bind(aggregate)
    if len(aggregate.expressions) == 1 and isinstance(aggregate.expressions[0], exp.Star):
        return Value(f"count(CASE WHEN {test} THEN 1 END)", BIGINT)
    # DuckDB's FILTER stands behind each aggregate of what may be an expression over several of them.
    argument = ctx.aggregate().bind(aggregate.expressions[0])
    filtered = case([test], [argument])
    return Value(value.sql.replace(f"({argument.sql})", f"({filtered.sql})"), value.type)


def _unpivoted(
    ctx: Context, sql: str, types: dict[str, Type], pivot: exp.Expr, field: exp.Expr
) -> tuple[str, dict[str, Type]]:
    """The rows once for each of the columns."""
    allow_only(pivot, "expressions", "fields", "unpivot", "include_nulls", "alias", "columns", "pivot_column_naming")
    value_name, name_name = pivot.expressions[0].name.lower(), field.this.name.lower()
    members = [_unaliased(m) for m in field.expressions]
    names = [m.name.lower() for m, _ in members]
    unknown = [n for n in names if n not in types]
    if unknown:
        reject(f'column "{unknown[0]}" of UNPIVOT does not exist', pivot)
    kind = common_type([types[n] for n in names])
    kept = [n for n in types if n not in names]
    alias = ctx.statement.fresh("u")
    parts = []
    for (_, label), name in zip(members, names, strict=True):
        value = unify(Value(f"{alias}.{identifier(name)}", types[name]), kind)
        columns = [f"{alias}.{identifier(k)}" for k in kept]
        columns += [f"{string(label or name)} AS {identifier(name_name)}", f"{value.sql} AS {identifier(value_name)}"]
        where = "" if pivot.args.get("include_nulls") else f" WHERE {alias}.{identifier(name)} IS NOT NULL"
        parts.append(f"SELECT {', '.join(columns)} FROM {sql} AS {alias}{where}")
    result = {**{k: types[k] for k in kept}, name_name: Type("varchar", 127, trimmed=True), value_name: kind}
    return "(" + " UNION ALL ".join(parts) + ")", result
