"""Work in the background: how far it is, what came of it, how it is stopped, and that there is one at a time."""

import threading
from collections.abc import Callable

import pytest

from jobrec_ui.errors import InputError
from jobrec_ui.jobs import job
from jobrec_ui.jobs.job import Job
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse


@pytest.fixture
def wh(tmp_path):
    warehouse = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
    yield warehouse
    warehouse.close()


class Steps:
    """Work of three steps that goes on when it is told to."""

    def __init__(self, kept_after: int = 9) -> None:
        self.at, self.go, self.done, self.kept_after = threading.Semaphore(0), threading.Semaphore(0), [], kept_after

    def __call__(self, progress: Callable[[str], None], keep: Callable[[], None]) -> str:
        for number in range(1, 4):
            progress(f"step {number}")
            self.done.append(number)
            if number == self.kept_after:
                keep()
            self.at.release()
            assert self.go.acquire(timeout=20)
        return "all of it"

    def next(self) -> None:
        self.go.release()
        assert self.at.acquire(timeout=20)


def test_tells_how_far_it_is_and_what_came_of_it(wh):
    work = Steps()
    running = job.start(wh, Job(work, 3, "ann"))
    assert work.at.acquire(timeout=20)
    first = running.progress
    assert (first.step, running.is_running, running.can_stop) == ("step 1", True, True)
    assert job.current(wh) is running
    work.next()
    assert first.share < running.progress.share < 1
    work.next()
    work.go.release()
    assert running.wait(20)
    assert (running.result, running.error, running.stopped, running.progress.share) == ("all of it", None, False, 1.0)


def test_stops_at_the_next_step(wh):
    work = Steps()
    running = job.start(wh, Job(work, 3, "ann"))
    assert work.at.acquire(timeout=20)
    running.stop()
    work.go.release()
    assert running.wait(20)
    assert (running.result, running.stopped, running.error, work.done) == (None, True, None, [1])


def test_what_is_kept_is_finished(wh):
    work = Steps(kept_after=2)
    running = job.start(wh, Job(work, 3, "ann"))
    assert work.at.acquire(timeout=20)
    work.next()
    assert not running.can_stop
    running.stop()
    work.next()
    work.go.release()
    assert running.wait(20)
    assert (running.result, running.stopped, work.done) == ("all of it", False, [1, 2, 3])


def test_one_at_a_time(wh):
    work = Steps()
    running = job.start(wh, Job(work, 3, "ann"))
    assert work.at.acquire(timeout=20)
    with pytest.raises(InputError, match="ann is loading files right now"):
        job.start(wh, Job(Steps(), 3, "bob"))
    running.stop()
    work.go.release()
    assert running.wait(20)
    another = job.start(wh, Job(lambda progress, keep: "mine", 1, "bob"))
    assert another.wait(20)
    assert another.result == "mine"


def test_errors_are_sentences(wh, caplog):
    def refused(progress, keep):
        raise InputError("The file is empty.")

    def broken(progress, keep):
        raise ZeroDivisionError("a name in the data")

    first = job.start(wh, Job(refused, 1, "ann"))
    assert first.wait(20)
    assert first.error == "The file is empty."
    second = job.start(wh, Job(broken, 1, "ann"))
    assert second.wait(20)
    assert "Something went wrong that should not" in second.error
    assert "ZeroDivisionError" not in second.error
