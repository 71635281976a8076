"""SQLAlchemy's way to Amazon Redshift: sqlalchemy-redshift's dialect, mended where it or the driver goes astray.

What is mended (each seen in the source of sqlalchemy-redshift 1.0.0 and redshift_connector 2.2.0):
- options in the address arrive as text, and ``ssl=true`` as text means no TLS at all;
- a percent sign inside quotes arrives doubled;
- a lost connection raises OSError, struct.error and the like, which SQLAlchemy does not take for the driver's, and
  nothing is ever recognised as a lost connection, so that a broken one goes back to the pool;
- a ping begins a transaction, in which a statement meant to run outside of one would then be undone;
- a change of isolation level costs round trips, though Redshift knows only one;
- the time limit for connecting stays on the socket and ends slow queries;
- every row of an answer is kept in memory, however many there are.
"""

from __future__ import annotations

import contextlib
import inspect
import math
import re
import socket
import sys
import time
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import redshift_connector
from sqlalchemy import URL, Connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy_redshift.dialect import RedshiftDialect_redshift_connector

from jobrec_ui.warehouse import failures
from jobrec_ui.warehouse.staging import stage

_DEFAULTS: dict[str, Any] = {
    "ssl": True,
    "sslmode": "verify-full",
    "application_name": "jobrec_ui",
    "tcp_keepalive": True,
    # A connection through NAT or a proxy is forgotten after some minutes of silence; a dead one is noticed in two.
    "tcp_keepalive_idle": 60,
    "tcp_keepalive_interval": 15,
    "tcp_keepalive_count": 4,
}
CONNECT_TIMEOUT = 15  # seconds
FRESH = 15  # seconds for which a connection that worked is taken to work

_TYPE_WORDS = {
    16: "boolean", 18: "char", 19: "char", 20: "bigint", 21: "smallint", 23: "integer", 25: "text", 700: "real",
    701: "double precision", 1042: "char", 1043: "varchar", 1082: "date", 1083: "time", 1114: "timestamp",
    1184: "timestamptz", 1266: "timetz", 1700: "numeric", 4000: "super", 6551: "varbyte",
}  # fmt: skip
_DATA_ROW = b"D"  # the protocol's letter of a row of an answer
_SSL_MODES = ("verify-full", "verify-ca")
_TRUTH = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}
# Quoted text and comments, in which a percent sign is only a percent sign, or a percent sign elsewhere.
_PERCENT = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|%", re.DOTALL)


class _Compiler(RedshiftDialect_redshift_connector.statement_compiler):
    def post_process_text(self, text: str) -> str:
        """Doubles the percent signs that the driver halves again: those outside quotes and comments."""
        return _PERCENT.sub(lambda found: "%%" if found[0] == "%" else found[0], text)


