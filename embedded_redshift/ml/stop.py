"""When a training must end early: its model is dropped, or MAX_RUNTIME is over."""

from __future__ import annotations

import threading
import time

from embedded_redshift.ml.model import TrainingStoppedError


class StopSignal:
    """Asked again and again by a running training."""

    def __init__(self, cancelled: threading.Event, max_runtime: float) -> None:
        self._cancelled = cancelled
        self._ends = time.monotonic() + max_runtime

    @property
    def timed_out(self) -> bool:
        """Whether MAX_RUNTIME, in seconds since the training began, is over."""
        return time.monotonic() >= self._ends

    def check(self) -> None:
        """Raises TrainingStoppedError if the training must end."""
        if self._cancelled.is_set():
            raise TrainingStoppedError(timed_out=False)
        if self.timed_out:
            raise TrainingStoppedError(timed_out=True)
