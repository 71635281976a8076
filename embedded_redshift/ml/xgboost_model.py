"""MODEL_TYPE XGBOOST with AUTO OFF: exactly the objective and hyperparameters that were asked for."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

import numpy as np
import xgboost as xgb

from embedded_redshift.ml import options
from embedded_redshift.ml.columns import matrix
from embedded_redshift.ml.model import Outcome, TrainingError
from embedded_redshift.ml.statements import CreateModel
from embedded_redshift.ml.stop import StopSignal
from embedded_redshift.ml.stop_callback import StopCallback
from embedded_redshift.ml.training_set import TrainingSet

logger = logging.getLogger(__name__)

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
    _check_together(hyperparameters)
    try:
        rows = xgb.DMatrix(matrix(data.feature_columns), label=labels, missing=np.nan)
        booster = xgb.train(parameters, rows, rounds, callbacks=[StopCallback(stop)])
        error = float(booster.eval(rows).rpartition(":")[2])
    except xgb.core.XGBoostError as failure:
        logger.error("XGBoost refused a training: %s", str(failure).split("\nStack trace")[0])
        raise TrainingError("XGBoost cannot train with these data and hyperparameters; the log says why.") from failure
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


def _check_together(hyperparameters: Mapping[str, float | int | str]) -> None:
    """Raises TrainingError for hyperparameters that XGBoost cannot use together, each in its range."""
    if hyperparameters.get("tree_method") != "exact":
        return
    if float(hyperparameters.get("colsample_bynode", 1)) < 1:
        raise TrainingError("TREE_METHOD exact cannot be used with a COLSAMPLE_BYNODE below 1.")
    if int(hyperparameters.get("max_depth", 6)) == 0:
        raise TrainingError("TREE_METHOD exact cannot be used with a MAX_DEPTH of 0, which means no limit.")
