"""SELECT statements: common table expressions, set operations, projections, grouping, ordering."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate.casts import text_of, unify
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.expressions import condition
from embedded_redshift.translate.grouping import group_by
from embedded_redshift.translate.oracle_joins import as_outer_joins, from_names
from embedded_redshift.translate.ordering import limit_clause, order_by, order_by_output
from embedded_redshift.translate.projections import project
from embedded_redshift.translate.relations import bind_from
from embedded_redshift.translate.scope import UNSUPPORTED_CORRELATION, Scope, named_columns
from embedded_redshift.translate.types import Type, common_type
from embedded_redshift.translate.values import Query, Value, allow_only, identifier, reject, written


def bind_query(ctx: Context, node: exp.Expr) -> Query:
    """Translate a SELECT, a set operation, or either in parentheses."""
    if isinstance(node, exp.Subquery):
        return _parenthesized(ctx, node)
    ctx, prefix = common_tables(ctx, node)
    if isinstance(node, exp.SetOperation):
        query = _set_operation(ctx, node)
    elif isinstance(node, exp.Select):
        query = _select(ctx, node)
    elif isinstance(node, exp.Values):
        reject("VALUES list as a table does not exist in Amazon Redshift: use SELECT … UNION ALL", node)
    else:
        reject(f"{written(node)} is not a query", node)
    return replace(query, sql=prefix + query.sql)


def _parenthesized(ctx: Context, node: exp.Expr) -> Query:
    allow_only(node, "this", "with_", "order", "limit", "offset")
    ctx, prefix = common_tables(ctx, node)
    inner = bind_query(ctx, node.this)
    tail = order_by_output(ctx, node, inner.columns) + limit_clause(ctx, node)
    return Query(f"{prefix}({inner.sql}){tail}" if tail or prefix else inner.sql, inner.columns)


def common_tables(ctx: Context, node: exp.Expr) -> tuple[Context, str]:
    """The WITH clause: the context that knows its tables, and its SQL."""
    clause = node.args.get("with_")
    if clause is None:
        return ctx, ""
    allow_only(clause, "expressions", "recursive")
    known, parts = dict(ctx.ctes), []
    scored = _scored_tables(ctx, node)
    recursive = bool(clause.args.get("recursive"))
    for cte in clause.expressions:
        allow_only(cte, "this", "alias")
        name = cte.args["alias"].name.lower()
        columns = [c.name.lower() for c in cte.args["alias"].args.get("columns") or []]
        inner = replace(ctx, ctes=dict(known))
        if recursive and columns:
            query = _recursive(inner, name, columns, cte.this)
        else:
            query = bind_query(inner.inside(Scope(parent=ctx.scope)), cte.this)
        if columns and len(columns) != len(query.columns):
            reject(f'WITH query "{name}" has {len(query.columns)} columns but {len(columns)} were named', cte)
        names = columns or [n for n, _ in query.columns]
        known[name] = named_columns(names, [k for _, k in query.columns])
        rows = f"SELECT * FROM ({query.sql}) ORDER BY 1 LIMIT {_ALL}" if name in scored else query.sql
        parts.append(f"{identifier(name)}({', '.join(map(identifier, known[name]))}) AS ({rows})")
    return replace(ctx, ctes=known), f"WITH {'RECURSIVE ' if recursive else ''}{', '.join(parts)} "


def _scored_tables(ctx: Context, node: exp.Expr) -> set[str]:
    """Names of tables whose rows, and no others, go through a model's function.

    These are gathered before they are scored: what comes out of joins and filters comes in pieces of a hundred rows,
    for which a model takes four times as long as for the same rows in pieces of two thousand. A sort is the one step
    that DuckDB 2.0 surely gathers in (a CTE AS MATERIALIZED with one reader hands its pieces on), and it keeps a sort
    inside a query only where a LIMIT stands beside it.
    """
    models = ctx.statement.catalog
    found = set()
    for call in (call for call in node.find_all(exp.Dot) if isinstance(call.expression, exp.Anonymous)):
        select, name = call.find_ancestor(exp.Select), f"{call.this.name}.{call.expression.this}".lower()
        if models.function(name) is not None and select and not select.args.get("joins"):
            source = select.args.get("from_")
            if source is not None and isinstance(source.this, exp.Table):
                found.add(source.this.name.lower())
    return found


def _recursive(ctx: Context, name: str, columns: list[str], node: exp.Expr) -> Query:
    """The types of a recursive table are those of its first part."""
    if not isinstance(node, exp.Union):
        return bind_query(ctx.inside(Scope(parent=ctx.scope)), node)
    if node.args.get("distinct"):
        reject("a recursive common table expression needs UNION ALL", node)
    seed = bind_query(ctx.inside(Scope(parent=ctx.scope)), node.this)
    types = [k.as_trimmed(False) if k.is_string else k for _, k in seed.columns]
    inner = replace(ctx, ctes={**ctx.ctes, name: named_columns(columns, types)})
    step = bind_query(inner.inside(Scope(parent=ctx.scope)), node.expression)
    return Query(f"{seed.sql} UNION ALL {step.sql}", list(zip([n for n, _ in seed.columns], types, strict=True)))


_ALL = 2**62  # as many rows as there may be
_SET_OPERATIONS: dict[type[exp.Expr], str] = {exp.Union: "UNION", exp.Intersect: "INTERSECT", exp.Except: "EXCEPT"}


def _set_operation(ctx: Context, node: exp.Expr) -> Query:
    allow_only(node, "this", "expression", "distinct", "with_", "order", "limit", "offset")
    distinct = bool(node.args.get("distinct"))
    word = _SET_OPERATIONS[type(node)]
    if not distinct and word != "UNION":
        reject(f"{word} ALL does not exist in Amazon Redshift", node)
    left = bind_query(ctx.inside(Scope(parent=ctx.scope.parent)), node.this)
    right = bind_query(ctx.inside(Scope(parent=ctx.scope.parent)), node.expression)
    if len(left.columns) != len(right.columns):
        reject(f"each {word} query must have the same number of columns", node)
    types = [common_type([a, b]) for (_, a), (_, b) in zip(left.columns, right.columns, strict=True)]
    names = [n for n, _ in left.columns]
    sides = [_as_branch(ctx, q, types, distinct) for q in (left, right)]
    if distinct:
        types = [k.as_trimmed() if k.is_string else k for k in types]
    columns = list(zip(names, types, strict=True))
    sql = f"{sides[0]} {word}{'' if distinct else ' ALL'} {sides[1]}"
    return Query(sql + order_by_output(ctx, node, columns) + limit_clause(ctx, node), columns)


def _as_branch(ctx: Context, query: Query, types: list[Type], distinct: bool) -> str:
    """One side of a set operation, brought to the common types; strings without blanks when rows are compared."""
    names = [f"c{i}" for i in range(len(types))]
    alias = ctx.statement.fresh("s")
    selected, changed = [], False
    for name, (_, kind), target in zip(names, query.columns, types, strict=True):
        plain = f"{alias}.{name}"
        value = unify(Value(plain, kind), target)
        if distinct and value.type.is_untrimmed_string:
            value = text_of(value, trimmed=True)
        changed = changed or value.sql != plain
        selected.append(value.sql)
    if not changed:
        return f"({query.sql})"
    quoted = [f"{s} AS {identifier(n)}" for s, (n, _) in zip(selected, query.columns, strict=True)]
    return f"(SELECT {', '.join(quoted)} FROM ({query.sql}) AS {alias}({', '.join(names)}))"


_SELECT_PARTS = (
    "expressions",
    "exclude",
    "distinct",
    "from_",
    "joins",
    "laterals",
    "where",
    "group",
    "having",
    "qualify",
    "order",
    "limit",
    "offset",
    "with_",
    "kind",
)


def _select(ctx: Context, node: exp.Expr) -> Query:
    allow_only(node, *_SELECT_PARTS)
    if not node.expressions:
        reject("syntax error: SELECT needs at least one expression", node)
    if node.args.get("kind"):
        reject(f"SELECT AS {node.args['kind']} does not exist in Amazon Redshift", node)
    written, node = node, as_outer_joins(node)
    from_sql = bind_from(ctx, node)
    if node is not written:  # a star gives the columns in the order in which the tables were written
        ctx.scope.put_in_order(from_names(written))
    where = node.args.get("where")
    where_sql = f" WHERE {condition(ctx, where.this)}" if where else ""
    group_sql = group_by(ctx, node)
    projections = project(ctx, node)
    having = node.args.get("having")
    having_sql = f" HAVING {condition(ctx, having.this)}" if having else ""
    qualify = node.args.get("qualify")
    qualify_sql = f" QUALIFY {condition(ctx, qualify.this)}" if qualify else ""
    if qualify and not ctx.scope.windowed:
        reject("QUALIFY needs a window function, in it or in the select list", qualify)
    if ctx.scope.correlated and ctx.scope.windowed:
        reject(f"{UNSUPPORTED_CORRELATION}: it contains a window function", node)
    distinct = _is_distinct(node)
    if distinct:
        projections = [(n, text_of(v, trimmed=True) if v.type.is_untrimmed_string else v) for n, v in projections]
    columns = [(n, v.type) for n, v in projections]
    selected = ", ".join(f"{v.sql} AS {identifier(n)}" for n, v in projections)
    order_sql = order_by(ctx, node, projections, distinct)
    head = "SELECT DISTINCT " if distinct else "SELECT "
    sql = (
        f"{head}{selected}{from_sql}{where_sql}{group_sql}{having_sql}{qualify_sql}{order_sql}{limit_clause(ctx, node)}"
    )
    return Query(sql, columns)


def _is_distinct(node: exp.Expr) -> bool:
    distinct = node.args.get("distinct")
    if distinct is None:
        return False
    if distinct.args.get("on"):
        reject("SELECT DISTINCT ON does not exist in Amazon Redshift: use ROW_NUMBER()", node)
    return True
