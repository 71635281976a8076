"""Whether a new version goes live by itself: only when it is better than the live one, beyond what chance can do."""

from dataclasses import dataclass

import pandas as pd

PRIMARY = "ndcg_at_10"
# None of these may be worse than the live version's, beyond what chance can do. True: higher is better.
GUARDS = {"auc": True, "mrr": True, "recall_at_10": True, "average_precision": True, "brier": False}
_CHANCE, _LIKENESS = 0.5, "text similarity"
NAMES = {
    "ndcg_at_10": "the order of the first ten (NDCG@10)",
    "auc": "the right order of two (AUC)",
    "mrr": "the place of the first good one (MRR)",
    "recall_at_10": "recall among the first ten",
    "average_precision": "average precision",
    "brier": "the Brier score",
}


@dataclass(frozen=True)
class Verdict:
    """Whether to promote, and why, in a sentence."""

    promote: bool
    reason: str


def decide(metrics: pd.DataFrame, challenger: str, champion: str | None, live: str | None) -> Verdict:
    """The verdict on the scorer ``challenger`` from its rows of app.model_metrics.

    ``champion`` is the version that was judged on the same rows, ``live`` the one that is live now; None for none.
    """
    if live is None:
        return _first(metrics, challenger)
    if champion is None and not metrics.empty:
        return Verdict(True, f"The model of {live} is gone from the warehouse: there is none to compare it with.")
    if champion is not None and champion != live:
        return Verdict(False, f"It was compared with {champion}, and meanwhile {live} went live.")
    rows = metrics[metrics["scorer"] == challenger].set_index("metric")
    if PRIMARY not in rows.index or pd.isna(rows.loc[PRIMARY, "difference_low"]):
        return Verdict(
            False,
            f"Too few postings were held out to tell whether it is better than {live}. Load more data, or promote "
            "it by hand.",
        )
    fallen = []
    for metric, higher_is_better in GUARDS.items():
        if metric not in rows.index or pd.isna(rows.loc[metric, "difference_low"]):
            continue
        worst = rows.loc[metric, "difference_high"] if higher_is_better else -rows.loc[metric, "difference_low"]
        if worst < 0:
            fallen.append(f"{NAMES[metric]} {_signed(rows.loc[metric])}")
    primary = rows.loc[PRIMARY]
    measured = f"{NAMES[PRIMARY]} {_signed(primary)} against {champion}"
    if primary["difference_low"] <= 0:
        word = "worse" if primary["difference_high"] < 0 else "not surely better"
        return Verdict(False, f"It is {word}: {measured}.")
    if fallen:
        return Verdict(False, f"Better in one thing, worse in another: {measured}; but {', '.join(fallen)}.")
    return Verdict(True, f"It is better: {measured}.")


def _first(metrics: pd.DataFrame, challenger: str) -> Verdict:
    """Without a model lists are sorted by likeness, which one that has learnt nothing must not replace."""
    auc = metrics[metrics["metric"] == "auc"].set_index("scorer")
    if challenger not in auc.index or pd.isna(auc.loc[challenger, "low"]) or auc.loc[challenger, "low"] > _CHANCE:
        return Verdict(True, "The first version: there is none to compare it with.")
    mine, plain = auc.loc[challenger], auc["value"].get(_LIKENESS, _CHANCE)
    if mine["value"] > max(plain, _CHANCE):
        return Verdict(True, "The first version: there is none to compare it with.")
    return Verdict(
        False,
        f"It is not surely better than chance, nor better than likeness: {NAMES['auc']} {mine['value']:.3f} (in 95 of "
        f"100 draws {mine['low']:.3f} to {mine['high']:.3f}), likeness {plain:.3f}. Lists stay sorted by likeness. "
        "Load more of what postings and people are like, or promote it by hand.",
    )


def _signed(row: pd.Series) -> str:
    """``+0.021 (95 of 100 draws: +0.004 to +0.038)``."""
    low, high = f"{row['difference_low']:+.3f}", f"{row['difference_high']:+.3f}"
    return f"{row['difference']:+.3f} (in 95 of 100 draws {low} to {high})"
