"""Model versions: the plan of cut-offs, the metrics against scikit-learn, training, failing, and what is recorded."""

import itertools
import shutil
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score, roc_auc_score

from jobrec_ui import features, models
from jobrec_ui.errors import InputError
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse


@pytest.fixture(scope="module")
def demo(demo_warehouse, tmp_path_factory):
    """A copy of the demo company. Its examples are those of its one training; tests add versions."""
    path = tmp_path_factory.mktemp("models") / "warehouse.duckdb"
    shutil.copyfile(demo_warehouse, path)
    warehouse = Warehouse(local_url(path))
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A warehouse with every table and no row."""
    warehouse = Warehouse(local_url(tmp_path_factory.mktemp("empty") / "warehouse.duckdb"))
    warehouse.execute("schema/hiring")
    warehouse.execute("schema/app_data_loads")
    models.create_schema(warehouse)
    yield warehouse
    warehouse.close()


def ask(wh, sql, **values):
    """Rows of any query, for looking at what the tables hold."""
    with wh.engine.connect() as connection:
        result = connection.execute(sa.text(sql), values)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def change(wh, *statements):
    with wh.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


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


DISCOUNTS = 1 / np.log2(np.arange(2, 12))  # of the first ten places
numbers = itertools.count(100)


def reciprocal_rank(labels, scores):
    """Of the first relevant row; no ties here."""
    ranked = np.asarray(labels)[np.argsort(-np.asarray(scores))]
    return 1 / (1 + int(np.argmax(ranked >= 0.5)))


def expected_metrics(rows, score):
    """The means over postings by scikit-learn; recall by definition. Postings without a relevant row do not count."""
    found = []
    for _, group in rows.groupby("posting_key"):
        relevant, scores = (group["label"] >= 0.5).to_numpy(), group[score].to_numpy(dtype=float)
        if not relevant.any():
            continue
        auc = roc_auc_score(relevant, scores) if not relevant.all() else np.nan
        ndcg = ndcg_score([relevant.astype(int)], [scores], k=10) if len(group) > 1 else 1.0
        found.append((auc, ndcg, reciprocal_rank(group["label"], scores)))
    return (len(found), *pd.DataFrame(found).mean())


def measured(wh, scores: pd.DataFrame) -> pd.DataFrame:
    """Metrics of rows (posting_key, candidate_key, label, score) by scorer. The score goes in as a feature."""
    other = [name for name in features.names() if name not in ("own_similarity", "total_similarity")]
    rows = scores.assign(cutoff=datetime(2024, 1, 1), is_holdout=True, own_similarity=scores["score"].astype("float32"))
    with wh.transaction() as tx:
        tx.stage("scored", pa.Table.from_pandas(rows.drop(columns="score"), preserve_index=False))
    nulls = ", ".join(f"CAST(NULL AS REAL) AS {name}" for name in other)
    change(
        wh,
        "DELETE FROM training.examples",
        f"INSERT INTO training.examples (cutoff, is_holdout, posting_key, candidate_key, label, own_similarity, "
        f"total_similarity, {', '.join(other)}) SELECT cutoff, is_holdout, posting_key, candidate_key, label, "
        f"own_similarity, CAST(NULL AS REAL), {nulls} FROM staging.scored",
    )
    version = next(numbers)
    # Any function of one REAL can stand for a model's: ABS gives back what is not negative.
    slots = {"score_function": "abs", "features": ["own_similarity"]}
    wh.execute("model/measure_version", {"version": version, "scorer": "model"}, slots)
    rows = ask(wh, "SELECT * FROM app.model_metrics WHERE judged_for = :version", version=version)
    return rows.pivot(index=["scorer", "postings"], columns="metric", values="value").reset_index("postings")


def random_rows(rng, postings, least, most, distinct=None):
    """Postings of `least` to `most` rows; `distinct` scores only, so that many are equal."""
    parts = []
    for posting in range(postings):
        size = int(rng.integers(least, most + 1))
        scores = rng.permutation(size) / size if distinct is None else rng.integers(0, distinct, size) / distinct
        labels = rng.choice([0.0, 0.1, 0.7, 0.8, 1.0], size, p=[0.6, 0.2, 0.1, 0.05, 0.05])
        parts.append(pd.DataFrame({"posting_key": posting, "label": labels, "score": scores}))
    rows = pd.concat(parts, ignore_index=True)
    rows["candidate_key"] = rng.permutation(len(rows))
    return rows


class TestMetrics:
    @pytest.mark.parametrize(("least", "most"), [(2, 9), (11, 60), (1, 25)])
    def test_random_rows(self, empty, least, most):
        rows = random_rows(np.random.default_rng(least), 40, least, most)
        got = measured(empty, rows).loc["model"]
        rows["score"] = rows["score"].astype("float32")
        postings, auc, ndcg, mrr = expected_metrics(rows, "score")
        assert (got["postings"], got["auc"], got["ndcg_at_10"], got["mrr"]) == pytest.approx((postings, auc, ndcg, mrr))

    def test_ties_share_their_places(self, empty):
        rows = random_rows(np.random.default_rng(7), 40, 5, 60, distinct=4)
        got = measured(empty, rows).loc["model"]
        _, auc, ndcg, _ = expected_metrics(rows, "score")
        assert (got["auc"], got["ndcg_at_10"]) == pytest.approx((auc, ndcg))
        assert 0 < got["mrr"] <= 1

    def test_both_scorers_see_the_same_rows(self, empty):
        """Text similarity adds what is there of own and past words: here it is the very score."""
        got = measured(empty, random_rows(np.random.default_rng(8), 10, 5, 30))
        names = ["postings", "auc", "mrr", "ndcg_at_10", "recall_at_10"]
        assert got.loc["model", names].tolist() == pytest.approx(got.loc["text similarity", names].tolist())

    @pytest.mark.parametrize(
        ("labels", "scores", "auc", "mrr", "ndcg", "recall"),
        [
            ([1, 0, 0], [3, 2, 1], 1, 1, 1, 1),
            ([0, 0, 1], [3, 2, 1], 0, 1 / 3, np.log(2) / np.log(4), 1),
            ([1], [1], np.nan, 1, 1, 1),
            ([1, 1, 1], [3, 2, 1], np.nan, 1, 1, 1),  # one class only: no pair to order
            ([0.5, 0.49], [2, 1], 1, 1, 1, 1),  # relevant from a half up
            ([1] * 20 + [0] * 20, [2] * 20 + [1] * 20, 1, 1, 1, 1),  # more relevant rows than places
            ([1] * 5 + [0] * 15, [1] * 20, 0.5, None, 0.25 * DISCOUNTS.sum() / DISCOUNTS[:5].sum(), 0.5),
        ],
    )
    def test_edges(self, empty, labels, scores, auc, mrr, ndcg, recall):
        size = len(labels)
        rows = pd.DataFrame({"posting_key": 1, "candidate_key": range(size), "label": labels, "score": scores})
        got = measured(empty, rows.astype({"label": float})).loc["model"]
        assert got["postings"] == 1
        got_numbers = got[["auc", "ndcg_at_10", "recall_at_10"]].astype(float).tolist()
        assert got_numbers == pytest.approx([auc, ndcg, recall], nan_ok=True)
        assert mrr is None or got["mrr"] == pytest.approx(mrr)

    def test_postings_without_a_relevant_row_do_not_count(self, empty):
        rows = pd.DataFrame(
            {
                "posting_key": [1, 1, 2, 2],
                "candidate_key": range(4),
                "label": [0.0, 0.1, 0.0, 1.0],
                "score": [4, 3, 2, 1],
            }
        )
        got = measured(empty, rows).loc["model"]
        assert (got["postings"], got["auc"], got["mrr"]) == (1, 0, 0.5)

    def test_nothing_relevant_gives_no_row(self, empty):
        rows = pd.DataFrame({"posting_key": 1, "candidate_key": range(3), "label": 0.0, "score": [3, 2, 1]})
        assert measured(empty, rows).empty


class TestTheDemosVersion:
    def test_what_is_recorded(self, demo):
        version = models.live_version(demo)
        assert (version.version, version.name, version.function) == (1, "match_v1", "ml.match_v1_score")
        assert version.features == features.names()
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
        assert [tuple(row) for row in deployments.to_numpy()] == [(1, "demo", "trained")]

    def test_the_metrics_are_those_of_scikit_learn_on_the_same_rows(self, demo):
        version = models.live_version(demo)
        rows = ask(
            demo,
            f"SELECT posting_key, candidate_key, label, {version.function}({', '.join(version.features)}) AS score, "
            "COALESCE(total_similarity, 0) + COALESCE(own_similarity, 0) AS likeness "
            "FROM training.examples WHERE is_holdout",
        )
        assert rows["score"].between(0, 1).all()
        for name, metrics in (("score", version.metrics), ("likeness", version.baseline)):
            postings, auc, ndcg, _ = expected_metrics(rows, name)
            assert version.postings == postings
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
