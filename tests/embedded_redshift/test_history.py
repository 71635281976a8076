"""SYS_QUERY_HISTORY and SYS_SERVERLESS_USAGE: what the engine wrote down of what ran."""

from collections.abc import Callable

import pytest

from embedded_redshift import dbapi, history

HISTORY = (
    "SELECT query_label, query_type, status, returned_rows, error_message FROM sys_query_history ORDER BY query_id"
)


def test_what_ran_with_its_label_and_outcome(cursor: dbapi.Cursor) -> None:
    cursor.execute("SET query_group TO 'jobs page'")
    cursor.execute("CREATE TABLE t AS SELECT 1 AS a")
    cursor.execute("SELECT a FROM t UNION ALL SELECT 2")
    with pytest.raises(dbapi.ProgrammingError):
        cursor.execute("SELECT b FROM t")
    cursor.execute("RESET query_group")
    cursor.execute("-- in words\nINSERT INTO t WITH x AS (SELECT 3) SELECT * FROM x")
    found = cursor.execute(HISTORY).fetchall()
    assert [row[:4] for row in found] == [
        ("jobs page", "CTAS", "success", 0),
        ("jobs page", "SELECT", "success", 2),
        ("jobs page", "SELECT", "failed", 0),
        ("default", "INSERT", "success", 0),
    ]
    assert found[2][4] == 'column "b" does not exist (line 1, column 8)'


def test_times_add_up_and_the_second_run_is_not_compiled(cursor: dbapi.Cursor) -> None:
    for _ in range(2):
        cursor.execute("SELECT COUNT(*) FROM information_schema.tables")
    rows = cursor.execute(
        "SELECT compile_time, elapsed_time = compile_time + execution_time, queue_time, username, "
        "DATEDIFF(microsecond, start_time, end_time) = elapsed_time FROM sys_query_history ORDER BY query_id"
    ).fetchall()
    assert rows[0][0] > 0
    assert rows[1][0] == 0
    assert {row[1:] for row in rows} == {(True, 0, "awsuser", True)}


def test_the_statements_of_a_transaction_share_its_number(connect: Callable[[], dbapi.Connection]) -> None:
    connection = connect()
    cursor = connection.cursor()
    cursor.execute("SELECT 1")
    cursor.execute("SELECT 2")
    connection.commit()
    cursor.execute("SELECT 3")
    connection.commit()
    numbers = [
        n for (n,) in cursor.execute("SELECT transaction_id FROM sys_query_history ORDER BY query_id").fetchall()
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_statement_that_ran_out_of_time(cursor: dbapi.Cursor) -> None:
    cursor.execute("SET statement_timeout TO 20")
    slow = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000000) SELECT MAX(n) FROM n"
    with pytest.raises(dbapi.OperationalError):
        cursor.execute(slow)
    cursor.execute("RESET ALL")
    assert cursor.execute("SELECT status FROM sys_query_history").fetchall() == [("canceled",)]


def test_it_is_there_when_the_file_is_opened_again(connect: Callable[[], dbapi.Connection], path: str) -> None:
    first = connect()
    first.cursor().execute("SELECT 'yesterday'")
    first.close()
    second = connect()
    texts = second.cursor().execute("SELECT query_text FROM sys_query_history").fetchall()
    assert texts == [("SELECT 'yesterday'",)]


def test_it_is_bounded(cursor: dbapi.Cursor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_FORGET", history._FORGET.replace(str(history.KEPT), "3"))
    for number in range(5):
        cursor.execute(f"SELECT {number}")
    texts = [text for (text,) in cursor.execute("SELECT query_text FROM sys_query_history").fetchall()]
    assert sorted(texts) == ["SELECT 2", "SELECT 3", "SELECT 4"]
    long = f"SELECT '{'x' * 5000}'"
    cursor.execute(long)
    query = "SELECT MAX(LEN(query_text)) FROM sys_query_history"
    assert cursor.execute(query).fetchall() == [(history.TEXT_LENGTH,)]


def test_a_minute_with_work_is_a_row_of_usage(cursor: dbapi.Cursor) -> None:
    cursor.execute("SELECT 1")
    usage = (
        "SELECT compute_seconds > 0, charged_seconds, DATEDIFF(second, start_time, end_time) FROM sys_serverless_usage"
    )
    assert set(cursor.execute(usage).fetchall()) == {(True, 0, 60)}
