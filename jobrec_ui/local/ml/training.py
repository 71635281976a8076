"""Trains a model of any type, loads it again for prediction, and explains it."""

from __future__ import annotations

from jobrec_ui.local.ml import explain, kmeans_model, xgboost_model
from jobrec_ui.local.ml.columns import matrix
from jobrec_ui.local.ml.model import Model, Outcome, Predictor
from jobrec_ui.local.ml.statements import CreateModel
from jobrec_ui.local.ml.stop import StopSignal
from jobrec_ui.local.ml.training_set import TrainingSet


def train(statement: CreateModel, data: TrainingSet, stop: StopSignal) -> Outcome:
    """Trains what the statement asks for. Raises TrainingStoppedError, or TrainingError with the reason."""
    if statement.model_type == "kmeans":
        return kmeans_model.train(statement, data, stop)
    return xgboost_model.train(statement, data, stop)


def predictor(model: Model, artifact: bytes) -> Predictor:
    """The model that training saved as ``artifact``, ready to predict."""
    if model.statement.model_type == "kmeans":
        return kmeans_model.KMeansPredictor(artifact)
    return xgboost_model.XGBoostPredictor(artifact, str(model.statement.objective), model.result)


def explanation(trained: Predictor, data: TrainingSet) -> str | None:
    """EXPLAIN_MODEL's JSON, None for a type of model that has none."""
    rows = explain.sample(data.table.num_rows)
    columns = [column.take(rows) for column in data.feature_columns]
    if isinstance(trained, xgboost_model.XGBoostPredictor):
        importance, expected = explain.xgboost_importance(trained.booster.booster, matrix(columns))
        return explain.as_json(data.features, importance, expected)
    return None
