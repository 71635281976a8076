"""A piece of work in a thread of this process: how far it is, what came of it, and the way to stop it.

There is one at a time for each warehouse, be it an import or one of the nightly jobs. What they do is one transaction,
so a stopped one leaves nothing behind.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from jobrec_ui import logs
from jobrec_ui.errors import InputError, JobrecError
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.progress import Progress
from jobrec_ui.warehouse.purpose import used_for

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Keep = Callable[[], None]

IMPORT = "import"  # the name of the work that loads files, or takes a load back

_jobs: dict[str, "Job[object]"] = {}
_lock = threading.Lock()


class Stopped(Exception):  # noqa: N818 - what was asked for, no failure
    """Somebody stopped the work."""


@dataclass(frozen=True)
class Progressed:
    """How far a job is: the step it is at, and the share of the whole that is done (0 to 1)."""

    step: str
    share: float


class Job(Generic[Result]):
    """A piece of work of about ``steps`` steps, asked for by ``username``; begin it by :func:`start`.

    ``work`` gets what to tell its steps to, and what to call once all is done that a stop would undo. ``name`` tells
    one kind of work from another, ``doing`` is what others are told that ``username`` is at.
    """

    def __init__(
        self,
        work: Callable[[Progress, Keep], Result],
        steps: int,
        username: str,
        name: str = IMPORT,
        doing: str = "loading files",
    ) -> None:
        self.username, self.name, self.doing = username, name, doing
        self.result: Result | None = None
        self.error: str | None = None
        self.stopped = False
        self._work, self._steps = work, max(steps, 1)
        self._done = 0
        self._step = "Beginning"
        self._stop = threading.Event()
        self._is_kept = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._thread.is_alive()

    @property
    def progress(self) -> Progressed:
        """How far it is."""
        return Progressed(self._step, min(self._done / (self._steps + 1), 0.99) if self.is_running else 1.0)

    @property
    def can_stop(self) -> bool:
        """Whether it could still be stopped, and all of it undone."""
        return self.is_running and not self._is_kept

    def stop(self) -> None:
        """Ends it at its next step, and what it did is undone; too late once that is kept."""
        self._stop.set()

    def keep(self) -> None:
        """What was done stays: from now on the rest is done too, whoever wants it to stop."""
        self._is_kept = True

    def wait(self, seconds: float) -> bool:
        """Waits until it has ended. False if that took longer."""
        self._thread.join(seconds)
        return not self.is_running

    def start(self) -> None:
        self._thread.start()

    def _tell(self, step: str) -> None:
        if self._stop.is_set() and not self._is_kept:
            raise Stopped
        self._done += 1
        self._step = step

    def _run(self) -> None:
        try:
            with used_for("batch", self.name):
                self.result = self._work(self._tell, self.keep)
        except Stopped:
            self.stopped = True
        except JobrecError as error:
            self.error = str(error)
        except Exception as error:
            reference = logs.unforeseen(f"job {self.name}", error)
            self.error = f"Something went wrong that should not. The log has it under the number {reference}."


def start(wh: Warehouse, job: "Job[Result]") -> "Job[Result]":
    """Begins ``job``. Raises InputError if another one is running on the same warehouse."""
    with _lock:
        running = _jobs.get(wh.url)
        if running is not None and running.is_running:
            raise InputError(f"{running.username} is {running.doing} right now. Wait until that is done, or stopped.")
        _jobs[wh.url] = job  # type: ignore[assignment]
        job.start()
    return job


def current(wh: Warehouse) -> "Job[object] | None":
    """The job that runs on a warehouse, or ran last in this process."""
    return _jobs.get(wh.url)


def end(wh: Warehouse, seconds: float) -> None:
    """Stops what runs on a warehouse at its next step, before the process ends; waits so long for it at most."""
    running = current(wh)
    if running is not None and running.is_running:
        running.stop()
        running.wait(seconds)
