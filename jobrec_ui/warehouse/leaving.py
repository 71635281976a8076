"""Cancels the queries of people who have left: one thread looks twice a second whether somebody still waits."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

PERIOD = 0.5  # seconds
# Redshift Serverless confirms a cancel and may yet leave the client waiting (dbt-labs/dbt-adapters issue 1987): after
# this many seconds the connection is cut from this side.
GRACE = 3.0


@dataclass(eq=False)
class Running:
    """A statement that is running. `cancel` asks the warehouse to end it, `cut` ends the connection."""

    has_left: Callable[[], bool]
    cancel: Callable[[], None]
    cut: Callable[[], None]
    cancelled_at: float | None = None
    # Held while it is being cancelled, so that no late cancel meets the next statement of the connection.
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to end because nobody waits for it."""
        return self.cancelled_at is not None

    def look(self) -> None:
        """Cancels if nobody waits any more, and cuts the connection if that was of no use."""
        with self.lock:
            if self.over:
                return
            if self.cancelled_at is None:
                if self.has_left():
                    self.cancelled_at = time.monotonic()
                    self.cancel()
            elif time.monotonic() - self.cancelled_at > GRACE:
                self.over = True
                self.cut()


class Watch:
    """The statements that somebody waits for. Its thread lives only while there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: set[Running] = set()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def over(
        self, has_left: Callable[[], bool] | None, cancel: Callable[[], None], cut: Callable[[], None]
    ) -> Iterator[Running | None]:
        """Watches while the block runs; None if nobody can leave."""
        if has_left is None:
            yield None
            return
        running = Running(has_left, cancel, cut)
        with self._changed:
            self._running.add(running)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="leaving", daemon=True)
                self._thread.start()
            self._changed.notify()
        try:
            yield running
        finally:
            with self._changed:
                self._running.discard(running)
            with running.lock:
                running.over = True

    def _look(self) -> None:
        while True:
            with self._changed:
                while not self._running:
                    if not self._changed.wait(timeout=60):
                        self._thread = None
                        return
                self._changed.wait(PERIOD)
                watched = list(self._running)
            while watched:  # and none is held on to while the thread waits
                _look(watched.pop())


def _look(running: Running) -> None:
    try:
        running.look()
    except Exception as error:
        logger.warning("A query that nobody waits for could not be cancelled: %s", type(error).__name__)
