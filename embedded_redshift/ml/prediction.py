"""Trained models in memory. Nothing here needs the libraries that train, which take seconds to import."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from embedded_redshift.ml.auto_predictor import AutoPredictor
from embedded_redshift.ml.boosters import FastBooster
from embedded_redshift.ml.columns import Column, matrix, to_type
from embedded_redshift.ml.model import Model, Predictor


def predictor(model: Model, artifact: bytes) -> Predictor:
    """The model that training saved as ``artifact``, ready to predict."""
    if model.statement.model_type == "kmeans":
        return KMeansPredictor(artifact)
    if model.statement.auto:
        return AutoPredictor(artifact, model.result)
    return XGBoostPredictor(artifact, str(model.statement.objective), model.result)


class XGBoostPredictor:
    """Predicts with a booster of AUTO OFF."""

    def __init__(self, artifact: bytes, objective: str, target: Column) -> None:
        self.booster = FastBooster(artifact)
        self._objective = objective
        self._target = target

    def predict(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        values = self.booster.predict(matrix(arguments))
        if self._objective == "binary:logistic":
            values = (values > 0.5).astype(np.float32)  # Redshift gives the class, not its probability
        return to_type(values, self._target)

    def probabilities(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        raise TypeError("A model trained with AUTO OFF has no probability function.")


class KMeansPredictor:
    """Gives the nearest centre of each row; a row with a NULL is nowhere: NULL."""

    def __init__(self, artifact: bytes) -> None:
        with np.load(io.BytesIO(artifact)) as saved:
            self._centres, self._shift, self._scale = saved["centres"], saved["shift"], saved["scale"]

    def predict(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        rows = (matrix(arguments).astype(np.float64) - self._shift) / self._scale
        # |row - centre|² without |row|², which is the same for every centre.
        distances = (self._centres**2).sum(axis=1) - 2 * rows @ self._centres.T
        nearest = np.nan_to_num(distances).argmin(axis=1).astype(np.int32)
        return pa.array(nearest, mask=np.isnan(rows).any(axis=1))

    def probabilities(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        raise TypeError("A KMEANS model has no probability function.")
