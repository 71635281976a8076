"""The time limit of a statement, which DuckDB does not have itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

THREAD = "statement timeouts"
_IDLE_SECONDS = 3600.0


@dataclass(eq=False)
class Deadline:
    """Interrupts a cursor when a statement takes too long, and never the statement after it.

    passed: whether the last statement was interrupted.
    """

    cursor: duckdb.DuckDBPyConnection
    passed: bool = False
    _at: float | None = None  # while a statement runs
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def limit(self, milliseconds: int) -> Iterator[None]:
        """Around the statement that may take so long; 0 for as long as it wants."""
        self.passed = False
        if milliseconds == 0:
            yield
            return
        self._at = time.monotonic() + milliseconds / 1000
        _WATCH.add(self, self._at)
        try:
            yield
        finally:
            with self._lock:
                self._at = None
            _WATCH.remove(self)

    def interrupt_if_over(self, now: float) -> None:
        """Called by the watch, in its thread."""
        with self._lock:
            if self._at is not None and self._at <= now:
                self._at = None
                self.passed = True
                self.cursor.interrupt()


class _Watch:
    """One thread that waits for the next deadline of all. To start one for each statement takes longer than many run.

    Most statements are over long before their time: a deadline that is taken away wakes nobody, the thread finds it
    gone when it would have come.
    """

    def __init__(self) -> None:
        self._deadlines: dict[Deadline, float] = {}
        self._wakes_at = 0.0
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None

    def add(self, deadline: Deadline, at: float) -> None:
        with self._condition:
            self._deadlines[deadline] = at
            if self._thread is None or not self._thread.is_alive():  # a process that was forked has none
                self._thread = threading.Thread(target=self._run, name=THREAD, daemon=True)
                self._wakes_at = at
                self._thread.start()
            elif at < self._wakes_at:
                self._condition.notify()

    def remove(self, deadline: Deadline) -> None:
        with self._condition:
            self._deadlines.pop(deadline, None)

    def _run(self) -> None:
        while True:
            with self._condition:
                self._wakes_at = min(self._deadlines.values(), default=time.monotonic() + _IDLE_SECONDS)
                self._condition.wait(max(0.0, self._wakes_at - time.monotonic()))
            self._interrupt_those_over(time.monotonic())

    def _interrupt_those_over(self, now: float) -> None:
        """By itself, so that the waiting thread holds no cursor when the process ends."""
        with self._condition:
            over = [deadline for deadline, at in self._deadlines.items() if at <= now]
            for deadline in over:
                del self._deadlines[deadline]
        for deadline in over:
            deadline.interrupt_if_over(now)


_WATCH = _Watch()
