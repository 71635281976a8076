"""What the translation asks of the database: relations, their Redshift types and sort keys, the models' functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import duckdb

from embedded_redshift.trailing_blanks import Table
from embedded_redshift.translate import TableInfo
from embedded_redshift.translate.macros import SCHEMA
from embedded_redshift.translate.types import parse_type

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
    '"NULL"': "unknown",  # a bare NULL's column, of a query or a view
}

_SYSTEM_VIEW = re.compile(r"(svv|stv)_", re.I)  # found without a schema, as in Redshift

_RELATION = """
    SELECT c.schema_name, c.column_name, c.data_type, t.comment, t.table_oid IS NOT NULL AND NOT t.temporary
    FROM duckdb_columns() AS c
    LEFT JOIN duckdb_tables() AS t ON t.table_oid = c.table_oid AND t.database_name = c.database_name
        AND t.schema_name = c.schema_name
    WHERE lower(c.table_name) = lower($table) AND ($schema IS NULL OR lower(c.schema_name) = lower($schema))
        AND (NOT c.internal OR c.schema_name = 'information_schema')
    ORDER BY c.column_index
"""
_VIEW = """
    SELECT schema_name, sql FROM _redshift.views
    WHERE view_name = $view AND ($schema IS NULL OR schema_name = $schema)
"""

_Found = TypeVar("_Found")

# What DuckDB's catalog said of the relations with this schema (None: any) and name.
Relations = dict[tuple[str | None, str], list[tuple]]


class SessionView(Protocol):
    """What the catalog asks of the session whose view of the database it gives."""

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Sees what the session sees, its own uncommitted tables included."""
        ...

    @property
    def search_path(self) -> tuple[str, ...]:
        """The schemas in which a bare table name is looked up, in order."""
        ...

    @property
    def relations(self) -> Relations:
        """What is known of DuckDB's catalog; the catalog adds to it."""
        ...

    @property
    def model_functions(self) -> Mapping[str, str]:
        """The DuckDB function of each model's function, by its name with the schema."""
        ...

    def has_trailing_blanks(self, table: Table, column: str, siblings: Iterable[str]) -> bool | None:
        """Whether the column holds values that end in a blank, None if that cannot be told.

        siblings: columns to look into with the same query.
        """
        ...


@dataclass(frozen=True)
class Relation:
    """A table or view. columns: Redshift type text by name. stored: a permanent table, not a view or temporary."""

    schema: str
    columns: dict[str, str]
    info: TableInfo
    stored: bool


def redshift_type(duckdb_type: str) -> str:
    """Redshift's type text for DuckDB's: ``DOUBLE`` gives ``double precision``."""
    if duckdb_type.startswith("DECIMAL"):
        return "numeric" + duckdb_type.removeprefix("DECIMAL")
    return _REDSHIFT_TYPES.get(duckdb_type, "super" if duckdb_type.endswith(("[]", ")")) else duckdb_type.lower())


class SessionCatalog:
    """The catalog as one session sees it, its own uncommitted tables included. Lives for one translation."""

    def __init__(self, session: SessionView) -> None:
        self._session = session
        self._relations: dict[tuple[str | None, str], Relation | None] = {}
        # Tables of which the translation may rely on having no trailing blanks; and whether it could not be told.
        self.without_blanks: set[Table] = set()
        self.undecided = False

    def columns(self, schema: str | None, table: str) -> dict[str, str] | None:
        relation = self._relation(schema, table)
        return None if relation is None else relation.columns

    def sort_key(self, schema: str | None, table: str) -> tuple[str, ...]:
        relation = self._relation(schema, table)
        return () if relation is None else relation.info.sort_key

    def table_info(self, schema: str | None, table: str) -> TableInfo:
        relation = self._relation(schema, table)
        return TableInfo() if relation is None else relation.info

    def has_trailing_blanks(self, schema: str | None, table: str, column: str) -> bool:
        relation = self._relation(schema, table)
        if relation is None or not relation.stored:
            return True
        key = (relation.schema.lower(), table.lower())
        # The query will ask of all of them in turn.
        siblings = [name.lower() for name, kind in relation.columns.items() if parse_type(kind).name == "varchar"]
        found = self._session.has_trailing_blanks(key, column, siblings)
        if found is None:
            self.undecided = True
            return True
        if not found:
            self.without_blanks.add(key)
        return found

    def view(self, schema: str | None, name: str) -> str | None:
        rows = self._session.cursor.execute(_VIEW, {"view": name.lower(), "schema": schema}).fetchall()
        return self._first(schema, rows, lambda found: str(found[0][1]))

    def function(self, name: str) -> str | None:
        """With its schema, and without it where the search path leads to it."""
        known = self._session.model_functions
        paths = (name,) if "." in name else (f"{schema}.{name}" for schema in self._session.search_path)
        return next((known[path] for path in paths if path in known), None)

    def table(self, schema: str | None, name: str) -> Table:
        """The full name of a table, which need not be there yet."""
        relation = self._relation(schema, name)
        found = relation.schema if relation else schema or self._session.search_path[0]
        return found.lower(), name.lower()

    def _relation(self, schema: str | None, table: str) -> Relation | None:
        key = (schema, table.lower())
        if key not in self._relations:
            known = self._session.relations
            if key not in known:
                known[key] = self._session.cursor.execute(_RELATION, {"table": table, "schema": schema}).fetchall()
            rows = known[key]
            if schema is None and not _SYSTEM_VIEW.match(table):
                rows = [row for row in rows if row[0] != SCHEMA]
            self._relations[key] = self._first(schema, rows, _described)
        return self._relations[key]

    def _first(self, schema: str | None, rows: list[tuple], describe: Callable[[list[tuple]], _Found]) -> _Found | None:
        """``describe`` of the rows of the schema, or of the first one on the search path that has any; or None."""
        by_schema: dict[str, list[tuple]] = {}
        for row in rows:
            by_schema.setdefault(row[0].lower(), []).append(row)
        # A temporary table hides a permanent one of the same name; DuckDB keeps it in the schema "main".
        for place in (schema.lower(),) if schema else ("main", *self._session.search_path, SCHEMA):
            if place in by_schema:
                return describe(by_schema[place])
        return None


def _described(rows: list[tuple[str, str, str, str | None, bool]]) -> Relation:
    schema, _, _, comment, stored = rows[0]
    info = TableInfo.from_comment(comment)
    declared = {name.lower(): type_text for name, type_text in info.columns.items()}
    columns = {name: declared.get(name.lower()) or redshift_type(found) for _, name, found, _, _ in rows}
    return Relation(schema, columns, info, stored)
