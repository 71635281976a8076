"""What users of redshift_connector and sqlalchemy-redshift ran into, tried on what the app does with them."""

import datetime as dt
import json
import math
from decimal import Decimal, localcontext

import numpy as np
import pandas as pd
import pytest
import redshift_connector
import sqlalchemy as sa

from jobrec_ui.errors import JobrecError
from jobrec_ui.warehouse import Warehouse

INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))


@pytest.fixture
def wh(server):
    """The app's way to the server."""
    found = Warehouse(server.url())
    yield found
    found.close()


def test_numbers_of_many_digits_are_exact(cursor):
    """NUMERICs of more than 18 digits came out as other numbers, negative ones too; scale zero was refused."""
    values = {
        "135430.11999999999500": "NUMERIC(36, 14)", "-135430.11999999999": "NUMERIC(30, 11)",
        "9999999999999999999999999999": "NUMERIC(38, 0)", "-0.00000000000000000001": "NUMERIC(38, 20)",
        "0": "NUMERIC(38, 37)",
    }  # fmt: skip
    for text, kind in values.items():
        [[value]] = cursor.execute(f"SELECT CAST('{text}' AS {kind}) AS n").fetchall()
        assert value == Decimal(text)


def test_beyond_28_digits_pythons_precision_decides(cursor):
    """The driver scales what came with the precision of Python's decimals: the last digits of a longer one are lost."""
    text = "99999999999999999999999999999.123456789"
    [[rounded]] = cursor.execute(f"SELECT CAST('{text}' AS NUMERIC(38, 9)) AS n").fetchall()
    assert rounded != Decimal(text)
    with localcontext(prec=38):
        assert cursor.execute(f"SELECT CAST('{text}' AS NUMERIC(38, 9)) AS n").fetchall() == ([Decimal(text)],)


def test_the_longest_text_there_and_back(cursor):
    """65,535 bytes fit a VARCHAR(MAX), and letters of several bytes count as such: one more is an error."""
    cursor.execute("CREATE TABLE texts (word VARCHAR(MAX))")
    longest = "é" * 32_767 + "x"
    cursor.execute("INSERT INTO texts VALUES (%s)", (longest,))
    assert cursor.execute("SELECT word, OCTET_LENGTH(word) FROM texts").fetchall() == ([longest, 65_535],)
    with pytest.raises(redshift_connector.ProgrammingError) as raised:
        cursor.execute("INSERT INTO texts VALUES (%s)", (longest + "y",))
    assert "value too long for type" in json.dumps(raised.value.args[0])
    assert cursor.execute("SELECT COUNT(*) FROM texts").fetchall() == ([1],)


def test_times_of_another_zone_mean_the_same_moment(cursor):
    """Zones with half hours were cut to whole ones; what comes back is in UTC."""
    moment = dt.datetime(2026, 3, 1, 4, 15, 0, 250_000, tzinfo=INDIA)
    cursor.execute("CREATE TABLE moments (at TIMESTAMPTZ)")
    cursor.execute("INSERT INTO moments VALUES (%s)", (moment,))
    [[found]] = cursor.execute("SELECT at FROM moments").fetchall()
    assert found == moment
    assert found.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize("day", [dt.date(1613, 1, 1), dt.date(1969, 12, 31), dt.date(9999, 12, 31)])
def test_the_first_and_the_last_day(cursor, day):
    """Days before 1970 or far ahead were an error. Before 1613 the driver is ten days off, for it counts the change of
    calendars from 2000; the app knows no such day."""
    cursor.execute("CREATE TABLE days (day DATE)")
    cursor.execute("INSERT INTO days VALUES (%s)", (day,))
    assert cursor.execute("SELECT day FROM days").fetchall() == ([day],)


def test_none_first_does_not_decide_the_type_of_the_others(server, wh):
    """executemany took the types of its first row: a NULL there made every later value a text."""
    rows = [{"n": None, "word": None}, {"n": 7, "word": "x"}, {"n": None, "word": "y"}]
    with wh.transaction() as tx:
        tx.connection.execute(sa.text("CREATE TABLE mixed (n INTEGER, word VARCHAR(9))"))
        tx.connection.execute(sa.text("INSERT INTO mixed (n, word) VALUES (:n, :word)"), rows)
        found = tx.connection.execute(sa.text("SELECT n, word FROM mixed ORDER BY word, n")).fetchall()
    assert found == [(7, "x"), (None, "y"), (None, None)]


