"""A tiny company with three versions: the first is live, the others, trained on the same data, are held back."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.access.accounts import User
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

QUICK = models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)


def build(warehouse: Warehouse) -> None:
    load_tables(warehouse, make_demo(candidates=120, postings=40, interactions=1200, seed=4))
    models.refresh_features(warehouse)
    for _ in range(3):
        models.train(warehouse, requested_by="ann", choices=QUICK, poll_seconds=0.2)


@pytest.fixture(scope="session")
def tiny_file(build_once: Callable[..., Path]) -> Path:
    """The file of the tiny company, closed: to copy."""
    return build_once("tiny company", build)


@pytest.fixture
def wh(tiny_file: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of the tiny company of the test's own."""
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(tiny_file, path)
    warehouse = Warehouse(local_url(path))
    yield warehouse
    warehouse.close()


@pytest.fixture
def admin() -> User:
    return User("ann", "Ann", "admin", "")


@pytest.fixture
def recruiter() -> User:
    return User("rob", "Rob", "recruiter", "")
