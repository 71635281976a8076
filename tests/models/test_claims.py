"""Two who advance the same version do each step once; a claim ends with its lease or its process."""

import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from redshift_wire import Access, Certificate, RedshiftServer

from jobrec_ui import models
from jobrec_ui.models import claims
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

# What a process does that advances a version: python -c ADVANCE URL NUMBER
ADVANCE = """
import sys
from jobrec_ui import models
from jobrec_ui.warehouse import Warehouse
wh = Warehouse(sys.argv[1])
print(models.lifecycle.finish(wh, int(sys.argv[2]), poll_seconds=0.05).state)
wh.close()
"""


def test_two_processes_and_this_one_take_each_step_once(
    tiny_file: Path, tmp_path: Path, certificate: Certificate
) -> None:
    """The other processes come over the wire, as a file is for one process."""
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(tiny_file, path)
    wh = Warehouse(local_url(path))
    server = RedshiftServer(path, Access(users={"recruiting": "secret"}, tls=certificate.context))
    server.start()
    number = models.request(wh, models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2), "ann")
    command = [sys.executable, "-c", ADVANCE, server.url(), str(number)]
    environment = os.environ | {"SSL_CERT_FILE": str(certificate.path), "JOBREC_S3_BUCKET": "bucket-of-a-test"}
    others = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    # Both have to be there when it begins: this process waits for their first question.
    while len(server.labels) == 0:
        time.sleep(0.05)
    done = models.lifecycle.finish(wh, number, poll_seconds=0.05)
    assert [one.communicate(timeout=120)[0].strip() for one in others] == ["held back", "held back"]
    assert [one.returncode for one in others] == [0, 0]
    server.stop()

    assert done.state == "held back"
    with wh.engine.connect() as connection:
        asked = sa.text("SELECT state, COUNT(*) AS times FROM app.model_events WHERE version = :version GROUP BY state")
        times = {row.state: row.times for row in connection.execute(asked, {"version": number})}
        measured = sa.text(
            "SELECT COUNT(DISTINCT measured_at) AS times FROM app.model_metrics WHERE judged_for = :version"
        )
        assert connection.execute(measured, {"version": number}).scalar() == 1
    assert times == dict.fromkeys(("requested", "training", "ready", "evaluated", "held back"), 1)
    scores = wh.query("models/count_holdout_scores", {"version": number}).iloc[0, 0]
    assert scores == done.holdout_examples * 5  # type: ignore[operator]
    wh.close()


def test_of_many_at_once_one_at_a_time_holds_the_claim(wh: Warehouse) -> None:
    inside, most, won, lock = 0, 0, 0, threading.Lock()

    def work(_: int) -> None:
        nonlocal inside, most, won
        for _attempt in range(3):
            with claims.claimed(wh, 77) as claim:
                if claim is None:
                    continue
                with lock:
                    inside += 1
                    won += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert most == 1
    assert won >= 1
    assert claims.active_claims(wh, 77) == []


def claim_of_another(wh: Warehouse, claimed_by: str) -> None:
    row = {"version": 77, "claim_id": "x" * 32, "event": "claimed", "claimed_by": claimed_by, "progress": "at it"}
    wh.execute("models/add_claim", row)


def test_a_claim_of_another_machine_holds_until_its_lease_is_over(
    wh: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim_of_another(wh, "elsewhere/17/12345")
    assert [one.progress for one in claims.active_claims(wh, 77)] == ["at it"]
    with claims.claimed(wh, 77) as claim:
        assert claim is None
    monkeypatch.setattr(claims, "LEASE_MINUTES", 0)
    assert claims.active_claims(wh, 77) == []


@pytest.mark.parametrize("process", ["4194305/1", "1/1"])  # no such process, and one that began at another time
def test_a_claim_of_a_process_that_is_gone_does_not_hold(wh: Warehouse, process: str) -> None:
    claim_of_another(wh, f"{claims._host()}/{process}")
    assert claims.active_claims(wh, 77) == []
    with claims.claimed(wh, 77) as claim:
        assert claim is not None
        assert claim.still_holds()
        claim.last_heard -= claims.LEASE_MINUTES * 60
        assert not claim.still_holds()  # somebody may have taken it over


def test_who_holds_a_claim_reports_how_far_they_are(wh: Warehouse) -> None:
    with claims.claimed(wh, 77) as claim:
        assert claim is not None
        claim.report("half of it")
        assert models.records.progress_of(wh, 77) == "half of it"
    assert models.records.progress_of(wh, 77) is None
