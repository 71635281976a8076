"""CREATE and DROP of tables, views and schemas. Sort keys order the rows; other physical design is only kept."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate import materialized_views
from embedded_redshift.translate.casts import unify
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.dml import select_as_stored
from embedded_redshift.translate.interface import Translation
from embedded_redshift.translate.macros import SCHEMA, failure
from embedded_redshift.translate.parsing import view_query
from embedded_redshift.translate.queries import bind_query
from embedded_redshift.translate.scope import Scope
from embedded_redshift.translate.statement_table import tree_statement
from embedded_redshift.translate.table_names import TableName, quoted_name, table_name
from embedded_redshift.translate.tables import Design, check_keys, describe_columns, keep_info, physical_design
from embedded_redshift.translate.types import MAX_VARCHAR, NULL, SUPER, Type
from embedded_redshift.translate.values import Query, Value, allow_only, identifier, reject, string


@tree_statement(
    exp.Create,
    group="Tables, views, schemas",
    forms={
        "CREATE TABLE": "a SORTKEY orders the rows; DISTSTYLE, DISTKEY and ENCODE mean nothing",
        "CREATE TABLE AS": "",
        "SELECT INTO": "",
        "CREATE MATERIALIZED VIEW": "AUTO REFRESH means nothing",
        "CREATE VIEW": "also WITH NO SCHEMA BINDING",
    },
)
def create(ctx: Context, node: exp.Expr) -> Translation:
    kind = str(node.args.get("kind") or "").upper()
    if kind == "VIEW" and node.find(exp.MaterializedProperty):
        return _create_materialized(ctx, node)
    if kind == "VIEW":
        return _create_view(ctx, node)
    if kind == "INDEX" or node.args.get("indexes"):
        reject("CREATE INDEX does not exist in Amazon Redshift: use SORTKEY", node)
    if kind == "SEQUENCE":
        reject("sequences do not exist in Amazon Redshift: use an IDENTITY column", node)
    if kind != "TABLE":
        reject(f"CREATE {kind} is not supported in the embedded warehouse", node)
    allow_only(node, "this", "kind", "expression", "exists", "properties")
    return _create_table(ctx, node)


def _create_table(ctx: Context, node: exp.Expr) -> Translation:
    schema = node.this if isinstance(node.this, exp.Schema) else None
    name = table_name(schema.this if schema else node.this)
    design = physical_design(node.args.get("properties"))
    temporary = design.temporary or (name[0] is None and name[1].startswith("#"))
    if temporary and name[0] is not None:
        reject("cannot create temporary relation in non-temporary schema: leave the schema out", node)
    catalog = ctx.statement.catalog
    if not temporary and (catalog.columns(*name) is not None or catalog.view(*name) is not None):
        if node.args.get("exists"):
            return Translation("noop")
        reject(f'Relation "{name[1]}" already exists', node)
    words = "CREATE TEMPORARY TABLE" if temporary else "CREATE TABLE"
    if node.args.get("exists"):
        words += " IF NOT EXISTS"
    if node.expression is not None:
        return _create_as(ctx, node, name, f"{words} {quoted_name(name)}", design)
    if schema is None:
        reject("a table needs columns", node)
    body = describe_columns(ctx, schema)
    info = replace(
        design.info,
        columns=body.types,
        sort_key=design.info.sort_key or body.sort_key,
        dist_key=design.info.dist_key or body.dist_key,
    )
    check_keys(info, list(body.types), node)
    sql = f"{words} {quoted_name(name)} ({', '.join(body.definitions)})"
    statements = (*body.sequences, sql, keep_info(name, info))
    return Translation("ddl", statements, written=(name,), once=bool(body.sequences))


def _create_materialized(ctx: Context, node: exp.Expr) -> Translation:
    """A table with the query's rows, which it keeps to be made anew."""
    allow_only(node, "this", "kind", "expression", "properties", "replace", "exists")
    query = materialized_views.query_text(ctx, node)
    target = node.this.this if isinstance(node.this, exp.Schema) else node.this
    name = table_name(target)
    catalog = ctx.statement.catalog
    if catalog.columns(*name) is not None or catalog.view(*name) is not None:
        reject(f'Relation "{name[1]}" already exists', node)
    own = (exp.MaterializedProperty, exp.AutoRefreshProperty)
    others = exp.Properties(expressions=[p for p in node.args["properties"].expressions if not isinstance(p, own)])
    design = physical_design(others)
    kept = replace(design, info=materialized_views.with_query(design.info, query))
    return _create_as(ctx, node, name, f"CREATE TABLE {quoted_name(name)}", kept)


