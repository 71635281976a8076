"""Runs jobs when their schedules want it: one thread of the served app, for the embedded warehouse.

A run that was missed, because the machine or the app was off, is made up once. Any number of processes may have a
clock: who is first writes down that a due run began, under a claim, and the others leave it.
"""

import logging
import threading
from datetime import datetime

from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.jobs import job, records, run
from jobrec_ui.jobs.kinds import ALL, Kind
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.purpose import used_for

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 15.0
_WAIT_SECONDS = 0.2
_MOST_SECONDS_TO_END = 10.0

_clocks: dict[str, "Clock"] = {}


class Clock:
    """Looks every few seconds which job is due."""

    def __init__(self, wh: Warehouse, seconds: float = _LOOK_SECONDS) -> None:
        self._wh, self._seconds = wh, seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begins to look, unless the schedules of the warehouse are kept elsewhere, as those of a Redshift are."""
        if not self._wh.in_aws:
            _clocks[self._wh.url] = self
            self._thread.start()

    def stop(self) -> None:
        """Ends, and stops the job that runs, whoever asked for it, at its next step: the process is about to end."""
        self._over.set()
        job.end(self._wh, _MOST_SECONDS_TO_END)
        if _clocks.pop(self._wh.url, None) is not None:
            self._thread.join(_MOST_SECONDS_TO_END)

    @property
    def is_running(self) -> bool:
        """Whether it looks."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while True:
            try:
                with used_for("batch", "jobs"):
                    look(self._wh, self._over)
            except WarehouseError as error:
                logger.warning("Nobody can see now which jobs are due: %s", type(error).__name__)
            if self._over.wait(self._seconds):
                return


def is_running(wh: Warehouse) -> bool:
    """Whether this process keeps the schedules of a warehouse."""
    clock = _clocks.get(wh.url)
    return clock is not None and clock.is_running


def due(wh: Warehouse, now: datetime) -> list[tuple[Kind, datetime]]:
    """The jobs that should have begun by ``now`` (UTC) and did not, with when; in the order that a night needs.

    Of several missed runs of a job it is the last. Raises WarehouseError.
    """
    begun = records.latest_due(wh)
    found = []
    for name, known in records.schedules(wh).items():
        if known.schedule is None or name not in ALL:
            continue
        moment = known.schedule.last_due(now)
        if moment > known.set_at and moment > begun.get(name, datetime.min):
            found.append((ALL[name], moment))
    order = list(ALL)
    return sorted(found, key=lambda one: order.index(one[0].name))


def look(wh: Warehouse, over: threading.Event | None = None) -> None:
    """Runs what is due now, one after the other, until ``over`` is set. What cannot begin is left for the next look.

    Raises WarehouseError.
    """
    over = over or threading.Event()
    for kind, moment in due(wh, records.utc_now()):
        try:
            running = run.begin(wh, kind, records.THE_SCHEDULE, moment)
        except InputError:  # an import, or a job that somebody asked for: first that
            return
        while not running.wait(_WAIT_SECONDS):
            if over.is_set():  # whoever set it stops the job
                return
        if running.error:
            logger.warning("The job %s did not succeed", kind.name)
