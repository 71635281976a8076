"""The embedded warehouse's PEP 249 module: Redshift SQL in, rows or Arrow tables out.

A connection is one session: its own transaction, search path, query group and statement timeout. As with
redshift_connector, a transaction begins by itself with the first statement unless ``autocommit`` is set, and after
an error nothing runs until it is rolled back.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from embedded_redshift.border import at_the_border
from embedded_redshift.database import Database
from embedded_redshift.errors import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,
)
from embedded_redshift.session import Result, Session

__all__ = [
    "BINARY", "DATETIME", "NUMBER", "ROWID", "STRING", "Binary", "Connection", "Cursor", "DataError", "DatabaseError",
    "Date", "DateFromTicks", "Error", "IntegrityError", "InterfaceError", "InternalError", "NotSupportedError",
    "OperationalError", "ProgrammingError", "Time", "TimeFromTicks", "Timestamp", "TimestampFromTicks", "Warning",
    "apilevel", "connect", "paramstyle", "threadsafety",
]  # fmt: skip

apilevel = "2.0"
threadsafety = 1  # threads may share the module, each with a connection of its own
paramstyle = "named"


class _TypeGroup:
    """PEP 249's type objects: equal to each of the type names in ``Cursor.description`` that belong to them."""

    def __init__(self, *names: str) -> None:
        self._names = frozenset(names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and re.sub(r"\(.*", "", other) in self._names

    def __hash__(self) -> int:
        return hash(self._names)


STRING = _TypeGroup("varchar", "super", "time", "timetz")
BINARY = _TypeGroup("varbyte")
NUMBER = _TypeGroup("smallint", "integer", "bigint", "numeric", "real", "double precision", "boolean")
DATETIME = _TypeGroup("date", "timestamp", "timestamptz")
ROWID = _TypeGroup()

Date, Time, Timestamp, Binary = dt.date, dt.time, dt.datetime, bytes


def DateFromTicks(ticks: float) -> dt.date:  # noqa: N802 - PEP 249's name
    """The local date of a Unix time."""
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks: float) -> dt.time:  # noqa: N802 - PEP 249's name
    """The local time of day of a Unix time."""
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks: float) -> dt.datetime:  # noqa: N802 - PEP 249's name
    """The local date and time of a Unix time."""
    return Timestamp(*time.localtime(ticks)[:6])


def connect(path: str, **options: str) -> Connection:
    """A new session on the database file at ``path``, which is created if there is none.

    ``options``: ``threads`` and ``memory_limit``, used by the first connection that opens the file in this process.
    Raises OperationalError if the file cannot be opened, for example because another process has it open.
    """
    return Connection(Database.open(path, options))


