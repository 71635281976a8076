"""MODEL_TYPE KMEANS: groups rows by distance; the function gives the number of the nearest centre."""

from __future__ import annotations

import io
import time

import numpy as np
from sklearn.cluster import KMeans

from embedded_redshift.ml.columns import Column, matrix
from embedded_redshift.ml.model import Outcome, TrainingError
from embedded_redshift.ml.statements import CreateModel
from embedded_redshift.ml.stop import StopSignal
from embedded_redshift.ml.training_set import TrainingSet

SEED = 1


def train(statement: CreateModel, data: TrainingSet, stop: StopSignal) -> Outcome:
    """Finds the centres. Raises TrainingStoppedError, or TrainingError with the reason."""
    clusters = int(statement.hyperparameters["k"])
    rows = matrix(data.feature_columns).astype(np.float64)
    if np.isnan(rows).any():
        raise TrainingError("The training data has NULLs, which KMEANS cannot place: fill them in the SELECT.")
    if clusters > len(rows):
        raise TrainingError(f"K is {clusters}, more than the {len(rows)} rows of training data.")
    shift, scale = _scaling(statement, data.features, rows)
    rows = (rows - shift) / scale
    stop.check()
    began = time.monotonic()
    fitted = KMeans(clusters, n_init=1, random_state=SEED).fit(rows)
    stop.check()
    file = io.BytesIO()
    np.savez(file, centres=fitted.cluster_centers_, shift=shift, scale=scale)
    return Outcome(
        model_type="kmeans",
        artifact=file.getvalue(),
        metrics={
            "train:msd": float(fitted.inertia_ / len(rows)),
            "train:progress": 100.0,
            "train:throughput": len(rows) * fitted.n_iter_ / max(time.monotonic() - began, 1e-6),
        },
        hyperparameters={"feature_dim": str(rows.shape[1]), "k": str(clusters)},
    )


def _scaling(statement: CreateModel, features: tuple[Column, ...], rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is taken off each column and what it is then divided by, as the PREPROCESSORS say."""
    shift, scale = np.zeros(rows.shape[1]), np.ones(rows.shape[1])
    names = [item.name for item in features]
    for step in statement.preprocessors or ():
        wanted = [str(name).lower() for name in step["ColumnSet"]]
        if unknown := [name for name in wanted if name not in (*names, "*")]:
            raise TrainingError(f"PREPROCESSORS names the column {unknown[0]}, which the training data has not.")
        picked = [index for index, name in enumerate(names) if "*" in wanted or name in wanted]
        for transformer in step["Transformers"]:
            if transformer == "StandardScaler":
                shift[picked], scale[picked] = rows[:, picked].mean(axis=0), rows[:, picked].std(axis=0)
            elif transformer == "MinMax":
                shift[picked], scale[picked] = rows[:, picked].min(axis=0), np.ptp(rows[:, picked], axis=0)
    return shift, np.where(scale == 0, 1.0, scale)
