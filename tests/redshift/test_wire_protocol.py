"""What goes over the wire: values of every type, parameters, errors, transactions, cancelling."""

import datetime as dt
import socket
import struct
import threading
import time
from decimal import Decimal
from hashlib import md5

import pytest
import redshift_connector
from redshift_wire import harm

VALUES = {
    "TRUE": (True, 16), "CAST(-7 AS SMALLINT)": (-7, 21), "2000000000": (2_000_000_000, 23),
    "CAST(-9000000000 AS BIGINT)": (-9_000_000_000, 20), "CAST(0.5 AS REAL)": (0.5, 700),
    "CAST(1e300 AS DOUBLE PRECISION)": (1e300, 701),
    "CAST(-12345.678 AS NUMERIC(10, 3))": (Decimal("-12345.678"), 1700),
    "CAST('12345678901234567890.12345678' AS NUMERIC(38, 8))":
        (Decimal("12345678901234567890.12345678"), 1700),
    "CAST(0.05 AS NUMERIC(18, 18))": (Decimal("0.05"), 1700),
    "CAST('ação 한국어 🚀' AS VARCHAR(40))": ("ação 한국어 🚀", 1043),
    "DATE '1999-12-31'": (dt.date(1999, 12, 31), 1082), "DATE '2026-02-28'": (dt.date(2026, 2, 28), 1082),
    "TIMESTAMP '1999-12-31 23:59:59.999999'": (dt.datetime(1999, 12, 31, 23, 59, 59, 999_999), 1114),
    "TIMESTAMP '2026-11-23 04:05:06'": (dt.datetime(2026, 11, 23, 4, 5, 6), 1114),
    "CAST('2026-11-23 04:05:06+00' AS TIMESTAMPTZ)": (dt.datetime(2026, 11, 23, 4, 5, 6, tzinfo=dt.UTC), 1184),
    "JSON_PARSE('{\"a\":[1,null]}')": ('{"a":[1,null]}', 4000), "CAST('' AS VARCHAR)": ("", 1043),
}  # fmt: skip
BOUND = [
    None, True, 3, -32_768, 2**31 - 1, 2**62, 0.1, float("1e-300"), "it's; $1 :p1 %s", "ação 한국어 🚀", "",
    dt.date(2026, 11, 23), dt.datetime(1969, 7, 20, 20, 17, 40), dt.datetime(2026, 11, 23, 4, 5, 6, 789),
    Decimal("12.30"),
]  # fmt: skip


@pytest.mark.parametrize("version", [0, 1, 2])
def test_values_of_every_type(server, connect, version):
    cursor = connect(server, client_protocol_version=version).cursor()
    cursor.execute("SELECT " + ", ".join(f"{sql} AS c{at}" for at, sql in enumerate(VALUES)))
    assert [(value, column[1]) for value, column in zip(cursor.fetchone(), cursor.description, strict=True)] == list(
        VALUES.values()
    )


@pytest.mark.parametrize("version", [0, 2])
def test_null_is_null_in_every_type(server, connect, version):
    cursor = connect(server, client_protocol_version=version).cursor()
    cursor.execute("SELECT " + ", ".join(f"NULLIF({sql}, {sql}) AS c{at}" for at, sql in enumerate(list(VALUES)[:-2])))
    assert set(cursor.fetchone()) == {None}


@pytest.mark.parametrize("version", [0, 2])
def test_parameters_come_back_as_they_went(server, connect, version):
    cursor = connect(server, client_protocol_version=version).cursor()
    for value in BOUND:
        place = "CAST(%s AS VARCHAR(99))" if value is None or isinstance(value, str) else "%s"
        cursor.execute(f"SELECT {place} AS v, 'x' || CAST(%s AS VARCHAR(9)) AS word", (value, "y"))
        assert cursor.fetchone() == [value, "xy"]


@pytest.mark.parametrize("value", ["a", None])
@pytest.mark.parametrize(
    "sql",
    ["SELECT %s AS v", "SELECT 1 AS n WHERE %s IS NULL", "SELECT JSON_PARSE(%s) AS v",
     "SELECT CASE WHEN TRUE THEN %s END AS v", "SELECT n FROM (SELECT %s AS n) AS t"],
)  # fmt: skip
def test_a_text_of_which_nothing_tells_the_type_is_refused(cursor, sql, value):
    """As text or NULL redshift_connector sends the type unknown, which no table and no function takes."""
    with pytest.raises(redshift_connector.ProgrammingError) as raised:
        cursor.execute(sql, (value,))
    assert raised.value.args[0]["C"] == "42P18"


