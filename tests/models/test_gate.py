"""The gate: what is promoted by itself, what is held back, and the reason that is given."""

import pandas as pd
import pytest

from jobrec_ui.models import gate

ME, CHAMPION = "match_v2", "match_v1"


def judged(**differences):
    """Rows of app.model_metrics of the challenger: metric -> (difference, low, high)."""
    rows = [
        {"scorer": ME, "metric": metric, "difference": one, "difference_low": low, "difference_high": high}
        for metric, (one, low, high) in differences.items()
    ]
    return pd.DataFrame(rows, columns=["scorer", "metric", "difference", "difference_low", "difference_high"])


BETTER, WORSE, SAME = (0.03, 0.01, 0.05), (-0.03, -0.05, -0.01), (0.0, -0.02, 0.02)


@pytest.mark.parametrize(
    ("metrics", "promoted", "why"),
    [
        ({"ndcg_at_10": BETTER}, True, "It is better: the order of the first ten"),
        ({"ndcg_at_10": BETTER, "auc": SAME, "mrr": BETTER, "brier": SAME}, True, "It is better"),
        ({"ndcg_at_10": SAME}, False, "not surely better"),
        ({"ndcg_at_10": (0.0, 0.0, 0.0)}, False, "not surely better"),
        ({"ndcg_at_10": WORSE}, False, "It is worse"),
        ({"ndcg_at_10": BETTER, "auc": WORSE}, False, r"worse in another: .*AUC\) -0.030"),
        ({"ndcg_at_10": BETTER, "brier": BETTER}, False, "the Brier score"),  # of an error, more is worse
        ({"ndcg_at_10": BETTER, "brier": WORSE}, True, "It is better"),
        ({"ndcg_at_10": (0.03, None, None)}, False, "Too few postings"),
        ({}, False, "Too few postings"),
    ],
)
def test_against_the_live_one(metrics, promoted, why):
    verdict = gate.decide(judged(**metrics), ME, CHAMPION if metrics else None, CHAMPION)
    assert verdict.promote is promoted
    assert pd.Series([verdict.reason]).str.contains(why).all()


def test_the_first_version():
    assert gate.decide(judged(), ME, None, None).promote


@pytest.mark.parametrize(
    ("value", "low", "likeness", "promoted"),
    [
        (0.6, 0.501, 0.7, True),
        (0.6, 0.49, 0.55, True),
        (0.6, 0.49, 0.65, False),
        (0.49, 0.45, 0.48, False),
        (0.49, float("nan"), 0.6, True),  # too little was held out to tell
    ],
)
def test_a_first_version_has_to_beat_chance_or_likeness(value, low, likeness, promoted):
    rows = [
        {"scorer": ME, "metric": "auc", "value": value, "low": low, "high": 0.9},
        {"scorer": "text similarity", "metric": "auc", "value": likeness, "low": 0.1, "high": 0.9},
    ]
    verdict = gate.decide(pd.DataFrame(rows), ME, None, None)
    assert verdict.promote is promoted
    assert promoted or f"likeness {likeness:.3f}" in verdict.reason


def test_a_live_one_whose_model_is_gone():
    verdict = gate.decide(judged(ndcg_at_10=(None, None, None)), ME, None, CHAMPION)
    assert verdict.promote
    assert "gone from the warehouse" in verdict.reason


def test_a_live_one_that_is_not_the_one_it_was_compared_with():
    verdict = gate.decide(judged(ndcg_at_10=BETTER), ME, CHAMPION, "match_v7")
    assert not verdict.promote
    assert "match_v7 went live" in verdict.reason
