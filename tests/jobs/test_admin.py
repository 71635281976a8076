"""What admins do with jobs, and that nobody else can."""

import dataclasses
import threading
from datetime import time

import pytest

from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.jobs import admin, kinds, lists, records, schedule
from jobrec_ui.models import list_versions

BOSS, ANN = User("boss", "Boss", "admin", ""), User("ann", "Ann", "recruiter", "")
NIGHTLY = schedule.make(range(1, 8), time(3, 30))


def latest(wh):
    entry = audit.latest(wh).iloc[0]
    return entry["username"], entry["action"], entry["subject"], entry["detail"]


def test_only_admins(wh):
    for action, says in (
        (lambda: admin.run_now(wh, ANN, "rank"), "run the job rank"),
        (lambda: admin.stop(wh, ANN), "stop the job that runs"),
        (lambda: admin.set_schedule(wh, ANN, "rank", NIGHTLY), "set the times of the job rank"),
        (lambda: admin.nightly_list(wh, ANN, "ranked.csv"), "take the list ranked.csv"),
    ):
        with pytest.raises(NotAllowed, match=says):
            action()
        assert latest(wh)[:2] == ("ann", "refused")
    assert records.latest_runs(wh) == []
    assert records.schedules(wh) == {}


def test_a_schedule_is_set_and_ended(wh):
    admin.set_schedule(wh, BOSS, "rank", NIGHTLY)
    assert latest(wh) == ("boss", "job scheduled", "rank", "every day at 03:30")
    assert records.schedules(wh)["rank"].schedule == NIGHTLY
    admin.set_schedule(wh, BOSS, "rank", None)
    assert latest(wh) == ("boss", "job scheduled", "rank", "no longer by itself")
    assert records.schedules(wh)["rank"].schedule is None


def test_what_is_no_job(wh):
    with pytest.raises(InputError, match="There is no job 'sleep'"):
        admin.run_now(wh, BOSS, "sleep")
    with pytest.raises(InputError, match="no job"):
        admin.set_schedule(wh, BOSS, "sleep", NIGHTLY)


def test_a_run_is_in_the_audit_log(wh):
    assert admin.run_now(wh, BOSS, "rank").wait(60)
    assert latest(wh) == ("boss", "job begun", "rank", "")


def test_only_what_runs_is_stopped(wh, monkeypatch):
    with pytest.raises(InputError, match="nothing to stop"):
        admin.stop(wh, BOSS)
    began, go = threading.Event(), threading.Event()

    def long(wh, asked, progress, keep):
        progress("one")
        began.set()
        assert go.wait(20)
        progress("two")

    monkeypatch.setitem(kinds.ALL, "rank", dataclasses.replace(kinds.ALL["rank"], work=long))
    running = admin.run_now(wh, BOSS, "rank")
    assert began.wait(20)
    admin.stop(wh, BOSS)
    go.set()
    assert running.wait(20)
    assert latest(wh)[:3] == ("boss", "job stopped", "rank")
    assert records.latest_runs(wh)[0].state == "stopped"


@pytest.mark.training
def test_a_training_is_stopped_with_its_job(loaded):
    running = admin.run_now(loaded, BOSS, "train")
    while not list_versions(loaded) and running.is_running:
        running.wait(0.01)
    admin.stop(loaded, BOSS)
    assert running.wait(120)
    assert records.latest_runs(loaded)[0].state == "stopped"
    (version,) = list_versions(loaded)
    assert (version.state, version.is_open) == ("failed", False)


def test_a_list_is_taken_under_its_own_name_only(wh, home):
    (home / "lists").mkdir()
    (home / "lists" / "ranked_2026-01-02_030000.csv").write_text("a,b\n")
    assert admin.nightly_list(wh, BOSS, "ranked_2026-01-02_030000.csv") == b"a,b\n"
    assert latest(wh) == ("boss", "export of nightly lists", "ranked_2026-01-02_030000.csv", "")
    for name in ("../users.yaml", "ranked_1.csv", ""):
        with pytest.raises(InputError, match="is not there any more"):
            admin.nightly_list(wh, BOSS, name)
    assert lists.folder() == home / "lists"
