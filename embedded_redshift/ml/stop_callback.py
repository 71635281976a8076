"""Stops XGBoost between two rounds."""

from __future__ import annotations

from typing import Any

import xgboost as xgb

from embedded_redshift.ml.stop import StopSignal


class StopCallback(xgb.callback.TrainingCallback):
    """Raises TrainingStoppedError between two rounds of XGBoost."""

    def __init__(self, signal: StopSignal) -> None:
        super().__init__()
        self._signal = signal

    def before_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        self._signal.check()
        return False