class Connection:
    """One session. Not for use by several threads at once."""

    Error = Error
    ProgrammingError = ProgrammingError
    OperationalError = OperationalError
    IntegrityError = IntegrityError

    def __init__(self, database: Database) -> None:
        self._database = database
        try:
            self._session: Session | None = Session(database)
        except BaseException:
            database.release()
            raise

    @property
    def session(self) -> Session:
        """The session behind this connection. Raises InterfaceError once it is closed."""
        if self._session is None:
            raise InterfaceError("connection is closed")
        return self._session

    @property
    def autocommit(self) -> bool:
        """Whether each statement is a transaction of its own."""
        return self.session.autocommit

    @autocommit.setter
    def autocommit(self, value: bool) -> None:
        self.session.autocommit = value

    @at_the_border
    def cursor(self) -> Cursor:
        """A cursor; all cursors of a connection share its transaction."""
        return Cursor(self)

    @at_the_border
    def commit(self) -> None:
        """Ends the transaction. After an error in it, nothing of it is kept, as in Redshift."""
        self.session.commit()

    @at_the_border
    def rollback(self) -> None:
        """Undoes the transaction."""
        self.session.rollback()

    @at_the_border
    def cancel(self) -> None:
        """Cancels the statement that another thread is running on this connection."""
        self.session.cancel()

    @at_the_border
    def stage(self, schema: str, table: str, rows: pa.Table) -> None:
        """Makes ``schema.table`` anew, in the current transaction, with ``rows``. Raises DataError."""
        self.session.stage(schema, table, rows)

    @at_the_border
    def wait_for_trainings(self, timeout: float | None = None) -> bool:
        """Waits until no model is in training; False if that took longer than ``timeout`` seconds."""
        return self._database.models.wait(timeout)

    @at_the_border
    def close(self) -> None:
        """Undoes an open transaction and gives the session back. Closing twice does nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            try:
                session.close()
            finally:
                self._database.release()

    def __del__(self) -> None:
        self.close()


class Cursor:
    """Runs statements and holds the rows of the last one, all of them, in memory."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._result = Result()
        self._rows: list[tuple[Any, ...]] | None = None
        self._position = 0
        self._closed = False

    @property
    def description(self) -> list[tuple[Any, ...]] | None:
        """(name, type text, None, …) for each column of the result; None if the statement gives no rows."""
        if self._result.table is None:
            return None
        names = self._result.table.column_names
        return [
            (name, type_text, None, None, None, None, None)
            for name, type_text in zip(names, self._result.types, strict=True)
        ]

    @property
    def rowcount(self) -> int:
        """Rows that a write changed or a query returned; -1 if that is not known."""
        return self._result.rowcount

    @at_the_border
    def execute(self, operation: str, parameters: Mapping[str, Any] | None = None) -> Cursor:
        """Runs one Redshift statement. ``parameters``: a value for each ``:name`` in it."""
        if self._closed:
            raise InterfaceError("cursor is closed")
        if not isinstance(operation, str):
            raise InterfaceError(f"A statement is a text, not a {type(operation).__name__}.")
        if parameters is not None and not isinstance(parameters, Mapping):
            raise ProgrammingError("Parameters are named here: give a dict with a value for each :name.")
        self._result, self._rows, self._position = Result(), None, 0
        self._result = self.connection.session.execute(operation, parameters or {})
        return self

    @at_the_border
    def executemany(self, operation: str, seq_of_parameters: Sequence[Mapping[str, Any]]) -> Cursor:
        """Runs the statement once for each set of parameters; ``rowcount`` is the sum."""
        total = 0
        for parameters in seq_of_parameters:
            self.execute(operation, parameters)
            total += max(self._result.rowcount, 0)
        self._result = Result(rowcount=total)
        return self

    @at_the_border
    def arrow(self) -> pa.Table:
        """All rows of the result, wherever fetching stands. Raises ProgrammingError if it was no query."""
        if self._result.table is None:
            raise ProgrammingError("The last statement returned no rows to fetch.")
        return self._result.table

    @at_the_border
    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, None at the end."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    @at_the_border
    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """The next ``size`` rows (default ``arraysize``), fewer at the end."""
        rows = self._as_rows()[self._position : self._position + (self.arraysize if size is None else size)]
        self._position += len(rows)
        return rows

    @at_the_border
    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows not fetched yet."""
        rows = self._as_rows()[self._position :]
        self._position += len(rows)
        return rows

    def _as_rows(self) -> list[tuple[Any, ...]]:
        if self._rows is None:
            try:
                self._rows = list(zip(*(column.to_pylist() for column in self.arrow().columns), strict=True))
            except (OverflowError, ValueError) as error:
                raise DataError(
                    "A date or time of the result is outside the years 1 to 9999, which Python has."
                ) from error
        return self._rows

    def __iter__(self) -> Cursor:
        return self

    def __next__(self) -> tuple[Any, ...]:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def setinputsizes(self, sizes: object) -> None:
        """Does nothing; PEP 249 wants it."""

    def setoutputsize(self, size: int, column: int | None = None) -> None:
        """Does nothing; PEP 249 wants it."""

    @at_the_border
    def close(self) -> None:
        """Lets go of the rows."""
        self._closed = True
        self._result, self._rows = Result(), None
