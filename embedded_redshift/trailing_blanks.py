"""Knows which VARCHAR columns hold no value that ends in a blank, so that comparisons on them can be plain and fast.

Redshift ignores trailing blanks when it compares VARCHARs. The translation must trim both sides for that, which keeps
DuckDB from using its zone maps, unless it is known that there is nothing to trim. That is found out by looking once,
and holds until the table is written.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

Table = tuple[str, str]  # schema, name; both in lower case


class TrailingBlanks:
    """What is known of the columns of one database. Shared by all its sessions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[Table, str], bool] = {}
        self._clock = 0
        self._last_write: dict[Table, int] = {}
        self._being_written: dict[Table, int] = {}

    @property
    def clock(self) -> int:
        """Counts committed writes; a transaction that began at clock c may not have seen what was written later."""
        with self._lock:
            return self._clock

    def unchanged_since(self, clock: int, tables: Iterable[Table]) -> bool:
        """Whether none of the tables was written after ``clock`` or is being written now."""
        with self._lock:
            return all(table not in self._being_written and self._last_write.get(table, 0) <= clock for table in tables)

    def column_has(
        self, cursor: duckdb.DuckDBPyConnection, table: Table, column: str, clock: int, siblings: Iterable[str] = ()
    ) -> bool | None:
        """Whether the column holds values that end in a blank, for a transaction that began at ``clock``.

        None if that cannot be told because the table was written meanwhile. ``cursor`` must be outside any
        transaction, so that it sees what is committed now. ``siblings``: columns to look into with the same query.
        """
        if not self.unchanged_since(clock, [table]):
            return None
        key = (table, column)
        with self._lock:
            if key in self._known:
                return self._known[key]
        columns = list(dict.fromkeys((column, *siblings)))
        asked = ", ".join(f"coalesce(bool_or(ends_with({_quoted(name)}, ' ')), false)" for name in columns)
        source = ".".join(map(_quoted, table))
        [found] = cursor.execute(f"SELECT {asked} FROM {source}").fetchall()
        if not self.unchanged_since(clock, [table]):
            return None
        with self._lock:
            self._known |= {(table, name): bool(ends) for name, ends in zip(columns, found, strict=True)}
        return bool(found[0])

    @contextmanager
    def writing(self, tables: Iterable[Table]) -> Iterator[None]:
        """Around the COMMIT of a transaction that wrote the tables: nothing is taken as known of them meanwhile."""
        written = set(tables)
        with self._lock:
            for table in written:
                self._being_written[table] = self._being_written.get(table, 0) + 1
            self._known = {key: value for key, value in self._known.items() if key[0] not in written}
        try:
            yield
        finally:
            with self._lock:
                self._clock += 1
                for table in written:
                    self._last_write[table] = self._clock
                    self._being_written[table] -= 1
                    if not self._being_written[table]:
                        del self._being_written[table]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
