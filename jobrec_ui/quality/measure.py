"""Judges every scorer of a holdout: the metrics with intervals, and their difference to the champion's.

The warehouse computes each posting's figures (sql/quality/posting_metrics, posting_calibration, with their sources);
here they are averaged, and drawn again by posting: postings are independent of each other, the pairs of one are not.
"""

import json
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jobrec_ui.errors import InputError
from jobrec_ui.quality import bootstrap
from jobrec_ui.warehouse import Warehouse

RANKING = (
    "ndcg_at_5", "ndcg_at_10", "ndcg_at_20", "mrr", "recall_at_5", "recall_at_10", "recall_at_20", "recall_at_50",
    "precision_at_5", "precision_at_10", "precision_at_20", "auc", "average_precision",
)  # fmt: skip
# Of models only: what the baselines give is no probability. Lower is better.
PROBABILITY = ("log_loss", "brier", "calibration_error")
METRICS = RANKING + PROBABILITY

DRAWS = 2000
_TENTHS = 10
_CHUNK = 4_000_000  # draws of a posting held at a time


@dataclass(frozen=True)
class _Sums:
    """One metric of one scorer: by posting, what it is the ratio of.

    Log loss is the sum of losses over the number of candidates, AUC the posting's AUC over 1 (0 over 0 where it is not
    defined). The calibration error has a pair of columns for each tenth of the score: it is the sum of the absolute
    numerators over the sum of the denominators.
    """

    scorer: str
    metric: str
    numerators: np.ndarray  # (postings, columns)
    denominators: np.ndarray

    @property
    def postings(self) -> int:
        """How many postings count."""
        return int((self.denominators.sum(axis=1) > 0).sum())

    def values(self, weights: np.ndarray) -> np.ndarray:
        """The metric for each row of ``weights`` (draws, postings); NaN where nothing counts."""
        total = (weights @ self.denominators).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = weights @ self.numerators
            return (np.abs(drawn).sum(axis=1) if drawn.shape[1] > 1 else drawn[:, 0]) / total


def measure(wh: Warehouse, judged_for: int, champion: str | None) -> None:
    """Reads version ``judged_for``'s rows of app.holdout_scores and writes app.model_metrics for every scorer in them.

    ``champion`` is the scorer to whose metrics the others' differences are taken, on the same draws of postings; None
    without one. A metric that no posting defines has no row. Raises InputError if ``champion`` is not among the
    scorers, WarehouseError.
    """
    question = {"judged_for": judged_for}
    by_posting = wh.query("quality/posting_metrics", question)
    by_tenth = wh.query("quality/posting_calibration", question)
    rows = summarise(by_posting, by_tenth, champion)
    with wh.transaction() as tx:
        for _, of_scorer in rows.groupby("scorer"):
            entries = [{key: _plain(value) for key, value in row.items()} for row in of_scorer.to_dict("records")]
            tx.execute("quality/add_metrics", {"judged_for": judged_for, "rows": json.dumps(entries)})


def difference(wh: Warehouse, version: int, other: int) -> pd.DataFrame:
    """How far ``version`` is above ``other``, on the postings on which both were judged, each at its own training.

    [metric, difference, difference_low, difference_high, postings]; empty without such a posting.
    Raises WarehouseError.
    """
    parts: list[list[pd.DataFrame]] = [[], []]
    for judged in (version, other):
        for part, name in zip(parts, ("posting_metrics", "posting_calibration"), strict=True):
            rows = wh.query(f"quality/{name}", {"judged_for": judged})
            part.append(rows[rows["scorer"] == f"match_v{judged}"])
    by_posting, by_tenth = (_in_both(*part) for part in parts)
    if by_posting.empty:
        return pd.DataFrame(columns=["metric", "difference", "difference_low", "difference_high", "postings"])
    rows = summarise(by_posting, by_tenth, f"match_v{other}")
    own = rows[rows["scorer"] == f"match_v{version}"]
    return own[["metric", "difference", "difference_low", "difference_high", "postings"]].reset_index(drop=True)


def _in_both(one: pd.DataFrame, two: pd.DataFrame) -> pd.DataFrame:
    common = set(one["posting_id"]) & set(two["posting_id"])
    rows = pd.concat([one, two], ignore_index=True)
    return rows[rows["posting_id"].isin(common)]