@pytest.mark.parametrize("value", ["7", None])
@pytest.mark.parametrize(
    "sql",
    ["INSERT INTO t VALUES (%s)", "SELECT n FROM t WHERE n = %s", "SELECT n FROM t WHERE n IN (1, %s)",
     "DELETE FROM t WHERE n < %s AND CAST(%s AS VARCHAR(9)) IS NULL"],
)  # fmt: skip
def test_where_a_column_or_a_cast_tells_it_it_is_taken(cursor, sql, value):
    cursor.execute("CREATE TABLE t (n INTEGER)")
    cursor.execute(sql, (value,) * sql.count("%s"))


def test_a_statement_is_prepared_once(server, cursor):
    with server.counted() as first:
        cursor.execute("SELECT %s + 1 AS n", (1,))
    with server.counted() as second:
        cursor.execute("SELECT %s + 1 AS n", (2,))
    assert cursor.fetchall() == ([3],)
    assert (first.round_trips, second.round_trips) == (2, 1)


def test_each_column_is_described_at_length(cursor):
    cursor.execute("SELECT 'a' AS word, CAST(1 AS NUMERIC(9, 2)) AS amount")
    word, amount = cursor.ps["row_desc"]
    assert (word["label"], word["column_name"], word["type_oid"]) == (b"word", b"word", 1043)
    assert (word["nullable"], word["autoincrement"], word["read_only"], word["searchable"]) == (1, 0, 0, 1)
    assert amount["type_modifier"] == (9 << 16 | 2) + 4


def test_writes_tell_how_many_rows_and_reads_do_not(cursor):
    """As on Redshift, where rowcount stays -1 after a SELECT."""
    cursor.execute("CREATE TABLE t (n INTEGER)")
    cursor.execute("INSERT INTO t VALUES (1), (2), (3)")
    assert cursor.rowcount == 3
    cursor.execute("DELETE FROM t WHERE n > 1")
    assert cursor.rowcount == 2
    cursor.execute("SELECT n FROM t")
    assert (cursor.rowcount, cursor.redshift_rowcount) == (-1, 1)


def test_statements_prepared_before_a_change_of_tables_still_run(cursor):
    cursor.execute("CREATE TABLE t (n INTEGER)")
    cursor.execute("SELECT COUNT(*) FROM t")
    cursor.execute("DROP TABLE t")
    cursor.execute("CREATE TABLE t (n BIGINT, m INTEGER)")
    cursor.execute("INSERT INTO t VALUES (1, 2)")
    assert cursor.execute("SELECT COUNT(*) FROM t").fetchall() == ([1],)


REFUSED = {
    "SELECT * FROM nowhere": "42P01", "SELECT no_such FROM (SELECT 1 AS n) AS t": "42703", "SELEC 1": "42601",
    "SELECT 1; SELECT 2": "42601", "SELECT STRING_AGG(a, ',') FROM (SELECT 'x' AS a) AS t": "42883",
    "CREATE TABLE no_such.t (n INTEGER)": "3F000", "SELECT 1 / 0": "22012",
    "SELECT a IS DISTINCT FROM 1 FROM (SELECT 2 AS a) AS t": "42601",
}  # fmt: skip


@pytest.mark.parametrize("sql", REFUSED)
def test_what_redshift_refuses_is_refused_in_its_shape(cursor, sql):
    with pytest.raises(redshift_connector.ProgrammingError) as raised:
        cursor.execute(sql)
    fields = raised.value.args[0]
    assert fields["S"] == "ERROR"
    assert fields["C"] == REFUSED[sql], fields
    assert cursor.execute("SELECT 1").fetchall() == ([1],)


