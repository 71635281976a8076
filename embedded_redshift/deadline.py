"""The time limit of a statement, which DuckDB does not have itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb


@dataclass
class Deadline:
    """Interrupts a cursor when a statement takes too long, and never the statement after it.

    passed: whether the last statement was interrupted.
    """

    cursor: duckdb.DuckDBPyConnection
    passed: bool = False
    _running: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def limit(self, milliseconds: int) -> Iterator[None]:
        """Around the statement that may take so long; 0 for as long as it wants."""
        self.passed = False
        if milliseconds == 0:
            yield
            return
        self._running = True
        timer = threading.Timer(milliseconds / 1000, self._interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            with self._lock:
                self._running = False
            timer.cancel()

    def _interrupt(self) -> None:
        with self._lock:
            if self._running:
                self.passed = True
                self.cursor.interrupt()
