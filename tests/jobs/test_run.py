"""A run is claimed and on record, whoever asked for it and however it ends."""

import dataclasses
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from redshift_wire import Access, RedshiftServer

from jobrec_ui import models
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.jobs import job, kinds, lists, records, run
from jobrec_ui.models.claims import claimed
from jobrec_ui.warehouse import Warehouse, setup
from tests.warehouse_copies import ask, opened_copy

DUE = datetime(2026, 3, 4, 1, 30)


def with_work(work):
    """The job `refresh` with other work."""
    return dataclasses.replace(kinds.ALL["refresh"], work=work)


def ended(running):
    assert running.wait(60)
    return running


class Held:
    """Work that goes on when it is told to."""

    def __init__(self):
        self.began, self.go = threading.Event(), threading.Event()

    def __call__(self, wh, asked, progress, keep):
        progress("the first step")
        self.began.set()
        assert self.go.wait(20)
        progress("the second step")
        return "All of it."


def test_what_came_of_it_is_on_record(wh):
    done = ended(run.begin(wh, with_work(lambda wh, asked, progress, keep: f"For {asked.username}."), "ann"))
    assert done.result == "For ann."
    (one,) = records.latest_runs(wh)
    assert (one.job, one.state, one.asked_by, one.due_at, one.outcome) == ("refresh", "done", "ann", None, "For ann.")
    assert one.seconds >= 0
    assert abs(one.began_at - records.utc_now()) < timedelta(minutes=1)


def test_while_it_runs_it_is_running_and_afterwards_stopped(wh):
    held = Held()
    running = run.begin(wh, with_work(held), "ann")
    assert held.began.wait(20)
    (one,) = records.latest_runs(wh)
    assert (one.state, one.ended_at, one.seconds) == ("running", None, None)
    with pytest.raises(InputError, match="ann is reading the tables anew right now"):
        run.begin(wh, kinds.ALL["rank"], "bob")
    running.stop()
    held.go.set()
    assert ended(running).stopped
    (one,) = records.latest_runs(wh)
    assert (one.state, one.outcome) == ("stopped", "Stopped before it was done. Lists are as they were.")


@pytest.mark.parametrize(
    ("error", "says"),
    [(InputError("The view is empty."), "The view is empty."), (ZeroDivisionError("a name"), "under the number")],
)
def test_what_goes_wrong_is_on_record_as_a_sentence(wh, error, says):
    def broken(wh, asked, progress, keep):
        raise error

    assert says in ended(run.begin(wh, with_work(broken), "ann")).error
    (one,) = records.latest_runs(wh)
    assert one.state == "failed"
    assert says in one.outcome
    assert "a name" not in one.outcome


def test_nothing_is_done_while_another_process_is_at_a_job(wh):
    with claimed(wh, records.CLAIM) as claim:
        assert claim is not None
        refused = ended(run.begin(wh, kinds.ALL["refresh"], "ann"))
    assert refused.error == run.ELSEWHERE
    assert records.latest_runs(wh) == []


def test_a_due_run_is_done_once(wh):
    done = []
    kind = with_work(lambda wh, asked, progress, keep: done.append(asked) or "Done.")
    for _ in range(2):  # another process saw it as due as well, and comes when the first is done
        ended(run.begin(wh, kind, records.THE_SCHEDULE, DUE))
    assert done == [kinds.Asked("the schedule", by_schedule=True)]
    ended(run.begin(wh, kind, records.THE_SCHEDULE, DUE + timedelta(days=1)))
    ended(run.begin(wh, kind, "ann"))
    assert [(one.asked_by, one.due_at) for one in records.latest_runs(wh)] == [
        ("ann", None),
        ("the schedule", DUE + timedelta(days=1)),
        ("the schedule", DUE),
    ]


