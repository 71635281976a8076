"""A process killed at any moment leaves a database that opens, with every finished load and model intact."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from embedded_redshift import dbapi
from tests.embedded_redshift.conftest import create_model, shown

pytestmark = pytest.mark.process

# Each prints a line when it is in the middle of its work, and goes on until it is killed.
PRELUDE = """
import sys
import numpy as np
import pyarrow as pa
from embedded_redshift import dbapi
connection = dbapi.connect(sys.argv[1])
cursor = connection.cursor()
connection.autocommit = True
"""
LOADING = (
    PRELUDE
    + """
connection.autocommit = False
cursor.execute("DELETE FROM ml.train")
table = pa.table({"a": np.random.default_rng(0).random(300_000)})
for number in range(10_000):
    connection.stage("ml", f"part{number}", table)
    cursor.execute(f"INSERT INTO ml.loaded SELECT a FROM ml.part{number}")
    print("working", flush=True)
"""
)
COMMITTING = (
    PRELUDE
    + """
for number in range(1_000_000):
    cursor.execute("INSERT INTO ml.events VALUES (:number)", {"number": number})
    print(number, flush=True)
"""
)
TRAINING = (
    PRELUDE
    + """
cursor.execute(sys.argv[2])
print("working", flush=True)
connection.wait_for_trainings()
"""
)
CHECKPOINTING = (
    PRELUDE
    + """
for number in range(10_000):
    connection.stage("ml", "part", pa.table({"a": np.random.default_rng(number).random(300_000)}))
    cursor.execute("VACUUM")
    print("working", flush=True)
"""
)
ENDLESS = create_model("ml.m2", function="m2_score").replace("'8'", "'100000000'")


@pytest.fixture
def killed(path: str, training_data: object, connection: dbapi.Connection) -> Callable[..., list[str]]:
    """Makes a database with ml.train and a trained ml.m1, runs a script on it, kills it in the middle of its work."""
    cursor = connection.cursor()
    cursor.execute(create_model())
    cursor.execute("CREATE TABLE ml.loaded (a FLOAT8)")
    cursor.execute("CREATE TABLE ml.events (number INTEGER)")
    assert connection.wait_for_trainings(60)
    connection.close()

    def run_and_kill(script: str, *arguments: str, lines: int = 1, pause: float = 0.0) -> list[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script, path, *arguments], stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(lines)]
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        process.stdout.close()
        assert all(seen), "the script must have come to its work"
        return [*seen, *rest.splitlines()]

    return run_and_kill


def check_intact(path: str) -> dbapi.Connection:
    """The database opens, the training data is there, the model predicts."""
    connection = dbapi.connect(path)
    connection.autocommit = True
    cursor = connection.cursor()
    assert cursor.execute("SELECT COUNT(*), COUNT(ml.m1_score(a, b, n)) FROM ml.train").fetchone() == (600, 600)
    assert shown(cursor)["Model State"] == "READY"
    return connection


@pytest.mark.parametrize("pause", [0.0, 0.15])
def test_killed_in_the_middle_of_a_load(killed: Callable[..., list[str]], path: str, pause: float) -> None:
    killed(LOADING, lines=2, pause=pause)
    connection = check_intact(path)
    assert connection.cursor().execute("SELECT COUNT(*) FROM ml.loaded").fetchone() == (0,), "half a load never shows"
    connection.close()


def test_killed_between_commits_keeps_what_was_committed(killed: Callable[..., list[str]], path: str) -> None:
    reported = killed(COMMITTING, lines=30)
    connection = check_intact(path)
    row = connection.cursor().execute("SELECT COUNT(*), MAX(number) FROM ml.events").fetchone()
    assert row is not None
    assert row[0] == row[1] + 1, "no gaps"
    assert row[1] >= int(reported[29]), "what was reported as committed is there"
    connection.close()


def test_killed_while_the_file_is_rewritten(killed: Callable[..., list[str]], path: str) -> None:
    killed(CHECKPOINTING, lines=3, pause=0.05)
    connection = check_intact(path)
    rows = connection.cursor().execute("SELECT COUNT(*) FROM ml.part").fetchone()
    assert rows == (300_000,)
    connection.close()


def test_killed_while_training(killed: Callable[..., list[str]], path: str) -> None:
    killed(TRAINING, ENDLESS, pause=0.3)
    connection = check_intact(path)
    cursor = connection.cursor()
    rows = shown(cursor, "ml.m2")
    assert rows["Model State"] == "FAILED"
    assert rows["Failure Reason"] == "The program that trained the model ended before the training did."
    with pytest.raises(dbapi.ProgrammingError, match="not ready"):
        cursor.execute("SELECT ml.m2_score(a, b, n) FROM ml.train")
    cursor.execute("DROP MODEL ml.m2")
    connection.close()


def test_process_that_ends_normally_ends_its_training(killed: Callable[..., list[str]], path: str) -> None:
    script = TRAINING.replace("connection.wait_for_trainings()", "")
    began = time.monotonic()
    found = subprocess.run([sys.executable, "-c", script, path, ENDLESS], capture_output=True, text=True, check=True)
    assert time.monotonic() - began < 60
    assert found.stderr == ""
    connection = check_intact(path)
    assert shown(connection.cursor(), "ml.m2")["Model State"] == "FAILED"
    connection.close()
