"""The warehouse as the services see it: named statements, transactions, staging, and what is told when it fails."""

import logging
import re
import threading
from datetime import date, datetime

import pyarrow as pa
import pytest
import sqlalchemy as sa

from jobrec_ui.errors import InputError, JobrecError, WarehouseError
from jobrec_ui.warehouse import Warehouse

SECRET = "kim.min-jun@example.org"


@pytest.fixture
def wh(tmp_path, sql_root):
    """A warehouse with a table t (n, word) of two rows, and the statements that the tests ask for by name."""
    sql_root("t/schema", "CREATE SCHEMA staging")
    sql_root("t/create", "CREATE TABLE t (n INT NOT NULL, word VARCHAR(5));\nINSERT INTO t VALUES (1, 'a'), (2, 'b');")
    sql_root("t/rows", "-- What is in it?\nSELECT n, word FROM t ORDER BY n;")
    sql_root("t/find", "SELECT n FROM t WHERE word = :word")
    sql_root("t/add", "INSERT INTO t (n, word) VALUES (:n, :word)")
    sql_root("t/add_two", "INSERT INTO t (n, word) VALUES (:n, 'x');\nINSERT INTO t (n, word) VALUES (:m, 'y');")
    sql_root("t/broken", "SELECT no_such_column FROM t WHERE word = :word")
    sql_root("t/two", "SELECT 1; SELECT 2")
    sql_root(
        "t/values", "SELECT :n AS n, :f AS f, :flag AS flag, :d AS d, :at AS at, :nothing AS nothing, :word AS word"
    )
    warehouse = Warehouse(f"redshift+local:///{tmp_path}/warehouse.duckdb")
    warehouse.execute("t/schema")
    warehouse.execute("t/create")
    yield warehouse
    warehouse.close()


def rows(wh):
    return [tuple(row) for row in wh.query("t/rows").itertuples(index=False)]


def test_query_gives_a_frame_with_the_names_of_the_statement(wh):
    frame = wh.query("t/rows")
    assert list(frame.columns) == ["n", "word"]
    assert rows(wh) == [(1, "a"), (2, "b")]


def test_a_query_without_rows_still_has_columns(wh):
    frame = wh.query("t/find", {"word": "none"})
    assert frame.empty
    assert list(frame.columns) == ["n"]


@pytest.mark.parametrize(
    "word", ["a' OR '1'='1", "'; DROP TABLE t; --", "%", "_", "a\\", ":n", "{x}", "'' -- ", "🚀", ""]
)
def test_values_are_bound_never_read_as_sql(wh, word):
    assert wh.query("t/find", {"word": word}).empty
    assert rows(wh) == [(1, "a"), (2, "b")]


def test_values_of_every_kind_come_back(wh):
    values = {
        "n": 2**40,
        "f": 0.1,
        "flag": True,
        "d": date(2024, 2, 29),
        "at": datetime(2024, 2, 29, 23, 59, 59, 123456),
        "nothing": None,
        "word": "50% 'ção' \"한국어\" ; -- 🚀",
    }
    row = wh.query("t/values", values).iloc[0]
    assert (row["n"], row["f"], bool(row["flag"]), row["word"]) == (2**40, 0.1, True, values["word"])
    assert (row["d"], row["at"]) == (date(2024, 2, 29), values["at"])
    assert row["nothing"] is None


def test_execute_gives_each_statement_its_own_values(wh):
    wh.execute("t/add_two", {"n": 3, "m": 4})
    assert rows(wh) == [(1, "a"), (2, "b"), (3, "x"), (4, "y")]


def test_execute_is_all_or_nothing(wh):
    with pytest.raises(WarehouseError):
        wh.execute("t/add_two", {"n": 3, "m": None})
    assert rows(wh) == [(1, "a"), (2, "b")]


def test_query_takes_one_statement_only(wh):
    with pytest.raises(ValueError, match="too many values"):
        wh.query("t/two")


def test_run_gives_rows_or_an_empty_frame(wh):
    assert wh.run("t/rows")["n"].tolist() == [1, 2]
    assert wh.run("t/add", {"n": 3, "word": "c"}).empty
    assert rows(wh)[-1] == (3, "c")


def test_a_transaction_is_kept_at_its_end(wh):
    with wh.transaction() as tx:
        tx.execute("t/add", {"n": 3, "word": "c"})
        assert len(tx.query("t/rows")) == 3
        assert len(rows(wh)) == 2  # nobody else sees it yet
    assert len(rows(wh)) == 3


@pytest.mark.parametrize("error", [RuntimeError("stop"), InputError("stop"), KeyboardInterrupt()])
def test_a_transaction_that_breaks_leaves_nothing(wh, sql_root, error):
    def work() -> None:
        with wh.transaction() as tx:
            tx.execute("t/add", {"n": 3, "word": "c"})
            tx.stage("people", pa.table({"name": ["x"]}))
            raise error

    with pytest.raises(type(error)):
        work()
    assert rows(wh) == [(1, "a"), (2, "b")]
    sql_root("t/staged", "SELECT * FROM staging.people")
    with pytest.raises(WarehouseError, match="people"):
        wh.query("t/staged")


