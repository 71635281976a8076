"""Materialized views: tables that keep their query, and are made anew by REFRESH (page materialized-view-overview)."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlglot import exp

from embedded_redshift.translate.context import Context, Statement
from embedded_redshift.translate.dml import select_as_stored
from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.metadata import TableInfo
from embedded_redshift.translate.parsing import parse, view_query
from embedded_redshift.translate.queries import bind_query
from embedded_redshift.translate.scope import Scope
from embedded_redshift.translate.statement_table import text_statement
from embedded_redshift.translate.table_names import TableName, quoted_name, table_name, written_name
from embedded_redshift.translate.types import parse_type
from embedded_redshift.translate.values import Query, reject

_PATH = r'(?:[\w$]+|"[^"]+")(?:\s*\.\s*(?:[\w$]+|"[^"]+")){0,2}'
_REFRESH = re.compile(rf"refresh\s+materialized\s+view\s+(?P<name>{_PATH})(?:\s+(?:restrict|cascade))?", re.I)
_ALTER = re.compile(
    rf"alter\s+materialized\s+view\s+(?P<name>{_PATH})\s+"
    r"(?:auto\s+refresh\s+(?:yes|no)|alter\s+(?:distkey|diststyle|compound\s+sortkey|sortkey)\b.*|owner\s+to\s+\S+)",
    re.I | re.S,
)


def query_text(ctx: Context, node: exp.Expr) -> str:
    """The query of CREATE MATERIALIZED VIEW as it was written. Rejects what such a view cannot have."""
    if node.expression is None:
        reject("CREATE MATERIALIZED VIEW needs AS and a query", node)
    if node.args.get("replace") or node.args.get("exists"):
        reject("CREATE MATERIALIZED VIEW has no OR REPLACE and no IF NOT EXISTS: drop the view first", node)
    if any(node.expression.find_all(exp.Placeholder)):
        reject("a view cannot have parameters", node)
    return view_query(ctx.statement.text)


def check_not_materialized(catalog: Catalog, name: TableName, node: exp.Expr) -> None:
    """Rejects a statement that would change a materialized view as if it were a table."""
    if catalog.table_info(*name).query is not None:
        reject(
            f'"{name[1]}" is a materialized view: it is changed by REFRESH, and dropped by DROP MATERIALIZED VIEW', node
        )


@text_statement(
    "refresh",
    group="Tables, views, schemas",
    forms={"REFRESH MATERIALIZED VIEW": "runs the query anew, all of it"},
)
def _refresh(word: str, text: str, catalog: Catalog) -> Translation:
    match = _REFRESH.fullmatch(text)
    if match is None:
        raise RedshiftSyntaxError("syntax error in REFRESH: REFRESH MATERIALIZED VIEW name")
    name, info = _found(match["name"], catalog)
    ctx = Context(Statement(catalog, bind_query, text))
    query = bind_query(ctx.inside(Scope()), parse(info.query or ""))
    columns = list(catalog.columns(*name) or {})
    types = {column: parse_type(kind) for column, kind in (catalog.columns(*name) or {}).items()}
    rows = select_as_stored(ctx, Query(query.sql, query.columns), columns, types, info.sort_key)
    table = quoted_name(name)
    return Translation("write", (f"DELETE FROM {table}", f"INSERT INTO {table} {rows}"), written=(name,))


@text_statement(
    "alter",
    group="Tables, views, schemas",
    forms={"ALTER MATERIALIZED VIEW": "means nothing: it is refreshed by REFRESH alone"},
)
def _alter(word: str, text: str, catalog: Catalog) -> Translation | None:
    if not re.match(r"alter\s+materialized\b", text, re.I):
        return None
    match = _ALTER.fullmatch(text)
    if match is None:
        raise RedshiftSyntaxError(
            "this form of ALTER MATERIALIZED VIEW is not in the embedded warehouse, which has AUTO REFRESH YES and NO"
        )
    _found(match["name"], catalog)
    return Translation("noop")


def _found(text: str, catalog: Catalog) -> tuple[TableName, TableInfo]:
    name = written_name(text)
    info = catalog.table_info(*name)
    if info.query is None:
        raise RedshiftSyntaxError(f'materialized view "{text}" does not exist')
    return name, info


def drop(ctx: Context, node: exp.Expr) -> Translation:
    """DROP MATERIALIZED VIEW [IF EXISTS] name, …"""
    names = [table_name(target) for target in node.args.get("tables") or [node.this]]
    statements = []
    for name in names:
        if ctx.statement.catalog.table_info(*name).query is not None:
            statements.append(f"DROP TABLE {quoted_name(name)}")
        elif not node.args.get("exists"):
            reject(f'materialized view "{name[1]}" does not exist', node)
    return Translation("ddl", tuple(statements), written=tuple(names)) if statements else Translation("noop")


def with_query(info: TableInfo, query: str) -> TableInfo:
    """What is kept of a table, with the query that it is the view of."""
    return replace(info, query=query)
