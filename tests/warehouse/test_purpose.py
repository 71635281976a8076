"""What the warehouse is used for: limits, labels, turns at scoring, people who leave, what is tried again."""

import ast
import shutil
import threading
import time

import pytest

from jobrec_ui import models
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Limits, local_url
from jobrec_ui.warehouse import Warehouse, leaving, setup, sqlfiles
from jobrec_ui.warehouse.failures import Busy, Cancelled, ConnectionLost, WriteConflict
from jobrec_ui.warehouse.purpose import Purpose, at_least, current, used_for

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


def calls_about_statements():
    """Every call in the app that names a statement, and whether it says that the model scores in it."""
    known = set(sqlfiles.names())
    for path in (sqlfiles.SQL_ROOT.parent / "jobrec_ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("query", "execute", "run"):
                named = [one for one in ast.walk(node) if isinstance(one, ast.Constant) and one.value in known]
                scores = any(keyword.arg == "scores" for keyword in node.keywords)
                for constant in named[:1]:
                    yield constant.value, scores


class TestPurpose:
    @pytest.mark.parametrize(
        ("begun_as", "needs", "kind"),
        [
            ("page", "page", "page"),
            ("page", "batch", "batch"),
            ("page", "training", "training"),
            ("batch", "page", "batch"),
            ("batch", "training", "training"),
            ("training", "batch", "training"),
        ],
    )
    def test_work_that_takes_its_time_has_it_whoever_asks(self, begun_as, needs, kind):
        with used_for(begun_as, "somebody"):
            with at_least(needs):
                assert current().kind == kind
                assert current().label == "somebody"
            assert current().kind == begun_as

    def test_tables_and_features_have_a_longer_limit_than_whoever_asks_for_them(self, tmp_path, demo_warehouse):
        kinds: dict[str, str] = {}

        class Noting(Warehouse):
            def running(self, connection, name, **how):
                kinds[name] = current().kind
                return super().running(connection, name, **how)

        empty = Noting(local_url(tmp_path / "empty.duckdb"))
        with used_for("page", "the first page"):
            setup.make_app_tables(empty)
        empty.close()
        assert {kind for name, kind in kinds.items() if name.startswith("schema/")} == {"batch"}
        assert kinds["warehouse/setup/known_tables"] == "page"

        shutil.copyfile(demo_warehouse, tmp_path / "full.duckdb")
        full = Noting(local_url(tmp_path / "full.duckdb"))
        with used_for("batch", "command load"):
            models.refresh_features(full)
        full.close()
        assert {kind for name, kind in kinds.items() if name.startswith("features/")} == {"training"}

    def test_every_statement_that_scores_takes_its_turn(self):
        scoring = {name for name in sqlfiles.names() if "{score_function}" in sqlfiles.read(name)}
        asked = list(calls_about_statements())
        assert len([name for name, _ in asked if name in scoring]) >= 8
        assert [name for name, scores in asked if (name in scoring) != scores] == []

    def test_nobody_ends_a_write_by_leaving(self):
        purpose = Purpose(has_left=lambda: True)
        assert purpose.has_left
        assert purpose.for_writing().has_left is None

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
        with wh._turn(), pytest.raises(Busy, match="busy"):
            wh.query("t/score", names={"score_function": "n"}, scores=True)
        assert wh.query("t/score", names={"score_function": "n"}, scores=True).empty
        with wh._turn():
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
        monkeypatch.setattr("jobrec_ui.warehouse.warehouse.PAUSES", (0.0, 0.0))

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
