"""The time limit of a statement: it ends what takes longer, each at its own time, and nothing that comes after."""

import threading
import time

from embedded_redshift import deadline
from embedded_redshift.deadline import Deadline

LONG = 600_000


class Cursor:
    """Notes when it is interrupted."""

    def __init__(self) -> None:
        self.interrupted = threading.Event()

    def interrupt(self) -> None:
        self.interrupted.set()


def test_what_takes_longer_is_interrupted_once_at_its_time() -> None:
    """A short limit that comes after a long one does not wait for that."""
    slow, quick = Deadline(Cursor()), Deadline(Cursor())
    with slow.limit(LONG), quick.limit(50):
        assert quick.cursor.interrupted.wait(20)
        assert quick.passed
        assert not slow.cursor.interrupted.is_set()
    assert not slow.passed
    with quick.limit(LONG):
        assert not quick.passed


def test_a_statement_that_was_in_time_and_the_one_after_it_are_left_alone() -> None:
    one = Deadline(Cursor())
    with one.limit(100):
        pass
    with one.limit(LONG):
        time.sleep(0.3)
    with one.limit(0):
        time.sleep(0.1)
    assert not one.cursor.interrupted.is_set()
    assert not one.passed


def test_all_limits_are_watched_by_one_thread() -> None:
    def watching() -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name == deadline.THREAD]

    limits = [Deadline(Cursor()) for _ in range(20)]
    for one in limits:
        with one.limit(LONG):
            assert len(watching()) == 1
    for one in limits:
        with one.limit(1):
            assert one.cursor.interrupted.wait(20)
    assert len(watching()) == 1
