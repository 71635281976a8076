"""Two who advance the same version do each step once; a claim ends with its lease or its process."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from jobrec_ui import models
from jobrec_ui.models import claims
from jobrec_ui.warehouse import Warehouse


def test_four_at_once_take_each_step_once(wh: Warehouse) -> None:
    """Each with connections of its own, as processes have."""
    choices = models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)
    number = models.request(wh, choices, "ann")
    others = [Warehouse(wh.url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda one: models.training.finish(one, number, poll_seconds=0.05), others))
    for one in others:
        one.close()
    assert {record.state for record in done} == {"held back"}
    with wh.engine.connect() as connection:
        asked = sa.text("SELECT state, COUNT(*) AS times FROM app.model_events WHERE version = :version GROUP BY state")
        times = {row.state: row.times for row in connection.execute(asked, {"version": number})}
        measured = sa.text(
            "SELECT COUNT(DISTINCT measured_at) AS times FROM app.model_metrics WHERE judged_for = :version"
        )
        assert connection.execute(measured, {"version": number}).scalar() == 1
    assert times == dict.fromkeys(("requested", "training", "ready", "evaluated", "held back"), 1)
    scores = wh.query("model/count_holdout_scores", {"version": number}).iloc[0, 0]
    assert scores == done[0].holdout_examples * 5  # type: ignore[operator]


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
    wh.execute("model/add_claim", row)


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
