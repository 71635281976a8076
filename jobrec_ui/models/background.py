"""Takes a version through its life in the background of this process, so that no browser has to stay open.

Any number of processes may run one: the claims see to it that a step is done once. When a process ends, the next that
starts goes on (:func:`resume`), or whoever looks at the page.
"""

import logging
import threading
import time

from jobrec_ui.errors import JobrecError, WarehouseError
from jobrec_ui.models import feature_builds, lifecycle
from jobrec_ui.models.costs import trains_elsewhere
from jobrec_ui.models.records import VersionRecord
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.purpose import used_for

logger = logging.getLogger(__name__)

_POLL_SECONDS, _POLL_SECONDS_ELSEWHERE = 0.5, 10.0
_PAUSE_AFTER_ERROR = 30.0
_MOST_ERRORS = 20

_threads: dict[str, threading.Thread] = {}
_makers: dict[str, threading.Thread] = {}  # of features
_lock = threading.Lock()


def resume(wh: Warehouse, on_its_way: VersionRecord | None) -> None:
    """Goes on with the version that is on its way, if there is one, in a thread of this process; once is enough."""
    with _lock:
        running = _threads.get(wh.url)
        if (running is not None and running.is_alive()) or on_its_way is None:
            return
        _threads[wh.url] = threading.Thread(target=_train, args=(wh,), name="training", daemon=True)
        _threads[wh.url].start()


def make_features(wh: Warehouse) -> None:
    """Makes features that are not those of the latest data anew, in a thread of this process; one at a time."""
    with _lock:
        running = _makers.get(wh.url)
        if running is not None and running.is_alive():
            return
        _makers[wh.url] = threading.Thread(target=_make_features, args=(wh,), name="features", daemon=True)
        _makers[wh.url].start()


def wait(wh: Warehouse, seconds: float) -> bool:
    """Waits until the threads of ``wh`` have ended. False if that took longer."""
    until = time.monotonic() + seconds
    running = [thread for thread in (_threads.get(wh.url), _makers.get(wh.url)) if thread is not None]
    for thread in running:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in running)


def _make_features(wh: Warehouse) -> None:
    with used_for("training", "features"):
        try:
            feature_builds.ensure_features(wh)
        except JobrecError as error:
            logger.warning("The features cannot be made anew now: %s", type(error).__name__)
            time.sleep(_PAUSE_AFTER_ERROR)


def _train(wh: Warehouse) -> None:
    with used_for("training", "runner"):
        _run(wh)


def _run(wh: Warehouse) -> None:
    errors = 0
    while errors < _MOST_ERRORS:
        try:
            record = lifecycle.advance(wh)
            if record is None or not record.is_open:
                return
            errors = 0
        except WarehouseError as error:
            errors += 1
            logger.warning("The training cannot go on now: %s", type(error).__name__)
            time.sleep(_PAUSE_AFTER_ERROR)
            continue
        time.sleep(_POLL_SECONDS_ELSEWHERE if trains_elsewhere(wh) else _POLL_SECONDS)
