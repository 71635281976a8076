"""Trainings in a row, some of them crippled: the gate tells them apart on the same held-out postings."""

from dataclasses import replace
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.features import catalogue
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

pytestmark = pytest.mark.training

# What is left says nothing about who fits.
LEFT = ("posting_remote", "skills_required", "days_since_first")
GOOD = models.TrainingChoices(hyperparameters={"num_round": 30}, cutoffs=2)
CRIPPLED = replace(GOOD, left_out=tuple(name for name in catalogue.names() if name not in LEFT))
POOR = replace(GOOD, left_out=tuple(name for name in catalogue.names() if name not in (*LEFT, "times_put_forward")))


@pytest.fixture
def company(tmp_path: Path) -> Warehouse:
    """Enough postings in the time held out to tell versions apart."""
    warehouse = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
    load_tables(warehouse, make_demo(candidates=200, postings=240, interactions=4000, seed=4))
    models.refresh_features(warehouse)
    return warehouse


def test_better_is_promoted_and_worse_held_back(company: Warehouse) -> None:
    for number, (choices, state, why, live) in enumerate(
        [
            (POOR, "promoted", "The first version", 1),
            (GOOD, "promoted", "It is better: the order of the first ten", 2),
            (CRIPPLED, "held back", "It is worse: the order of the first ten", 2),
        ],
        start=1,
    ):
        assert models.train(company, requested_by="ann", choices=choices, poll_seconds=0.05).version == number
        record = models.version_record(company, number)
        assert record is not None
        assert record.state == state, record.detail
        assert why in record.detail
        assert models.serving(company).live == live  # type: ignore[union-attr]
    company.close()


def test_a_first_version_that_learnt_nothing_leaves_lists_sorted_by_likeness(company: Warehouse) -> None:
    models.train(company, requested_by="ann", choices=CRIPPLED, poll_seconds=0.05)
    record = models.version_record(company, 1)
    assert record is not None
    assert (record.state, models.serving(company)) == ("held back", None)
    assert "not surely better than chance" in record.detail
    company.close()
