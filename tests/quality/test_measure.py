"""The metrics of a holdout against scikit-learn, ties and edges included; the intervals and the paired differences."""

import itertools
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    label_ranking_average_precision_score,
    log_loss,
    ndcg_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from jobrec_ui.errors import InputError
from jobrec_ui.quality import measure
from jobrec_ui.quality.measure import METRICS, RANKING, summarise
from tests.quality.conftest import ask

LABELS = (0.0, 0.1, 0.49, 0.5, 0.7, 1.0)


def frame(*postings, scorer="match_v1"):
    """Rows of one scorer from (labels, scores) of each posting."""
    parts = [
        pd.DataFrame({"scorer": scorer, "posting_id": f"P{number}", "label": labels, "score": scores})
        for number, (labels, scores) in enumerate(postings)
    ]
    rows = pd.concat(parts, ignore_index=True).astype({"label": float, "score": float})
    rows["candidate_id"] = [f"C{number}" for number in range(len(rows))]
    return rows


def metrics_of(wh, version, scorer="match_v1"):
    """metric: value, as measure wrote them."""
    rows = ask(wh, "SELECT * FROM app.model_metrics WHERE judged_for = :version", version=version)
    return rows[rows["scorer"] == scorer].set_index("metric")["value"].to_dict()


def at_k(score, relevant, scores, k):
    """scikit-learn's recall or precision of "is among the first k", the mean over all orders of ties.

    Of the tie at the edge each choice is as likely: the mean of the two ends is that of the count of hits.
    """
    order = np.argsort(-scores, kind="stable")
    edge = scores[order[min(k, len(scores)) - 1]]
    inside, tied = scores > edge, np.flatnonzero(scores == edge)
    places = min(k, len(scores)) - inside.sum()
    share = Fraction(int(places), len(tied))
    # One choice with the fewest, one with the most relevant ones; hits are linear in the relevant ones chosen.
    by_relevance = tied[np.argsort(relevant[tied], kind="stable")]
    low, high = (np.isin(np.arange(len(scores)), part[:places]) | inside for part in (by_relevance, by_relevance[::-1]))
    hits_low, hits_high = (relevant[chosen].sum() for chosen in (low, high))
    expected_hits = relevant[inside].sum() + relevant[tied].sum() * float(share)
    at_low, at_high = (score(relevant, chosen, zero_division=0) for chosen in (low, high))
    if hits_low == hits_high:
        return at_low
    return at_low + (at_high - at_low) * (expected_hits - hits_low) / (hits_high - hits_low)


def expected_ranking(rows):
    """The means over postings by scikit-learn. Postings without a relevant row do not count."""
    found = []
    for _, group in rows.groupby("posting_id"):
        relevant, scores = (group["label"] >= 0.5).to_numpy(), group["score"].to_numpy()
        if not relevant.any():
            continue
        one = {
            f"ndcg_at_{k}": ndcg_score([relevant.astype(int)], [scores], k=k) if len(group) > 1 else 1.0
            for k in (5, 10, 20)
        }
        one |= {f"recall_at_{k}": at_k(recall_score, relevant, scores, k) for k in (5, 10, 20, 50)}
        one |= {f"precision_at_{k}": at_k(precision_score, relevant, scores, k) for k in (5, 10, 20)}
        one["auc"] = roc_auc_score(relevant, scores) if not relevant.all() else np.nan
        one["average_precision"] = average_precision_score(relevant, scores)
        found.append(one)
    return pd.DataFrame(found).mean().dropna().to_dict()


def expected_probability(rows):
    relevant, scores = (rows["label"] >= 0.5).to_numpy(), rows["score"].to_numpy()
    real, said = calibration_curve(relevant, scores, n_bins=10, strategy="uniform")
    inside = np.bincount(np.minimum((scores * 10).astype(int), 9), minlength=10)
    return {
        "log_loss": log_loss(relevant, scores, labels=[False, True]),
        "brier": brier_score_loss(relevant, scores, labels=[False, True], pos_label=True),
        "calibration_error": np.abs(real - said) @ inside[inside > 0] / len(scores),
    }


