"""INSERT, UPDATE, DELETE, MERGE and TRUNCATE."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.assignments import assign
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.expressions import condition
from embedded_redshift.translate.grammar import RemoveDuplicates
from embedded_redshift.translate.interface import Translation
from embedded_redshift.translate.macros import failure
from embedded_redshift.translate.queries import bind_query, common_tables
from embedded_redshift.translate.relations import bind_from, table_source
from embedded_redshift.translate.scope import Scope, relation_of
from embedded_redshift.translate.statement_table import tree_statement
from embedded_redshift.translate.table_names import TableName, quoted_name, table_name
from embedded_redshift.translate.types import Type, is_identity, takes_no_value
from embedded_redshift.translate.values import Query, Value, allow_only, identifier, reject, string


def _target(ctx: Context, node: exp.Expr) -> tuple[TableName, dict[str, Type]]:
    """The table that is changed and its columns' types."""
    name = table_name(node)
    if node.args.get("only"):
        reject("ONLY does not exist in Amazon Redshift", node)
    if ctx.statement.catalog.view(*name) is not None:
        reject(f'"{name[1]}" is a view: it cannot be changed', node)
    if ctx.statement.catalog.table_info(*name).query is not None:
        reject(f'"{name[1]}" is a materialized view: it is changed by REFRESH MATERIALIZED VIEW', node)
    return name, table_source(ctx, *name, node)[1]


@tree_statement(exp.Insert, group="Rows", forms={"INSERT": "rows are stored in the order of the sort key"})
def insert(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "this", "expression", "with_", "default")
    target = node.this
    names: list[str] = []
    if isinstance(target, exp.Schema):
        names = [c.name.lower() for c in target.expressions]
        target = target.this
    name, types = _target(ctx, target)
    declared = {c.lower(): t for c, t in (ctx.statement.catalog.columns(*name) or {}).items()}
    identities = {c for c, t in declared.items() if is_identity(t)}
    for column in names:
        if column not in types:
            reject(f'column "{column}" of relation "{name[1]}" does not exist', node)
        if takes_no_value(declared[column]):
            reject(f'cannot set an identity column to a value: "{column}"', node)
    if node.args.get("default"):
        return Translation("write", (f"INSERT INTO {quoted_name(name)} DEFAULT VALUES",), written=(name,))
    columns = names or [c for c in types if c not in identities]
    source = node.expression
    if isinstance(source, exp.Values):
        sql = _values(ctx, source, columns, types)
    else:
        sql = _selected(ctx, node, source, columns, types, ctx.statement.catalog.sort_key(*name))
    listed = ", ".join(identifier(c) for c in columns[: _width(ctx, node, columns)])
    return Translation("write", (f"INSERT INTO {quoted_name(name)} ({listed}) {sql}",), written=(name,))


def _width(ctx: Context, node: exp.Expr, columns: list[str]) -> int:
    """How many of the columns get a value: without a column list, trailing ones may be left out."""
    if isinstance(node.expression, exp.Values):
        first = node.expression.expressions[0]
        return len(first.expressions) if isinstance(first, exp.Tuple) else 1
    return len(columns)


def _values(ctx: Context, source: exp.Expr, columns: list[str], types: dict[str, Type]) -> str:
    rows = []
    width = None
    for row in source.expressions:
        values = row.expressions if isinstance(row, exp.Tuple) else [row]
        width = width or len(values)
        if len(values) > len(columns):
            reject("INSERT has more expressions than target columns", row)
        if len(values) != width:
            reject("VALUES lists must all be the same length", row)
        cells = [_cell(ctx, v, types[c], c) for v, c in zip(values, columns, strict=False)]
        rows.append(f"({', '.join(cells)})")
    return "VALUES " + ", ".join(rows)


def _cell(ctx: Context, node: exp.Expr, kind: Type, column: str) -> str:
    if isinstance(node, exp.Var | exp.Column) and node.name.upper() == "DEFAULT":
        return "DEFAULT"
    return assign(ctx.bind(node), kind, column)


def _selected(
    ctx: Context,
    node: exp.Expr,
    source: exp.Expr,
    columns: list[str],
    types: dict[str, Type],
    sort_key: tuple[str, ...],
) -> str:
    """The query's rows, converted, in the order of the table's sort key."""
    if node.args.get("with_"):
        source = source.copy()
        source.set("with_", node.args["with_"])
    query = bind_query(ctx.inside(Scope()), source)
    if len(query.columns) > len(columns):
        reject("INSERT has more expressions than target columns", node)
    if len(query.columns) < len(columns):
        reject("INSERT has more target columns than expressions", node)
    return select_as_stored(ctx, query, columns, types, sort_key)


