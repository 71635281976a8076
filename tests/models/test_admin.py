"""What admins do with versions, what is refused, and what is on record afterwards."""

from collections.abc import Callable
from typing import Any

import pytest

from jobrec_ui import models
from jobrec_ui.access.accounts import User
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.models import admin as admin_actions
from jobrec_ui.models import examples, lifecycle, records, retention
from jobrec_ui.warehouse import Warehouse


def deployed(wh: Warehouse) -> list[int]:
    """Which versions went live, in their order."""
    return [int(version) for version in records.deployments(models.list_versions(wh))["version"]]


def test_promote_roll_back_and_promote_again(wh: Warehouse, admin: User) -> None:
    with pytest.raises(InputError, match="no earlier version to roll back to"):
        admin_actions.rollback(wh, admin, "worse")
    second = 2
    assert models.serving(wh).live == 1  # type: ignore[union-attr]
    admin_actions.promote(wh, admin, second, "  to   see it ")
    now = models.serving(wh)
    assert now is not None
    assert (now.live, now.deployed_by, now.reason) == (second, "ann", "to see it")
    assert models.live_version(wh).version == second  # type: ignore[union-attr]
    with pytest.raises(InputError, match="is live already"):
        admin_actions.promote(wh, admin, second, "again")
    assert admin_actions.rollback(wh, admin, "worse") == 1
    admin_actions.promote(wh, admin, second, "no, better")
    with pytest.raises(InputError, match="Live before, and still there: 1"):
        admin_actions.rollback(wh, admin, "worse", 7)
    assert admin_actions.rollback(wh, admin, "worse", 1) == 1
    assert deployed(wh) == [1, second, 1, second, 1]
    log = wh.query("access/audit_latest", {"limit": 10})
    assert log["action"].tolist()[::-1] == ["model promoted", "model rolled back"] * 2


def test_a_rollback_goes_back_the_way_that_was_come(wh: Warehouse, admin: User) -> None:
    """Not by numbers: an older version that an admin made live to try it is left for the one that was live before."""
    admin_actions.promote(wh, admin, 3, "better")
    admin_actions.promote(wh, admin, 2, "to see it")
    assert [one.version for one in admin_actions.rollback_targets(wh)] == [3, 1]
    assert admin_actions.rollback(wh, admin, "worse") == 3
    assert [one.version for one in admin_actions.rollback_targets(wh)] == [1]
    assert admin_actions.rollback(wh, admin, "worse too") == 1
    assert admin_actions.rollback_targets(wh) == []


def test_a_rollback_to_what_was_dropped(wh: Warehouse, admin: User) -> None:
    """One that was dropped behind the app's back is no target either."""
    second = 2
    admin_actions.promote(wh, admin, second, "better")
    assert [one.version for one in admin_actions.rollback_targets(wh)] == [1]
    wh.run("models/drop_model", names={"model": "ml.match_v1"})
    assert admin_actions.rollback_targets(wh) == []
    with pytest.raises(InputError, match="no earlier version to roll back to"):
        admin_actions.rollback(wh, admin, "worse")
    with pytest.raises(InputError, match="not in the warehouse any more"):
        admin_actions.promote(wh, admin, 1, "back")
    assert deployed(wh) == [1, second]


def test_drop(wh: Warehouse, admin: User) -> None:
    second = 2
    with pytest.raises(InputError, match="serves recruiters now"):
        admin_actions.drop(wh, admin, 1, "old")
    admin_actions.drop(wh, admin, second, "not needed")
    record = models.version_record(wh, second)
    assert record is not None
    assert (record.state, record.dropped, record.detail) == ("dropped", True, "Dropped by ann: not needed")
    assert models.lifecycle.described(wh, second) is None
    assert not records.metrics_of(wh, second).empty
    for act in (admin_actions.drop, admin_actions.promote):
        with pytest.raises(InputError, match="dropped"):
            act(wh, admin, second, "again")


def test_what_retention_keeps(wh: Warehouse, admin: User) -> None:
    """The last ones, and those that were ever live; the records of all."""
    assert retention.retain(wh, 3) == []
    admin_actions.promote(wh, admin, 3, "better")
    admin_actions.promote(wh, admin, 1, "worse after all")
    assert retention.retain(wh, 0) == [2]
    assert retention.retain(wh, 0) == []
    states = {one.version: one.state for one in models.list_versions(wh)}
    assert states == {3: "promoted", 2: "dropped", 1: "promoted"}