# Off the edges of tenths, where scikit-learn puts a score into the tenth below.
scores = st.one_of(
    st.integers(0, 99).map(lambda number: (number + 0.5) / 100),
    st.sampled_from([0.0, 0.25, 0.999, 1.0]),
)
posting = st.lists(st.tuples(st.sampled_from(LABELS), scores), min_size=1, max_size=60).map(
    lambda pairs: tuple(zip(*pairs, strict=True))
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(postings=st.lists(posting, min_size=1, max_size=4))
@example(postings=[((1.0, 0.0), (0.5, 0.5))])  # all scores equal
@example(postings=[((1.0, 1.0, 1.0), (0.3, 0.2, 0.2))])  # one class only
@example(postings=[((0.0, 0.1, 0.49), (0.3, 0.2, 0.2))])  # nobody relevant
@example(postings=[((1.0,), (0.4,))])  # a list of one: every k is beyond it
@example(postings=[((1.0,) * 30 + (0.0,) * 30, (0.25,) * 60)])  # more relevant ones than places, in one tie
def test_it_is_what_scikit_learn_says(empty, put_scores, postings):
    rows = frame(*postings)
    version = put_scores(rows)
    measure(empty, version, None)
    got = metrics_of(empty, version)
    expected = expected_ranking(rows) | expected_probability(rows)
    assert {name: got.get(name) for name in expected} == pytest.approx(expected)
    assert set(got) - set(expected) <= {"mrr"}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=6))
def test_the_reciprocal_rank_is_the_mean_over_all_orders_of_ties(empty, put_scores, pairs):
    if not any(relevant for relevant, _ in pairs):
        return
    orders = [
        order
        for order in itertools.permutations(pairs)
        if all(earlier[1] >= later[1] for earlier, later in itertools.pairwise(order))
    ]
    expected = np.mean([1 / (1 + [relevant for relevant, _ in order].index(True)) for order in orders])
    version = put_scores(frame(([float(relevant) for relevant, _ in pairs], [score / 2 for _, score in pairs])))
    measure(empty, version, None)
    assert metrics_of(empty, version)["mrr"] == pytest.approx(expected)


def test_the_reciprocal_rank_of_one_relevant_row_is_scikit_learns_ranking_precision(empty, put_scores):
    random = np.random.default_rng(3)
    lists = [(random.permutation([1.0] + [0.0] * 29), random.permutation(30) / 30) for _ in range(8)]
    version = put_scores(frame(*lists))
    measure(empty, version, None)
    expected = np.mean([label_ranking_average_precision_score([labels > 0], [scores]) for labels, scores in lists])
    assert metrics_of(empty, version)["mrr"] == pytest.approx(expected)


def test_a_candidate_without_a_score_comes_last(empty, put_scores):
    version = put_scores(frame(([1.0, 0.0, 0.0], [np.nan, 0.2, 0.1]), scorer="popularity"))
    measure(empty, version, None)
    got = metrics_of(empty, version, "popularity")
    assert (got["auc"], got["mrr"]) == (0.0, pytest.approx(1 / 3))


def random_lists(random, postings, quality):
    """``postings`` lists of 30; relevant ones score higher by ``quality`` on average."""
    lists = []
    for _ in range(postings):
        relevant = random.random(30) < 0.2
        relevant[0] = True
        lists.append((relevant.astype(float), 1 / (1 + np.exp(-random.normal(size=30) - quality * relevant))))
    return lists


@pytest.fixture(scope="module")
def rows(empty, put_scores):
    """What is written of a good model, its champion and a baseline, all on the same rows."""
    random = np.random.default_rng(1)
    lists = random_lists(random, 60, 2.0)
    worse = [(labels, scores * 0.5 + random.random(30) * 0.5) for labels, scores in lists]
    chance = [(labels, random.random(30) * 9) for labels, _ in lists]
    scorers = {"match_v2": lists, "match_v1": worse, "random": chance}
    version = put_scores(pd.concat([frame(*given, scorer=name) for name, given in scorers.items()]))
    measure(empty, version, "match_v1")
    written = ask(empty, "SELECT * FROM app.model_metrics WHERE judged_for = :version", version=version)
    return written.set_index(["scorer", "metric"])


