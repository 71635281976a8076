"""Whatever a statement is, only the engine's own errors come out, in words that are Redshift's or its own."""

# ruff: noqa: E501 - a statement on a line

import logging
import re
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_redshift import border, dbapi, errors
from embedded_redshift.translate.calls import REDSHIFT_FUNCTIONS
from embedded_redshift.translate.functions import FUNCTIONS
from embedded_redshift.translate.statement_table import FORMS, REFUSED

# What only another tool would say.
_FOREIGN = re.compile(
    r"(?i:duckdb|sqlglot|xgboost|python|pyarrow|traceback|_redshift|<class|binder|candidate functions|nonetype|"
    r"has no attribute|unexpected token|required keyword)|LINE \d|Error: |HUGEINT|UBIGINT|INT32|STRING_LITERAL|STRUCT\(|"
    r"exp\.|[a-z][A-Z][a-z]+(?:Constraint|Property|Column|Expression)"
)

LITERALS = (
    "1", "0", "-7", "2.50", "1e3", "'abc'", "''", "'2024-02-29'", "'2024-02-29 12:00:00'", "'x y'", "NULL", "TRUE",
    "DATE '2020-01-31'", "TIMESTAMP '2020-01-31 10:00:00'", "INTERVAL '1 day'", "JSON_PARSE('[1, {\"a\": 2}]')",
    "'{\"a\": [1]}'", "9223372036854775807", "'%'", "'('", "$$it's$$",
)  # fmt: skip
COLUMNS = ("a", "b", "c", "d", "e", "f", "g", "h", "t.a", "t.e.x[0]", "nothing", "*")
TYPES = ("INT", "SMALLINT", "BIGINT", "VARCHAR(3)", "CHAR(2)", "DECIMAL(6, 2)", "FLOAT8", "REAL", "DATE", "TIMESTAMP",
         "TIMESTAMPTZ", "TIME", "BOOLEAN", "SUPER", "VARBYTE")  # fmt: skip
OPERATORS = (
    "+",
    "-",
    "*",
    "/",
    "%",
    "||",
    "=",
    "<>",
    "<",
    "AND",
    "OR",
    "LIKE",
    "ILIKE",
    "SIMILAR TO",
    "~",
    "^",
    "&",
    "#",
)
PARTS = ("year", "month", "week", "day", "hour", "minute", "second", "epoch", "quarter", "'day'", "decade")
NAMES = sorted(REDSHIFT_FUNCTIONS | {name for name in FUNCTIONS if " " not in name})

simple = st.sampled_from((*LITERALS, *COLUMNS))


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(st.one_of(inner, st.sampled_from(PARTS)), max_size=3).map(", ".join)
    call = st.tuples(st.sampled_from(NAMES), st.sampled_from(("", "DISTINCT ")), arguments).map(
        lambda parts: f"{parts[0]}({parts[1] if parts[2] else ''}{parts[2]})"
    )
    window = st.tuples(call, inner, inner).map(
        lambda p: f"{p[0]} OVER (PARTITION BY {p[1]} ORDER BY {p[2]} ROWS UNBOUNDED PRECEDING)"
    )
    return st.one_of(
        call,
        window,
        st.tuples(call, inner).map(lambda p: f"{p[0]} WITHIN GROUP (ORDER BY {p[1]})"),
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, st.sampled_from(TYPES)).map(lambda p: f"CAST({p[0]} AS {p[1]})"),
        st.tuples(inner, st.sampled_from(TYPES)).map(lambda p: f"TRY_CAST({p[0]} AS {p[1]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"CASE WHEN {p[0]} THEN {p[1]} ELSE {p[2]} END"),
        st.tuples(inner, inner, inner).map(lambda p: f"{p[0]} BETWEEN {p[1]} AND {p[2]}"),
        st.tuples(inner, inner).map(lambda p: f"{p[0]} IN ({p[1]}, {p[0]})"),
        inner.map(lambda e: f"(SELECT MAX({e}) FROM u WHERE u.a = t.a)"),
        inner.map(lambda e: f"{e} IS NOT NULL"),
        inner.map(lambda e: f"EXTRACT(day FROM {e})"),
    )


