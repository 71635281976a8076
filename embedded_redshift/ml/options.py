"""What CREATE MODEL may be told, as Redshift documents it: objectives, hyperparameters and their ranges, settings."""

from __future__ import annotations

import math
from dataclasses import dataclass

XGBOOST_OBJECTIVES = (
    "reg:squarederror", "reg:squaredlogerror", "reg:logistic", "reg:pseudohubererror", "reg:tweedie",
    "binary:logistic", "binary:hinge", "multi:softmax",
)  # fmt: skip
AUTO_OBJECTIVES = {
    "mse": "MSE", "accuracy": "Accuracy", "f1": "F1", "f1_macro": "F1_Macro", "f1macro": "F1_Macro", "auc": "AUC",
}  # fmt: skip
# The objectives that fit a problem type; the first one is the default.
OBJECTIVES_OF_PROBLEM = {
    "Regression": ("MSE",),
    "BinaryClassification": ("F1", "Accuracy", "AUC"),
    "MulticlassClassification": ("Accuracy", "F1_Macro"),
}
PROBLEM_TYPES = {
    "regression": "Regression",
    "binary_classification": "BinaryClassification",
    "multiclass_classification": "MulticlassClassification",
}
MODEL_TYPES = ("xgboost", "mlp", "linear_learner", "kmeans", "forecast")
TREE_METHODS = ("auto", "exact", "approx", "hist")

DEFAULT_MAX_CELLS = 1_000_000
DEFAULT_MAX_RUNTIME = 5400  # seconds
MIN_ROWS = 500
MAX_FEATURES = 256


@dataclass(frozen=True)
class Range:
    """A number's documented range, both ends included."""

    low: float
    high: float
    whole: bool = False

    def read(self, text: str) -> float | int:
        """The number in ``text``. Raises ValueError with a message that names the range."""
        try:
            value = int(text) if self.whole else float(text)
        except ValueError:
            raise ValueError(f"must be {'a whole number' if self.whole else 'a number'}, not '{text}'") from None
        if not (self.low <= value <= self.high):
            bounds = f"at least {self.low:g}" if math.isinf(self.high) else f"between {self.low:g} and {self.high:g}"
            raise ValueError(f"must be {bounds}, not {text}")
        return value


XGBOOST_RANGES = {
    "num_class": Range(2, 1_000_000, whole=True),
    "num_round": Range(1, math.inf, whole=True),
    "max_depth": Range(0, 10, whole=True),
    "min_child_weight": Range(0, 120),
    "subsample": Range(0.5, 1),
    "gamma": Range(0, 5),
    "alpha": Range(0, 1000),
    "eta": Range(0.1, 0.5),
    "colsample_bylevel": Range(0.1, 1),
    "colsample_bynode": Range(0.1, 1),
    "colsample_bytree": Range(0.5, 1),
    "lambda": Range(0, 1000),
    "max_delta_step": Range(0, 10),
}
KMEANS_RANGES = {"k": Range(1, 100_000, whole=True)}
NUM_ROUND_DEFAULT = 100

SETTINGS = (
    "s3_bucket", "tags", "kms_key_id", "s3_garbage_collect", "max_cells", "max_runtime", "horizon", "frequency",
    "percentiles", "max_batch_rows",
)  # fmt: skip
FORECAST_SETTINGS = ("horizon", "frequency", "percentiles")


def xgboost_hyperparameter(key: str, text: str) -> float | int | str:
    """The value of one XGBoost hyperparameter. Raises ValueError that says what is allowed."""
    if key == "objective":
        raise ValueError("has a clause of its own: OBJECTIVE '…'")
    if key == "tree_method":
        if text not in TREE_METHODS:
            raise ValueError(f"must be one of {', '.join(TREE_METHODS)}, not '{text}'")
        return text
    if key not in XGBOOST_RANGES:
        raise ValueError(
            f"is not a hyperparameter of XGBOOST; known are {', '.join(sorted([*XGBOOST_RANGES, 'tree_method']))}"
        )
    return XGBOOST_RANGES[key].read(text)


def kmeans_hyperparameter(key: str, text: str) -> float | int | str:
    """The value of one KMEANS hyperparameter. Raises ValueError that says what is allowed."""
    if key not in KMEANS_RANGES:
        raise ValueError("is not a hyperparameter of KMEANS; known is K")
    return KMEANS_RANGES[key].read(text)
