"""FROM clauses: tables, subqueries, joins, and the unnesting of SUPER arrays."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate.comparisons import equal
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.expressions import condition
from embedded_redshift.translate.grammar import SuperItem
from embedded_redshift.translate.interface import Catalog
from embedded_redshift.translate.macros import HIDDEN_SCHEMAS, SCHEMA
from embedded_redshift.translate.parsing import parse
from embedded_redshift.translate.pivots import pivoted
from embedded_redshift.translate.scope import UNSUPPORTED_CORRELATION, Relation, Scope, named_columns, relation_of
from embedded_redshift.translate.system_tables import system_view
from embedded_redshift.translate.table_names import check_database
from embedded_redshift.translate.types import Type, common_type, parse_type
from embedded_redshift.translate.unnesting import FromClause, FromItem, unnest, unpivot_object
from embedded_redshift.translate.values import Value, allow_only, identifier, reject, written


def bind_from(ctx: Context, node: exp.Expr) -> str:
    """SQL of the FROM clause of a SELECT, UPDATE or DELETE; adds its relations to the scope."""
    source = node.args.get("from_")
    joins = node.args.get("joins") or []
    if node.args.get("laterals"):
        reject("LATERAL does not exist in Amazon Redshift", node)
    if source is None:
        return ""
    clause = FromClause()
    _add(ctx, clause, source.this, "")
    _add_joins(ctx, clause, [*_joins_of(source.this), *joins], 0)
    return clause.render()


def _joins_of(node: exp.Expr) -> list[exp.Expr]:
    """The joins that the parser hangs below a table; those inside parentheses belong to what stands inside."""
    return (node.args.get("joins") or []) if isinstance(node, exp.Table) else []


def _add_joins(ctx: Context, clause: FromClause, joins: list[exp.Expr], start: int) -> None:
    """start: the place in the scope of the first relation that these are joined to; a comma begins anew."""
    for join in joins:
        allow_only(join, "this", "side", "kind", "on", "using", "method")
        if not any(join.args.get(part) for part in ("on", "using", "side", "kind", "method")):
            start = len(ctx.scope.relations)
        _join(ctx, clause, join, start)
        _add_joins(ctx, clause, _joins_of(join.this), start)


_JOIN_WORDS = {
    ("", ""): "JOIN",
    ("", "INNER"): "JOIN",
    ("LEFT", ""): "LEFT JOIN",
    ("LEFT", "OUTER"): "LEFT JOIN",
    ("RIGHT", ""): "RIGHT JOIN",
    ("RIGHT", "OUTER"): "RIGHT JOIN",
    ("FULL", ""): "FULL JOIN",
    ("FULL", "OUTER"): "FULL JOIN",
    ("", "CROSS"): "CROSS JOIN",
}


def _join(ctx: Context, clause: FromClause, join: exp.Expr, start: int) -> None:
    side, kind = str(join.args.get("side") or "").upper(), str(join.args.get("kind") or "").upper()
    method = str(join.args.get("method") or "").upper()
    on, using = join.args.get("on"), join.args.get("using")
    if method and method != "NATURAL":
        reject(f"{method} JOIN does not exist in Amazon Redshift", join)
    if (side, kind) not in _JOIN_WORDS:
        reject(f"{side} {kind} JOIN does not exist in Amazon Redshift".replace("  ", " "), join)
    word = _JOIN_WORDS[side, kind]
    comma = not (on or using or side or kind or method)
    known = len(ctx.scope.relations)
    before = list(ctx.scope.relations.values())[start:]
    clause.outer = clause.outer or bool(side)
    _add(ctx, clause, join.this, ", " if comma else f" {word} ")
    if comma or word == "CROSS JOIN":
        return
    item = clause.items[-1]
    if on is not None:
        before_correlation, ctx.scope.has_correlated = ctx.scope.has_correlated, False
        item.on += f" ON {condition(ctx, on)}"
        if side and ctx.scope.has_correlated:
            reject(f"{UNSUPPORTED_CORRELATION}: it stands in the ON clause of an outer join", on)
        ctx.scope.has_correlated = before_correlation
    elif using or method:
        rights = list(ctx.scope.relations.values())[known:]
        _merge(ctx, item, (before, rights), [i.name.lower() for i in using or []], side, bool(method), join)
    elif not isinstance(join.this, exp.AtIndex | SuperItem):
        reject("JOIN needs ON, USING or CROSS", join)


def _merge(
    ctx: Context,
    item: FromItem,
    sides: tuple[list[Relation], list[Relation]],
    names: list[str],
    side: str,
    natural: bool,
    join: exp.Expr,
) -> None:
    """USING and NATURAL: the columns of both sides become one output column."""
    before, rights = sides
    if natural:
        names = [n for r in rights for n in r.columns if sum(n in left.columns for left in before)]
        if not names:
            item.on += " ON TRUE"
            return
    tests = []
    for name in names:
        lefts = [r for r in before if name in r.columns and name not in r.hidden]
        known = ctx.scope.merged.get(name) or (lefts[0].columns[name] if len(lefts) == 1 else None)
        others = [r for r in rights if name in r.columns and name not in r.hidden]
        if known is None or len(others) != 1:
            reject(f'column "{name}" specified in USING clause does not exist or is ambiguous', join)
        other = others[0].columns[name]
        tests.append(equal(known, other).sql)
        merged = other if side == "RIGHT" else known
        if side == "FULL":
            merged = Value(f"COALESCE({known.sql}, {other.sql})", common_type([known.type, other.type]))
        ctx.scope.merged[name] = merged
        for relation in (*lefts, others[0]):
            relation.hidden.add(name)
    item.on += " ON " + " AND ".join(tests)


def _add(ctx: Context, clause: FromClause, node: exp.Expr, joined_by: str) -> None:
    """Add one item of FROM."""
    if isinstance(node, exp.Table):
        _table(ctx, clause, node, joined_by)
    elif isinstance(node, exp.Subquery) and _is_join(node):
        _parenthesized_join(ctx, clause, node, joined_by)
    elif isinstance(node, exp.Subquery):
        _derived(ctx, clause, node, joined_by)
    elif isinstance(node, exp.AtIndex):
        inner = node.this
        alias = inner.alias if isinstance(inner, exp.Alias) else ""
        path = inner.this if isinstance(inner, exp.Alias) else inner
        unnest(ctx, clause, path, alias, node.expression.name, joined_by)
    elif isinstance(node, SuperItem):
        index = node.args.get("index")
        unnest(ctx, clause, node.this, node.alias, index.name if index else None, joined_by)
    elif isinstance(node, exp.Pivot):
        unpivot_object(ctx, clause, node, joined_by)
    elif isinstance(node, exp.Values):
        reject("VALUES list as a table does not exist in Amazon Redshift: use SELECT … UNION ALL", node)
    elif isinstance(node, exp.Lateral):
        reject("LATERAL does not exist in Amazon Redshift", node)
    elif isinstance(node, exp.Unnest):
        reject("UNNEST() is not supported: unnest a SUPER array with FROM t, t.array AS item", node)
    else:
        reject(f"{written(node)} is not supported in FROM", node)


def _is_join(node: exp.Expr) -> bool:
    """Whether parentheses in FROM hold tables and joins rather than a query."""
    inner = node.this
    return isinstance(inner, exp.Table) or (
        isinstance(inner, exp.Subquery) and (bool(inner.args.get("joins")) or _is_join(inner))
    )


def _parenthesized_join(ctx: Context, clause: FromClause, node: exp.Expr, joined_by: str) -> None:
    """`(a JOIN b ON …)`: the names inside can be seen outside, unless an alias stands for all of it."""
    allow_only(node, "this", "alias", "joins")
    if node.args.get("alias"):
        source = node.this.copy()
        joins = source.args.pop("joins", None) or []
        inside = exp.Select(expressions=[exp.Star()], from_=exp.From(this=source), joins=joins)
        _derived(ctx, clause, exp.Subquery(this=inside, alias=node.args["alias"].copy()), joined_by)
        return
    first, start = len(clause.items), len(ctx.scope.relations)
    _add(ctx, clause, node.this, "")
    _add_joins(ctx, clause, node.this.args.get("joins") or [], start)
    clause.items[first].joined_by = f"{joined_by}({clause.items[first].joined_by}"
    clause.items[-1].on += ")"


def _table(ctx: Context, clause: FromClause, node: exp.Expr, joined_by: str) -> None:
    allow_only(node, "this", "db", "catalog", "alias", "pivots", "joins")
    if not isinstance(node.this, exp.Identifier):
        name = node.this.name if isinstance(node.this, exp.Anonymous) else written(node.this).removesuffix("()")
        reject(f"{str(name).lower()}() cannot be used as a table in Amazon Redshift", node)
    parts = [p.name.lower() for p in node.parts]  # type: ignore[attr-defined]
    alias = node.alias.lower() if node.alias else ""
    if len(parts) > 1 and _is_path(ctx, parts):
        path = exp.column(node.parts[1].copy(), table=node.parts[0].copy())  # type: ignore[attr-defined]
        for part in node.parts[2:]:  # type: ignore[attr-defined]
            path = exp.Dot(this=path, expression=part.copy())  # type: ignore[assignment]
        unnest(ctx, clause, path, alias, None, joined_by)
        return
    if len(parts) == 1 and parts[0] not in ctx.ctes and (item := ctx.scope.relations.get(parts[0])) and item.element:
        unnest(ctx, clause, exp.column(node.this.copy()), alias, None, joined_by)
        return
    if len(parts) > 2:
        check_database(parts[0], node)
        parts = parts[1:]
    schema, name = (parts[0], parts[1]) if len(parts) == 2 else (None, parts[0])
    sql, types = table_source(ctx, schema, name, node)
    _finish(ctx, clause, node, joined_by, sql, types, alias or name, None if alias else schema)


def _is_path(ctx: Context, parts: list[str]) -> bool:
    """Whether a dotted name in FROM walks into a relation of this query rather than naming a table."""
    relation = ctx.scope.relation(parts[0])
    return relation is not None and (relation.element is not None or parts[1] in relation.columns)


def table_source(ctx: Context, schema: str | None, name: str, node: exp.Expr) -> tuple[str, dict[str, Type]]:
    """SQL and column types of a table, a view or a common table expression."""
    if schema is None and name in ctx.ctes:
        return identifier(name), ctx.ctes[name]
    if schema in HIDDEN_SCHEMAS:
        reject(f'schema "{schema}" does not exist', node)
    view = system_view(schema, name, node)
    place, inner = (SCHEMA, view) if view else (schema, name)
    known = ctx.statement.tables.get((schema, name))
    if known is None:
        catalog = ctx.statement.catalog
        columns = catalog.columns(place, inner)
        if columns is None:
            text = catalog.view(schema, name)
            if text is None:
                reject(
                    f'relation "{schema}.{name}" does not exist' if schema else f'relation "{name}" does not exist',
                    node,
                )
            return _late_binding_view(ctx, schema, name, text, node)
        known = ctx.statement.tables[schema, name] = _column_types(catalog, place, inner, columns)
    return (f"{identifier(place)}." if place else "") + identifier(inner), known


def _column_types(catalog: Catalog, schema: str | None, name: str, columns: dict[str, str]) -> dict[str, Type]:
    types = {}
    for column, declared in columns.items():
        kind = parse_type(declared)
        if kind.name == "varchar":
            kind = kind.as_trimmed(not catalog.has_trailing_blanks(schema, name, column.lower()))
        types[column.lower()] = kind
    return types


def _late_binding_view(
    ctx: Context, schema: str | None, name: str, text: str, node: exp.Expr
) -> tuple[str, dict[str, Type]]:
    """A late-binding view is its query, translated anew wherever it is used."""
    if (schema, name) in ctx.statement.views:
        reject(f'view "{name}" refers to itself', node)
    ctx.statement.views.append((schema, name))
    query = ctx.statement.bind_query(Context(ctx.statement), parse(text))
    ctx.statement.views.pop()
    types = named_columns([n for n, _ in query.columns], [k for _, k in query.columns])
    alias = ctx.statement.fresh("v")
    return f"(SELECT * FROM ({query.sql}) AS {alias}({', '.join(map(identifier, types))}))", types


def _derived(ctx: Context, clause: FromClause, node: exp.Expr, joined_by: str) -> None:
    allow_only(node, "this", "alias", "with_", "pivots", "order", "limit", "offset", "joins")
    # A subquery in FROM sees the query around, but not the other items of its FROM.
    query = replace(ctx, scope=ctx.scope.parent or Scope()).query(_without_alias(node))
    types = named_columns([n for n, _ in query.columns], [k for _, k in query.columns])
    sql = f"({query.sql})"
    if list(types) != [n for n, _ in query.columns]:
        sql = f"(SELECT * FROM {sql} AS {ctx.statement.fresh('d')}({', '.join(map(identifier, types))}))"
    _finish(ctx, clause, node, joined_by, sql, types, node.alias.lower() or ctx.statement.fresh("q"), None)


def _without_alias(node: exp.Expr) -> exp.Expr:
    if any(node.args.get(k) for k in ("with_", "order", "limit", "offset")):
        bare = node.copy()
        bare.set("alias", None)
        bare.set("pivots", None)
        return bare
    return node.this


def _finish(
    ctx: Context,
    clause: FromClause,
    node: exp.Expr,
    joined_by: str,
    sql: str,
    types: dict[str, Type],
    alias: str,
    schema: str | None,
) -> None:
    """Apply PIVOT, UNPIVOT and column aliases, and put the relation into the scope."""
    table_alias = node.args.get("alias")
    columns = [c.name.lower() for c in (table_alias.args.get("columns") or [])] if table_alias else []
    if columns:
        if len(columns) > len(types):
            reject(f'table "{alias}" has {len(types)} columns available but {len(columns)} columns specified', node)
        names = columns + list(types)[len(columns) :]
        sql = f"(SELECT * FROM {sql} AS {ctx.statement.fresh('a')}({', '.join(map(identifier, names))}))"
        types = dict(zip(names, types.values(), strict=True))
    for pivot in node.args.get("pivots") or []:
        alias = pivot.alias.lower() if pivot.alias else alias
        sql, types = pivoted(ctx, sql, types, pivot)
    ctx.scope.add(relation_of(alias, types, schema))
    clause.items.append(FromItem(joined_by, sql, alias))