def test_types_of_numpy_and_pandas_are_taken(server, wh):
    """The driver knows no NumPy number and no missing time of pandas; the app's dialect turns them into plain ones."""
    values = {
        "n": np.int64(5), "f": np.float32(0.5), "b": np.bool_(True), "at": pd.Timestamp("2026-03-01 04:15"),
        "none": pd.NaT,
    }  # fmt: skip
    kinds = {"n": "BIGINT", "f": "FLOAT8", "b": "BOOLEAN", "at": "TIMESTAMP", "none": "TIMESTAMP"}
    selected = ", ".join(f"CAST(:{name} AS {kind}) AS v_{name}" for name, kind in kinds.items())
    with wh.transaction() as tx:
        [row] = tx.connection.execute(sa.text(f"SELECT {selected}"), values).fetchall()
    assert tuple(row) == (5, 0.5, True, dt.datetime(2026, 3, 1, 4, 15), None)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e-300, 0.1 + 0.2, 5e-324])
def test_odd_floats_there_and_back(cursor, value):
    """Digits were lost in texts, and what is no number was refused."""
    cursor.execute("CREATE TABLE floats (f FLOAT8)")
    cursor.execute("INSERT INTO floats VALUES (%s)", (value,))
    [[found]] = cursor.execute("SELECT f FROM floats").fetchall()
    assert found == value or (math.isnan(found) and math.isnan(value))


@pytest.mark.parametrize("value", [Decimal("1E+3"), Decimal("-1.50E-5"), Decimal("0E-10")])
def test_decimals_written_with_an_exponent(cursor, value):
    """As a parameter such a Decimal went out as a text that no NUMERIC takes."""
    cursor.execute("CREATE TABLE amounts (a NUMERIC(20, 10))")
    cursor.execute("INSERT INTO amounts VALUES (%s)", (value,))
    assert cursor.execute("SELECT a FROM amounts").fetchall() == ([value],)


def test_super_is_json_whatever_is_in_it(cursor):
    """Nested values, letters beyond Latin, a JSON null beside a NULL."""
    value = {"a": [1, None, {"b": '한국 \\ " 🚀'}], "c": "x" * 3000}
    cursor.execute("CREATE TABLE things (s SUPER)")
    cursor.execute("INSERT INTO things SELECT JSON_PARSE(CAST(%s AS VARCHAR(MAX)))", (json.dumps(value),))
    [[found]] = cursor.execute("SELECT s FROM things").fetchall()
    assert json.loads(found) == value
    [row] = cursor.execute("SELECT s.nothing, s.a[1] IS NULL, s.a[2].b FROM things").fetchall()
    assert (row[0], row[1], json.loads(row[2])) == (None, True, value["a"][2]["b"])


@pytest.mark.parametrize("version", [0, 1, 2])
def test_names_of_columns_are_texts_in_lower_case(server, connect, version):
    """They came as bytes in one version of the protocol; and Redshift folds names, quoted ones too."""
    cursor = connect(server, client_protocol_version=version).cursor()
    cursor.execute('SELECT 1 AS "Mixed Case", 2 AS PLAIN')
    assert [column[0] for column in cursor.description] == ["mixed case", "plain"]


def test_an_empty_answer_has_its_columns(server, wh, sql_root):
    """A frame of no rows lost its columns, and what reads them failed far from the cause."""
    sql_root("t/none", "SELECT table_schema, table_name FROM information_schema.tables WHERE table_name = 'nothing'")
    found = wh.query("t/none")
    assert (list(found.columns), len(found)) == (["table_schema", "table_name"], 0)


def test_percent_signs_and_colons_mean_themselves(server, wh, sql_root):
    """% was doubled inside quotes; a colon in a time or a cast was taken for a parameter."""
    sql_root(
        "t/signs",
        "SELECT '50%' AS a, 7 % 4 AS b, '10:30:00' AS c, '5'::INTEGER AS d, 'a%c' LIKE 'a%' AS e, "
        "CAST(:word AS VARCHAR(9)) AS f /* 100% */",
    )
    found = wh.query("t/signs", {"word": "9%:x"})
    assert found.iloc[0].tolist() == ["50%", 3, "10:30:00", 5, True, "9%:x"]