def summarise(
    by_posting: pd.DataFrame, by_tenth: pd.DataFrame, champion: str | None, draws: int = DRAWS
) -> pd.DataFrame:
    """[scorer, metric, value, low, high, difference, difference_low, difference_high, postings].

    ``by_posting`` and ``by_tenth`` are what sql/quality/posting_metrics and posting_calibration give. Intervals hold 95
    of 100 draws and are missing below five postings. The same input gives the same output.
    Raises InputError if ``champion`` is not among the scorers.
    """
    postings = pd.Index(sorted({*by_posting["posting_id"], *by_tenth["posting_id"]}))
    sums = [*_of_ranking(by_posting, postings), *_of_probability(by_tenth, postings)]
    if champion is not None and champion not in {one.scorer for one in sums}:
        raise InputError(f"The holdout has no scores of {champion!r}, so nothing can be compared with it.")
    whole, drawn = _draw(sums, len(postings), draws)
    reference = {one.metric: at for at, one in enumerate(sums) if one.scorer == champion}
    rows = []
    for at, one in enumerate(sums):
        against = reference.get(one.metric) if one.scorer != champion else None
        enough = one.postings >= bootstrap.MIN_VALUES
        low, high = _interval(drawn[at], whole[at]) if enough else (None, None)
        difference, difference_low, difference_high = None, None, None
        if against is not None:
            difference = whole[at] - whole[against]
            if enough:
                difference_low, difference_high = _interval(drawn[at] - drawn[against], difference)
        rows.append(
            (one.scorer, one.metric, whole[at], low, high, difference, difference_low, difference_high, one.postings)
        )
    return pd.DataFrame(rows, columns=_COLUMNS).dropna(subset="value")


_COLUMNS = [
    "scorer", "metric", "value", "low", "high", "difference", "difference_low", "difference_high", "postings",
]  # fmt: skip


def _of_ranking(by_posting: pd.DataFrame, postings: pd.Index) -> list[_Sums]:
    found = []
    for scorer, rows in by_posting.groupby("scorer"):
        figures = rows.set_index("posting_id").reindex(postings)
        for metric in RANKING:
            values = figures[metric].to_numpy(dtype=float)[:, None]
            defined = ~np.isnan(values)
            found.append(_Sums(str(scorer), metric, np.where(defined, values, 0.0), defined.astype(float)))
    return found


def _of_probability(by_tenth: pd.DataFrame, postings: pd.Index) -> list[_Sums]:
    found = []
    for scorer, rows in by_tenth.groupby("scorer"):

        def spread(values: pd.Series, of: pd.DataFrame = rows) -> np.ndarray:
            """(postings, tenths)."""
            cells = np.zeros((len(postings), _TENTHS))
            cells[postings.get_indexer(of["posting_id"]), of["tenth"].to_numpy(dtype=int)] = values.to_numpy(
                dtype=float
            )
            return cells

        candidates = spread(rows["candidates"])
        all_candidates = candidates.sum(axis=1, keepdims=True)
        for metric, column in (("log_loss", "log_loss_sum"), ("brier", "squared_error_sum")):
            found.append(_Sums(str(scorer), metric, spread(rows[column]).sum(axis=1, keepdims=True), all_candidates))
        gaps = spread(rows["score_sum"].astype(float) - rows["relevant_sum"].astype(float))
        found.append(_Sums(str(scorer), "calibration_error", gaps, candidates))
    return found


def _draw(sums: list[_Sums], postings: int, draws: int) -> tuple[list[float], list[np.ndarray]]:
    """Each metric over all postings, and over ``draws`` draws of as many postings with repetition."""
    if not postings:
        return [], []
    whole = [float(one.values(np.ones((1, postings)))[0]) for one in sums]
    random = np.random.default_rng(0)
    parts: list[list[np.ndarray]] = [[] for _ in sums]
    step = max(1, _CHUNK // postings)
    for start in range(0, draws, step):
        count = min(step, draws - start)
        picked = random.integers(postings, size=(count, postings)) + np.arange(count)[:, None] * postings
        weights = np.bincount(picked.ravel(), minlength=count * postings).reshape(count, postings).astype(float)
        for part, one in zip(parts, sums, strict=True):
            part.append(one.values(weights))
    return whole, [np.concatenate(part) for part in parts]


def _interval(drawn: np.ndarray, value: float) -> tuple[float, float]:
    """What holds 95 of 100 draws, and the value itself; draws in which no posting counts say nothing.

    A calibration error is larger in a draw than in the whole, so that a small one can lie below its draws.
    """
    low, high = bootstrap.between(drawn)
    return min(low, value), max(high, value)


def _plain(value: object) -> object:
    """``value`` for JSON, which has no NaN."""
    if isinstance(value, float):
        return None if math.isnan(value) else value
    return value
