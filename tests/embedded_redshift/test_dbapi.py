"""The PEP 249 module: statements, parameters, rows, transactions, settings."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from embedded_redshift import dbapi

Connect = Callable[[], dbapi.Connection]

# Slow, and without an end of its own: a join of a table with itself, many times over.
ENDLESS = "SELECT COUNT(*) FROM numbers a, numbers b, numbers c, numbers d, numbers e, numbers f, numbers g, numbers h"


def fill_numbers(cursor: dbapi.Cursor, rows: int = 60) -> None:
    cursor.execute("CREATE TABLE numbers (n INTEGER)")
    cursor.executemany("INSERT INTO numbers VALUES (:n)", [{"n": number} for number in range(rows)])


def test_module_says_what_pep_249_wants() -> None:
    assert (dbapi.apilevel, dbapi.threadsafety, dbapi.paramstyle) == ("2.0", 1, "named")
    assert issubclass(dbapi.IntegrityError, dbapi.DatabaseError)
    assert issubclass(dbapi.DatabaseError, dbapi.Error)
    assert dbapi.DateFromTicks(0) == dt.date.fromtimestamp(0)


def test_rows_come_as_python_values(cursor: dbapi.Cursor) -> None:
    cursor.execute(
        "SELECT 1 AS i, 2.5::FLOAT8 AS f, CAST('1.50' AS DECIMAL(8,2)) AS d, 'é漢'::VARCHAR(10) AS s, TRUE AS b, "
        "DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 10:20:30' AS moment, NULL::INTEGER AS nothing"
    )
    assert cursor.fetchall() == [
        (1, 2.5, Decimal("1.50"), "é漢", True, dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 10, 20, 30), None)
    ]
    description = cursor.description
    assert description is not None
    assert [column[0] for column in description] == ["i", "f", "d", "s", "b", "day", "moment", "nothing"]
    assert description[0][1] == dbapi.NUMBER
    assert description[3][1] == dbapi.STRING
    assert description[6][1] == dbapi.DATETIME


def test_fetching_goes_on_where_it_stopped(cursor: dbapi.Cursor) -> None:
    fill_numbers(cursor, 5)
    cursor.execute("SELECT n FROM numbers ORDER BY n")
    assert cursor.rowcount == 5
    assert cursor.fetchone() == (0,)
    assert cursor.fetchmany(2) == [(1,), (2,)]
    assert list(cursor) == [(3,), (4,)]
    assert cursor.fetchone() is None
    assert cursor.arrow().column("n").to_pylist() == [0, 1, 2, 3, 4]


def test_statement_without_rows_has_none_to_fetch(cursor: dbapi.Cursor) -> None:
    cursor.execute("CREATE TABLE t (a INTEGER)")
    assert cursor.description is None
    with pytest.raises(dbapi.ProgrammingError, match="no rows to fetch"):
        cursor.fetchall()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3),
        ("it's :not a name", "it's :not a name"),
        (dt.date(2024, 1, 2), dt.date(2024, 1, 2)),
        (np.int64(7), 7),
        (np.float64(0.5), 0.5),
        (pd.Timestamp("2024-01-02 03:04"), dt.datetime(2024, 1, 2, 3, 4)),
        (pd.NaT, None),
        (None, None),
    ],
)
def test_parameters_are_bound(cursor: dbapi.Cursor, value: Any, expected: Any) -> None:
    assert cursor.execute("SELECT :v AS v, :v AS again", {"v": value}).fetchall() == [(expected, expected)]


def test_parameters_that_are_not_there_or_not_single(cursor: dbapi.Cursor) -> None:
    with pytest.raises(dbapi.ProgrammingError, match="no value for the parameter :b"):
        cursor.execute("SELECT :a, :b", {"a": 1})
    with pytest.raises(dbapi.DataError, match=":a is a list"):
        cursor.execute("SELECT :a", {"a": [1, 2]})
    with pytest.raises(dbapi.ProgrammingError, match="give a dict"):
        cursor.execute("SELECT :a", [1])  # type: ignore[arg-type]


def test_writes_count_their_rows(cursor: dbapi.Cursor) -> None:
    fill_numbers(cursor, 4)
    assert cursor.execute("UPDATE numbers SET n = n + 1 WHERE n > 1").rowcount == 2
    assert cursor.execute("DELETE FROM numbers").rowcount == 4
    assert cursor.executemany("INSERT INTO numbers VALUES (:n)", [{"n": 1}, {"n": 2}]).rowcount == 2


def test_transaction_is_seen_by_others_only_after_commit(connect: Connect) -> None:
    writer, reader = connect(), connect()
    writer.cursor().execute("CREATE TABLE t (a INTEGER)")
    writer.commit()
    writer.cursor().execute("INSERT INTO t VALUES (1)")
    assert reader.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
    reader.rollback()
    writer.commit()
    assert reader.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (1,)


def test_ddl_rolls_back(connect: Connect) -> None:
    connection = connect()
    connection.cursor().execute("CREATE TABLE t (a INTEGER)")
    connection.rollback()
    with pytest.raises(dbapi.ProgrammingError, match='relation "t" does not exist'):
        connection.cursor().execute("SELECT * FROM t")


def test_after_an_error_the_transaction_is_over(connect: Connect) -> None:
    connection = connect()
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE t (a INTEGER)")
    with pytest.raises(dbapi.ProgrammingError):
        cursor.execute("SELECT nothing FROM t")
    with pytest.raises(dbapi.ProgrammingError, match="current transaction is aborted"):
        cursor.execute("SELECT 1")
    connection.commit()  # of a failed transaction: undoes it, as in Redshift
    with pytest.raises(dbapi.ProgrammingError, match="does not exist"):
        cursor.execute("SELECT * FROM t")
    connection.rollback()
    assert cursor.execute("SELECT 1").fetchone() == (1,)


def test_transaction_by_statements(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    connection.autocommit = False
    cursor.execute("BEGIN")
    cursor.execute("CREATE TABLE t (a INTEGER)")
    cursor.execute("ROLLBACK")
    cursor.execute("CREATE TABLE t (b INTEGER)")
    cursor.execute("COMMIT")
    assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == (0,)


def test_begin_holds_where_statements_commit_by_themselves(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute("CREATE TABLE t (a INTEGER)")
    cursor.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
    cursor.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(dbapi.ProgrammingError):
        cursor.execute("SELECT nothing FROM t")
    with pytest.raises(dbapi.ProgrammingError, match="current transaction is aborted"):
        cursor.execute("SELECT 1")
    cursor.execute("ROLLBACK")
    cursor.execute("/* again */ BEGIN")
    cursor.execute("INSERT INTO t VALUES (2)")
    cursor.execute("END")
    cursor.execute("INSERT INTO t VALUES (3)")
    connection.rollback()
    assert cursor.execute("SELECT a FROM t ORDER BY a").fetchall() == [(2,), (3,)]


# r_TRUNCATE, r_VACUUM, r_ALTER_TABLE
def test_truncate_commits_and_vacuum_runs_alone(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute("CREATE TABLE t (a VARCHAR(5)) SORTKEY (a)")
    cursor.execute("INSERT INTO t VALUES ('x')")
    cursor.execute("BEGIN")
    cursor.execute("TRUNCATE t")
    cursor.execute("ROLLBACK")
    assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
    for statement in ("VACUUM", "VACUUM t", "ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(9)"):
        cursor.execute(statement)
        cursor.execute("BEGIN")
        with pytest.raises(dbapi.ProgrammingError, match="cannot run inside a transaction block"):
            cursor.execute(statement)
        cursor.execute("ROLLBACK")


def test_the_warehouses_own_tables_are_out_of_reach(cursor: dbapi.Cursor) -> None:
    for statement in ("SELECT * FROM models", "DELETE FROM views", "DROP TABLE IF EXISTS svv_roles"):
        with pytest.raises(dbapi.ProgrammingError):
            cursor.execute(statement)
    cursor.execute("CREATE TABLE models (a INTEGER)")
    cursor.execute("DROP TABLE models")
    assert cursor.execute("SHOW MODEL ALL").fetchall() == []
    assert cursor.execute("SELECT * FROM svv_roles").fetchall() == []


def test_a_table_of_another_schema_does_not_stand_for_one_here(cursor: dbapi.Cursor) -> None:
    cursor.execute("CREATE SCHEMA other")
    cursor.execute("CREATE TABLE other.t (a INTEGER)")
    with pytest.raises(dbapi.ProgrammingError, match='relation "t" does not exist'):
        cursor.execute("SELECT * FROM t")
    cursor.execute("CREATE TABLE t (b INTEGER)")
    assert cursor.execute("SELECT COUNT(b) FROM t").fetchone() == (0,)


def test_two_writers_of_one_row_are_a_serializable_violation(connect: Connect) -> None:
    first, second = connect(), connect()
    first.cursor().execute("CREATE TABLE t (a INTEGER)")
    first.cursor().execute("INSERT INTO t VALUES (1)")
    first.commit()
    first.cursor().execute("UPDATE t SET a = 2")
    with pytest.raises(dbapi.ProgrammingError, match="1023: Serializable isolation violation") as raised:
        second.cursor().execute("UPDATE t SET a = 3")
    assert raised.value.code == "1023"
    second.rollback()
    first.commit()
    second.cursor().execute("UPDATE t SET a = a + 10")
    second.commit()
    assert first.cursor().execute("SELECT a FROM t").fetchone() == (12,)


def test_statement_timeout_cancels(cursor: dbapi.Cursor) -> None:
    fill_numbers(cursor)
    cursor.execute("SET statement_timeout TO 200")
    began = time.monotonic()
    with pytest.raises(dbapi.OperationalError, match=r"statement_timeout \(200 ms\)") as raised:
        cursor.execute(ENDLESS)
    assert time.monotonic() - began < 5
    assert raised.value.code == "57014"
    assert cursor.execute("SELECT 1").fetchone() == (1,), "the statement after it must run"
    cursor.execute("RESET statement_timeout")
    assert cursor.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_statement_timeout_must_be_a_time(cursor: dbapi.Cursor) -> None:
    with pytest.raises(dbapi.ProgrammingError, match="invalid value"):
        cursor.execute("SET statement_timeout TO 'soon'")


def test_cancel_from_another_thread(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    fill_numbers(cursor)
    timer = threading.Timer(0.3, connection.cancel)
    timer.start()
    with pytest.raises(dbapi.OperationalError, match="cancelled on user's request"):
        cursor.execute(ENDLESS)
    timer.join()


def test_settings_belong_to_the_session(connect: Connect) -> None:
    first, second = connect(), connect()
    first.cursor().execute("SET query_group TO 'nightly'")
    assert first.cursor().execute("SHOW query_group").fetchone() == ("nightly",)
    assert second.cursor().execute("SHOW query_group").fetchone() == ("default",)


def test_search_path_finds_tables(cursor: dbapi.Cursor) -> None:
    cursor.execute("CREATE SCHEMA hiring")
    cursor.execute("CREATE TABLE hiring.t (a INTEGER)")
    with pytest.raises(dbapi.ProgrammingError, match="does not exist"):
        cursor.execute("SELECT * FROM t")
    cursor.execute("SET search_path TO hiring, public")
    assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == (0,)


def test_closed_connection_and_cursor_refuse(connect: Connect) -> None:
    connection = connect()
    cursor = connection.cursor()
    cursor.close()
    with pytest.raises(dbapi.InterfaceError, match="cursor is closed"):
        cursor.execute("SELECT 1")
    connection.close()
    connection.close()
    with pytest.raises(dbapi.InterfaceError, match="connection is closed"):
        connection.cursor().execute("SELECT 1")


def test_translations_are_kept_until_tables_change(connect: Connect) -> None:
    first, second = connect(), connect()
    first.autocommit = second.autocommit = True
    first.cursor().execute("CREATE TABLE t (a INTEGER)")
    assert second.cursor().execute("SELECT * FROM t").fetchall() == []
    first.cursor().execute("DROP TABLE t")
    first.cursor().execute("CREATE TABLE t (a INTEGER, b INTEGER)")
    first.cursor().execute("INSERT INTO t VALUES (1, 2)")
    assert second.cursor().execute("SELECT * FROM t").fetchall() == [(1, 2)]