def _create_as(ctx: Context, node: exp.Expr, name: TableName, head: str, design: Design) -> Translation:
    """CREATE TABLE AS: rows in sort order, types as the query gives them."""
    query = bind_query(ctx.inside(Scope()), node.expression)
    names = [n for n, _ in query.columns]
    if isinstance(node.this, exp.Schema):
        names = [c.name.lower() for c in node.this.expressions]
        if any(isinstance(c, exp.ColumnDef) and c.args.get("kind") for c in node.this.expressions):
            reject("CREATE TABLE AS takes column names without types", node)
    if len(names) != len(query.columns):
        reject("CREATE TABLE AS specifies a different number of columns than its query gives", node)
    for column in names:
        if column == "?column?" or names.count(column) > 1:
            reject(f'Column "{column}" is duplicated or has no name: give it an alias', node)
    for column, (_, kind) in zip(names, query.columns, strict=True):
        if kind == NULL:
            reject(f'Column "{column}" has unsupported type "unknown": cast the NULL', node)
    types = {n: _storable(k) for n, (_, k) in zip(names, query.columns, strict=True)}
    columns = {n: k.text for n, k in types.items() if not k.is_unknown}
    info = replace(design.info, columns=columns)
    check_keys(info, names, node)
    select = _select_for_table(ctx, query, names, types, info.sort_key)
    return Translation("ddl", (f"{head} AS {select}", keep_info(name, info)), written=(name,))


def _storable(kind: Type) -> Type:
    if kind.is_super:
        return SUPER
    if kind.is_string and kind.size is None:
        return Type(kind.name, MAX_VARCHAR)
    if kind.is_string:
        return Type(kind.name, min(max(kind.size or 1, 1), MAX_VARCHAR))
    return kind


def _select_for_table(
    ctx: Context, query: Query, names: list[str], types: dict[str, Type], sort_key: tuple[str, ...]
) -> str:
    if all(k.is_string or not k.is_unknown for k in types.values()) and not any(k.is_super for k in types.values()):
        plain = {n: k for n, (_, k) in zip(names, query.columns, strict=True)}
        return select_as_stored(
            ctx,
            query,
            names,
            {n: replace(types[n], size=MAX_VARCHAR) if types[n].is_string else plain[n] for n in names},
            sort_key,
        )
    alias = ctx.statement.fresh("r")
    inner = [f"c{i}" for i in range(len(names))]
    cells = [
        unify(Value(f"{alias}.{c}", k), types[n]).sql for c, n, (_, k) in zip(inner, names, query.columns, strict=True)
    ]
    order = [f"{alias}.{inner[names.index(k)]} NULLS LAST" for k in sort_key]
    tail = f" ORDER BY {', '.join(order)}" if order else ""
    selected = ", ".join(f"{c} AS {identifier(n)}" for c, n in zip(cells, names, strict=True))
    return f"SELECT {selected} FROM ({query.sql}) AS {alias}({', '.join(inner)}){tail}"


def _create_view(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "this", "kind", "expression", "replace", "no_schema_binding")
    target = node.this.this if isinstance(node.this, exp.Schema) else node.this
    columns = [c.name.lower() for c in node.this.expressions] if isinstance(node.this, exp.Schema) else []
    name = table_name(target)
    if node.expression is None:
        reject("CREATE VIEW needs AS and a query", node)
    if any(node.expression.find_all(exp.Placeholder)):
        reject("a view cannot have parameters", node)
    schema, view = name
    forget = (
        f"DELETE FROM {SCHEMA}.views WHERE schema_name = {string(schema or 'public')} AND view_name = {string(view)}"
    )
    if node.args.get("no_schema_binding"):
        return _late_binding(ctx, node, name, forget)
    query = bind_query(ctx.inside(Scope()), node.expression)
    names = columns or [n for n, _ in query.columns]
    if len(names) != len(query.columns):
        reject("CREATE VIEW specifies a different number of columns than its query gives", node)
    words = "CREATE OR REPLACE VIEW" if node.args.get("replace") else "CREATE VIEW"
    listed = ", ".join(map(identifier, names))
    sql = f"{words} {quoted_name(name)}({listed}) AS {query.sql}"
    reads = json.dumps(sorted({_full_name(table) for table in ctx.statement.tables}))
    note = f"COMMENT ON VIEW {quoted_name(name)} IS {string(reads)}"
    return Translation("ddl", (forget, sql, note, *_keep_text(name, view_query(ctx.statement.text))), written=(name,))


