"""The figures of quality in plain words: what each metric is called and says, and what all of them say together."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

RANDOM, POPULARITY, TEXT = "random", "popularity", "text similarity"
BASELINES = {
    RANDOM: "Random order",
    POPULARITY: "Most often put forward",
    TEXT: "Plain comparison of texts",
}


@dataclass(frozen=True)
class Metric:
    """``name`` for everybody, ``technical`` for those who know it; ``percent`` says how a value is written."""

    name: str
    technical: str
    sentence: str
    percent: bool = True
    higher_is_better: bool = True

    def text(self, value: float) -> str:
        """``62%`` or ``0.57``."""
        return f"{value:.0%}" if self.percent else f"{value:.3f}"


_FOUND = "How many of a posting's good candidates are among the first {}, on average."
_GOOD = "How many of the first {} are good candidates, on average."
METRICS = {
    "ndcg_at_10": Metric(
        "Order of the first ten",
        "NDCG@10",
        "How close the first ten come to the best order there is: 1 is perfect.",
        False,
    ),
    "ndcg_at_5": Metric("Order of the first five", "NDCG@5", "The same for the first five.", False),
    "ndcg_at_20": Metric("Order of the first twenty", "NDCG@20", "The same for the first twenty.", False),
    "precision_at_5": Metric("Good ones among the first five", "precision@5", _GOOD.format("five")),
    "precision_at_10": Metric("Good ones among the first ten", "precision@10", _GOOD.format("ten")),
    "precision_at_20": Metric("Good ones among the first twenty", "precision@20", _GOOD.format("twenty")),
    "recall_at_5": Metric("Found in the first five", "recall@5", _FOUND.format("five")),
    "recall_at_10": Metric("Found in the first ten", "recall@10", _FOUND.format("ten")),
    "recall_at_20": Metric("Found in the first twenty", "recall@20", _FOUND.format("twenty")),
    "recall_at_50": Metric("Found in the first fifty", "recall@50", _FOUND.format("fifty")),
    "mrr": Metric(
        "First good one", "MRR", "One divided by the rank of the first good candidate: 1 is always first.", False
    ),
    "auc": Metric(
        "Right order of two", "AUC", "How often a good candidate is placed above another one. Guessing gives 50%."
    ),
    "average_precision": Metric(
        "Good ones before others", "average precision", "How few others come before each good candidate.", False
    ),
    "log_loss": Metric("Surprise", "log loss", "How surprising what came to pass is to the scores.", False, False),
    "brier": Metric("Squared error", "Brier score", "How far the scores are from what came to pass.", False, False),
    "calibration_error": Metric(
        "Error of the scores",
        "calibration error",
        "How far a score is from the share that is really good.",
        True,
        False,
    ),
}


def plain_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` with floats where the driver gives Decimal, as it does for sums of whole numbers."""
    decimals = [name for name in rows if any(isinstance(value, Decimal) for value in rows[name])]
    return rows.astype(dict.fromkeys(decimals, float))


def scorer_name(scorer: str, version: int) -> str:
    """``Version 3`` (this one), ``Version 2, live then``, or the name of a baseline."""
    if scorer in BASELINES:
        return BASELINES[scorer]
    number = scorer.removeprefix("match_v")
    return f"Version {number}" if number == str(version) else f"Version {number}, live then"


def order(scorer: str, version: int) -> int:
    """Where a scorer comes in a list: this version, the one before, then the baselines."""
    if scorer == f"match_v{version}":
        return 0
    return {TEXT: 2, POPULARITY: 3, RANDOM: 4}.get(scorer, 1)


def summary(metrics: pd.DataFrame, version: int, *, is_live: bool = True) -> str:
    """How good a version is, compared to what, on which period: for somebody who knows no metric.

    ``metrics`` is what figures.on_record gives. Says so if the version was not judged.
    """
    who = f"the live model (version {version})" if is_live else f"version {version}"
    judged = metrics[metrics["judged_for"] == version]
    rows = judged[judged["metric"] == "precision_at_10"].set_index("scorer")
    own = f"match_v{version}"
    if own not in rows.index:
        return f"{who[0].upper()}{who[1:]} was not judged: the data had no outcomes after the time it learned from."
    first = rows.loc[own]
    others = [
        f"{_rival(scorer)} {rows.loc[scorer, 'value'] * 10:.1f}"
        for scorer in sorted(rows.index, key=lambda one: order(one, version))
        if scorer != own and scorer != POPULARITY
    ]
    period = f"{_day(first['holdout_from'])} and {_day(first['holdout_to'])}"
    return (
        f"Of the first ten people that {who} lists for a posting, **{first['value'] * 10:.1f}** on average really "
        f"applied or were put forward{'; ' + ', '.join(others) if others else ''}. Checked on "
        f"{int(first['postings']):,} postings that were opened between {period}, none of which it had seen."
    )


def comparison(metrics: pd.DataFrame, version: int) -> str | None:
    """Whether a version is surely better than the one that was live before; None without one."""
    rows = metrics[(metrics["judged_for"] == version) & (metrics["scorer"] == f"match_v{version}")]
    row = rows[(rows["metric"] == "ndcg_at_10") & rows["difference"].notna()]
    if row.empty:
        return None
    one = row.iloc[0]
    if pd.isna(one["difference_low"]):
        return "There are too few postings to say whether it is better than the version before."
    if one["difference_low"] > 0:
        return "It is better than the version before, and chance alone would hardly do that."
    if one["difference_high"] < 0:
        return "It is worse than the version before, and chance alone would hardly do that."
    return "It is about as good as the version before: the difference may be chance."


def _rival(scorer: str) -> str:
    if scorer in BASELINES:
        return {RANDOM: "random order gets", TEXT: "a plain comparison of texts gets"}[scorer]
    return f"version {scorer.removeprefix('match_v')}, live then, gets"


def _day(value: pd.Timestamp) -> str:
    return f"{value.day} {value:%b %Y}"