class RedshiftDialect(RedshiftDialect_redshift_connector):
    """``redshift+redshift_connector://``, for any number of threads, each with connections of its own."""

    statement_compiler = _Compiler
    supports_statement_cache = False
    default_schema_name = "public"
    in_aws = True  # trains and stages through S3, with a role that Redshift takes on
    rankings_at_once = sys.maxsize  # a cluster has its own queues; the settings say how many are sent

    @classmethod
    def import_dbapi(cls) -> Any:
        return redshift_connector

    # -- the address -------------------------------------------------------------------------------------------------

    def create_connect_args(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """The driver's arguments, in their own types. Raises ArgumentError with a sentence for what it cannot be."""
        named = {"user": url.username, "password": url.password, "host": url.host, "port": url.port}
        given = {name: value for name, value in named.items() if value is not None}
        for name, text in url.query.items():
            given[name] = _typed(name, text)
        if url.database:
            given["database"] = url.database
        return [], {**_DEFAULTS, **given}

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """A new connection: at most CONNECT_TIMEOUT seconds to get it, no limit of the socket afterwards."""
        try:
            connection: Any = redshift_connector.connect(*cargs, **{"timeout": CONNECT_TIMEOUT, **cparams})
        except redshift_connector.Error:
            raise
        except Exception as error:  # of boto3, mostly: no credentials, no permission, no such cluster
            raise redshift_connector.OperationalError(
                f"No login for the warehouse could be had from AWS ({type(error).__name__}): {error}"
            ) from error
        connection._usock.settimeout(None)
        connection.last_used = time.monotonic()
        _count_rows(connection)
        return connection

    def initialize(self, connection: Connection) -> None:
        """Nothing to ask: Redshift calls itself PostgreSQL 8.0.2 and has one isolation level."""
        self.server_version_info = (8, 0, 2)
        self.default_isolation_level = "SERIALIZABLE"
        self._backslash_escapes = False

    # -- isolation ---------------------------------------------------------------------------------------------------

    def get_isolation_level_values(self, dbapi_connection: Any) -> list[Any]:
        return ["SERIALIZABLE", "AUTOCOMMIT"]

    def get_default_isolation_level(self, dbapi_connection: Any) -> Any:
        return "SERIALIZABLE"

    def get_isolation_level(self, dbapi_connection: Any) -> Any:
        return "AUTOCOMMIT" if dbapi_connection.autocommit else "SERIALIZABLE"

    def set_isolation_level(self, dbapi_connection: Any, level: Any) -> None:
        """Every level is serializable on Redshift, so there is nothing to say to the server."""
        dbapi_connection.autocommit = level == "AUTOCOMMIT"

    # -- running -----------------------------------------------------------------------------------------------------

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        cursor._c.arrived = 0
        with _as_driver_error(cursor._c):
            cursor.execute(statement, [_plain(value) for value in parameters])

    def do_executemany(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        with _as_driver_error(cursor._c):
            cursor.executemany(statement, [[_plain(value) for value in row] for row in parameters])

    def do_execute_no_params(self, cursor: Any, statement: Any, context: Any = None) -> None:
        with _as_driver_error(cursor._c):
            cursor.execute(statement)

    def do_commit(self, dbapi_connection: Any) -> None:
        with _as_driver_error(dbapi_connection):
            if dbapi_connection.in_transaction:
                dbapi_connection.commit()

    def do_rollback(self, dbapi_connection: Any) -> None:
        with _as_driver_error(dbapi_connection):
            dbapi_connection.rollback()

    def do_ping(self, dbapi_connection: Any) -> bool:
        """Whether the connection works, asked outside a transaction, and not of one that worked a moment ago."""
        if time.monotonic() - dbapi_connection.last_used < FRESH:
            return True
        return self.ping(dbapi_connection)

    def ping(self, dbapi_connection: Any) -> bool:
        """Asks the server. Raises the driver's error if it does not answer."""
        before, dbapi_connection.autocommit = dbapi_connection.autocommit, True
        try:
            with _as_driver_error(dbapi_connection):
                cursor = dbapi_connection.cursor()
                cursor.execute(self._dialect_specific_select_one)
                cursor.close()
        finally:
            dbapi_connection.autocommit = before
        return True

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        return isinstance(e, redshift_connector.Error) and (failures.is_lost(e) or failures.is_too_large(e))

    # -- what SQLAlchemy has no word for -----------------------------------------------------------------------------

    def process_id(self, dbapi_connection: Any) -> int | None:
        """The server's number of a session, as the server gave it at the start; None if it did not."""
        key: bytes | None = dbapi_connection._backend_key_data
        return int.from_bytes(key[:4], "big") if key else None

    def cancel(self, dbapi_connection: Any, ask: Callable[[int], None]) -> None:
        """Cancels what another thread runs on the connection: ``ask`` has to tell the server on another one."""
        process_id = self.process_id(dbapi_connection)
        if process_id is not None:
            ask(process_id)

    def cut(self, dbapi_connection: Any) -> None:
        """Ends the connection under whoever is waiting on it: they get an error, the pool gets rid of it."""
        with contextlib.suppress(OSError):
            # Not SSLSocket's own: that forgets the key while the other thread is still reading with it.
            socket.socket.shutdown(dbapi_connection._usock, socket.SHUT_RDWR)

    def expect(self, dbapi_connection: Any, megabytes: int) -> None:
        """The next answers on the connection may be that large; it cannot be used any more after a larger one."""
        dbapi_connection.most = megabytes * 1_000_000

    def one_core_each(self, dbapi_connection: Any) -> None:
        """Nothing to do: a cluster decides itself."""

    def translated(self, dbapi_connection: Any, statement: str) -> str:
        """The statement as it is: it is Redshift's own."""
        return statement

    def type_word(self, code: int) -> str:
        """Redshift's word for the type of a column in a cursor's description."""
        return _TYPE_WORDS.get(code, f"type {code}")

    def stage(self, connection: Connection, schema: str, table: str, rows: pa.Table) -> None:
        """Makes ``schema.table`` anew with ``rows``."""
        stage(connection, schema, table, rows)


def _count_rows(connection: Any) -> None:
    """Has a connection of the driver's break off answers that are larger than its ``most`` bytes."""
    keep = connection.message_types[_DATA_ROW]
    connection.arrived, connection.most = 0, math.inf

    def kept(row: bytes, cursor: Any) -> None:
        connection.arrived += len(row)
        if connection.arrived > connection.most:
            cursor._cached_rows.clear()
            raise redshift_connector.InterfaceError(failures.TOO_LARGE, connection.most)
        keep(row, cursor)

    connection.message_types[_DATA_ROW] = kept


@contextlib.contextmanager
def _as_driver_error(connection: Any) -> Iterator[None]:
    """Whatever breaks off an exchange leaves the connection unusable, and is raised as an error of the driver's.

    ``connection`` is the driver's, or SQLAlchemy's around it.
    """
    driver = getattr(connection, "driver_connection", connection)
    try:
        yield
        driver.last_used = time.monotonic()
    except redshift_connector.Error:
        raise
    except (OSError, EOFError) as error:
        raise redshift_connector.InterfaceError("BrokenPipe: server socket closed.", error) from error
    except Exception as error:
        raise redshift_connector.InterfaceError(
            f"The answer of the warehouse broke off ({type(error).__name__}).", error
        ) from error


def _plain(value: Any) -> Any:
    """A value as plain Python has it: NumPy's and pandas' own types, and a missing time, mean nothing to the driver."""
    if hasattr(value, "to_pydatetime"):
        return None if value != value else value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _argument_types() -> dict[str, type]:
    """The type of each of the driver's arguments."""
    found = {}
    for name in inspect.signature(redshift_connector.connect).parameters:
        hint = typing.get_type_hints(redshift_connector.connect)[name]
        kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType]
        found[name] = typing.get_origin(kinds[0]) or kinds[0]
    return found


ARGUMENT_TYPES = _argument_types()


def _typed(name: str, given: str | tuple[str, ...]) -> Any:
    """An option of the address in the type that the driver wants. Raises ArgumentError."""
    wanted = ARGUMENT_TYPES.get(name)
    if wanted is None:
        raise ArgumentError(f"The warehouse address has an option {name} that the driver does not know.")
    if name == "timeout":
        raise ArgumentError(
            "The warehouse address has the option timeout, which would end every slow query with a broken connection. "
            "Leave it out; time limits per kind of query are set under [limits] in the settings."
        )
    if wanted is list:
        return [part for text in ([given] if isinstance(given, str) else given) for part in text.split(",")]
    text = given if isinstance(given, str) else given[-1]
    if name == "sslmode" and text not in _SSL_MODES:
        raise ArgumentError(f"The warehouse address has sslmode={text}; possible are {' and '.join(_SSL_MODES)}.")
    if wanted is bool:
        if text.lower() not in _TRUTH:
            raise ArgumentError(f"The warehouse address has {name}={text}; possible are true and false.")
        return _TRUTH[text.lower()]
    if wanted is int:
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise ArgumentError(f"The warehouse address has {name}={text}, which should be a whole number.")
        return int(text)
    return text
