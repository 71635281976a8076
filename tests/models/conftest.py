"""A tiny company with three versions: the first is live, the others, trained on the same data, are held back."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobrec_ui.accounts import User
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

# In a process of its own: its end writes everything into the file.
_BUILD = """
import sys
from jobrec_ui import models
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.warehouse import Warehouse
warehouse = Warehouse(sys.argv[1])
load_tables(warehouse, make_demo(candidates=120, postings=40, interactions=1200, seed=4))
models.refresh_features(warehouse)
quick = models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)
for _ in range(3):
    models.train(warehouse, requested_by="ann", choices=quick, poll_seconds=0.05)
warehouse.close()
"""


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the tiny company, closed: to copy."""
    path = tmp_path_factory.mktemp("tiny") / "warehouse.duckdb"
    subprocess.run([sys.executable, "-c", _BUILD, local_url(path)], check=True, timeout=280)
    return path


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
