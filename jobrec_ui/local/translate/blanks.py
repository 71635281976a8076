"""Which VARCHAR columns hold values that end in a blank.

Such values are rare, and where there are none a comparison can be DuckDB's own, which skips blocks of rows. The
answer is looked up in the data when it is first needed, and again after each write to the table.
"""

from __future__ import annotations

import threading
from typing import Protocol

from jobrec_ui.local.translate.values import identifier

Column = tuple[str | None, str, str]


class Executor(Protocol):
    """A DuckDB connection or cursor."""

    def execute(self, query: str) -> Executor: ...
    def fetchone(self) -> tuple[object, ...] | None: ...


class TrailingBlanks:
    """Thread-safe memory of the columns that were asked about."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Column, bool] = {}

    def holds(self, connection: Executor, schema: str | None, table: str, column: str) -> bool:
        """Whether the column holds a value that ends in a blank, looking at the data the first time."""
        key = (schema, table, column)
        with self._lock:
            if key in self._known:
                return self._known[key]
        found = _look(connection, key)
        with self._lock:
            self._known[key] = found
        return found

    def recheck(self, connection: Executor, schema: str | None, table: str) -> bool:
        """After rows were written: look again at the columns that had none. True when an answer changed."""
        with self._lock:
            clean = [k for k, found in self._known.items() if k[:2] == (schema, table) and not found]
        changed = [k for k in clean if _look(connection, k)]
        with self._lock:
            for key in changed:
                self._known[key] = True
        return bool(changed)

    def forget(self, schema: str | None, table: str) -> None:
        """After the table was made anew, altered or dropped."""
        with self._lock:
            for key in [k for k in self._known if k[:2] == (schema, table)]:
                del self._known[key]


def _look(connection: Executor, column: Column) -> bool:
    schema, table, name = column
    source = (f"{identifier(schema)}." if schema else "") + identifier(table)
    quoted = identifier(name)
    row = connection.execute(f"SELECT EXISTS (SELECT 1 FROM {source} WHERE suffix({quoted}, ' '))").fetchone()
    return row is not None and bool(row[0])
