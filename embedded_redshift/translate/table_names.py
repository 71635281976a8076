"""The names of tables that statements make or change."""

from __future__ import annotations

import re

from sqlglot import exp

from embedded_redshift.translate.interface import DATABASE, RedshiftSyntaxError
from embedded_redshift.translate.macros import HIDDEN_SCHEMAS
from embedded_redshift.translate.system_tables import REDSHIFT_TABLES
from embedded_redshift.translate.values import identifier, reject

TableName = tuple[str | None, str]


def check_database(name: str, node: exp.Expr) -> None:
    """Rejects a name in another database than the only one."""
    if name.lower() != DATABASE:
        reject(f'database "{name.lower()}" is not in the embedded warehouse, which has one, {DATABASE}', node)


def table_name(node: exp.Expr) -> TableName:
    """(schema, table) of a table that a statement changes."""
    if not isinstance(node, exp.Table) or not isinstance(node.this, exp.Identifier):
        reject("a table name is expected", node)
    if node.args.get("catalog"):
        check_database(node.catalog, node)
    if node.db.lower() in HIDDEN_SCHEMAS:
        reject(f'schema "{node.db.lower()}" does not exist', node)
    if node.db.lower() in ("", "pg_catalog") and node.name.lower() in REDSHIFT_TABLES:
        reject(f'"{node.name.lower()}" is a system view: it cannot be changed', node)
    return (node.db.lower() or None, node.name.lower())


def written_name(text: str) -> TableName:
    """(schema, table) of a name in a statement of which there is no tree. Raises RedshiftSyntaxError."""
    parts = [part.strip().strip('"').lower() for part in re.findall(r'"[^"]*"|[^.]+', text)]
    if len(parts) == 3 and parts.pop(0) != DATABASE:
        raise RedshiftSyntaxError(
            f'the database of "{text}" is not in the embedded warehouse, which has one, {DATABASE}'
        )
    if len(parts) == 2 and parts[0] in HIDDEN_SCHEMAS:
        raise RedshiftSyntaxError(f'schema "{parts[0]}" does not exist')
    return (parts[-2] if len(parts) == 2 else None, parts[-1])


def quoted_name(name: TableName) -> str:
    schema, table = name
    return f"{identifier(schema)}.{identifier(table)}" if schema else identifier(table)