class TestComparison:
    def test_every_scorer_has_its_metrics(self, rows):
        assert set(rows.loc["match_v2"].index) == set(rows.loc["match_v1"].index) == set(METRICS)
        assert set(rows.loc["random"].index) == set(RANKING)  # what it gives is no probability
        assert (rows["postings"] == 60).all()

    def test_values_lie_in_their_intervals(self, rows):
        assert (rows["low"] <= rows["value"]).all()
        assert (rows["value"] <= rows["high"]).all()
        assert (rows["high"] - rows["low"] < 0.5).all()

    def test_the_champion_has_no_difference_to_itself(self, rows):
        assert rows.loc["match_v1", ["difference", "difference_low", "difference_high"]].isna().all(axis=None)

    def test_a_better_model_is_better_for_certain(self, rows):
        better = rows.loc[("match_v2", "ndcg_at_10")]
        assert better["difference"] == pytest.approx(better["value"] - rows.loc[("match_v1", "ndcg_at_10"), "value"])
        assert 0 < better["difference_low"] < better["difference"] < better["difference_high"]
        assert rows.loc[("random", "ndcg_at_10"), "difference_high"] < 0


def figures(values, scorer="match_v1"):
    """What posting_metrics gives, with the same value for every metric."""
    rows = pd.DataFrame({"scorer": scorer, "posting_id": [f"P{number}" for number in range(len(values))]})
    return rows.assign(**dict.fromkeys(RANKING, values))


NO_TENTHS = pd.DataFrame(
    columns=["scorer", "posting_id", "tenth", "candidates", "score_sum", "relevant_sum", "log_loss_sum"]
)


class TestIntervals:
    def test_they_hold_the_true_value_about_95_times_in_100(self):
        random = np.random.default_rng(5)
        held = []
        for _ in range(100):
            got = summarise(figures(random.beta(2, 3, size=80)), NO_TENTHS, None, draws=300).iloc[0]
            held.append(got["low"] <= 0.4 <= got["high"])
        assert 0.90 <= np.mean(held) <= 0.99

    def test_the_same_input_gives_the_same_output(self):
        given = figures(np.random.default_rng(6).random(40))
        pd.testing.assert_frame_equal(summarise(given, NO_TENTHS, None), summarise(given[::-1], NO_TENTHS, None))

    def test_pairing_makes_a_difference_surer_than_the_values(self):
        """Some postings are hard for both."""
        random = np.random.default_rng(7)
        hardness = random.random(60)
        better = figures(hardness + random.normal(0.02, 0.01, size=60), "match_v2")
        got = summarise(pd.concat([figures(hardness), better]), NO_TENTHS, "match_v1").set_index("scorer")
        one = got.loc["match_v2"].iloc[0]
        assert 0 < one["difference_low"] < one["difference_high"] < 0.03
        assert one["high"] - one["low"] > 0.1

    def test_few_postings_give_no_interval(self):
        both = pd.concat([figures([0.1, 0.9, 0.5, 0.7]), figures([0.2, 0.9, 0.6, 0.7], "match_v2")])
        got = summarise(both, NO_TENTHS, "match_v1")
        assert got[["low", "high", "difference_low", "difference_high"]].isna().all(axis=None)
        assert got["difference"].dropna().tolist() == pytest.approx([0.05] * len(RANKING))

    def test_an_unknown_champion(self):
        with pytest.raises(InputError, match="no scores of 'match_v7'"):
            summarise(figures([0.1, 0.9]), NO_TENTHS, "match_v7")

    def test_nothing_judged(self):
        got = summarise(figures([]), NO_TENTHS, None)
        assert got.empty
