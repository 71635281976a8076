"""Jobs: an admin sets a schedule, runs a job now, stops one, sees what came of it, takes a list; nobody else can."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from datetime import time as time_of_day
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from jobrec_ui.access import audit
from jobrec_ui.jobs import clock, job, kinds, lists, records
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from tests.pages.app_steps import press, run_until, said

OpenPage = Callable[..., AppTest]


@pytest.fixture
def installation(make_installation: Callable[..., Any], reach: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An installation of the test's own, with the settings of this process pointing to it."""
    made = make_installation(reach)
    monkeypatch.setenv("JOBREC_HOME", str(made.home))
    monkeypatch.setenv("JOBREC_WAREHOUSE", made.warehouse_url)
    monkeypatch.delenv("JOBREC_USERS", raising=False)
    settings.cache_clear()
    yield made
    settings.cache_clear()


def test_recruiters_have_no_such_page(open_page: OpenPage) -> None:
    app = open_page("jobs")
    assert not [one for one in app.button if str(one.key).startswith("run_")]
    assert "Nightly lists" not in said(app)


def test_a_schedule_is_set_and_switched_off(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("jobs", role="admin")
    assert said(app).count("Only when somebody asks") == 3
    app.get_by_key("schedule_days_rank").set_value([1, 4])
    app.time_input(key="schedule_at_rank").set_value(time_of_day(5, 15))
    press(app, "schedule_save_rank")
    assert "Rank runs Mondays and Thursdays at 05:15." in said(app)
    assert ":material/schedule: Mondays and Thursdays at 05:15, the server's time" in said(app)
    assert "This process keeps no schedules" in said(app)
    (latest,) = audit.latest(warehouse, 1).to_dict("records")
    assert (latest["username"], latest["action"], latest["detail"]) == (
        "admin",
        "job scheduled",
        "Mondays and Thursdays at 05:15",
    )
    app.toggle(key="schedule_on_rank").set_value(False)
    press(app, "schedule_save_rank")
    assert "Rank runs only when somebody asks." in said(app)
    assert records.schedules(warehouse)["rank"].schedule is None


def test_without_a_day_nothing_is_set(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = open_page("jobs", role="admin")
    app.get_by_key("schedule_days_train").set_value([])
    press(app, "schedule_save_train")
    assert "Choose at least one day" in said(app)
    assert "train" not in records.schedules(warehouse)


def test_says_when_the_next_run_is_where_schedules_are_kept(open_page: OpenPage, warehouse: Warehouse) -> None:
    keeper = clock.Clock(warehouse)
    keeper.start()
    try:
        app = open_page("jobs", role="admin")
        press(app, "schedule_save_refresh")
        assert "Every day at 02:30" in said(app)
        assert "Next: " in said(app)
        assert "keeps no schedules" not in said(app)
    finally:
        keeper.stop()


@pytest.mark.over_the_wire
def test_a_job_runs_now_and_its_list_can_be_taken(open_page: OpenPage, warehouse: Warehouse) -> None:
    app = press(open_page("jobs", role="admin"), "run_rank")
    run_until(app, "Last run done")
    (path, *_) = lists.files()
    assert path.name in [one.proto.label for one in app.get("download_button")]
    shown = app.dataframe[0].value
    assert shown["Job"].tolist()[0] == "Rank"
    assert shown["Asked for by"].tolist()[0] == "admin"
    assert f"match_v1, in {path.name}" in shown["What came of it"].tolist()[0]


def test_a_running_job_is_watched_and_stopped(
    open_page: OpenPage, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def long(wh: Warehouse, asked: Any, progress: Any, keep: Any) -> str:
        while True:
            progress("Ranked 3 of 60 postings")
            began.set()
            time.sleep(0.01)

    monkeypatch.setitem(kinds.ALL, "rank", dataclasses.replace(kinds.ALL["rank"], work=long))
    app = press(open_page("jobs", role="admin"), "run_rank")
    assert began.wait(20)
    app.run()
    assert app.button(key="run_refresh").disabled
    press(app, "stop_jobs")
    running = job.current(warehouse)
    assert running is not None
    assert running.wait(20)
    run_until(app, "Last run stopped")
    assert not app.button(key="run_refresh").disabled


def test_what_went_wrong_is_said(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(wh: Warehouse, asked: Any, progress: Any, keep: Any) -> str:
        raise ZeroDivisionError("a name in the data")

    monkeypatch.setitem(kinds.ALL, "train", dataclasses.replace(kinds.ALL["train"], work=broken))
    app = press(open_page("jobs", role="admin"), "run_train")
    run_until(app, "Last run failed")
    assert "under the number" in said(app)
    assert "a name in the data" not in said(app)


def test_on_redshift_cron_does_it(open_page: OpenPage, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Warehouse, "in_aws", True)
    app = open_page("jobs", role="admin")
    (lines,) = [one.value for one in app.code]
    assert [line.split("jobrec_ui ")[1].split()[0] for line in lines.splitlines()] == ["refresh", "models", "rank"]
    assert not [one for one in app.toggle if str(one.key).startswith("schedule_")]


class TestOnThePageData:
    def test_there_is_no_refresh_where_the_data_come_from_files(self, open_page: OpenPage) -> None:
        app = open_page("data", role="admin")
        assert not [one for one in app.button if one.key == "run_refresh"]

    def test_views_are_refreshed(self, open_page: OpenPage, warehouse: Warehouse) -> None:
        with warehouse.engine.begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA own")
            connection.exec_driver_sql("CREATE TABLE own.declared AS SELECT * FROM hiring.demographics")
            connection.exec_driver_sql("DROP TABLE hiring.demographics")
            connection.exec_driver_sql("CREATE VIEW hiring.demographics AS SELECT * FROM own.declared")
        app = press(open_page("data", role="admin"), "run_refresh")
        run_until(app, "Last refreshed on")
        assert "60 postings\\, 600 candidates" in said(app)
        (latest,) = audit.latest(warehouse, 1).to_dict("records")
        assert (latest["action"], latest["subject"]) == ("job begun", "refresh")

    def test_what_was_refused_can_be_taken_anyway(self, open_page: OpenPage, warehouse: Warehouse) -> None:
        app = open_page("data", role="admin")
        assert not [one for one in app.button if one.key == "run_refresh"]
        with warehouse.engine.begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA own")
            connection.exec_driver_sql("CREATE TABLE own.reached AS SELECT * FROM hiring.interactions WHERE 1 = 0")
            connection.exec_driver_sql("DROP TABLE hiring.interactions")
            connection.exec_driver_sql("CREATE VIEW hiring.interactions AS SELECT * FROM own.reached")
        st.cache_data.clear()
        app.run()
        assert not [one for one in app.button if one.key == "run_refresh_anyway"]
        press(app, "run_refresh")
        run_until(app, "was not done")
        assert "hiring\\.interactions shows no rows" in said(app)
        press(app, "run_refresh_anyway")
        run_until(app, "Last refreshed on")
        assert "0 stages reached" in said(app)
