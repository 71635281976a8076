"""FROM clauses: tables, subqueries, joins, and the unnesting of SUPER arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from jobrec_ui.local.translate import super_values
from jobrec_ui.local.translate.context import Context
from jobrec_ui.local.translate.expressions import condition
from jobrec_ui.local.translate.grammar import SuperItem
from jobrec_ui.local.translate.macros import macro
from jobrec_ui.local.translate.scope import Relation, relation_of
from jobrec_ui.local.translate.types import BIGINT, TIGHT, Type, common_type, parse_type
from jobrec_ui.local.translate.values import Value, identifier, only, reject


@dataclass(slots=True)
class _Item:
    """One comma-separated or joined piece of FROM: how it is joined, its SQL without alias, its alias, ON."""

    joint: str
    sql: str
    alias: str
    on: str = ""

    def render(self) -> str:
        return f"{self.joint}{self.sql} AS {identifier(self.alias)}{self.on}"


@dataclass(slots=True)
class _From:
    """The FROM clause under construction."""

    items: list[_Item] = field(default_factory=list)
    outer: bool = False

    def find(self, alias: str) -> _Item | None:
        return next((i for i in self.items if i.alias == alias), None)

    def render(self) -> str:
        return " FROM " + "".join(i.render() for i in self.items) if self.items else ""


def bind_from(ctx: Context, node: exp.Expr) -> str:
    """SQL of the FROM clause of a SELECT, UPDATE or DELETE; adds its relations to the scope."""
    clause = node.args.get("from_")
    joins = node.args.get("joins") or []
    if node.args.get("laterals"):
        reject("LATERAL does not exist in Amazon Redshift", node)
    if clause is None:
        return ""
    state = _From()
    _add(ctx, state, clause.this, "")
    _add_joins(ctx, state, clause.this.args.pop("joins", None) or [])
    _add_joins(ctx, state, joins)
    return state.render()


def _add_joins(ctx: Context, state: _From, joins: list[exp.Expr]) -> None:
    for join in joins:
        only(join, "this", "side", "kind", "on", "using", "method")
        nested = join.this.args.pop("joins", None) if isinstance(join.this, exp.Table) else None
        _join(ctx, state, join)
        if nested:
            _add_joins(ctx, state, nested)


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


def _join(ctx: Context, state: _From, join: exp.Expr) -> None:
    side, kind = str(join.args.get("side") or "").upper(), str(join.args.get("kind") or "").upper()
    method = str(join.args.get("method") or "").upper()
    on, using = join.args.get("on"), join.args.get("using")
    if method and method != "NATURAL":
        reject(f"{method} JOIN does not exist in Amazon Redshift", join)
    if (side, kind) not in _JOIN_WORDS:
        reject(f"{side} {kind} JOIN does not exist in Amazon Redshift".replace("  ", " "), join)
    word = _JOIN_WORDS[side, kind]
    comma = not (on or using or side or kind or method)
    before = list(ctx.scope.relations.values())
    state.outer = state.outer or bool(side)
    _add(ctx, state, join.this, ", " if comma else f" {word} ")
    if comma or word == "CROSS JOIN":
        return
    item = state.items[-1]
    if on is not None:
        item.on = f" ON {condition(ctx, on)}"
    elif using or method:
        _merge(ctx, item, before, [i.name.lower() for i in using or []], side, bool(method), join)
    elif not isinstance(join.this, exp.AtIndex | SuperItem):
        reject("JOIN needs ON, USING or CROSS", join)


def _merge(
    ctx: Context, item: _Item, before: list[Relation], names: list[str], side: str, natural: bool, join: exp.Expr
) -> None:
    """USING and NATURAL: the columns of both sides become one output column."""
    right = ctx.scope.relations[item.alias]
    if natural:
        names = [n for n in right.columns if sum(n in r.columns for r in before)]
        if not names:
            reject("NATURAL JOIN needs columns of the same name on both sides", join)
    from jobrec_ui.local.translate.comparisons import equal

    tests = []
    for name in names:
        lefts = [r for r in before if name in r.columns and name not in r.hidden]
        known = ctx.scope.merged.get(name) or (lefts[0].columns[name] if len(lefts) == 1 else None)
        if known is None or name not in right.columns:
            reject(f'column "{name}" specified in USING clause does not exist or is ambiguous', join)
        other = right.columns[name]
        tests.append(equal(known, other).sql)
        merged = other if side == "RIGHT" else known
        if side == "FULL":
            merged = Value(f"COALESCE({known.sql}, {other.sql})", common_type([known.type, other.type]))
        ctx.scope.merged[name] = merged
        for relation in (*lefts, right):
            relation.hidden.add(name)
    item.on = " ON " + " AND ".join(tests)


def _add(ctx: Context, state: _From, node: exp.Expr, joint: str) -> None:
    """Add one item of FROM."""
    if isinstance(node, exp.Table):
        _table(ctx, state, node, joint)
    elif isinstance(node, exp.Subquery):
        _derived(ctx, state, node, joint)
    elif isinstance(node, exp.AtIndex):
        inner = node.this
        alias = inner.alias if isinstance(inner, exp.Alias) else ""
        path = inner.this if isinstance(inner, exp.Alias) else inner
        _unnest(ctx, state, path, alias, node.expression.name, joint)
    elif isinstance(node, SuperItem):
        index = node.args.get("index")
        _unnest(ctx, state, node.this, node.alias, index.name if index else None, joint)
    elif isinstance(node, exp.Pivot):
        _unpivot_object(ctx, state, node, joint)
    elif isinstance(node, exp.Values):
        reject("VALUES list as a table does not exist in Amazon Redshift: use SELECT … UNION ALL", node)
    elif isinstance(node, exp.Lateral):
        reject("LATERAL does not exist in Amazon Redshift", node)
    elif isinstance(node, exp.Unnest):
        reject("UNNEST() is not supported: unnest a SUPER array with FROM t, t.array AS item", node)
    else:
        reject(f"{type(node).__name__} is not supported in FROM", node)


def _table(ctx: Context, state: _From, node: exp.Expr, joint: str) -> None:
    only(node, "this", "db", "catalog", "alias", "pivots", "joins")
    if not isinstance(node.this, exp.Identifier):
        name = node.this.name if isinstance(node.this, exp.Anonymous) else type(node.this).__name__
        reject(f"{str(name).lower()}() cannot be used as a table in Amazon Redshift", node)
    parts = [p.name.lower() for p in node.parts]  # type: ignore[attr-defined]
    alias = node.alias.lower() if node.alias else ""
    if len(parts) > 1 and _is_path(ctx, parts):
        path = exp.column(node.parts[1].copy(), table=node.parts[0].copy())  # type: ignore[attr-defined]
        for part in node.parts[2:]:  # type: ignore[attr-defined]
            path = exp.Dot(this=path, expression=part.copy())  # type: ignore[assignment]
        _unnest(ctx, state, path, alias, None, joint)
        return
    if len(parts) == 1 and parts[0] not in ctx.ctes and (item := ctx.scope.relations.get(parts[0])) and item.element:
        _unnest(ctx, state, exp.column(node.this.copy()), alias, None, joint)
        return
    if len(parts) > 2:
        reject("only the connected database can be used: write schema.table", node)
    schema, name = (parts[0], parts[1]) if len(parts) == 2 else (None, parts[0])
    sql, types = table_source(ctx, schema, name, node)
    _finish(ctx, state, node, joint, sql, types, alias or name, None if alias else schema)


def _is_path(ctx: Context, parts: list[str]) -> bool:
    """Whether a dotted name in FROM walks into a relation of this query rather than naming a table."""
    relation = ctx.scope.relation(parts[0])
    return relation is not None and (relation.element is not None or parts[1] in relation.columns)


def table_source(ctx: Context, schema: str | None, name: str, node: exp.Expr) -> tuple[str, dict[str, Type]]:
    """SQL and column types of a table, a view or a common table expression."""
    if schema is None and name in ctx.ctes:
        return identifier(name), ctx.ctes[name]
    catalog = ctx.statement.catalog
    text = catalog.view(schema, name)
    if text is not None:
        return _late_binding_view(ctx, schema, name, text, node)
    columns = catalog.columns(schema, name)
    label = f"{schema}.{name}" if schema else name
    if columns is None:
        reject(f'relation "{label}" does not exist', node)
    ctx.statement.tables.add((schema, name))
    types = {}
    for column, declared in columns.items():
        kind = parse_type(declared)
        if kind.name == "varchar":
            kind = kind.as_tight(not catalog.has_trailing_blanks(schema, name, column.lower()))
        types[column.lower()] = kind
    return (f"{identifier(schema)}." if schema else "") + identifier(name), types


def _late_binding_view(
    ctx: Context, schema: str | None, name: str, text: str, node: exp.Expr
) -> tuple[str, dict[str, Type]]:
    """A late-binding view is its query, translated anew wherever it is used."""
    from jobrec_ui.local.translate.parsing import parse
    from jobrec_ui.local.translate.queries import bind_query, named_columns

    if (schema, name) in ctx.statement.views:
        reject(f'view "{name}" refers to itself', node)
    ctx.statement.views.append((schema, name))
    query = bind_query(Context(ctx.statement, subquery=ctx.subquery), parse(text))
    ctx.statement.views.pop()
    types = named_columns([n for n, _ in query.columns], [k for _, k in query.columns])
    alias = ctx.statement.fresh("v")
    return f"(SELECT * FROM ({query.sql}) AS {alias}({', '.join(map(identifier, types))}))", types


def _derived(ctx: Context, state: _From, node: exp.Expr, joint: str) -> None:
    from jobrec_ui.local.translate.queries import Query, named_columns

    only(node, "this", "alias", "with_", "pivots", "order", "limit", "offset")
    if isinstance(node.this, exp.Table):
        reject("a join in parentheses is not supported: write a subquery", node)
    query: Query = ctx.query(_without_alias(node))
    types = named_columns([n for n, _ in query.columns], [k for _, k in query.columns])
    sql = f"({query.sql})"
    if list(types) != [n for n, _ in query.columns]:
        sql = f"(SELECT * FROM {sql} AS {ctx.statement.fresh('d')}({', '.join(map(identifier, types))}))"
    _finish(ctx, state, node, joint, sql, types, node.alias.lower() or ctx.statement.fresh("q"), None)


def _without_alias(node: exp.Expr) -> exp.Expr:
    if any(node.args.get(k) for k in ("with_", "order", "limit", "offset")):
        bare = node.copy()
        bare.set("alias", None)
        bare.set("pivots", None)
        return bare
    return node.this


def _finish(
    ctx: Context,
    state: _From,
    node: exp.Expr,
    joint: str,
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
        from jobrec_ui.local.translate.pivots import pivoted

        alias = pivot.alias.lower() if pivot.alias else alias
        sql, types = pivoted(ctx, sql, types, pivot)
    ctx.scope.add(relation_of(alias, types, schema))
    state.items.append(_Item(joint, sql, alias))


def _unnest(ctx: Context, state: _From, path: exp.Expr, alias: str, index: str | None, joint: str) -> None:
    """`FROM t, t.array AS item AT i`: one row for each element; no row for an empty or missing array."""
    value = ctx.bind(path)
    if not value.type.is_super:
        reject(f"only a SUPER value can be unnested, not {value.type}", path)
    if joint.strip() not in ("", ",", "JOIN", "CROSS JOIN"):
        reject("a SUPER array can be unnested with a comma or an inner join only", path)
    alias = alias.lower() or ctx.statement.fresh("item")
    elements, kind = super_values.items(value)
    columns = {alias: f"unnest({elements})"}
    if index:
        columns[index.lower()] = f"generate_subscripts({elements}, 1) - 1"
    target = _unnest_into(ctx, state, path, columns, joint, alias)
    element = Value(f"{target}.{identifier('@' + alias)}", kind)
    extra = {}
    if index:
        extra[index.lower()] = Value(f"{target}.{identifier('@' + index.lower())}", BIGINT)
    ctx.scope.add(Relation(alias, {alias: element, **extra}, element=element))


def _unnest_into(ctx: Context, state: _From, path: exp.Expr, columns: dict[str, str], joint: str, alias: str) -> str:
    """Add the unnested columns (named @name) to FROM; gives the quoted alias they are read through.

    They go into a subquery around the relation that the path starts from: DuckDB unnests that in one pass, whereas
    it would answer a lateral join by joining the rows to their own elements again.
    """
    selected = ", ".join(f"{sql} AS {identifier('@' + name)}" for name, sql in columns.items())
    source = _source_alias(ctx, path)
    item = state.find(source) if source else None
    if item is None or state.outer:
        state.items.append(_Item(joint if joint.strip() != "JOIN" else ", ", f"(SELECT {selected})", alias))
        return identifier(alias)
    quoted = identifier(item.alias)
    item.sql = f"(SELECT {quoted}.*, {selected} FROM {item.sql} AS {quoted})"
    return quoted


def _source_alias(ctx: Context, path: exp.Expr) -> str | None:
    """The alias of the only FROM item that the path's SQL reads."""
    if any(not isinstance(b, exp.Literal) for bracket in path.find_all(exp.Bracket) for b in bracket.expressions):
        return None
    value_sql = ctx.bind(path).sql
    used = [r for r in ctx.scope.relations if f"{identifier(r)}." in value_sql]
    return used[0] if len(used) == 1 else None