def _place(schema: str | None) -> str:
    return string(schema) if schema else "current_schema()"


def _forget_text(name: TableName) -> str:
    schema, view = name
    return f"DELETE FROM {SCHEMA}.view_texts WHERE schema_name = {_place(schema)} AND view_name = {string(view)}"


def _keep_text(name: TableName, text: str) -> tuple[str, str]:
    """SQL that keeps a view's query as it was written, for those who ask for it."""
    schema, view = name
    insert = f"INSERT INTO {SCHEMA}.view_texts VALUES ({_place(schema)}, {string(view)}, {string(text)})"
    return _forget_text(name), insert


def _full_name(name: TableName) -> str:
    return f"{name[0] or 'public'}.{name[1]}"


def _check_views(names: list[TableName]) -> str:
    """SQL that fails where a view that stays reads one of the relations: DuckDB would leave it broken."""
    read = " OR ".join(f"contains(comment, {string(json.dumps(_full_name(n)))})" for n in names)
    going = ", ".join(string(_full_name(n)) for n in names)
    depends = string("cannot drop it because others depend on it: drop the view ")
    reason = failure(depends, "min(view_name)", string(" first"))
    return (
        f"SELECT {reason}"
        f" FROM duckdb_views() WHERE NOT internal AND ({read}) AND schema_name || '.' || view_name NOT IN ({going}) "
        "HAVING count(*) > 0"
    )


def _late_binding(ctx: Context, node: exp.Expr, name: TableName, forget: str) -> Translation:
    """The view's text is kept and translated anew at each use (page r_CREATE_VIEW)."""
    if isinstance(node.this, exp.Schema):
        reject("a late-binding view takes its column names from its query", node)
    ctes = {c.alias.lower() for c in node.expression.find_all(exp.CTE)}
    for table in node.expression.find_all(exp.Table):
        if not table.db and table.name.lower() not in ctes:
            reject("All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING", table)
    catalog = ctx.statement.catalog
    if catalog.view(*name) is not None and not node.args.get("replace"):
        reject(f'Relation "{name[1]}" already exists', node)
    schema, view = name
    values = ", ".join(map(string, (schema or "public", view, view_query(ctx.statement.text))))
    insert = f"INSERT INTO {SCHEMA}.views VALUES ({values})"
    clear = (f"DROP VIEW IF EXISTS {quoted_name(name)}",) if node.args.get("replace") else ()
    return Translation("ddl", (*clear, forget, insert), written=(name,))


@tree_statement(
    exp.Drop,
    group="Tables, views, schemas",
    forms={"DROP TABLE": "not while a view reads it", "DROP VIEW": "", "DROP MATERIALIZED VIEW": ""},
)
def drop(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "this", "tables", "kind", "exists", "cascade", "restrict", "materialized")
    kind = str(node.args.get("kind") or "").upper()
    if kind not in ("TABLE", "VIEW"):
        reject(f"DROP {kind} is not supported in the embedded warehouse", node)
    if node.args.get("materialized"):
        return materialized_views.drop(ctx, node)
    exists = "IF EXISTS " if node.args.get("exists") else ""
    statements, written = [], []
    for target in node.args.get("tables") or [node.this]:
        name = table_name(target)
        written.append(name)
        materialized_views.check_not_materialized(ctx.statement.catalog, name, target)
        if kind == "VIEW" and ctx.statement.catalog.view(*name) is not None:
            schema, view = name
            statements.append(
                f"DELETE FROM {SCHEMA}.views WHERE view_name = {string(view)}"
                + (f" AND schema_name = {string(schema)}" if schema else "")
            )
        elif ctx.statement.catalog.columns(*name) is not None:
            statements.append(f"DROP {kind} {exists}{quoted_name(name)}")
            if kind == "VIEW":
                statements.append(_forget_text(name))
        elif not exists:
            reject(f'relation "{name[1]}" does not exist', target)
    return Translation("ddl", (_check_views(written), *statements), written=tuple(written))
