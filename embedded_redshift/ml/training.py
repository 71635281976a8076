"""Trains a model of any type, and explains it. Needs the libraries that train: import it only for that."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import xgboost as xgb

from embedded_redshift.ml import auto_model, explanations, importance, kmeans_model, xgboost_model
from embedded_redshift.ml.auto_predictor import AutoPredictor
from embedded_redshift.ml.columns import matrix
from embedded_redshift.ml.model import Outcome, Predictor
from embedded_redshift.ml.prediction import XGBoostPredictor
from embedded_redshift.ml.statements import CreateModel
from embedded_redshift.ml.stop import StopSignal
from embedded_redshift.ml.training_set import TrainingSet


def train(statement: CreateModel, data: TrainingSet, stop: StopSignal) -> Outcome:
    """Trains what the statement asks for. Raises TrainingStoppedError, or TrainingError with the reason."""
    if statement.model_type == "kmeans":
        return kmeans_model.train(statement, data, stop)
    if statement.auto:
        return auto_model.train(statement, data, stop)
    return xgboost_model.train(statement, data, stop)


def explanation(trained: Predictor, artifact: bytes, data: TrainingSet) -> str | None:
    """EXPLAIN_MODEL's JSON, None for a type of model that has none. artifact: what ``trained`` was made from."""
    rows = importance.sample(data.table.num_rows)
    columns = [column.take(rows) for column in data.feature_columns]
    if isinstance(trained, XGBoostPredictor):
        booster = xgb.Booster(model_file=bytearray(artifact))
        found = importance.xgboost_importance(booster, matrix(columns), range(len(columns)), len(columns))
        return explanations.as_json(data.features, *found)
    if isinstance(trained, AutoPredictor):
        return explanations.as_json(data.features, *_auto_importance(trained, columns))
    return None


def _auto_importance(trained: AutoPredictor, columns: list[pa.ChunkedArray]) -> tuple[np.ndarray, float]:
    encoded = trained.encoding.apply(columns)
    origin = trained.encoding.origin
    if trained.network is None:
        booster = xgb.Booster(model_file=bytearray(trained.model))
        return importance.xgboost_importance(booster, encoded.astype(np.float32), origin, len(columns))

    def values(rows: np.ndarray) -> np.ndarray:
        found = trained.values(rows)
        return found if found.ndim == 1 else found[:, 0]

    return importance.shapley_importance(values, encoded[: importance.SHAPLEY_ROWS], origin, len(columns))
