"""What is written down while nobody waits for it: which list was shown, whose details were opened, who looked in.

A thread of its own writes, one thing after the other; a process that ends writes first what is still to be written.
What fails goes to the log. What somebody decides is never written in this way: they are told whether it worked.
"""

import contextvars
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from jobrec_ui.errors import WarehouseError

logger = logging.getLogger(__name__)

# With more than so many to write, whoever has one more writes it themselves: nothing is dropped, and nothing piles up.
_MOST_WAITING = 1000


def _behind_others() -> None:
    """Gives this thread the processor when those of people who wait leave it. On Linux threads are scheduled singly."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


_writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="afterwards", initializer=_behind_others)
_waiting = threading.BoundedSemaphore(_MOST_WAITING)


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


def finish() -> None:
    """Returns when all that was to be written until now is."""
    wait([_writer.submit(lambda: None)])