def select_as_stored(
    ctx: Context, query: Query, columns: list[str], types: dict[str, Type], sort_key: tuple[str, ...]
) -> str:
    """SELECT of a query's rows as the columns store them, sorted."""
    alias = ctx.statement.fresh("r")
    inner = [f"c{i}" for i in range(len(columns))]
    cells = [
        assign(Value(f"{alias}.{n}", k), types[c], c)
        for n, (_, k), c in zip(inner, query.columns, columns, strict=True)
    ]
    order = [f"{alias}.{inner[columns.index(c)]} NULLS LAST" for c in sort_key if c in columns]
    tail = f" ORDER BY {', '.join(order)}" if order else ""
    selected = ", ".join(f"{cell} AS {identifier(c)}" for cell, c in zip(cells, columns, strict=True))
    return f"SELECT {selected} FROM ({query.sql}) AS {alias}({', '.join(inner)}){tail}"


@tree_statement(exp.Update, group="Rows", forms={"UPDATE": ""})
def update(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "this", "expressions", "from_", "where", "with_")
    if not node.expressions:
        reject("UPDATE needs SET column = expression", node)
    name, types = _target(ctx, node.this)
    ctx, prefix = common_tables(ctx, node)
    alias = (node.this.alias or name[1]).lower()
    scope = Scope()
    ctx = ctx.inside(scope)
    scope.add(relation_of(alias, types, name[0]))
    from_sql = bind_from(ctx, node)
    cells = []
    for setting in node.expressions:
        if not isinstance(setting, exp.EQ) or not isinstance(setting.this, exp.Column):
            reject("SET takes column = expression", setting)
        column = setting.this.name.lower()
        if column not in types:
            reject(f'column "{column}" of relation "{name[1]}" does not exist', setting)
        cells.append(f"{identifier(column)} = {_cell(ctx, setting.expression, types[column], column)}")
    where = node.args.get("where")
    tail = f" WHERE {condition(ctx, where.this)}" if where else ""
    sql = f"{prefix}UPDATE {quoted_name(name)} AS {identifier(alias)} SET {', '.join(cells)}{from_sql}{tail}"
    return Translation("write", (sql,), written=(name,))


@tree_statement(exp.Delete, group="Rows", forms={"DELETE": ""})
def delete(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "this", "using", "where", "with_")
    name, types = _target(ctx, node.this)
    ctx, prefix = common_tables(ctx, node)
    alias = (node.this.alias or name[1]).lower()
    scope = Scope()
    ctx = ctx.inside(scope)
    scope.add(relation_of(alias, types, name[0]))
    using = node.args.get("using") or []
    using_sql = ""
    if using:
        joins: list[exp.Expr] = [exp.Join(this=u.copy()) for u in using[1:]]
        source = exp.Select(from_=exp.From(this=using[0].copy()), joins=joins)
        using_sql = bind_from(ctx, source).replace(" FROM ", " USING ", 1)
    where = node.args.get("where")
    tail = f" WHERE {condition(ctx, where.this)}" if where else ""
    sql = f"{prefix}DELETE FROM {quoted_name(name)} AS {identifier(alias)}{using_sql}{tail}"
    return Translation("write", (sql,), written=(name,))


@tree_statement(exp.TruncateTable, group="Rows", forms={"TRUNCATE": "commits"})
def truncate(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "expressions", "is_database")
    if len(node.expressions) != 1:
        reject("TRUNCATE takes one table", node)
    name, _ = _target(ctx, node.expressions[0])
    # It commits the transaction in which it runs (page r_TRUNCATE).
    return Translation("write", (f"TRUNCATE {quoted_name(name)}",), written=(name,), transaction="commits")


_SEVERAL_TARGETS = "MERGE in the embedded warehouse: a source row matches several rows of the target"


@tree_statement(
    exp.Merge, group="Rows", forms={"MERGE": "from a table; a row of it that matches several of the target is an error"}
)
def merge(ctx: Context, node: exp.Expr) -> Translation:
    """Page r_MERGE: a table as the source, and one matching source row for each target row."""
    allow_only(node, "this", "using", "on", "whens")
    name, types = _target(ctx, node.this)
    source = node.args["using"]
    if not isinstance(source, exp.Table):
        reject("the source of MERGE must be a table, not a subquery", source)
    source_name, source_types = _target(ctx, source)
    target_alias = (node.this.alias or name[1]).lower()
    source_alias = (source.alias or source_name[1]).lower()
    if node.this.alias:
        reject("the target of MERGE takes no alias", node.this)
    if source_name == name:
        reject("the source of MERGE cannot be its target", source)
    for part in (node.args["on"], *node.args["whens"].find_all(exp.Bracket)):
        if part.find(exp.Bracket, exp.Dot):
            reject("Partial reference of SUPER column is not supported in MERGE statement", part)
    scope = Scope()
    ctx = ctx.inside(scope)
    scope.add(relation_of(target_alias, types, name[0]))
    scope.add(relation_of(source_alias, source_types, source_name[0]))
    on = condition(ctx, node.args["on"])
    whens = node.args["whens"].expressions
    if isinstance(whens[0] if whens else None, RemoveDuplicates):
        return _remove_duplicates(node, (name, types), (source_name, source_types), (target_alias, source_alias), on)
    if [bool(w.args.get("matched")) for w in whens] != [True, False]:
        reject("MERGE needs WHEN MATCHED THEN … and, after it, WHEN NOT MATCHED THEN INSERT …", node)
    clauses = [_when(ctx, w, types, name, source_alias, source_types) for w in whens]
    target_sql = f"{quoted_name(name)} AS {identifier(target_alias)}"
    source_sql = f"{quoted_name(source_name)} AS {identifier(source_alias)}"
    matches = f"SELECT 1 FROM {target_sql} JOIN {source_sql} ON {on} GROUP BY"
    check = (
        f"SELECT CASE WHEN EXISTS ({matches} {identifier(target_alias)}.rowid HAVING count(*) > 1) "
        f"THEN {failure(string('Found multiple matches to update the same tuple.'))} "
        # Redshift would leave one row of several here: which one, its documentation does not say.
        f"WHEN EXISTS ({matches} {identifier(source_alias)}.rowid HAVING count(*) > 1) "
        f"THEN {failure(string(_SEVERAL_TARGETS))} END"
    )
    sql = f"MERGE INTO {target_sql} USING {source_sql} ON {on} {' '.join(clauses)}"
    return Translation("write", (check, sql), written=(name,))


