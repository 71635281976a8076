"""MODEL_TYPE XGBOOST with AUTO OFF: exactly the objective and hyperparameters that were asked for."""

from __future__ import annotations

import os

import numpy as np
import xgboost as xgb

from embedded_redshift.ml import options
from embedded_redshift.ml.columns import matrix
from embedded_redshift.ml.model import Outcome, TrainingError
from embedded_redshift.ml.statements import CreateModel
from embedded_redshift.ml.stop import StopSignal
from embedded_redshift.ml.stop_callback import StopCallback
from embedded_redshift.ml.training_set import TrainingSet

# What SageMaker's XGBoost reports for each objective.
_METRICS = {
    "reg:squarederror": "rmse",
    "reg:squaredlogerror": "rmsle",
    "reg:logistic": "rmse",
    "reg:pseudohubererror": "mphe",
    "reg:tweedie": "tweedie-nloglik@1.5",
    "binary:logistic": "error",
    "binary:hinge": "error",
    "multi:softmax": "merror",
}


# The targets that an objective can learn.
_LABELS = {
    "reg:logistic": (0.0, 1.0),
    "binary:logistic": (0.0, 1.0),
    "binary:hinge": (0.0, 1.0),
    "reg:squaredlogerror": (-0.999, np.inf),
    "reg:tweedie": (0.0, np.inf),
}


def train(statement: CreateModel, data: TrainingSet, stop: StopSignal) -> Outcome:
    """Trains. Raises TrainingStoppedError, or TrainingError with the reason."""
    hyperparameters = dict(statement.hyperparameters)
    rounds = int(hyperparameters.pop("num_round", options.NUM_ROUND_DEFAULT))
    objective = str(statement.objective)
    metric = _METRICS[objective]
    parameters = {
        **hyperparameters,
        "objective": objective,
        "eval_metric": metric,
        "nthread": os.cpu_count() or 1,
        "verbosity": 0,
    }
    labels = matrix([data.target_column])[:, 0]
    if np.isnan(labels).any():
        raise TrainingError(f"The target column has {int(np.isnan(labels).sum())} NULLs: leave those rows out.")
    _check_labels(objective, labels, float(hyperparameters.get("num_class", 0)))
    try:
        rows = xgb.DMatrix(matrix(data.feature_columns), label=labels, missing=np.nan)
        booster = xgb.train(parameters, rows, rounds, callbacks=[StopCallback(stop)])
        error = float(booster.eval(rows).rpartition(":")[2])
    except xgb.core.XGBoostError as failure:
        raise TrainingError(_reason(str(failure))) from failure
    return Outcome(
        model_type="xgboost",
        artifact=bytes(booster.save_raw("ubj")),
        metrics={f"train:{metric.partition('@')[0]}": error},
        hyperparameters={
            "num_round": str(rounds),
            "objective": objective,
            **{key: str(value) for key, value in hyperparameters.items()},
        },
    )


def _check_labels(objective: str, labels: np.ndarray, classes: float) -> None:
    """Raises TrainingError, in plainer words than XGBoost's, if the objective cannot learn the labels."""
    low, high = {**_LABELS, "multi:softmax": (0.0, classes - 1)}.get(objective, (-np.inf, np.inf))
    if labels.min() < low or labels.max() > high:
        wanted = f"from {low:g} to {high:g}" if np.isfinite(high) else f"of at least {low:g}"
        raise TrainingError(
            f"Objective {objective} needs a target {wanted}; it has values from {labels.min():g} to {labels.max():g}."
        )


def _reason(text: str) -> str:
    """The sentence in XGBoost's message, without its stack trace and source lines."""
    first = text.split("\nStack trace")[0].strip()
    return first.rpartition("Check failed: ")[2].rpartition("): ")[2] or first