expressions = st.recursive(simple, _combined, max_leaves=5)
SOURCES = (
    "t", "t, u", "t JOIN u ON t.a = u.a", "(t JOIN u USING (a))", "t NATURAL JOIN u", "t LEFT JOIN u ON t.b = u.b",
    "(SELECT * FROM t) t", "t, t.e AS item", "t PIVOT (SUM(a) FOR b IN ('x', 'y')) t", "svv_tables t", "nowhere t",
)  # fmt: skip
TAILS = ("", "WHERE {0}", "GROUP BY 1", "GROUP BY ALL", "GROUP BY ROLLUP ({0})", "HAVING {0}", "ORDER BY {0} DESC",
         "QUALIFY {0}", "LIMIT 1", "UNION SELECT {0} FROM u", "WHERE t.a = u.a (+)", "WHERE (a, b) IN (SELECT a, b FROM u)")  # fmt: skip
queries = st.tuples(expressions, expressions, st.sampled_from(SOURCES), st.sampled_from(TAILS), expressions).map(
    lambda p: f"SELECT {p[0]}, {p[1]} AS x FROM {p[2]} {p[3].format(p[4])}"
)
CHANGES = (
    "UPDATE t SET b = {0} WHERE {1}",
    "INSERT INTO t (a, b) SELECT {0}, {1} FROM t",
    "INSERT INTO t (d, g) VALUES ({0}, {1})",
    "DELETE FROM t USING u WHERE {0} = {1}",
    "CREATE TEMP TABLE made AS SELECT {0} AS x, {1} AS y FROM t",
    "CREATE VIEW made_view AS SELECT {0} AS x FROM t WHERE {1}",
    "MERGE INTO t USING u ON {0} = u.a WHEN MATCHED THEN UPDATE SET b = {1} WHEN NOT MATCHED THEN INSERT (a) VALUES (u.a)",
    "ALTER TABLE u ADD COLUMN more VARCHAR(9) DEFAULT {0}",
    "CREATE MODEL m FROM (SELECT {0} AS x, {1} AS y FROM t) TARGET y FUNCTION m_f IAM_ROLE default SETTINGS (S3_BUCKET 'b')",
    "EXPLAIN SELECT {0} FROM t WHERE {1}",
)
changes = st.tuples(st.sampled_from(CHANGES), expressions, expressions).map(lambda p: p[0].format(p[1], p[2]))
WORDS = sorted({*(w for forms in FORMS.values() for f in forms for w in f.split()), "t", "u", "(", ")", ",", "TO", "FROM",
                "IF EXISTS", "CASCADE", "ENCODE zstd", "a", "'x'", "AS SELECT 1 AS a", "ON", "SCHEMA", "public", "dev", "."})  # fmt: skip
HEADS = sorted({*(f for forms in FORMS.values() for f in forms if "…" not in f), *(words.upper() for words in REFUSED)})
others = st.tuples(st.sampled_from(HEADS), st.lists(st.sampled_from(WORDS), max_size=5)).map(
    lambda p: " ".join((p[0], *p[1]))
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dbapi.Connection]:
    """A database with two small tables; each example's transaction is undone."""
    connection = dbapi.connect(str(tmp_path_factory.mktemp("border") / "warehouse.duckdb"))
    cursor = connection.cursor()
    cursor.execute(
        "CREATE TABLE t (a INT, b VARCHAR(9), c DECIMAL(8, 2), d DATE, e SUPER, f FLOAT8, g TIMESTAMP, h BOOLEAN)"
    )
    cursor.execute("CREATE TABLE u (a INT, b VARCHAR(9))")
    cursor.execute(
        "INSERT INTO t SELECT 1, 'x ', 2.5, '2020-01-31', JSON_PARSE('{\"x\": [1]}'), 0.5, '2020-01-31 10:00:00', TRUE"
    )
    cursor.execute("INSERT INTO u VALUES (1, 'x'), (1, 'y')")
    connection.commit()
    yield connection
    connection.close()


