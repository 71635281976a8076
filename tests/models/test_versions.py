"""Model versions: the plan of cut-offs, the metrics against scikit-learn, training, failing, and what is recorded."""

import itertools
from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score, roc_auc_score

from jobrec_ui import models
from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from tests.warehouse_copies import ask, opened_copy


@pytest.fixture(scope="module")
def demo(demo_warehouse, reach, tmp_path_factory):
    """A copy of the demo company. Its examples are those of its one training; tests add versions."""
    with opened_copy(demo_warehouse, tmp_path_factory.mktemp("models"), reach) as warehouse:
        yield warehouse


class TestPlan:
    @given(
        first=st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
        days=st.floats(28, 9000),
    )
    def test_the_windows(self, first, days):
        last = first + timedelta(days=days)
        schedule = models.plan(first, last)
        start, end = schedule.holdout
        assert start < last < end <= last + timedelta(seconds=1)
        assert timedelta(days=2) < end - start <= timedelta(days=60, seconds=2)
        assert len(schedule.training) == 5
        for cutoff, until in schedule.training:
            assert first < cutoff < until <= start  # something is known before, and nothing of the holdout is learnt
            assert until - cutoff <= timedelta(days=364)
        cutoffs = [cutoff for cutoff, _ in schedule.training]
        assert all(later > earlier for later, earlier in itertools.pairwise(cutoffs))

    @given(days=st.floats(0, 27.99))
    def test_a_history_that_is_too_short(self, days):
        first = datetime(2024, 1, 1)
        with pytest.raises(InputError, match="At least four weeks"):
            models.plan(first, first + timedelta(days=days))

    def test_two_years(self):
        schedule = models.plan(datetime(2022, 1, 1), datetime(2023, 12, 31, 23, 59, 59))
        assert schedule.holdout == (datetime(2023, 11, 2), datetime(2024, 1, 1))
        assert schedule.training[0] == (datetime(2023, 8, 3), datetime(2023, 11, 2))


@pytest.mark.over_the_wire
class TestTheDemosVersion:
    def test_what_is_recorded(self, demo):
        version = models.live_version(demo)
        assert (version.version, version.name, version.function) == (1, "match_v1", "ml.match_v1_score")
        assert version.features == catalogue.names()
        assert version.data_version == 1
        rows = ask(demo, "SELECT is_holdout, label FROM training.examples")
        learnt = rows[~rows["is_holdout"].astype(bool)]
        record = ask(demo, "SELECT * FROM app.model_versions").iloc[0]
        assert (version.examples, record["examples"], record["positives"]) == (
            len(learnt), len(learnt), (learnt["label"] >= 0.5).sum(),
        )  # fmt: skip
        assert record["requested_by"] == "demo"
        states = ask(demo, "SELECT state FROM app.model_events WHERE version = 1")["state"]
        assert sorted(states) == sorted(["requested", "training", "ready", "evaluated", "promoted"])
        deployments = ask(demo, "SELECT version, deployed_by, reason FROM app.deployments")
        [(number, who, why)] = deployments.to_numpy()
        assert (number, who) == (1, "demo")
        assert why.startswith("The first version")

    def test_every_scorer_is_judged_on_the_same_rows(self, demo):
        """The model's metrics are those of scikit-learn on what its function gives for the held-out rows."""
        version = models.live_version(demo)
        rows = ask(demo, "SELECT scorer, posting_id, candidate_id, label, score FROM app.holdout_scores")
        by_scorer = dict(list(rows.groupby("scorer")))
        assert set(by_scorer) == {"match_v1", "random", "popularity", "text similarity"}
        pairs = {
            tuple(sorted(zip(g["posting_id"], g["candidate_id"], g["label"], strict=True))) for g in by_scorer.values()
        }
        assert len(pairs) == 1
        assert by_scorer["match_v1"]["score"].between(0, 1).all()
        for scorer, metrics in (("match_v1", version.metrics), ("text similarity", version.baseline)):
            found = []
            for _, group in by_scorer[scorer].groupby("posting_id"):
                relevant = group["label"] >= 0.5
                if relevant.any():
                    found.append(
                        (
                            roc_auc_score(relevant, group["score"]),
                            ndcg_score([relevant.astype(int)], [group["score"]], k=10),
                        )
                    )
            auc, ndcg = pd.DataFrame(found).mean()
            assert version.postings == len(found)
            assert (metrics["auc"], metrics["ndcg_at_10"]) == pytest.approx((auc, ndcg), rel=1e-6)
        assert version.metrics["auc"] > 0.55

    def test_no_example_of_the_holdout_is_learnt_from(self, demo):
        """Postings of the holdout opened in its window; those learnt from in theirs, before it."""
        rows = ask(
            demo,
            "SELECT e.is_holdout, e.cutoff, MIN(p.opened_on) AS first_on, MAX(p.opened_on) AS last_on "
            "FROM training.examples AS e INNER JOIN features.posting_facts AS p ON e.posting_key = p.posting_key "
            "GROUP BY e.is_holdout, e.cutoff",
        )
        version = models.live_version(demo)
        holdout = rows["is_holdout"].astype(bool)
        assert rows[holdout]["cutoff"].tolist() == [pd.Timestamp(version.holdout_from)]
        assert (rows[~holdout]["cutoff"] < version.holdout_from).all()
        assert (rows[~holdout]["last_on"] <= version.holdout_from.date()).all()
        assert (rows["first_on"] >= rows["cutoff"].dt.date).all()
        twice = ask(
            demo,
            "SELECT COUNT(*) AS n FROM training.examples "
            "GROUP BY cutoff, posting_key, candidate_key HAVING COUNT(*) > 1",
        )
        assert twice.empty

    def test_typical_values_are_the_means_of_the_examples(self, demo):
        version = models.live_version(demo)
        columns = ", ".join(version.features)
        typical = ask(demo, f"SELECT {columns} FROM {version.typical_table}").iloc[0].astype(float)
        means = ask(demo, f"SELECT {columns} FROM training.examples WHERE NOT is_holdout").astype(float).mean()
        pd.testing.assert_series_equal(typical, means, check_names=False, rtol=1e-5)