def _unpivot_object(ctx: Context, state: _From, node: exp.Expr, joint: str) -> None:
    """`UNPIVOT t.object AS value AT attribute`: one row for each attribute (page query-super, object unpivoting)."""
    only(node, "this", "unpivot")
    inner = node.this
    index = None
    if isinstance(inner, SuperItem):
        index = inner.args["index"].name if inner.args.get("index") else None
    elif isinstance(inner, exp.AtIndex):
        index, inner = inner.expression.name, inner.this
    if not (isinstance(inner, exp.Alias | SuperItem) and inner.alias):
        reject("UNPIVOT of a SUPER object is written UNPIVOT path AS value AT attribute", node)
    value = ctx.bind(inner.this)
    if not value.type.is_super or value.type.form != "json":
        reject("only a SUPER object can be unpivoted", node)
    alias = inner.alias.lower()
    keys = macro("super_keys", value.sql)
    pick = f"json_extract({value.sql}, '$.\"' || {identifier('@key')} || '\"')"
    sql = f"(SELECT {pick} AS {identifier('@' + alias)}, {identifier('@key')} FROM (SELECT unnest({keys}) AS {identifier('@key')}))"
    state.items.append(_Item(", ", sql, alias))
    element = Value(f"{identifier(alias)}.{identifier('@' + alias)}", super_values.SUPER)
    columns = {alias: element}
    if index:
        columns[index.lower()] = Value(f"{identifier(alias)}.{identifier('@key')}", TIGHT)
    ctx.scope.add(Relation(alias, columns, element=element))
