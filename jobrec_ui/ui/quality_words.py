"""The holdout figures of a model, in plain words."""

from collections.abc import Mapping
from typing import Any

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
    "recall_at_100": (
        "Found in the top hundred",
        "{:.0%}",
        "How many of the good candidates are among the first hundred of everybody. (recall@100)",
    ),
}


def in_words(metrics: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(name, value, sentence) for every figure that this page knows; others are left out."""
    return [
        (name, pattern.format(float(metrics[key])), sentence)
        for key, (name, pattern, sentence) in _METRICS.items()
        if metrics.get(key) is not None
    ]