def test_a_share_of_the_postings(wh: Warehouse, admin: User) -> None:
    second = 2
    with pytest.raises(InputError, match="choose one that is not live"):
        admin_actions.set_share(wh, admin, 1, 0.5, "try")
    with pytest.raises(InputError, match="between 0 and 1"):
        admin_actions.set_share(wh, admin, second, 1.5, "try")
    admin_actions.set_share(wh, admin, second, 0.3, "try")
    now = models.serving(wh)
    assert now is not None
    serves = {f"P-{number}": now.version_for(f"P-{number}") for number in range(2000)}
    assert 0.25 < sum(version == second for version in serves.values()) / len(serves) < 0.35
    assert models.version_for(wh, "P-1").version == serves["P-1"]  # type: ignore[union-attr]
    admin_actions.set_share(wh, admin, second, 0.6, "more")
    more = models.serving(wh)
    assert more is not None
    assert all(more.version_for(posting) == second for posting, version in serves.items() if version == second)
    with pytest.raises(InputError, match="serves recruiters now"):
        admin_actions.drop(wh, admin, second, "old")
    admin_actions.promote(wh, admin, second, "better")  # what a share was set for ends with it
    assert models.serving(wh).challenger is None  # type: ignore[union-attr]


def test_a_training_can_be_stopped(wh: Warehouse, admin: User) -> None:
    number = admin_actions.request_training(
        wh, admin, models.TrainingChoices(hyperparameters={"num_round": 2000}, cutoffs=2)
    )
    with pytest.raises(InputError, match=rf"Version {number} is on its way \(requested\): ann asked for it on"):
        admin_actions.request_training(wh, admin, models.TrainingChoices())
    with pytest.raises(InputError, match="Stop the training first"):
        admin_actions.drop(wh, admin, number, "old")
    admin_actions.stop_training(wh, admin, number, "wrong choices")
    record = models.version_record(wh, number)
    assert record is not None
    assert (record.state, record.detail) == ("failed", "Stopped by ann: wrong choices")
    assert models.open_version(wh) is None
    with pytest.raises(InputError, match="not on its way any more"):
        admin_actions.stop_training(wh, admin, number, "again")


@pytest.mark.parametrize("while_it", ["gathers", "sends CREATE MODEL"])
def test_a_training_that_is_stopped_in_a_step_stays_so(
    wh: Warehouse, admin: User, monkeypatch: pytest.MonkeyPatch, while_it: str
) -> None:
    number = admin_actions.request_training(
        wh, admin, models.TrainingChoices(hyperparameters={"num_round": 10}, cutoffs=2)
    )
    gather, create = examples.gather, lifecycle._create_model

    def gathers(*args: Any) -> Any:
        if while_it == "gathers":
            admin_actions.stop_training(wh, admin, number, "too late")
            return examples.schedule_of(wh, args[1])
        return gather(*args)

    def creates(*args: Any) -> None:
        assert while_it != "gathers"
        admin_actions.stop_training(wh, admin, number, "too late")
        create(*args)

    monkeypatch.setattr(examples, "gather", gathers)
    monkeypatch.setattr(lifecycle, "_create_model", creates)
    record = models.advance(wh)
    assert record is not None
    assert (record.state, record.detail) == ("failed", "Stopped by ann: too late")
    assert lifecycle.described(wh, number) is None
    assert models.advance(wh) is None


def test_a_request_that_cannot_be_read_fails_by_itself(wh: Warehouse) -> None:
    """As a scheduled query may leave one; the other versions are shown as ever."""
    row = {"version": 4, "choices": '{"model_type": "forest"}', "note": "", "requested_by": "a query"}
    wh.execute("models/add_request", row)
    wh.execute("models/add_event", {"version": 4, "state": "requested", "detail": None})
    assert [one.version for one in models.list_versions(wh)] == [4, 3, 2, 1]
    record = models.advance(wh)
    assert record is not None
    assert (record.state, "docs/retrain.md" in record.detail) == ("failed", True)
    assert models.open_version(wh) is None


def test_recruiters_are_refused_and_that_is_logged(wh: Warehouse, recruiter: User) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: admin_actions.request_training(wh, recruiter, models.TrainingChoices()),
        lambda: admin_actions.stop_training(wh, recruiter, 1, "no"),
        lambda: admin_actions.promote(wh, recruiter, 1, "yes"),
        lambda: admin_actions.rollback(wh, recruiter, "no"),
        lambda: admin_actions.drop(wh, recruiter, 1, "no"),
        lambda: admin_actions.set_share(wh, recruiter, 1, 0.5, "yes"),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed, match="Only people with the role admin"):
            attempt()
    log = wh.query("access/audit_latest", {"limit": 20})
    assert log["action"].tolist() == ["refused"] * len(attempts)
    assert set(log["username"]) == {"rob"}
    assert len(models.list_versions(wh)) == 3
    assert deployed(wh) == [1]


@pytest.mark.parametrize(("reason", "says"), [("  ", "Say why"), ("x" * 1001, "too long")])
def test_a_reason_is_needed(wh: Warehouse, admin: User, reason: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        admin_actions.promote(wh, admin, 1, reason)
    with pytest.raises(InputError, match="There is no version 9"):
        admin_actions.promote(wh, admin, 9, "why not")
