"""What is written down while nobody waits for it: which list was shown, whose details were opened, who looked in.

A thread of its own writes, one thing after the other, and what waits to be written in the same way at once; a process
that ends writes first what is still to be written.
What fails goes to the log. What somebody decides is never written in this way: they are told whether it worked.
"""

import contextvars
import logging
import os
import sys
import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, TypeVar

from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse.warehouse import Warehouse

logger = logging.getLogger(__name__)

# With more than so many to write, whoever has one more writes it themselves: nothing is dropped, and nothing piles up.
_MOST_WAITING = 1000
_MOST_TOGETHER = 50

One = TypeVar("One")


def _behind_others() -> None:
    """Gives this thread the processor when those of people who wait leave it. On Linux threads are scheduled singly."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


_writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="deferred", initializer=_behind_others)
_waiting = threading.BoundedSemaphore(_MOST_WAITING)
_together: dict[Hashable, list[Any]] = {}
_changing = threading.Lock()


def write(what: str, work: Callable[[], object]) -> None:
    """Has ``work`` done soon, labelled as what this thread does now. ``what`` says in the log what failed."""

    def written() -> None:
        try:
            work()
        except WarehouseError as error:
            logger.warning("%s: not written down, %s", what, type(error.__cause__ or error).__name__)

    def in_turn() -> None:
        try:
            written()
        finally:
            _waiting.release()

    if _waiting.acquire(blocking=False):
        _writer.submit(contextvars.copy_context().run, in_turn)
    else:
        written()


def write_together(what: str, work: Callable[[Warehouse, Sequence[One]], object], wh: Warehouse, one: One) -> None:
    """Has ``work`` done soon, with ``one`` and all that waits for the same ``work`` by then, in the order it came."""
    key = (work, wh)
    with _changing:
        waiting = _together.get(key)
        if waiting is not None and len(waiting) < _MOST_TOGETHER:
            waiting.append(one)
            return
        ones = _together[key] = [one]

    def all_of_them() -> None:
        with _changing:
            if _together.get(key) is ones:
                del _together[key]
        work(wh, ones)

    write(what, all_of_them)


def finish() -> None:
    """Returns when all that was to be written until now is."""
    wait([_writer.submit(lambda: None)])
