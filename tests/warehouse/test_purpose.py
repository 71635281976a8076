"""What the warehouse is used for: limits, labels, turns at scoring, people who leave, what is tried again."""

import threading
import time

import pytest

from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Limits
from jobrec_ui.warehouse import Warehouse, leaving
from jobrec_ui.warehouse.failures import Busy, Cancelled, ConnectionLost, WriteConflict
from jobrec_ui.warehouse.purpose import Use, current, used_for

NUMBERS = """
WITH ten AS (
    SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
    UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
),
thousand AS (SELECT a.n + 10 * b.n + 100 * c.n AS n FROM ten AS a CROSS JOIN ten AS b CROSS JOIN ten AS c)
"""
SLOW = f"""{NUMBERS}
SELECT COUNT(MD5(CAST(a.n * b.n * c.n AS VARCHAR))) AS n FROM thousand AS a, thousand AS b, thousand AS c
"""


@pytest.fixture
def wh(tmp_path, sql_root):
    sql_root("t/create", "CREATE TABLE t (n INT)")
    sql_root("t/add", "INSERT INTO t (n) VALUES (:n)")
    sql_root("t/count", "SELECT COUNT(*) AS n FROM t")
    sql_root("t/slow", SLOW)
    sql_root("t/score", "SELECT {score_function} AS n FROM t")
    sql_root("t/timeout", "SHOW statement_timeout")
    warehouse = Warehouse(
        f"redshift+local:///{tmp_path}/warehouse.duckdb", Limits(page=1, batch=1000, scoring=1, wait_for_scoring=0)
    )
    warehouse.execute("t/create")
    yield warehouse
    warehouse.close()


class TestUse:
    @pytest.mark.parametrize(
        ("name", "writes", "kind"),
        [
            ("matching/rank_candidates", False, "page"),
            ("desk/add", True, "page"),
            ("models/get_version", False, "page"),
            ("data/add_rows", True, "batch"),
            ("", True, "batch"),
            ("models/create_match_model", True, "training"),
            ("features/build_words", True, "training"),
        ],
    )
    def test_the_kind_follows_from_the_statement(self, name, writes, kind):
        assert Use().of(name, writes).kind == kind

    def test_nobody_ends_a_write_by_leaving(self):
        use = Use(has_left=lambda: True)
        assert use.of("matching/rank_candidates", writes=False).has_left
        assert use.of("desk/add", writes=True).has_left is None

    def test_the_label_is_plain_and_short(self):
        with used_for("page", "Böse'; DROP -- the page with a long, long name"):
            assert current().query_group == "jobrec page b_se___drop____the"
        assert current().query_group == "jobrec page"


class TestLimits:
    def test_a_page_waits_only_so_long(self, wh):
        with pytest.raises(Cancelled, match="longer than the 1 seconds"):
            wh.query("t/slow")

    def test_the_next_one_is_not_harmed(self, wh):
        with pytest.raises(Cancelled):
            wh.query("t/slow")
        assert wh.query("t/count")["n"][0] == 0

    def test_rankings_take_turns(self, wh):
        names = {"score_function": "n"}
        with wh._turn(names), pytest.raises(Busy, match="busy"):
            wh.query("t/score", names=names)
        assert wh.query("t/score", names=names).empty
        with wh._turn(names):
            assert wh.query("t/count")["n"][0] == 0  # others need no turn


class TestLeaving:
    @pytest.fixture
    def patient(self, wh):
        """The same warehouse with a limit that no query of the test reaches."""
        warehouse = Warehouse(wh.url, Limits(page=100))
        yield warehouse
        warehouse.close()

    def test_ends_the_query(self, patient, caplog):
        left = threading.Event()
        threading.Timer(0.3, left.set).start()
        started = time.monotonic()
        with used_for("page", "test", left.is_set), pytest.raises(Cancelled, match="nobody was waiting"):
            patient.query("t/slow")
        assert time.monotonic() - started < 20
        assert "failed" not in caplog.text  # whoever leaves is no failure
        assert patient.query("t/count")["n"][0] == 0

    def test_of_others_changes_nothing(self, patient):
        with used_for("page", "test", lambda: False):
            assert patient.query("t/count")["n"][0] == 0

    def test_cuts_the_connection_if_a_cancel_is_of_no_use(self, monkeypatch):
        monkeypatch.setattr(leaving, "GRACE", 0.0)
        done: list[str] = []
        running = leaving.Running(lambda: True, lambda: done.append("cancel"), lambda: done.append("cut"))
        for _ in range(4):
            time.sleep(0.001)
            running.look()
        assert done == ["cancel", "cut"]

    def test_does_not_meet_a_query_that_is_over(self):
        running = leaving.Running(lambda: True, lambda: pytest.fail("too late"), lambda: None)
        running.over = True
        running.look()
        assert not running.cancelled


class TestAgain:
    @pytest.fixture(autouse=True)
    def _at_once(self, monkeypatch):
        monkeypatch.setattr("jobrec_ui.warehouse.PAUSES", (0.0, 0.0))

    def test_a_conflict_is_begun_anew_and_written_once(self, wh):
        tries = []

        def add(tx):
            tries.append(1)
            tx.execute("t/add", {"n": 1})
            if len(tries) < 3:
                raise WriteConflict("1023")

        wh.atomically(add)
        assert len(tries) == 3
        assert wh.query("t/count")["n"][0] == 1

    def test_a_conflict_that_stays_is_told(self, wh):
        def never(tx):
            raise WriteConflict("1023")

        with pytest.raises(WriteConflict):
            wh.atomically(never)

    def test_a_write_on_a_lost_connection_is_not_repeated(self, wh):
        tries = []

        def add(tx):
            tries.append(1)
            raise ConnectionLost("lost")

        with pytest.raises(ConnectionLost):
            wh.atomically(add)
        assert len(tries) == 1

    def test_a_read_on_a_lost_connection_is_repeated(self, wh, monkeypatch):
        dialect, tries = wh.engine.dialect, []
        execute = type(dialect).do_execute

        def lose(cursor, statement, parameters, context=None):
            if "COUNT" in statement:
                tries.append(1)
                if len(tries) < 3:
                    raise dialect.loaded_dbapi.InterfaceError("BrokenPipe: server socket closed.")
            return execute(dialect, cursor, statement, parameters, context)

        monkeypatch.setattr(dialect, "do_execute", lose)
        assert wh.query("t/count")["n"][0] == 0
        assert len(tries) == 3

    def test_real_writers_at_the_same_time_all_get_through(self, wh):
        """The embedded warehouse raises 1023 where two transactions change the same rows."""
        threads = [threading.Thread(target=wh.execute, args=("t/add", {"n": n})) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wh.query("t/count")["n"][0] == 8

    def test_other_errors_are_told_at_once(self, wh, sql_root):
        sql_root("t/wrong", "SELECT no_such FROM t")
        with pytest.raises(WarehouseError, match="no_such"):
            wh.query("t/wrong")