def refusal(connection: dbapi.Connection, statement: str) -> str:
    """What the engine says to the statement, "" if it runs it. Any error but the DB-API's goes through."""
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        if cursor.description is not None:
            cursor.fetchall()
    except dbapi.Error as error:
        return str(error)
    finally:
        connection.rollback()
    return ""


def check(connection: dbapi.Connection, statement: str) -> None:
    said = refusal(connection, statement)
    # What the statement itself says may come back in the message.
    foreign = {word for word in _FOREIGN.findall(said) if word.lower() not in statement.lower()}
    assert not foreign, said


@settings(deadline=None, max_examples=200)
@given(statement=queries)
def test_queries(scratch: dbapi.Connection, statement: str) -> None:
    check(scratch, statement)


@settings(deadline=None, max_examples=120)
@given(statement=changes)
def test_changes(scratch: dbapi.Connection, statement: str) -> None:
    check(scratch, statement)


@settings(deadline=None, max_examples=150)
@given(statement=others)
def test_other_statements(scratch: dbapi.Connection, statement: str) -> None:
    check(scratch, statement)
    assert "has no such statement" not in refusal(scratch, statement)


def test_an_error_that_nobody_foresaw_says_where(scratch: dbapi.Connection, caplog: pytest.LogCaptureFixture) -> None:
    place = border.place_in(
        "SELECT 1,\n  Soundex(b)\nFROM t",
        duckdb.BinderException("Binder Error: x\n\nLINE 1: SELECT soundex(b)\n               ^"),
    )
    assert place == (2, 3)
    with caplog.at_level(logging.ERROR):
        error = errors.from_duckdb(
            duckdb.BinderException("Binder Error: no such thing\n\nLINE 1: SELECT 'secret'"), place
        )
    assert isinstance(error, dbapi.NotSupportedError)
    assert str(error).startswith(
        "The embedded warehouse cannot run this as it is written (line 2, column 3); Amazon Redshift"
    )
    assert "no such thing" in caplog.text
    assert "secret" not in caplog.text


def test_an_error_of_python_itself_is_retold(scratch: dbapi.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("inside")

    monkeypatch.setattr(scratch.session, "_run", broken)
    with pytest.raises(
        dbapi.NotSupportedError, match=r"cannot run this as it is written \(line 3, column 1\)"
    ) as raised:
        scratch.cursor().execute("\n\nSELECT 1")
    assert isinstance(raised.value.__cause__, KeyError)
    scratch.rollback()


def test_values_that_python_does_not_have(scratch: dbapi.Connection) -> None:
    cursor = scratch.cursor()
    cursor._result = type(cursor._result)(
        pa.table({"d": pa.array([10**8], pa.int32()).cast(pa.date32())}), ("date",), 1
    )
    with pytest.raises(dbapi.DataError, match="outside the years 1 to 9999"):
        cursor.fetchall()


@pytest.mark.parametrize("statement", [None, 5, b"SELECT 1"])
def test_what_is_no_text_is_no_statement(scratch: dbapi.Connection, statement: object) -> None:
    with pytest.raises(dbapi.InterfaceError, match="A statement is a text"):
        scratch.cursor().execute(statement)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("-- first\n  SELECT nothing FROM t", "(line 2, column 10)"),
        ("/* a\n b */ SELECT\n  a FROM t WHERE a = = 2", "(line 3, column 22)"),
        ("SELECT 'open", "a quoted string is not closed (line 1, column 8)"),
        ('SELECT\n "open', "a quoted name is not closed (line 2, column 2)"),
        (r"SELECT 1 WHERE 'a' LIKE 'b' ESCAPE '\'", "a quoted string is not closed (line 1, column 36)"),
        ("SELECT 1 /* open", "a comment is not closed (line 1, column 10)"),
        ("\n\nCREATE VIEW", "(line 3, column 8)"),
        ("SELECT a FROM t GROUP a", "(line 1, column 23)"),
    ],
)
def test_places_are_those_of_the_text_as_it_was_given(scratch: dbapi.Connection, statement: str, place: str) -> None:
    assert place in refusal(scratch, statement)
