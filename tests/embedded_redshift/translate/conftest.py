"""A small real warehouse to run translated statements in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from embedded_redshift.catalog import redshift_type
from embedded_redshift.ml import store
from embedded_redshift.translate import SETUP_STATEMENTS, TableInfo, Translation, translate


class Warehouse:
    """Runs Redshift SQL through the translation in a DuckDB in memory, and is the translation's catalog."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"python_enable_replacements": False})
        for statement in (*SETUP_STATEMENTS, *store.SETUP_STATEMENTS):
            self.connection.execute(statement)
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("USE public")
        self.model_functions: dict[str, str] = {}
        self.version = 0

    def columns(self, schema: str | None, table: str) -> dict[str, str] | None:
        where = (
            "lower(table_name) = ? AND (lower(schema_name) = ? OR (? IS NULL AND schema_name IN ('public', 'main')))"
        )
        found = self.connection.execute(
            f"SELECT column_name, data_type FROM duckdb_columns() WHERE {where} AND NOT internal ORDER BY column_index",
            [table, schema, schema],
        ).fetchall()
        declared = self._info(schema, table).columns
        return {n: declared.get(n) or redshift_type(t) for n, t in found} or None

    def _info(self, schema: str | None, table: str) -> TableInfo:
        row = self.connection.execute(
            "SELECT comment FROM duckdb_tables() WHERE lower(table_name) = ? AND (lower(schema_name) = ? OR ? IS NULL)",
            [table, schema, schema],
        ).fetchone()
        return TableInfo.from_comment(row[0] if row else None)

    def sort_key(self, schema: str | None, table: str) -> tuple[str, ...]:
        return self._info(schema, table).sort_key

    def table_info(self, schema: str | None, table: str) -> TableInfo:
        return self._info(schema, table)

    def has_trailing_blanks(self, schema: str | None, table: str, column: str) -> bool:
        source = f'"{schema}"."{table}"' if schema else f'"{table}"'
        found = self.connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM {source} WHERE suffix(\"{column}\", ' '))"
        ).fetchone()
        return bool(found and found[0])

    def view(self, schema: str | None, name: str) -> str | None:
        row = self.connection.execute(
            "SELECT sql FROM _redshift.views WHERE schema_name = ? AND view_name = ?", [schema or "public", name]
        ).fetchone()
        return row[0] if row else None

    def function(self, name: str) -> str | None:
        return self.model_functions.get(name)

    def translate(self, sql: str) -> Translation:
        return translate(sql, self)

    def run(self, sql: str, /, **parameters: Any) -> list[tuple[Any, ...]]:
        """Rows of the statement's result."""
        rows: list[tuple[Any, ...]] = []
        for text in self.translate(sql).statements:
            for statement in self.connection.extract_statements(text):
                named = {name: parameters[name] for name in statement.named_parameters}
                rows = self.connection.execute(statement, named or None).fetchall()
        return rows

    def value(self, expression: str, /, **parameters: Any) -> Any:
        """The value of one expression."""
        [(value,)] = self.run(f"SELECT {expression}", **parameters)
        return value

    def names(self, sql: str) -> list[str]:
        """Column names of a query's result."""
        description = self.connection.execute(self.translate(sql).statements[-1]).description
        return [d[0] for d in description]

    def plan(self, sql: str) -> str:
        """DuckDB's plan of a query, as one text."""
        rows = self.connection.execute("EXPLAIN " + self.translate(sql).statements[-1]).fetchall()
        return re.sub(r"\s+", " ", rows[0][1])


@pytest.fixture(scope="module")
def refusing() -> Iterator[Warehouse]:
    """A warehouse for a module's statements that are refused."""
    made = Warehouse()
    yield made
    made.connection.close()


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    """A new warehouse."""
    made = Warehouse()
    yield made
    made.connection.close()


@pytest.fixture(scope="session")
def shared() -> Iterator[Warehouse]:
    """A warehouse for statements that change nothing in it."""
    made = Warehouse()
    made.run("CREATE TABLE one (n INT)")
    made.run("INSERT INTO one VALUES (1)")
    yield made
    made.connection.close()