class TestTransaction:
    def test_begins_by_itself_and_is_seen_by_others_after_commit(self, server, connect, cursor):
        cursor.execute("CREATE TABLE t (n INTEGER)")
        other = connect(server, autocommit=False)
        other.cursor().execute("INSERT INTO t VALUES (1)")
        assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == [0]
        assert other.in_transaction
        other.commit()
        assert not other.in_transaction
        assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == [1]
        assert "begin transaction" in server.statements

    def test_after_an_error_nothing_runs_until_its_end(self, server, connect, cursor):
        cursor.execute("CREATE TABLE t (n INTEGER)")
        other = connect(server, autocommit=False)
        asking = other.cursor()
        asking.execute("INSERT INTO t VALUES (1)")
        for _ in range(2):
            with pytest.raises(redshift_connector.ProgrammingError):
                asking.execute("SELECT 1 / 0")
        with pytest.raises(redshift_connector.ProgrammingError) as raised:
            asking.execute("SELECT 1")
        assert raised.value.args[0]["C"] == "25P02"
        other.commit()  # undoes it
        assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == [0]

    def test_of_a_client_that_goes_is_undone(self, server, connect, cursor):
        cursor.execute("CREATE TABLE t (n INTEGER)")
        other = connect(server, autocommit=False)
        other.cursor().execute("INSERT INTO t VALUES (1)")
        other.close()
        deadline = time.monotonic() + 10
        while server.connections > 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert cursor.execute("SELECT COUNT(*) FROM t").fetchone() == [0]

    def test_two_that_change_the_same_rows_conflict_as_1023(self, server, connect, cursor):
        cursor.execute("CREATE TABLE t (n INTEGER)")
        cursor.execute("INSERT INTO t VALUES (1)")
        one, two = connect(server, autocommit=False), connect(server, autocommit=False)
        one.cursor().execute("UPDATE t SET n = 2")
        with pytest.raises(redshift_connector.ProgrammingError) as raised:
            two.cursor().execute("UPDATE t SET n = 3")
        fields = raised.value.args[0]
        assert (fields["C"], fields["M"]) == ("XX000", "1023")
        assert "Serializable isolation violation on table" in fields["D"]


LONG = "SELECT COUNT(*) FROM t AS a, t AS b, t AS c, t AS d WHERE a.n + b.n + c.n + d.n = 7"


@pytest.fixture
def long_running(cursor):
    """A cursor on whose table LONG would run for hours."""
    cursor.execute("CREATE TABLE t (n INTEGER)")
    cursor.execute("INSERT INTO t VALUES " + ", ".join(f"({n})" for n in range(1000)))
    return cursor


class TestCancelling:
    def test_a_statement_beyond_its_timeout(self, long_running):
        long_running.execute("SET statement_timeout TO 200")
        with pytest.raises(redshift_connector.ProgrammingError) as raised:
            long_running.execute(LONG)
        assert raised.value.args[0]["C"] == "57014"
        assert "cancelled on user's request" in raised.value.args[0]["M"]

    @pytest.mark.parametrize("how", ["request", "statement"])
    def test_from_outside(self, server, connect, long_running, how):
        process, secret = struct.unpack("!ii", long_running.connection._backend_key_data)
        raised = []

        def ask():
            try:
                long_running.execute(LONG)
            except redshift_connector.ProgrammingError as error:
                raised.append(error.args[0]["C"])

        thread = threading.Thread(target=ask)
        thread.start()
        while not server.statements[-1].startswith("SELECT COUNT"):
            time.sleep(0.01)
        time.sleep(0.1)
        if how == "statement":
            connect(server).cursor().execute(f"SELECT pg_cancel_backend({process})")
        else:
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(struct.pack("!iiii", 16, 80877102, process, secret))
        thread.join(timeout=20)
        assert raised == ["57014"]


def test_a_line_that_breaks_is_an_error_of_the_driver(server, connect):
    cursor = connect(server).cursor()
    server.harm("broken", harm.break_line)
    with pytest.raises((redshift_connector.InterfaceError, OSError)):
        cursor.execute("SELECT 'broken'")


def test_the_simple_protocol(make_server):
    """Which psql speaks: a whole query in one message, everything as text."""
    server = make_server(tls=None, method="md5", users={"u": ""})
    with socket.create_connection(("127.0.0.1", server.port)) as line, line.makefile("rb") as answers:

        def read():
            kind, length = struct.unpack("!ci", answers.read(5))
            return kind, answers.read(length - 4)

        said = b"user\0u\0database\0dev\0\0"
        line.sendall(struct.pack("!ii", len(said) + 8, 196608) + said)
        salt = read()[1][4:]
        answer = b"md5" + md5(md5(b"u").hexdigest().encode() + salt).hexdigest().encode() + b"\0"
        line.sendall(b"p" + struct.pack("!i", len(answer) + 4) + answer)
        while read()[0] != b"Z":
            pass
        query = "SELECT 1 AS n, 'ü' AS w, TRUE AS b\0".encode()
        line.sendall(b"Q" + struct.pack("!i", len(query) + 4) + query)
        assert read()[0] == b"T"
        assert read() == (b"D", b"\0\3\0\0\0\x011\0\0\0\2\xc3\xbc\0\0\0\1t")
        assert read() == (b"C", b"SELECT\0")
        assert read() == (b"Z", b"I")
