"""What is written while nobody waits: in order, together where that is the same work, and nothing is lost."""

import logging
import threading
import uuid

import pandas as pd
import pytest
import sqlalchemy as sa

from jobrec_ui.desk import decisions
from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse import Warehouse, deferred, setup
from tests.shown_lists import log_view


@pytest.fixture
def busy():
    """The writer has other things to do until it is let go."""
    until = threading.Event()
    deferred.write("Something else", until.wait)
    yield until
    until.set()
    deferred.finish()


class Work:
    """Keeps what it was called with."""

    def __init__(self, error=None):
        self.calls, self.error = [], error

    def __call__(self, wh, ones):
        self.calls.append((wh, list(ones)))
        if self.error:
            raise self.error


def test_what_waits_for_the_same_work_is_written_together(busy):
    one, other = Work(), Work()
    for number in range(3):
        deferred.write_together("Ones", one, "here", number)
        deferred.write_together("Others", other, "here", -number)
    deferred.write_together("Ones", one, "elsewhere", 7)
    assert one.calls == []
    busy.set()
    deferred.finish()
    assert one.calls == [("here", [0, 1, 2]), ("elsewhere", [7])]
    assert other.calls == [("here", [0, -1, -2])]


def test_what_comes_while_it_is_written_is_written_next():
    started, until, calls = threading.Event(), threading.Event(), []

    def work(_wh, ones):
        calls.append(list(ones))
        started.set()
        until.wait()

    deferred.write_together("Ones", work, "here", 1)
    started.wait()
    deferred.write_together("Ones", work, "here", 2)
    deferred.write_together("Ones", work, "here", 3)
    until.set()
    deferred.finish()
    assert calls == [[1], [2, 3]]


def test_so_many_at_a_time(busy):
    work = Work()
    for number in range(120):
        deferred.write_together("Ones", work, "here", number)
    busy.set()
    deferred.finish()
    assert [len(ones) for _, ones in work.calls] == [50, 50, 20]
    assert [number for _, ones in work.calls for number in ones] == list(range(120))


def test_what_fails_is_in_the_log_and_the_next_is_written(busy, caplog):
    failing, working = Work(WarehouseError("full")), Work()
    with caplog.at_level(logging.WARNING):
        deferred.write_together("Ones", failing, "here", "Ada Lovelace")
        deferred.write_together("Others", working, "here", 2)
        busy.set()
        deferred.finish()
    assert "Ones: not written down, WarehouseError" in caplog.text
    assert "Lovelace" not in caplog.text
    assert working.calls == [("here", [2])]


@pytest.fixture
def wh(tmp_path):
    warehouse = Warehouse(f"redshift+local:///{tmp_path / 'views.duckdb'}")
    setup.make_app_tables(warehouse)
    yield warehouse
    warehouse.close()


def asked(wh, sql):
    with wh.engine.connect() as connection:
        return connection.execute(sa.text(sql)).fetchall()


def test_lists_as_shown(wh):
    """One after the other, they would be the same rows; 1,000 people do not fit into one value of a statement."""
    short = pd.DataFrame({"rank": [1, 2], "candidate_id": ["c'1", 'ű;"2\\'], "score": [0.1234567, 0.5]})
    ids = [uuid.uuid4().hex * 2 for _ in range(1000)]
    long = pd.DataFrame({"rank": range(1, 1001), "candidate_id": ids, "score": 0.25})
    none = short.head(0)
    said = ["at least 5 years", 'who "knows" \\ SQL', "Köln"]
    views = [decisions.as_shown(posting, 3, ranked) for posting, ranked in (("p1", short), ("p2", long), ("p3", none))]
    decisions.write_views(
        wh,
        [
            decisions.Shown(view, "ana", 7, filters, ranked)
            for view, filters, ranked in zip(views, (said, [], ["x" * 9000]), (short, long, none), strict=True)
        ],
    )
    alone = log_view(wh, "ben", "p1", 3, 7, said, short)
    found = {row.view_id: row for row in asked(wh, "SELECT * FROM app.lists_shown")}
    assert [found[view.view_id].username for view in (*views, alone)] == ["ana", "ana", "ana", "ben"]
    assert [found[view.view_id].posting_id for view in (*views, alone)] == ["p1", "p2", "p3", "p1"]
    assert {(row.model_version, row.data_version) for row in found.values()} == {(3, 7)}
    assert found[views[0].view_id].filters == found[alone.view_id].filters
    assert found[views[0].view_id].filters == '["at least 5 years", "who \\"knows\\" \\\\ SQL", "Köln"]'
    assert found[views[2].view_id].filters == "[]"  # what does not fit is left out
    rows = {view.view_id: [] for view in (*views, alone)}
    for row in asked(wh, "SELECT * FROM app.list_rows_shown ORDER BY rank"):
        rows[row.view_id].append((row.rank, row.candidate_id, row.score))
    assert rows[views[0].view_id] == rows[alone.view_id] == [(1, "c'1", 0.123457), (2, 'ű;"2\\', 0.5)]
    assert rows[views[1].view_id] == [(rank, one, 0.25) for rank, one in enumerate(ids, 1)]
    assert rows[views[2].view_id] == []
