"""Training from end to end on a small company: repeatable, blind to shuffled labels, and safe when it fails."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa

from jobrec_ui import models
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.features import catalogue
from jobrec_ui.models import examples
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Transaction, Warehouse
from tests.models.conftest import QUICK
from tests.warehouse_copies import ask, opened_copy

KEYS = ["cutoff", "posting_key", "candidate_key"]


def train(warehouse, requested_by="ann", **options):
    return models.train(warehouse, requested_by=requested_by, choices=QUICK, poll_seconds=0.05, **options)


@pytest.fixture
def wh(one_version_file, tmp_path):
    """A copy of the tiny company, with one version, of the test's own."""
    with opened_copy(one_version_file, tmp_path) as warehouse:
        yield warehouse


def change(wh, *statements):
    with wh.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def scores(wh, version):
    """The version's score of every example, as they are now."""
    call = f"{version.function}({', '.join(version.features)})"
    return ask(
        wh, f"SELECT cutoff, posting_key, candidate_key, label, is_holdout, {call} AS score FROM training.examples"
    )


def events_of(wh, version):
    return ask(wh, "SELECT state, detail FROM app.model_events WHERE version = :v", v=version)


@pytest.fixture
def examples_stay(wh, monkeypatch):
    """Trains on the examples that are there, changed or not, instead of gathering them anew."""
    monkeypatch.setattr(examples, "gather", lambda wh, choices, progress: examples.schedule_of(wh, choices))


def test_training_twice_gives_the_same_scores(wh):
    """Same data, same examples, same model: the new version is not better, so it is held back."""
    first = models.live_version(wh)
    before = scores(wh, first).sort_values(KEYS, ignore_index=True)
    steps = []
    second = train(wh, "bob", progress=steps.append)
    assert (first.version, second.version, models.live_version(wh)) == (1, 2, first)
    assert models.version_record(wh, 2).state == "held back"
    after = scores(wh, second).sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(after, before, check_exact=True)
    assert before["score"].nunique() > 20
    assert second.metrics == pytest.approx(first.metrics, abs=1e-12)  # sums in any order
    pd.testing.assert_frame_equal(scores(wh, first).sort_values(KEYS, ignore_index=True), before, check_exact=True)
    deployments = ask(wh, "SELECT version, deployed_by FROM app.deployments ORDER BY version")
    assert [tuple(row) for row in deployments.to_numpy()] == [(1, "ann")]
    assert any("Training version 2" in step for step in steps)


@pytest.mark.usefixtures("examples_stay")
def test_shuffled_labels_teach_nothing(wh):
    """With labels dealt out anew at random, the holdout's AUC is a half, within four standard errors."""
    rows = ask(wh, f"SELECT {', '.join(KEYS)}, label FROM training.examples").sort_values(KEYS, ignore_index=True)
    rows["label"] = np.random.default_rng(8).permutation(rows["label"])
    with wh.transaction() as tx:
        tx.stage("dealt", pa.Table.from_pandas(rows, preserve_index=False))
    same = " AND ".join(f"training.examples.{key} = d.{key}" for key in KEYS)
    change(wh, f"UPDATE training.examples SET label = d.label FROM staging.dealt AS d WHERE {same}")
    version = train(wh)
    rows = scores(wh, version)
    groups = [group["label"] >= 0.5 for _, group in rows[rows["is_holdout"].astype(bool)].groupby("posting_key")]
    counts = [(int(relevant.sum()), int((~relevant).sum())) for relevant in groups]
    # Of the Mann-Whitney statistic, without ties; the mean over postings.
    variances = [(ones + others + 1) / (12 * ones * others) for ones, others in counts if ones and others]
    assert len(variances) == version.postings > 0
    assert version.metrics["auc"] == pytest.approx(0.5, abs=4 * math.sqrt(sum(variances)) / len(variances))


class TestRefusals:
    """Too little to learn from is said before anything is trained, and nothing is recorded."""

    @pytest.fixture(autouse=True)
    def nothing_changes(self, wh):
        yield
        assert models.live_version(wh).version == 1
        assert ask(wh, "SELECT COUNT(*) AS n FROM app.model_versions")["n"][0] == 1

    def test_too_few_examples(self, wh):
        change(
            wh, "DELETE FROM features.candidate_words", "DELETE FROM features.events WHERE MOD(candidate_key, 30) <> 0"
        )
        with pytest.raises(InputError, match=r"There are \d+ examples to learn from, .* at least 500"):
            train(wh)

    def test_only_views(self, wh):
        change(wh, "DELETE FROM features.events WHERE stage <> 'viewed'")
        with pytest.raises(InputError, match="no candidate reached a stage beyond viewing"):
            train(wh)

    def test_no_interactions(self, wh):
        change(wh, "DELETE FROM features.events")
        with pytest.raises(InputError, match="nothing to learn from"):
            train(wh)

    def test_a_short_history(self, wh):
        change(wh, "UPDATE features.events SET occurred_at = '2024-05-01 12:00:00'")
        with pytest.raises(InputError, match="At least four weeks"):
            train(wh)


def test_no_data_at_all(tmp_path):
    warehouse = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
    warehouse.execute("schema/hiring")
    warehouse.execute("schema/app_data_loads")
    with pytest.raises(InputError, match="There is no data yet"):
        models.refresh_features(warehouse)
    with pytest.raises(InputError, match="nothing to learn from"):
        train(warehouse)
    assert models.live_version(warehouse) is None
    warehouse.close()


@pytest.mark.usefixtures("examples_stay")
class TestFailures:
    """The old version serves on, and the record says why the new one does not."""

    def check(self, wh, why):
        assert models.live_version(wh).version == 1
        assert scores(wh, models.live_version(wh))["score"].notna().all()
        events = events_of(wh, 2)
        assert "promoted" not in set(events["state"])
        [detail] = events[events["state"] == "failed"]["detail"]
        assert why in detail

    def test_a_training_that_fails_in_the_warehouse(self, wh):
        change(wh, "UPDATE training.examples SET label = label + 1")
        with pytest.raises(
            WarehouseError, match="training of version 2 failed: Objective reg:logistic needs a target from 0 to 1"
        ):
            train(wh)
        self.check(wh, "reg:logistic")
        assert wh.query("models/next_version").iloc[0, 0] == 3  # its number is not used again

    def test_a_training_that_the_warehouse_refuses(self, wh, monkeypatch):
        monkeypatch.setattr(catalogue, "names", lambda: ("own_similarity", "no_such_feature"))
        with pytest.raises(WarehouseError, match="no_such_feature"):
            train(wh)
        self.check(wh, "no_such_feature")

    def test_a_version_that_cannot_be_judged(self, wh, monkeypatch):
        execute = Transaction.execute

        def fail(self, name, *args, **kwargs):
            if name == "quality/add_metrics":
                raise WarehouseError("The disk is full.")
            return execute(self, name, *args, **kwargs)

        monkeypatch.setattr(Transaction, "execute", fail)
        with pytest.raises(WarehouseError, match="The disk is full"):
            train(wh)
        monkeypatch.undo()
        self.check(wh, "The disk is full.")
