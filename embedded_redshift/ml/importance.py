"""How much each column moves the predictions, on average over a sample of the training rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import xgboost as xgb

SAMPLE_ROWS = 2000
SHAPLEY_ROWS = 100
ORDERS = 12


def xgboost_importance(
    booster: xgb.Booster, rows: np.ndarray, origin: Sequence[int], features: int
) -> tuple[np.ndarray, float]:
    """(mean absolute SHAP value per feature, expected value), exact for trees, in the model's raw units.

    origin: the feature of each column of ``rows``. Of a model with several classes: for the first.
    """
    contributions = booster.predict(xgb.DMatrix(rows, missing=np.nan), pred_contribs=True)
    if contributions.ndim == 3:
        contributions = contributions[:, 0, :]
    by_feature = np.column_stack(
        [contributions[:, :-1][:, np.asarray(origin) == feature].sum(axis=1) for feature in range(features)]
    )
    return np.abs(by_feature).mean(axis=0), float(contributions[:, -1].mean())


def shapley_importance(
    values: Callable[[np.ndarray], np.ndarray], rows: np.ndarray, origin: Sequence[int], features: int
) -> tuple[np.ndarray, float]:
    """(mean absolute Shapley value per feature, expected value) of any model, estimated over random orders.

    values: predictions (rows,) for encoded rows. origin: the feature of each encoded column. A feature that is not
    there yet has the average of the rows.
    """
    random = np.random.default_rng(0)
    of_feature = np.asarray(origin)
    known = (~np.isnan(rows)).sum(axis=0)
    averages = np.divide(np.nansum(rows, axis=0), known, out=np.full(rows.shape[1], np.nan), where=known > 0)
    background = np.broadcast_to(averages, rows.shape)
    total = np.zeros((len(rows), features))
    for _ in range(ORDERS):
        current = background.copy()
        before = values(current)
        for feature in random.permutation(features):
            current[:, of_feature == feature] = rows[:, of_feature == feature]
            after = values(current)
            total[:, feature] += after - before
            before = after
    return np.abs(total / ORDERS).mean(axis=0), float(values(background[:1])[0])


def sample(rows: int) -> np.ndarray:
    """Indexes of the training rows that an explanation looks at."""
    return np.sort(np.random.default_rng(0).permutation(rows)[:SAMPLE_ROWS])
