"""A training whose process is killed, in each state of its life, goes on with the next one or has cleanly failed."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

# Kills itself when it has run the named statement; asks for a training first if none is on its way.
ADVANCE = """
import os, signal, sys
from jobrec_ui import models
from jobrec_ui.warehouse import Transaction, Warehouse
url, fatal = sys.argv[1:]
def deadly(kind, method):
    run = getattr(kind, method)
    def run_and_die(self, name, *args, **kwargs):
        result = run(self, name, *args, **kwargs)
        if name == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(kind, method, run_and_die)
for kind, method in ((Warehouse, "run"), (Warehouse, "execute"), (Warehouse, "query"), (Transaction, "execute")):
    deadly(kind, method)
wh = Warehouse(url)
open_version = models.open_version(wh)
number = open_version.version if open_version else models.request(
    wh, models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2), "ann"
)
models.lifecycle.finish(wh, number, poll_seconds=0.05)
wh.close()
"""


NEXT = 4  # the number of the next version


@pytest.fixture
def file(tiny_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(tiny_file, path)
    return path


def advance_until_killed(file: Path, fatal: str) -> None:
    """A process that advances until it has run the statement ``fatal``, and is killed there."""
    command = [sys.executable, "-c", ADVANCE, local_url(file), fatal]
    assert subprocess.run(command, timeout=120, capture_output=True).returncode == -signal.SIGKILL


def state(file: Path, version: int) -> tuple[str, str]:
    wh = Warehouse(local_url(file))
    record = models.version_record(wh, version)
    assert record is not None
    found = record.state, record.detail
    wh.close()
    return found


def test_a_life_with_a_crash_in_each_state(file: Path) -> None:
    """Killed while gathering, while scoring the holdout, and before the verdict; the claims of the dead do not hold."""
    advance_until_killed(file, "models/add_examples")
    wh = Warehouse(local_url(file))
    assert models.version_record(wh, NEXT).state == "requested"  # type: ignore[union-attr]
    claims = wh.query("models/active_claims", {"version": NEXT, "minutes": models.claims.LEASE_MINUTES})
    assert len(claims) == 1  # young enough to hold
    assert models.claims.active_claims(wh, NEXT) == []
    wh.close()
    advance_until_killed(file, "models/score_holdout")
    assert state(file, NEXT) == ("ready", "")
    advance_until_killed(file, "models/get_metrics")
    assert state(file, NEXT) == ("evaluated", "")

    wh = Warehouse(local_url(file))
    record = models.advance(wh)
    assert record is not None
    assert (record.version, record.state) == (NEXT, "held back")
    scores = wh.query("models/count_holdout_scores", {"version": NEXT}).iloc[0, 0]
    assert scores == record.holdout_examples * 5  # type: ignore[operator]  # each scorer scored each pair once
    assert models.serving(wh).live == 1  # type: ignore[union-attr]
    assert models.advance(wh) is None
    wh.close()


def test_killed_while_the_warehouse_trains(file: Path) -> None:
    """The embedded warehouse trains in the process that died, so the version has failed; the next one does not."""
    advance_until_killed(file, "models/create_match_model")
    assert state(file, NEXT)[0] == "requested"
    wh = Warehouse(local_url(file))
    record = models.advance(wh)
    assert record is not None
    assert (record.version, record.state) == (NEXT, "failed")
    assert "ended before the training did" in record.detail
    assert models.serving(wh).live == 1  # type: ignore[union-attr]
    choices = models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)
    assert models.train(wh, requested_by="ann", choices=choices, poll_seconds=0.05).version == NEXT + 1
    wh.close()
