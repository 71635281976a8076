"""What the models ask of the database that they are in, and of the session that a statement about them runs in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

import duckdb
import pyarrow as pa


class Database(Protocol):
    """The open database file. What is read and written of it by several threads is so under ``lock``."""

    functions: dict[str, str]  # the DuckDB function of each model's function, by its name with the schema

    @property
    def root(self) -> duckdb.DuckDBPyConnection:
        """The connection in which functions are made for all connections."""
        ...

    @property
    def lock(self) -> threading.RLock:
        """Held around changes that other threads must see as one."""
        ...

    def lookup(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection outside any transaction, for a moment."""
        ...

    def catalog_changed(self) -> None:
        """Marks that tables, views or models changed."""
        ...

    def retain(self) -> None:
        """Keeps the file open until one more :meth:`release`."""
        ...

    def release(self) -> None:
        """Gives back what :meth:`retain` gave."""
        ...


class Session(Protocol):
    """The session in whose transaction a statement about models is carried out."""

    on_transaction_end: list[Callable[[bool], None]]  # called at the end of the transaction: with True after a commit
    created_models: set[int]  # ids of the models that the transaction made, which nobody else sees

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The session's connection."""
        ...

    @property
    def search_path(self) -> tuple[str, ...]:
        """The schemas in which a bare name is looked up, in order."""
        ...

    def check_schema(self, schema: str) -> None:
        """Raises ProgrammingError if there is no such schema."""
        ...

    def select(self, query: str) -> tuple[pa.Table, tuple[str, ...]]:
        """The rows of a SELECT, and their Redshift types. Raises the DB-API's errors."""
        ...

    def begin(self) -> None:
        """Begins a transaction unless one is open."""
        ...

    def commit(self) -> None:
        """Ends the open transaction. Raises ProgrammingError on a conflict."""
        ...
