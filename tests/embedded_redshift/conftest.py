"""What the tests of the embedded warehouse share: an empty database, and training data for small models."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from embedded_redshift import dbapi

TRAINING_ROWS = 600
ROOT = Path(__file__).resolve().parents[2]

# Makes a process in which the app that comes with the engine is not there.
WITHOUT_THE_APP = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "jobrec_ui":
            raise ImportError("jobrec_ui is not to be imported here")

sys.meta_path.insert(0, Refuse())
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Where a database may be made."""
    return str(tmp_path / "warehouse.duckdb")


@pytest.fixture
def connect(path: str) -> Iterator[Callable[[], dbapi.Connection]]:
    """Opens connections to one database; closes them at the end."""
    opened: list[dbapi.Connection] = []

    def open_one() -> dbapi.Connection:
        opened.append(dbapi.connect(path))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.close()


@pytest.fixture
def connection(connect: Callable[[], dbapi.Connection]) -> dbapi.Connection:
    """A connection to an empty database, each statement a transaction of its own."""
    connection = connect()
    connection.autocommit = True
    return connection


@pytest.fixture
def cursor(connection: dbapi.Connection) -> dbapi.Cursor:
    """A cursor of ``connection``."""
    return connection.cursor()


@pytest.fixture
def run_alone(tmp_path: Path) -> Callable[[str], str]:
    """Runs a script in a new process and an empty folder, where the app cannot be imported. Gives what it prints."""

    def run(script: str) -> str:
        found = subprocess.run(
            [sys.executable, "-c", WITHOUT_THE_APP + script],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert found.returncode == 0, found.stderr
        return found.stdout

    return run


def training_table(rows: int = TRAINING_ROWS) -> pa.Table:
    """Rows whose target y is 1 where a + b > 1, with a column of each further type."""
    random = np.random.default_rng(7)
    a, b = random.random(rows), random.random(rows)
    return pa.table(
        {
            "a": a,
            "b": pa.array(b, mask=random.random(rows) < 0.05),
            "n": random.integers(0, 100, rows).astype(np.int32),
            "flag": random.random(rows) < 0.5,
            "colour": random.choice(["red", "green", "blue"], rows),
            "day": pa.array((18_000 + random.integers(0, 900, rows)).astype(np.int32)).cast(pa.date32()),
            "y": (a + b > 1).astype(np.float64),
            "class": (a * 3).astype(np.int32),
            "amount": a * 10 + b,
        }
    )


@pytest.fixture
def training_data(connection: dbapi.Connection) -> pa.Table:
    """The table ml.train in the database, and its rows."""
    connection.cursor().execute("CREATE SCHEMA ml")
    table = training_table()
    connection.stage("ml", "train", table)
    return table


def create_model(
    name: str = "ml.m1",
    source: str = "(SELECT a, b, n, y FROM ml.train)",
    target: str = "TARGET y",
    function: str = "m1_score",
    clauses: str = "AUTO OFF MODEL_TYPE XGBOOST OBJECTIVE 'reg:logistic' PREPROCESSORS 'none' "
    "HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '8', MAX_DEPTH '3')",
    settings: str = "S3_BUCKET 'bucket'",
) -> str:
    """A CREATE MODEL statement."""
    head = f"CREATE MODEL {name} FROM {source} {target} FUNCTION {function} IAM_ROLE default"
    return f"{head} {clauses} SETTINGS ({settings})"


def shown(cursor: dbapi.Cursor, model: str = "ml.m1") -> dict[str, str]:
    """SHOW MODEL as a dict; lines that go on are joined with a blank."""
    found: dict[str, str] = {}
    last = ""
    for key, value in cursor.execute(f"SHOW MODEL {model}").fetchall():
        last = key or last
        if value:
            found[last] = f"{found[last]} {value}" if last in found and not key else value
    return found
