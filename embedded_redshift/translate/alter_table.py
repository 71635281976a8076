"""ALTER TABLE: one action at a time, as in Redshift."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate.context import Context
from embedded_redshift.translate.expressions import data_type
from embedded_redshift.translate.grammar import AutoKey
from embedded_redshift.translate.interface import Translation
from embedded_redshift.translate.macros import failure
from embedded_redshift.translate.metadata import TableInfo
from embedded_redshift.translate.statement_table import tree_statement
from embedded_redshift.translate.table_names import TableName, quoted_name, table_name
from embedded_redshift.translate.tables import check_keys, describe_columns, keep_info
from embedded_redshift.translate.types import is_identity, parse_type
from embedded_redshift.translate.values import allow_only, identifier, reject, string, written


@tree_statement(
    exp.Alter,
    group="Tables, views, schemas",
    forms={"ALTER TABLE": "names, columns, the size of a VARCHAR, the sort key"},
)
def alter(ctx: Context, node: exp.Expr) -> Translation:
    allow_only(node, "this", "kind", "actions", "cascade")
    if str(node.args.get("kind") or "").upper() != "TABLE":
        reject(f"ALTER {node.args.get('kind')} is not supported in the embedded warehouse", node)
    name = table_name(node.this)
    catalog = ctx.statement.catalog
    columns = catalog.columns(*name)
    if columns is None:
        reject(f'relation "{name[1]}" does not exist', node)
    if len(node.args["actions"]) != 1:
        reject("ALTER TABLE takes one action in Amazon Redshift", node)
    info = replace(catalog.table_info(*name), columns=dict(columns))
    return _alter(ctx, node.args["actions"][0], name, info)


def _alter(ctx: Context, action: exp.Expr, name: TableName, info: TableInfo) -> Translation:
    table = quoted_name(name)
    if isinstance(action, exp.AlterRename):
        new = table_name(action.this)
        if new[0] is not None:
            reject("RENAME TO takes a name without schema", action)
        return Translation(
            "ddl", (f"ALTER TABLE {table} RENAME TO {identifier(new[1])}",), written=(name, (name[0], new[1]))
        )
    if isinstance(action, exp.RenameColumn):
        return _rename_column(action, name, info)
    if isinstance(action, exp.ColumnDef):
        return _add_column(ctx, action, name, info)
    if isinstance(action, exp.Drop) and str(action.args.get("kind") or "").upper() == "COLUMN":
        return _drop_column(action, name, info)
    if isinstance(action, exp.AlterColumn):
        return _alter_column(action, name, info)
    if isinstance(action, exp.AlterSortKey):
        keys = tuple(k.name.lower() for k in action.expressions) if action.expressions else ()
        check_keys(TableInfo(sort_key=keys), list(info.columns), action)
        return Translation("ddl", (keep_info(name, replace(info, sort_key=keys)),), written=(name,))
    if isinstance(action, exp.AlterDistStyle):
        return _alter_distribution(action, name, info)
    if isinstance(action, exp.AddConstraint | AutoKey):
        return Translation("noop")
    if isinstance(action, exp.Drop) and str(action.args.get("kind") or "").upper() == "CONSTRAINT":
        return Translation("noop")
    reject(f"ALTER TABLE … {written(action)} is not supported in the embedded warehouse", action)


def _alter_distribution(action: exp.Expr, name: TableName, info: TableInfo) -> Translation:
    """ALTER DISTSTYLE style, and ALTER DISTKEY column, which the parser gives as a column."""
    key = action.args.get("expression") or (action.this if isinstance(action.this, exp.Column) else None)
    if key is None:
        changed = replace(info, dist_style=action.name.lower(), dist_key=None)
    else:
        changed = replace(info, dist_style="key", dist_key=_known(key.name.lower(), info, name, action))
    return Translation("ddl", (keep_info(name, changed),), written=(name,))


def _known(column: str, info: TableInfo, name: TableName, node: exp.Expr) -> str:
    if column not in info.columns:
        reject(f'column "{column}" of relation "{name[1]}" does not exist', node)
    return column


def _rename_column(action: exp.Expr, name: TableName, info: TableInfo) -> Translation:
    old = _known(action.this.name.lower(), info, name, action)
    new = action.args["to"].name.lower()
    if new in info.columns:
        reject(f'column "{new}" of relation "{name[1]}" already exists', action)
    renamed = replace(
        info,
        columns={new if c == old else c: t for c, t in info.columns.items()},
        sort_key=tuple(new if c == old else c for c in info.sort_key),
    )
    sql = f"ALTER TABLE {quoted_name(name)} RENAME COLUMN {identifier(old)} TO {identifier(new)}"
    return Translation("ddl", (sql, keep_info(name, renamed)), written=(name,))


def _add_column(ctx: Context, action: exp.Expr, name: TableName, info: TableInfo) -> Translation:
    column = action.name.lower()
    if column in info.columns:
        reject(f'column "{column}" of relation "{name[1]}" already exists', action)
    body = describe_columns(
        ctx, exp.Schema(this=exp.Table(this=exp.to_identifier(name[1])), expressions=[action.copy()])
    )
    if body.sequences:
        reject("an IDENTITY column cannot be added to a table", action)
    definition = body.definitions[0]
    not_null = definition.endswith(" NOT NULL")
    if not_null and " DEFAULT " not in definition:
        reject("ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression", action)
    definition = definition.removesuffix(" NOT NULL")
    table = quoted_name(name)
    statements = [f"ALTER TABLE {table} ADD COLUMN {definition}"]
    if not_null:
        statements.append(f"ALTER TABLE {table} ALTER COLUMN {identifier(column)} SET NOT NULL")
    statements.append(keep_info(name, replace(info, columns={**info.columns, **body.types})))
    return Translation("ddl", tuple(statements), written=(name,))


def _drop_column(action: exp.Expr, name: TableName, info: TableInfo) -> Translation:
    column = _known(action.args["tables"][0].name.lower(), info, name, action)
    if column in info.sort_key:
        reject(f'cannot drop sort key column "{column}"', action)
    if len(info.columns) == 1:
        reject("cannot drop the only column of a table", action)
    kept = replace(info, columns={c: t for c, t in info.columns.items() if c != column})
    return Translation(
        "ddl",
        (f"ALTER TABLE {quoted_name(name)} DROP COLUMN {identifier(column)}", keep_info(name, kept)),
        written=(name,),
    )


def _alter_column(action: exp.Expr, name: TableName, info: TableInfo) -> Translation:
    """Only the size of a VARCHAR column can be changed (page r_ALTER_TABLE)."""
    allow_only(action, "this", "dtype")
    if action.args.get("dtype") is None:
        reject("ALTER COLUMN changes the size of a VARCHAR column only: ALTER COLUMN name TYPE VARCHAR(n)", action)
    column = _known(action.this.name.lower(), info, name, action)
    kind, old = data_type(action.args["dtype"]), parse_type(info.columns[column])
    if kind.name != "varchar" or old.name != "varchar" or is_identity(info.columns[column]):
        reject("only the size of a VARCHAR column can be altered", action)
    quoted = identifier(column)
    check = (
        f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {quoted_name(name)} WHERE strlen({quoted}) > {kind.size}) "
        f"THEN {failure(string('target column size should be greater or equal to current maximum column size'))} END"
    )
    changed = replace(info, columns={**info.columns, column: kind.text})
    return Translation("ddl", (check, keep_info(name, changed)), written=(name,), transaction="refuses")
