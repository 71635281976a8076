"""The holdout figures of a model, in plain words."""

from collections.abc import Mapping
from typing import NamedTuple

# Key in ModelVersion.metrics: (name, format, sentence).
_METRICS = {
    "auc": (
        "Right order of two",
        "{:.0%}",
        "How often somebody who did well on a posting is ranked above somebody who was not put forward for it. "
        "Guessing gives 50%. (AUC)",
    ),
    "mrr": (
        "First good one",
        "{:.2f}",
        "One divided by the rank of the first good candidate, on average: 1.00 means always first, 0.50 second. (MRR)",
    ),
    "ndcg_at_10": (
        "Quality of the top ten",
        "{:.2f}",
        "How close the first ten come to the best possible order: 1.00 is perfect. (NDCG@10)",
    ),
    "recall_at_10": (
        "Found in the top ten",
        "{:.0%}",
        "How many of the good candidates of a posting are among the first ten, on average. (recall@10)",
    ),
}


class Figure(NamedTuple):
    """A figure of the model: its name, its value, what it means, and how far it is from plain text search."""

    name: str
    value: str
    sentence: str
    difference: str | None


def in_words(metrics: Mapping[str, float], baseline: Mapping[str, float]) -> list[Figure]:
    """Every figure that this page knows, in a fixed order; others are left out."""
    return [
        Figure(name, pattern.format(metrics[key]), sentence, _difference(metrics[key], baseline.get(key)))
        for key, (name, pattern, sentence) in _METRICS.items()
        if metrics.get(key) is not None
    ]


def _difference(value: float, compared_with: float | None) -> str | None:
    """In points of a hundred, such as ``+4.2 points``."""
    return None if compared_with is None else f"{(value - compared_with) * 100:+.1f} points"
