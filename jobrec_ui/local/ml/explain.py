"""EXPLAIN_MODEL: how much each column moves the predictions, on average over a sample of the training rows."""

from __future__ import annotations

import json

import numpy as np
import xgboost as xgb

from jobrec_ui.local.ml.columns import Column

SAMPLE_ROWS = 2000


def as_json(features: tuple[Column, ...], importance: np.ndarray, expected: float) -> str:
    """Redshift's JSON for the mean absolute SHAP value of each feature and the model's mean prediction."""
    shap = {
        "global_shap_values": {item.name: float(value) for item, value in zip(features, importance, strict=True)},
        "expected_value": float(expected),
    }
    return json.dumps({"version": "1.0", "explanations": {"kernel_shap": {"label0": shap}}})


def waiting(message: str) -> str:
    """Redshift's JSON while there is no explanation."""
    return json.dumps({"explanations": message})


def xgboost_importance(booster: xgb.Booster, rows: np.ndarray) -> tuple[np.ndarray, float]:
    """(mean absolute SHAP value per column of ``rows``, expected value), exact for trees, in the model's raw units.

    Of a model with several classes: for the first.
    """
    contributions = booster.predict(xgb.DMatrix(rows, missing=np.nan), pred_contribs=True)
    if contributions.ndim == 3:
        contributions = contributions[:, 0, :]
    return np.abs(contributions[:, :-1]).mean(axis=0), float(contributions[:, -1].mean())


def sample(rows: int) -> np.ndarray:
    """Indexes of the training rows that an explanation looks at."""
    return np.sort(np.random.default_rng(0).permutation(rows)[:SAMPLE_ROWS])
