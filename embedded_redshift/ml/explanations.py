"""EXPLAIN_MODEL's JSON."""

from __future__ import annotations

import json

import numpy as np

from embedded_redshift.ml.columns import Column

WAITING_FOR_TRAINING = "waiting for training job to complete"
WAITING_FOR_PROCESSING = "waiting for processing job to complete"
PROCESSING_FAILED = "processing job failed"


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
