"""What the schedules want is done, once, in the order of a night; what was missed is made up once."""

import dataclasses
import threading
import time as clocks
from datetime import time, timedelta

import pytest

from jobrec_ui.jobs import clock, job, kinds, records, schedule
from jobrec_ui.jobs.job import Job
from jobrec_ui.models.claims import claimed
from jobrec_ui.warehouse import Warehouse, setup

EVERY_DAY = schedule.make(range(1, 8), time(3, 30))


@pytest.fixture
def done(monkeypatch):
    """The jobs without their work: the names of those that ran."""
    names = []

    def work_of(name):
        return lambda wh, asked, progress, keep: names.append(name) or "Done."

    for name, kind in kinds.ALL.items():
        monkeypatch.setitem(kinds.ALL, name, dataclasses.replace(kind, work=work_of(name), steps=lambda wh: 1))
    return names


def set_daily(wh, name, is_on=True):
    records.set_schedule(wh, name, EVERY_DAY if is_on else None, EVERY_DAY, "ann")


def long_ago(wh, days=30):
    """The schedules were set some days ago."""
    with wh.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE app.job_schedules SET set_at = DATEADD(DAY, -{days}, set_at)")


def test_what_is_due_runs_in_the_order_of_a_night_and_once(wh, done):
    for name in ("rank", "refresh", "train"):
        set_daily(wh, name)
    long_ago(wh)
    clock.look(wh)
    assert done == ["refresh", "train", "rank"]
    clock.look(wh)
    assert len(done) == 3
    assert {one.asked_by for one in records.latest_runs(wh)} == {"the schedule"}


def test_a_schedule_that_was_just_set_waits_for_its_time(wh, done):
    set_daily(wh, "rank")
    clock.look(wh)
    assert done == []
    tomorrow = EVERY_DAY.next_due(records.utc_now()) + timedelta(seconds=1)
    assert [kind.name for kind, _ in clock.due(wh, tomorrow)] == ["rank"]


def test_many_missed_nights_are_made_up_once(wh, done):
    set_daily(wh, "rank")
    long_ago(wh)
    clock.look(wh)
    assert done == ["rank"]
    (one,) = records.latest_runs(wh)
    assert one.due_at == EVERY_DAY.last_due(records.utc_now())


def test_switched_off_or_unknown_nothing_runs(wh, done):
    set_daily(wh, "rank")
    set_daily(wh, "of another version")
    long_ago(wh)
    set_daily(wh, "rank", is_on=False)
    assert clock.due(wh, records.utc_now()) == []
    assert records.schedules(wh)["rank"].schedule is None


def test_waits_for_other_work(wh, done):
    set_daily(wh, "rank")
    long_ago(wh)
    go = threading.Event()
    importing = job.start(wh, Job(lambda progress, keep: go.wait(20), 1, "ann"))
    clock.look(wh)
    assert done == []
    go.set()
    assert importing.wait(20)
    with claimed(wh, records.CLAIM):
        clock.look(wh)
    assert done == []
    assert records.latest_runs(wh) == []
    clock.look(wh)
    assert done == ["rank"]


def test_a_run_that_goes_wrong_is_not_made_again_before_its_time(wh, done, monkeypatch):
    def broken(wh, asked, progress, keep):
        done.append("broken")
        raise ZeroDivisionError

    monkeypatch.setitem(kinds.ALL, "rank", dataclasses.replace(kinds.ALL["rank"], work=broken))
    set_daily(wh, "rank")
    long_ago(wh)
    clock.look(wh)
    clock.look(wh)
    assert done == ["broken"]


def test_two_clocks_do_a_due_run_once(wh, done, monkeypatch):
    """Each with its own registry of running work, as two processes have."""
    set_daily(wh, "rank")
    long_ago(wh)
    monkeypatch.setattr(job, "start", lambda wh, made: made.start() or made)
    moment = EVERY_DAY.last_due(records.utc_now())
    together = threading.Barrier(4)

    def look():
        together.wait()
        deadline = clocks.monotonic() + 30
        while clock.due(wh, records.utc_now()) and clocks.monotonic() < deadline:
            clock.look(wh)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert done == ["rank"]
    assert [one.due_at for one in records.latest_runs(wh)] == [moment]


def test_the_thread_runs_what_is_due_and_ends(wh, done):
    set_daily(wh, "rank")
    long_ago(wh)
    keeper = clock.Clock(wh, seconds=0.05)
    assert not clock.is_running(wh)
    keeper.start()
    try:
        deadline = clocks.monotonic() + 20
        while not done and clocks.monotonic() < deadline:
            clocks.sleep(0.02)
        assert clock.is_running(wh)
    finally:
        keeper.stop()
    assert done == ["rank"]
    assert not clock.is_running(wh)


def test_ending_stops_the_job_that_runs(wh, done, monkeypatch):
    began = threading.Event()

    def long(wh, asked, progress, keep):
        while True:
            progress("on and on")
            began.set()
            clocks.sleep(0.01)

    monkeypatch.setitem(kinds.ALL, "rank", dataclasses.replace(kinds.ALL["rank"], work=long))
    set_daily(wh, "rank")
    long_ago(wh)
    keeper = clock.Clock(wh, seconds=0.05)
    keeper.start()
    assert began.wait(20)
    keeper.stop()
    assert [one.state for one in records.latest_runs(wh)] == ["stopped"]


def test_ending_stops_what_somebody_asked_for_too(wh, done):
    began = threading.Event()

    def importing(progress, keep):
        while True:
            progress("on and on")
            began.set()
            clocks.sleep(0.01)

    running = job.start(wh, Job(importing, 1, "ann"))
    keeper = clock.Clock(wh, seconds=0.05)
    keeper.start()
    assert began.wait(20)
    keeper.stop()
    assert (running.is_running, running.stopped) == (False, True)


def test_other_processes_schedules_are_left_to_cron(wh, done, monkeypatch):
    monkeypatch.setattr(type(wh), "in_aws", True)
    keeper = clock.Clock(wh, seconds=0.05)
    keeper.start()
    assert not clock.is_running(wh)
    keeper.stop()


def test_what_survives_a_restart(wh, done):
    """Schedules are in the warehouse, and the tables are made where they are missing."""
    with wh.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE app.job_schedules")
        connection.exec_driver_sql("DROP TABLE app.job_runs")
    setup.make_app_tables(wh)
    set_daily(wh, "rank")
    wh.close()
    again = Warehouse(wh.url)
    assert records.schedules(again)["rank"].schedule == EVERY_DAY
    assert records.schedules(again)["rank"].set_by == "ann"
    again.close()
