"""A tiny company with one version, and with three: the first is live, the others, of the same data, are held back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.access.accounts import User
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.warehouse import Warehouse
from tests.warehouse_copies import opened_copy

QUICK = models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)


def build(warehouse: Warehouse) -> None:
    load_tables(warehouse, make_demo(candidates=120, postings=40, interactions=1200, seed=4))
    models.refresh_features(warehouse)
    train(warehouse)


def train(warehouse: Warehouse) -> None:
    models.train(warehouse, requested_by="ann", choices=QUICK, poll_seconds=0.05)


@pytest.fixture(scope="session")
def one_version_file(build_once: Callable[..., Path]) -> Path:
    """The file of the tiny company with its first version, closed: to copy."""
    return build_once("tiny company", build)


@pytest.fixture(scope="session")
def tiny_file(build_once: Callable[..., Path], one_version_file: Path) -> Path:
    """The file of the tiny company with all three, closed: to copy."""

    def build_more(warehouse: Warehouse) -> None:
        train(warehouse)
        train(warehouse)

    return build_once("tiny company, three versions", build_more, onto=one_version_file)


@pytest.fixture
def wh(tiny_file: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of the tiny company, with three versions, of the test's own."""
    with opened_copy(tiny_file, tmp_path) as warehouse:
        yield warehouse


@pytest.fixture
def admin() -> User:
    return User("ann", "Ann", "admin", "")


@pytest.fixture
def recruiter() -> User:
    return User("rob", "Rob", "recruiter", "")
