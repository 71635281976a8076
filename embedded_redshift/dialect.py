"""SQLAlchemy's way in: ``create_engine("redshift+local:///path.duckdb")``."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from sqlalchemy import URL, Connection, pool, text
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGIdentifierPreparer, PGTypeCompiler
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchTableError

from embedded_redshift import database, dbapi
from embedded_redshift.translate.types import without_identity

_TYPES: dict[str, type[sqltypes.TypeEngine[Any]]] = {
    "boolean": sqltypes.Boolean,
    "smallint": sqltypes.SmallInteger,
    "integer": sqltypes.Integer,
    "bigint": sqltypes.BigInteger,
    "real": sqltypes.REAL,
    "double precision": sqltypes.Double,
    "date": sqltypes.Date,
    "time": sqltypes.Time,
    "timestamp": sqltypes.DateTime,
    "timestamp without time zone": sqltypes.DateTime,
    "timestamptz": sqltypes.TIMESTAMP,
}


class SessionPool(pool.QueuePool):
    """Keeps a few sessions; a burst of threads gets as many as it needs, since a session costs next to nothing."""

    def __init__(self, creator: Any, pool_size: int = 8, max_overflow: int = -1, **options: Any) -> None:
        super().__init__(creator, pool_size=pool_size, max_overflow=max_overflow, **options)


class RedshiftLocalDialect(DefaultDialect):
    """Redshift's dialect: text statements, simple Core expressions, transactions, names of tables and columns."""

    name = "redshift"
    driver = "local"
    default_paramstyle = "named"
    statement_compiler = PGCompiler
    type_compiler_cls = PGTypeCompiler
    preparer = PGIdentifierPreparer
    max_identifier_length = 127
    supports_statement_cache = True
    supports_native_boolean = True
    supports_sane_multi_rowcount = False
    supports_multivalues_insert = True
    supports_default_values = True
    supports_sequences = False
    supports_alter = True
    implicit_returning = False
    insert_returning = False
    update_returning = False
    delete_returning = False
    postfetch_lastrowid = False
    default_schema_name = "public"
    in_aws = False  # CREATE MODEL trains in this process, and nothing is billed
    # Heavy queries, such as rankings, that an application should send at the same time. More than there are cores to
    # run them would all come late instead of one after another.
    rankings_at_once = os.cpu_count() or 1
    _backslash_escapes = False
    _supports_drop_index_concurrently = False

    @classmethod
    def import_dbapi(cls) -> Any:
        return dbapi

    @classmethod
    def get_pool_class(cls, url: URL) -> type[pool.Pool]:
        return SessionPool

    def create_connect_args(self, url: URL) -> tuple[list[str], dict[str, Any]]:
        """The file's path and options. Raises ArgumentError for an address without a path or an unknown option."""
        if not url.database or url.database == ":memory:" or url.host:
            raise ArgumentError(
                "The address of an embedded warehouse names a file: redshift+local:///relative/path.duckdb or "
                "redshift+local:////absolute/path.duckdb."
            )
        if unknown := set(url.query) - set(database.OPTIONS):
            raise ArgumentError(
                f"The warehouse address has an unknown option {min(unknown)}; known are {', '.join(database.OPTIONS)}."
            )
        return [url.database], {name: str(value) for name, value in url.query.items()}

    def initialize(self, connection: Connection) -> None:
        """Nothing to ask: what a dialect learns from its server is known here."""
        self.server_version_info = (8, 0, 2)
        self.default_isolation_level = "SERIALIZABLE"

    def get_isolation_level_values(self, dbapi_connection: DBAPIConnection) -> list[Any]:
        return ["SERIALIZABLE", "AUTOCOMMIT"]

    def get_default_isolation_level(self, dbapi_connection: DBAPIConnection) -> Any:
        return "SERIALIZABLE"

    def get_isolation_level(self, dbapi_connection: DBAPIConnection) -> Any:
        return "AUTOCOMMIT" if dbapi_connection.autocommit else "SERIALIZABLE"

    def set_isolation_level(self, dbapi_connection: DBAPIConnection, level: Any) -> None:
        dbapi_connection.autocommit = level == "AUTOCOMMIT"

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        return isinstance(e, dbapi.InterfaceError | dbapi.InternalError)

    # -- what SQLAlchemy has no word for, and a dialect of a real cluster can offer likewise -------------------------

    def ping(self, dbapi_connection: Any) -> bool:
        """Whether the session works: it lives in this process."""
        return True

    def cancel(self, dbapi_connection: Any, ask: Callable[[int], None]) -> None:
        """Cancels what another thread runs on the session."""
        dbapi_connection.cancel()

    def cut(self, dbapi_connection: Any) -> None:
        """Nothing more to do: a cancelled statement always ends."""

    def expect(self, dbapi_connection: Any, megabytes: int) -> None:
        """No limit: the rows are in this process already."""

    def one_core_each(self, dbapi_connection: Any) -> None:
        """Has each statement of the process run on one core, unless the address says on how many."""
        dbapi_connection.session.database.one_core_each()

    def translated(self, dbapi_connection: Any, statement: str) -> str:
        """What DuckDB runs for a statement; a statement about models as it is."""
        return dbapi_connection.session.translated(statement)

    def type_word(self, code: str) -> str:
        """The word for the type of a column in a cursor's description."""
        return code

    def stage(self, connection: Connection, schema: str, table: str, rows: pa.Table) -> None:
        """Makes ``schema.table`` anew with ``rows``."""
        driver: Any = connection.connection.driver_connection
        driver.stage(schema, table, rows)

    # -- reflection: enough for pandas, st.connection and inspect().get_table_names() ------------------------------

    def _relations(self, connection: Connection, schema: str | None, kinds: tuple[str, ...]) -> list[str]:
        rows = connection.execute(
            text(
                "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = :schema "
                "ORDER BY table_name"
            ),
            {"schema": schema or self.default_schema_name},
        )
        return [name for name, kind in rows if kind in kinds]

    def has_table(self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        kinds = ("BASE TABLE", "VIEW", "LOCAL TEMPORARY")
        return table_name.lower() in (name.lower() for name in self._relations(connection, schema, kinds))

    def get_schema_names(self, connection: Connection, **kw: Any) -> list[str]:
        rows = connection.execute(text("SELECT DISTINCT table_schema FROM information_schema.tables"))
        return sorted({name for (name,) in rows} | {"public"})

    def get_table_names(self, connection: Connection, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, schema, ("BASE TABLE",))

    def get_view_names(self, connection: Connection, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, schema, ("VIEW",))

    def get_columns(self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any) -> list[Any]:
        driver: Any = connection.connection.driver_connection
        found = driver.session.columns(schema or self.default_schema_name, table_name)
        if found is None:
            raise NoSuchTableError(table_name)
        return [{"name": name, "type": _type(of), "nullable": True, "default": None} for name, of in found.items()]

    def get_pk_constraint(self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        return {"constrained_columns": [], "name": None}

    def get_foreign_keys(self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        return []

    def get_indexes(self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        return []


def _type(redshift_type: str) -> sqltypes.TypeEngine[Any]:
    if redshift_type.startswith(("varchar", "char")):
        length = redshift_type.partition("(")[2].rstrip(")")
        return sqltypes.String(int(length)) if length.isdigit() else sqltypes.String()
    if redshift_type.startswith("numeric"):
        return sqltypes.Numeric()
    return _TYPES.get(without_identity(redshift_type), sqltypes.Text)()