def test_more_parameters_than_the_protocol_counts(server, wh):
    """Over 32,767 of them were an error of Python's struct; it is a sentence, and the connection goes on."""
    names = [f"p{n}" for n in range(32_768)]
    statement = sa.text("SELECT 1 AS n WHERE 1 IN (" + ", ".join(f":{name}" for name in names) + ")")
    with pytest.raises(JobrecError) as raised, wh.transaction() as tx:
        tx.connection.execute(statement, dict.fromkeys(names, 1))
    assert "32767" in str(raised.value)
    with wh.transaction() as tx:
        assert tx.connection.execute(sa.text("SELECT 1 AS n")).scalar() == 1


def test_statements_that_fell_out_of_the_drivers_cache_run_again(server, connect):
    """With few kept, a statement that had been closed was executed by its old name."""
    cursor = connect(server, max_prepared_statements=2).cursor()
    for _ in range(3):
        for number in range(5):
            assert cursor.execute(f"SELECT {number} + %s AS n", (1,)).fetchall() == ([number + 1],)


def test_after_a_refusal_in_a_transaction_the_same_statement_runs_again(server, connect):
    """A statement prepared in a transaction that failed was gone with it, and the next use of its name an error."""
    connection = connect(server, autocommit=False)
    cursor = connection.cursor()
    cursor.execute("SELECT CAST(%s AS INTEGER) + 1 AS n", (1,))
    with pytest.raises(redshift_connector.ProgrammingError):
        cursor.execute("SELECT nothing FROM nowhere")
    connection.rollback()
    assert cursor.execute("SELECT CAST(%s AS INTEGER) + 1 AS n", (2,)).fetchall() == ([3],)


def test_a_zero_byte_in_a_text_is_kept(cursor):
    """Redshift keeps it, and some clients cut the text off there; a load into the app takes it out beforehand."""
    cursor.execute("CREATE TABLE texts (word VARCHAR(9))")
    cursor.execute("INSERT INTO texts VALUES (%s)", ("a\x00b",))
    assert cursor.execute("SELECT word FROM texts").fetchall() == (["a\x00b"],)


def test_more_statements_than_the_driver_keeps_after_ddl(server, connect):
    """After DDL its statements and their order went apart, and the next one too many was a KeyError for good."""
    connection = connect(server, max_prepared_statements=3)
    cursor = connection.cursor()
    for turn in range(2):
        cursor.execute(f"CREATE TABLE made_{turn} (n INTEGER)")
        for number in range(6):
            assert cursor.execute(f"SELECT {number} + %s AS n", (turn,)).fetchall() == ([number + turn],)
    connection.rollback()
    assert cursor.execute("SELECT 1 AS n").fetchall() == ([1],)


def test_a_table_is_reflected(server, wh):
    """Under SQLAlchemy 2 the dialect's reflection fails on a missing argument; the app asks the catalog in SQL."""
    with wh.transaction() as tx:
        tx.connection.execute(sa.text("CREATE TABLE reflected (n INTEGER, word VARCHAR(9))"))
    with wh.engine.connect() as connection, pytest.raises((TypeError, sa.exc.SQLAlchemyError)):
        sa.Table("reflected", sa.MetaData(), autoload_with=connection)
    with wh.transaction() as tx:
        found = tx.connection.execute(
            sa.text("SELECT column_name FROM information_schema.columns WHERE table_name = 'reflected' ORDER BY 1")
        ).scalars()
        assert list(found) == ["n", "word"]


def test_a_whole_number_beyond_64_bits_is_no_other_number(cursor):
    """It went out as text of an unknown type; where a column tells the type it arrives whole."""
    cursor.execute("CREATE TABLE wide (n NUMERIC(38, 0))")
    cursor.execute("INSERT INTO wide VALUES (%s)", (2**70,))
    assert cursor.execute("SELECT n FROM wide").fetchall() == ([Decimal(2**70)],)
