"""What the translation asks of the database: relations, their Redshift types and sort keys, the models' functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jobrec_ui.local.translate import TableInfo

if TYPE_CHECKING:
    import duckdb

# What DuckDB says of a column's type, as Redshift writes it; used where no type was declared (views, CREATE TABLE AS).
_REDSHIFT_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "HUGEINT": "numeric(38,0)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "VARCHAR": "varchar(65535)",
    "DATE": "date",
    "TIME": "time",
    "TIME WITH TIME ZONE": "timetz",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "JSON": "super",
    "BLOB": "varbyte",
}

_RELATION = """
    SELECT c.schema_name, c.column_name, c.data_type, t.comment
    FROM duckdb_columns() AS c
    LEFT JOIN duckdb_tables() AS t ON t.table_oid = c.table_oid AND t.database_name = c.database_name
        AND t.schema_name = c.schema_name
    WHERE lower(c.table_name) = lower($table) AND ($schema IS NULL OR lower(c.schema_name) = lower($schema))
        AND NOT c.internal
    ORDER BY c.column_index
"""
_VIEW = "SELECT schema_name, sql FROM _redshift.views WHERE view_name = $view AND ($schema IS NULL OR schema_name = $schema)"  # noqa: E501

Relation = tuple[dict[str, str], TableInfo]


def redshift_type(duckdb_type: str) -> str:
    """Redshift's type text for DuckDB's: ``DOUBLE`` gives ``double precision``."""
    if duckdb_type.startswith("DECIMAL"):
        return "numeric" + duckdb_type.removeprefix("DECIMAL")
    return _REDSHIFT_TYPES.get(duckdb_type, "super" if duckdb_type.endswith(("[]", ")")) else duckdb_type.lower())


class SessionCatalog:
    """The catalog as one session sees it, its own uncommitted tables included. Not for use by two threads at once."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        search_path: tuple[str, ...],
        version: int,
        functions: Mapping[str, str],
    ) -> None:
        self._cursor = cursor
        self._search_path = search_path
        self._functions = functions
        self._relations: dict[tuple[str | None, str], Relation | None] = {}
        self.version = version

    def columns(self, schema: str | None, table: str) -> dict[str, str] | None:
        relation = self._relation(schema, table)
        return None if relation is None else relation[0]

    def sort_key(self, schema: str | None, table: str) -> tuple[str, ...]:
        relation = self._relation(schema, table)
        return () if relation is None else relation[1].sort_key

    def view(self, schema: str | None, name: str) -> str | None:
        rows = self._cursor.execute(_VIEW, {"view": name.lower(), "schema": schema}).fetchall()
        return self._first(rows, lambda found: found[0][1])

    def functions(self) -> Mapping[str, str]:
        return self._functions

    def _relation(self, schema: str | None, table: str) -> Relation | None:
        key = (schema, table.lower())
        if key not in self._relations:
            rows = self._cursor.execute(_RELATION, {"table": table, "schema": schema}).fetchall()
            self._relations[key] = self._first(rows, _described)
        return self._relations[key]

    def _first(self, rows: list[tuple], describe):  # type: ignore[no-untyped-def]
        """``describe`` of the rows of the first schema on the search path that has any; None when there are none."""
        by_schema: dict[str, list[tuple]] = {}
        for row in rows:
            by_schema.setdefault(row[0].lower(), []).append(row)
        # A temporary table hides a permanent one of the same name; DuckDB keeps it in the schema "main".
        for schema in ("main", *self._search_path, *by_schema):
            if schema in by_schema:
                return describe(by_schema[schema])
        return None


def _described(rows: list[tuple[str, str, str, str | None]]) -> Relation:
    info = TableInfo.from_comment(rows[0][3])
    declared = {name.lower(): type_text for name, type_text in info.columns.items()}
    return {name: declared.get(name.lower()) or redshift_type(found) for _, name, found, _ in rows}, info
