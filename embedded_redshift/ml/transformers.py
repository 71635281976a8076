"""The preprocessing steps of AUTO ON and KMEANS: each is fitted once, is plain data afterwards, and so can be stored.

A block is a float64 matrix (rows, columns) or, before its first step, a list of Arrow columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from embedded_redshift.ml.columns import floats

Parameters = dict[str, Any]
MAX_CATEGORIES = 30  # of a text column; rarer values share the code for "other"
PCA_VARIANCE = 0.95

# The parts of a moment that a model can learn from.
_PARTS: dict[str, Callable[[pa.ChunkedArray], Any]] = {
    "days": lambda v: pc.divide(pc.cast(pc.cast(v, pa.timestamp("s")), pa.int64()), 86400),
    "month": pc.month,
    "weekday": pc.day_of_week,
    "hour": pc.hour,
}


def texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any column as text; booleans as Redshift writes them, t and f."""
    if pa.types.is_boolean(values.type):
        return pc.if_else(values, "t", "f")
    return pc.cast(values, pa.string())


def _categories(values: pa.ChunkedArray) -> list[str]:
    counts = pc.value_counts(texts(values).combine_chunks().drop_null()).to_pylist()
    counts.sort(key=lambda item: (-item["counts"], item["values"]))
    return [item["values"] for item in counts[:MAX_CATEGORIES]]


def _codes(values: pa.ChunkedArray, categories: Sequence[str]) -> np.ndarray:
    """The place of each value in ``categories``, NaN for NULL and for a value that is not there."""
    places: np.ndarray = pc.index_in(texts(values), pa.array(categories, pa.string())).to_numpy()
    return places.astype(np.float64)


def ordinal(values: pa.ChunkedArray, parameters: Parameters) -> np.ndarray:
    """One column: the value's place among the categories, by frequency."""
    return _codes(values, parameters["categories"])[:, None]


def one_hot(values: pa.ChunkedArray, parameters: Parameters) -> np.ndarray:
    """One column of 0 and 1 for each category; all 0 for a NULL or a value not seen in training."""
    codes = _codes(values, parameters["categories"])
    return (codes[:, None] == np.arange(len(parameters["categories"]))).astype(np.float64)


def moments(values: pa.ChunkedArray, parameters: Parameters) -> np.ndarray:
    """Days since 1970, month, weekday and hour of a date or timestamp; the seconds of a time of day."""
    if pa.types.is_time(values.type):
        return floats(pc.divide(pc.cast(pc.cast(values, pa.time64("us")), pa.int64()), 1_000_000)).astype(float)[
            :, None
        ]
    if pa.types.is_date(values.type):
        values = pc.cast(values, pa.timestamp("s"))
    return np.column_stack([floats(pc.cast(part(values), pa.float64())) for part in _PARTS.values()])


def numbers(values: pa.ChunkedArray, parameters: Parameters) -> np.ndarray:
    """The column as it is, NULL as NaN."""
    return floats(values).astype(np.float64)[:, None]


# What turns an Arrow column into a block; each is fitted to a column before.
ENCODERS: dict[str, Callable[[pa.ChunkedArray, Parameters], np.ndarray]] = {
    "OrdinalEncoder": ordinal,
    "OneHotEncoder": one_hot,
    "DateTimeVectorizer": moments,
    "NumericPassthrough": numbers,
}


def fit_encoder(name: str, values: pa.ChunkedArray) -> Parameters:
    """What the encoder must know of the training data."""
    return {"categories": _categories(values)} if name in ("OrdinalEncoder", "OneHotEncoder") else {}


def encoder_for(values: pa.ChunkedArray) -> str:
    """The encoder of a column for which none is named."""
    kind = values.type
    if pa.types.is_temporal(kind):
        return "DateTimeVectorizer"
    return "OneHotEncoder" if pa.types.is_string(kind) or pa.types.is_large_string(kind) else "NumericPassthrough"


def _means(block: np.ndarray) -> np.ndarray:
    known = ~np.isnan(block)
    sums = np.where(known, block, 0.0).sum(axis=0)
    return sums / np.maximum(known.sum(axis=0), 1)


def _filled(block: np.ndarray, parameters: Parameters) -> np.ndarray:
    return np.where(np.isnan(block), np.asarray(parameters["means"]), block)


def _fit_scale(block: np.ndarray) -> Parameters:
    deviation = np.nanstd(block, axis=0)
    return {"shift": _means(block).tolist(), "scale": np.where(deviation > 0, deviation, 1.0).tolist()}


def _fit_min_max(block: np.ndarray) -> Parameters:
    low, high = np.nanmin(block, axis=0), np.nanmax(block, axis=0)
    return {"shift": low.tolist(), "scale": np.where(high > low, high - low, 1.0).tolist()}


def _fit_pca(block: np.ndarray) -> Parameters:
    """As many directions as carry PCA_VARIANCE of the variance."""
    means = _means(block)
    _, sizes, directions = np.linalg.svd(_filled(block, {"means": means}) - means, full_matrices=False)
    share = np.cumsum(sizes**2) / max(float((sizes**2).sum()), 1e-12)
    kept = int(np.searchsorted(share, PCA_VARIANCE)) + 1
    return {"means": means.tolist(), "directions": directions[:kept].T.tolist()}


def _scaled(block: np.ndarray, parameters: Parameters) -> np.ndarray:
    return (block - np.asarray(parameters["shift"])) / np.asarray(parameters["scale"])


def _projected(block: np.ndarray, parameters: Parameters) -> np.ndarray:
    return (_filled(block, parameters) - np.asarray(parameters["means"])) @ np.asarray(parameters["directions"])


def _normalised(block: np.ndarray, parameters: Parameters) -> np.ndarray:
    length = np.sqrt(np.nansum(block**2, axis=1, keepdims=True))
    return block / np.where(length > 0, length, 1.0)


def _with_indicator(block: np.ndarray, parameters: Parameters) -> np.ndarray:
    return np.hstack([_filled(block, parameters), np.isnan(block).astype(np.float64)])


def _fit_means(block: np.ndarray) -> Parameters:
    return {"means": _means(block).tolist()}


def _fit_nothing(block: np.ndarray) -> Parameters:
    return {}


# What works on a block: how it is fitted, how it is applied.
BLOCK_STEPS: dict[str, tuple[Callable[[np.ndarray], Parameters], Callable[[np.ndarray, Parameters], np.ndarray]]] = {
    "Imputer": (_fit_means, _filled),
    "ImputerWithIndicator": (_fit_means, _with_indicator),
    "Normalizer": (_fit_nothing, _normalised),
    "PCA": (_fit_pca, _projected),
    "StandardScaler": (_fit_scale, _scaled),
    "MinMax": (_fit_min_max, _scaled),
}