def test_an_error_of_the_services_passes_unchanged(wh):
    stop = InputError("The file is empty.")
    with pytest.raises(InputError) as raised, wh.transaction():
        raise stop
    assert raised.value is stop


def test_stage_replaces_the_table(wh, sql_root):
    sql_root("t/staged", "SELECT * FROM staging.people ORDER BY 1")
    for table in (pa.table({"a": [1, 2]}), pa.table({"name": ["김민준", None], "at": [datetime(2024, 1, 1), None]})):
        with wh.transaction() as tx:
            tx.stage("people", table)
    staged = wh.query("t/staged")
    assert list(staged.columns) == ["name", "at"]
    assert staged["name"][0] == "김민준"
    assert staged.loc[1].isna().all()


@pytest.mark.parametrize("table", ["people; DROP TABLE t", "Pe ople", "", "a.b.c"])
def test_stage_takes_plain_names_only(wh, table):
    with pytest.raises(ValueError, match="identifier"), wh.transaction() as tx:
        tx.stage(table, pa.table({"a": [1]}))


class TestErrors:
    def test_a_sentence_without_the_statement_or_its_values(self, wh, caplog):
        with caplog.at_level(logging.DEBUG, logger="jobrec_ui"), pytest.raises(WarehouseError) as raised:
            wh.query("t/broken", {"word": SECRET})
        told = str(raised.value)
        assert "no_such_column" in told
        assert "does not exist" in told
        assert "SELECT" not in told
        assert "\n" not in told
        assert SECRET not in told + caplog.text
        assert isinstance(raised.value.__cause__, sa.exc.DBAPIError)
        assert "t/broken" in caplog.text

    def test_a_value_that_is_too_long_is_not_told(self, wh, caplog):
        with caplog.at_level(logging.DEBUG, logger="jobrec_ui"), pytest.raises(WarehouseError) as raised:
            wh.execute("t/add", {"n": 1, "word": SECRET})
        assert "too long" in str(raised.value)
        assert SECRET not in str(raised.value) + caplog.text

    def test_a_value_that_is_missing_names_the_column(self, wh):
        with pytest.raises(WarehouseError, match="NULL value into column n"):
            wh.execute("t/add", {"n": None, "word": "c"})

    def test_a_table_that_is_missing_is_named(self, wh, sql_root):
        sql_root("t/missing", "SELECT * FROM hiring.no_such_table")
        with pytest.raises(WarehouseError, match="no_such_table"):
            wh.query("t/missing")

    def test_staging_where_there_is_no_schema_is_told(self, wh, sql_root):
        sql_root("t/drop", "DROP SCHEMA staging")
        wh.execute("t/drop")
        with pytest.raises(WarehouseError, match='schema "staging" does not exist'), wh.transaction() as tx:
            tx.stage("people", pa.table({"name": ["x"]}))

    def test_a_bound_value_that_nobody_gave(self, wh):
        with pytest.raises(JobrecError):
            wh.query("t/find")

    def test_the_error_of_redshift_connector_is_a_dict(self, wh, monkeypatch):
        def fail(*_args, **_kwargs):
            orig = Exception({"S": "ERROR", "C": "42P01", "M": "relation candidates does not exist"})
            raise sa.exc.ProgrammingError("SELECT secret", {}, orig)

        monkeypatch.setattr(sa.Connection, "execute", fail)
        with pytest.raises(WarehouseError, match=r"^relation candidates does not exist$"):
            wh.query("t/rows")

    def test_after_an_error_the_next_statement_works(self, wh):
        for _ in range(30):  # more than the pool holds
            with pytest.raises(WarehouseError):
                wh.query("t/broken", {"word": ""})
        assert len(rows(wh)) == 2


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "redshift+local", "mysql+nothing://u:secret@h/db", "postgresql://u:secret@h/db",
     "redshift://u:secret@h/db"],
)  # fmt: skip
def test_an_address_that_is_none(url):
    with pytest.raises(WarehouseError, match=re.escape("redshift+local:///path.duckdb")) as raised:
        Warehouse(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("path", ["no/such/folder/w.duckdb", "."])
def test_a_file_that_cannot_be_opened_is_told(tmp_path, path, sql_root):
    sql_root("one", "SELECT 1 AS n")
    with pytest.raises(JobrecError) as raised:
        Warehouse(f"redshift+local:///{tmp_path}/{path}").query("one")
    assert str(tmp_path) in str(raised.value)


def test_a_file_that_is_no_warehouse_is_told(tmp_path, sql_root):
    sql_root("one", "SELECT 1 AS n")
    path = tmp_path / "notes.duckdb"
    path.write_text("shopping list " * 1000)
    with pytest.raises(JobrecError) as raised:
        Warehouse(f"redshift+local:///{path}").query("one")
    assert str(path) in str(raised.value)


def test_many_threads_share_a_warehouse(wh):
    found: list[int] = []

    def ask() -> None:
        for _ in range(5):
            found.append(len(wh.query("t/rows")))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 100