def _remove_duplicates(
    node: exp.Expr,
    target: tuple[TableName, dict[str, Type]],
    source: tuple[TableName, dict[str, Type]],
    aliases: tuple[str, str],
    on: str,
) -> Translation:
    """MERGE … REMOVE DUPLICATES: the source's rows take the place of the target's that they match."""
    (name, types), (source_name, source_types) = target, source
    if len(types) != len(source_types):
        reject("MERGE … REMOVE DUPLICATES needs a source with the columns of the target", node)
    target_sql = f"{quoted_name(name)} AS {identifier(aliases[0])}"
    source_sql = f"{quoted_name(source_name)} AS {identifier(aliases[1])}"
    cells = [
        assign(Value(f"{identifier(aliases[1])}.{identifier(given)}", kind), wanted, column)
        for (given, kind), (column, wanted) in zip(source_types.items(), types.items(), strict=True)
    ]
    listed = ", ".join(identifier(column) for column in types)
    check = (
        f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {target_sql} JOIN {source_sql} ON {on} "
        f"GROUP BY {identifier(aliases[0])}.rowid HAVING count(*) > 1) "
        f"THEN {failure(string('Found multiple matches to update the same tuple.'))} END"
    )
    return Translation(
        "write",
        (
            check,
            f"DELETE FROM {target_sql} USING {source_sql} WHERE {on}",
            f"INSERT INTO {quoted_name(name)} ({listed}) SELECT {', '.join(cells)} FROM {source_sql}",
        ),
        written=(name,),
    )


def _merge_insert(then: exp.Expr, columns: list[str]) -> tuple[list[str], list[exp.Expr]]:
    """Columns and values of INSERT [(columns)] VALUES (values); without a list sqlglot takes VALUES for a call."""
    listed = then.this.expressions if then.this else []
    if len(listed) == 1 and isinstance(listed[0], exp.Anonymous) and not then.expression:
        return columns, listed[0].expressions
    values = then.expression.expressions if isinstance(then.expression, exp.Tuple) else []
    return [c.name.lower() for c in listed] or columns, values


def _when(
    ctx: Context, node: exp.Expr, types: dict[str, Type], name: TableName, source: str, source_types: dict[str, Type]
) -> str:
    allow_only(node, "matched", "then")
    then = node.args["then"]
    matched = bool(node.args.get("matched"))
    if isinstance(then, exp.Update) and matched:
        cells = []
        for setting in then.expressions:
            column = setting.this.name.lower()
            if column not in types:
                reject(f'column "{column}" of relation "{name[1]}" does not exist', setting)
            cells.append(f"{identifier(column)} = {_cell(ctx, setting.expression, types[column], column)}")
        return f"WHEN MATCHED THEN UPDATE SET {', '.join(cells)}"
    if isinstance(then, exp.Var) and then.name.upper() == "DELETE" and matched:
        return "WHEN MATCHED THEN DELETE"
    if isinstance(then, exp.Insert) and not matched:
        columns, values = _merge_insert(then, list(types))
        if len(values) != len(columns):
            reject("INSERT of MERGE needs one value for each column", then)
        if unknown := [c for c in columns if c not in types]:
            reject(f'column "{unknown[0]}" of relation "{name[1]}" does not exist', then)
        inner = ctx.inside(Scope())
        inner.scope.add(relation_of(source, source_types))
        cells = [_cell(inner, v, types[c], c) for v, c in zip(values, columns, strict=True)]
        return f"WHEN NOT MATCHED THEN INSERT ({', '.join(map(identifier, columns))}) VALUES ({', '.join(cells)})"
    reject("MERGE takes WHEN MATCHED THEN UPDATE or DELETE, and WHEN NOT MATCHED THEN INSERT", node)