def test_of_two_that_see_the_same_due_run_one_does_it(wh, certificate, monkeypatch):
    """One of them comes over the wire, with connections and running work of its own, as another process does."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    server = RedshiftServer(Path(wh.url.partition("///")[2]), Access(users={"jobs": "secret"}, tls=certificate.context))
    server.start()
    other = Warehouse(server.url())
    done = []
    kind = with_work(lambda wh, asked, progress, keep: time.sleep(0.3) or done.append(wh.url) or "Done.")
    try:
        for day in range(4):
            runs = [run.begin(each, kind, records.THE_SCHEDULE, DUE + timedelta(days=day)) for each in (wh, other)]
            for one in runs:
                assert ended(one).error in (None, run.ELSEWHERE)
            if len(done) == day:  # both let go: whoever looks next does it
                ended(run.begin(wh, kind, records.THE_SCHEDULE, DUE + timedelta(days=day)))
            assert len(done) == day + 1
    finally:
        other.close()
        server.stop()
    assert len(records.latest_runs(wh)) == 4


def test_a_run_whose_process_died_was_cut_short(wh):
    records.begin(wh, "rank", "ann", None)
    assert [one.state for one in records.latest_runs(wh)] == ["cut short"]
    with claimed(wh, records.CLAIM):  # another one now: the latest that did not end
        records.begin(wh, "rank", "bob", None)
        assert [(one.asked_by, one.state) for one in records.latest_runs(wh)] == [
            ("bob", "running"),
            ("ann", "cut short"),
        ]


class TestRefresh:
    def test_says_what_there_is_and_what_changed(self, loaded):
        with loaded.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO hiring.postings (posting_id, title) VALUES ('new', 'Baker')")
        done = ended(run.begin(loaded, kinds.ALL["refresh"], "ann"))
        assert done.error is None
        assert done.result.startswith("13 postings (1 more), 40 candidates, ")
        assert data_version(loaded).postings == 13
        assert "new" in ask(loaded, "SELECT posting_id FROM features.posting_facts")["posting_id"].tolist()

    def test_an_emptied_table_is_taken_only_anyway(self, loaded):
        with loaded.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM hiring.postings")
        before = data_version(loaded)
        refused = ended(run.begin(loaded, kinds.ALL["refresh"], "ann"))
        assert "hiring.postings shows no row" in refused.error
        assert "`python -m jobrec_ui refresh --anyway` takes it" in refused.error
        assert data_version(loaded) == before
        assert len(ask(loaded, "SELECT posting_id FROM features.posting_facts")) == 12
        done = ended(run.begin(loaded, kinds.ALL["refresh"], "ann", anyway=True))
        assert done.error is None
        assert done.result.startswith("0 postings (12 fewer)")

    def test_stopped_it_leaves_the_lists_as_they_were(self, loaded):
        with loaded.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO hiring.postings (posting_id, title) VALUES ('new', 'Baker')")
        steps = []

        def stopping(wh, asked, progress, keep):
            def tell(step):
                steps.append(step)
                if len(steps) == 3:
                    job.current(wh).stop()
                progress(step)

            return kinds.ALL["refresh"].work(wh, asked, tell, keep)

        assert ended(run.begin(loaded, with_work(stopping), "ann")).stopped
        assert "new" not in ask(loaded, "SELECT posting_id FROM features.posting_facts")["posting_id"].tolist()


def test_without_data_each_says_what_to_do(wh):
    for name in ("train", "rank"):
        assert "Load" in ended(run.begin(wh, kinds.ALL[name], "ann")).error
    assert [(one.job, one.state) for one in records.latest_runs(wh)] == [("rank", "failed"), ("train", "failed")]


@pytest.mark.company
class TestOnACompany:
    @pytest.fixture
    def company(self, demo_warehouse, home):
        with opened_copy(demo_warehouse, home) as copy:
            setup.make_app_tables(copy)
            yield copy

    def test_rank_writes_the_open_postings_and_keeps_the_last_files(self, company):
        (opened,) = ask(company, "SELECT COUNT(*) AS n FROM features.posting_facts WHERE closed_on IS NULL")["n"]
        for _ in range(2):
            done = ended(run.begin(company, kinds.ALL["rank"], "ann"))
            assert done.error is None
        (path, *_) = lists.files()
        lines = path.read_text().splitlines()
        assert lines[0] == "posting_id,candidate_id,rank,score,model_version"
        assert done.result.startswith(f"{len(lines) - 1:,} lines for ")
        assert done.result.endswith(f"by match_v1, in {path.name}.")
        assert len({line.split(",")[0] for line in lines[1:]}) >= opened > 0
        for number in range(9):
            (path.parent / f"ranked_2020-01-0{number}_000000.csv").write_text("old")
        ended(run.begin(company, kinds.ALL["rank"], "ann"))
        assert len(lists.files()) == lists.KEPT

    def test_by_the_schedule_nothing_is_trained_for_nothing(self, company):
        before = models.list_versions(company)
        ended(run.begin(company, kinds.ALL["train"], records.THE_SCHEDULE, DUE))
        (one,) = records.latest_runs(company)
        assert one.state == "done"
        assert one.outcome.startswith("Nothing was trained: the last training, of version 1, is 0 days old")
        assert models.list_versions(company) == before

    def test_train_trains_a_version_and_says_what_became_of_it(self, company):
        ended(run.begin(company, kinds.ALL["train"], "ann"))
        (one,) = records.latest_runs(company)
        assert (one.state, one.outcome[:10]) == ("done", "Version 2 "), one.outcome
        assert models.list_versions(company)[0].requested_by == "ann"
