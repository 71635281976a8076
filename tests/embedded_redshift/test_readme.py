"""The README is true: its tables are those of the code, its examples run, what it lists works or is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from embedded_redshift import coverage, dbapi
from embedded_redshift.translate.statement_table import FORMS, REFUSED
from tests.embedded_redshift.conftest import create_model

README = Path(coverage.__file__).parent / "README.md"
TEXT = README.read_text(encoding="utf-8")

# One after another in one database; each name is that of a form of statement.
STATEMENTS = {
    "CREATE SCHEMA": "CREATE SCHEMA hiring",
    "CREATE TABLE": "CREATE TABLE hiring.people (id INTEGER SORTKEY, name VARCHAR(20) ENCODE zstd) DISTSTYLE ALL",
    "INSERT": "INSERT INTO hiring.people VALUES (2, 'b'), (1, 'a')",
    "UPDATE": "UPDATE hiring.people SET name = 'c' WHERE id = 2",
    "CREATE TABLE AS": "CREATE TABLE hiring.news AS SELECT 1 AS id, 'd'::VARCHAR(20) AS name",
    "SELECT INTO": "SELECT id INTO hiring.ids FROM hiring.people",
    "MERGE": "MERGE INTO hiring.people USING hiring.news ON people.id = news.id "
    "WHEN MATCHED THEN UPDATE SET name = news.name WHEN NOT MATCHED THEN INSERT VALUES (news.id, news.name)",
    "DELETE": "DELETE FROM hiring.people WHERE id = 3",
    "TRUNCATE": "TRUNCATE hiring.ids",
    "CREATE VIEW": "CREATE VIEW hiring.named AS SELECT name FROM hiring.people WITH NO SCHEMA BINDING",
    "ALTER TABLE": "ALTER TABLE hiring.news ADD COLUMN age SMALLINT",
    "ALTER TABLE … OWNER TO": "ALTER TABLE hiring.news OWNER TO ana",
    "ALTER SCHEMA … OWNER TO": "ALTER SCHEMA hiring OWNER TO ana",
    "ALTER SCHEMA": "ALTER SCHEMA hiring QUOTA 5 GB",
    "ALTER TABLE APPEND": "ALTER TABLE hiring.news APPEND FROM hiring.people FILLTARGET",
    "CREATE MATERIALIZED VIEW": "CREATE MATERIALIZED VIEW hiring.ids2 AUTO REFRESH YES AS SELECT id FROM hiring.news",
    "REFRESH MATERIALIZED VIEW": "REFRESH MATERIALIZED VIEW hiring.ids2",
    "ALTER MATERIALIZED VIEW": "ALTER MATERIALIZED VIEW hiring.ids2 AUTO REFRESH NO",
    "DROP MATERIALIZED VIEW": "DROP MATERIALIZED VIEW hiring.ids2",
    "SHOW DATABASES": "SHOW DATABASES",
    "SHOW SCHEMAS": "SHOW SCHEMAS FROM DATABASE dev",
    "SHOW TABLES": "SHOW TABLES FROM SCHEMA hiring",
    "SHOW COLUMNS": "SHOW COLUMNS FROM TABLE hiring.people",
    "SHOW TABLE": "SHOW TABLE hiring.people",
    "SHOW VIEW": "SHOW VIEW hiring.named",
    "COMMENT": "COMMENT ON TABLE hiring.news IS 'new'",
    "SELECT": "SELECT id, name FROM hiring.people",
    "WITH": "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3) SELECT n FROM n",
    "UNION": "SELECT id FROM hiring.people UNION SELECT id FROM hiring.news",
    "INTERSECT": "SELECT id FROM hiring.people INTERSECT SELECT id FROM hiring.news",
    "EXCEPT": "SELECT id FROM hiring.people EXCEPT SELECT id FROM hiring.news",
    "MINUS": "SELECT id FROM hiring.people MINUS SELECT id FROM hiring.news",
    "EXPLAIN": "EXPLAIN SELECT id FROM hiring.people",
    "VACUUM": "VACUUM hiring.people",
    "ANALYZE": "ANALYZE hiring.people",
    "ANALYZE COMPRESSION": "ANALYZE COMPRESSION hiring.people",
    "CREATE ROLE": "CREATE ROLE reader",
    "GRANT": "GRANT SELECT ON hiring.people TO ROLE reader",
    "REVOKE": "REVOKE SELECT ON hiring.people FROM ROLE reader",
    "ALTER DEFAULT PRIVILEGES": "ALTER DEFAULT PRIVILEGES IN SCHEMA hiring GRANT SELECT ON TABLES TO ROLE reader",
    "ALTER ROLE": "ALTER ROLE reader RENAME TO watcher",
    "DROP ROLE": "DROP ROLE watcher",
    "SET": "SET statement_timeout TO 60000",
    "SHOW": "SHOW statement_timeout",
    "RESET": "RESET statement_timeout",
    "USE": "USE dev",
    "SET SESSION AUTHORIZATION": "SET SESSION AUTHORIZATION DEFAULT",
    "SET SESSION CHARACTERISTICS": "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "BEGIN": "BEGIN",
    "COMMIT": "COMMIT",
    "START TRANSACTION": "START TRANSACTION",
    "ROLLBACK": "ROLLBACK",
    "END": "END",
    "ABORT": "ABORT",
    "CREATE MODEL": create_model("hiring.m", "(SELECT a, b, y FROM ml.train)", function="f"),
    "SHOW MODEL": "SHOW MODEL hiring.m",
    "SELECT EXPLAIN_MODEL": "SELECT EXPLAIN_MODEL('hiring.m')",
    "DROP MODEL": "DROP MODEL hiring.m",
    "DROP VIEW": "DROP VIEW hiring.named",
    "DROP TABLE": "DROP TABLE hiring.news",
    "DROP SCHEMA": "DROP SCHEMA hiring CASCADE",
}
FUNCTIONS = {
    "cast": "CAST('1' AS INTEGER) = 1",
    "convert": "CONVERT(INTEGER, '1') = 1",
    "current_schema": "CURRENT_SCHEMA = 'public'",
    "current_user_id": "CURRENT_USER_ID = 100",
    "current_date": "CURRENT_DATE > DATE '2020-01-01'",
    "current_timestamp": "CURRENT_TIMESTAMP > TIMESTAMP '2020-01-01'",
    "current_user": "CURRENT_USER = 'awsuser'",
    "extract": "EXTRACT(year FROM DATE '2020-01-01') = 2020",
    "position": "POSITION('b' IN 'ab') = 2",
    "session_user": "SESSION_USER = 'awsuser'",
    "substring": "SUBSTRING('abc', 2) = 'bc'",
    "sysdate": "SYSDATE > TIMESTAMP '2020-01-01'",
    "trim": "TRIM(' a ') = 'a'",
    "try_cast": "TRY_CAST('x' AS INTEGER) IS NULL",
    "user": "USER = 'awsuser'",
}


def test_the_tables_are_those_of_the_code() -> None:
    assert coverage.updated(TEXT) == TEXT, "python -m embedded_redshift.coverage embedded_redshift/README.md"


def test_a_text_without_the_marks_is_none() -> None:
    with pytest.raises(ValueError, match="one place for the statements"):
        coverage.updated("# Another page")


def test_the_examples_run_and_print_what_they_say(run_alone: Callable[[str], str]) -> None:
    examples = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    expected = [said for example in examples for said in re.findall(r"^ *print\(.*\)  # (.*)$", example, re.MULTILINE)]
    assert len(examples) == len(expected) == 2
    assert run_alone("\n".join(examples)).splitlines() == expected


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (README.parent / target).is_file(), target


@pytest.mark.usefixtures("training_data")
def test_every_statement_that_is_listed_runs(connection: dbapi.Connection) -> None:
    assert set(STATEMENTS) == {name for forms in FORMS.values() for name in forms}
    for statement in STATEMENTS.values():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("word", REFUSED)
def test_what_is_refused_by_its_first_word(cursor: dbapi.Cursor, word: str) -> None:
    with pytest.raises(dbapi.ProgrammingError, match=f"^{word.upper()} is not supported in the embedded warehouse"):
        cursor.execute(f"{word} something")


def test_every_statement_of_the_documentation_is_done_or_refused() -> None:
    done = {name for forms in FORMS.values() for name in forms}
    refused = {words.upper() for words in REFUSED}
    assert done & refused == set()
    assert set(coverage.DOCUMENTED) - done - refused == set()


def test_functions_with_a_syntax_of_their_own(cursor: dbapi.Cursor) -> None:
    assert set(FUNCTIONS) == coverage.syntax_functions()
    for test in FUNCTIONS.values():
        assert cursor.execute(f"SELECT {test}").fetchall() == [(True,)], test


@pytest.mark.parametrize(
    "query",
    [
        "SELECT l.a, r.b FROM ml.train l JOIN ml.train r USING (n) LIMIT 1",
        "SELECT TOP 3 a FROM ml.train",
        "SELECT a FROM ml.train QUALIFY ROW_NUMBER() OVER (PARTITION BY n ORDER BY a) = 1",
        "SELECT SUM(a) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING) FROM ml.train",
        "SELECT n, GROUPING(n), COUNT(*) FROM ml.train GROUP BY ROLLUP (n)",
        "SELECT * FROM (SELECT flag, n FROM ml.train) PIVOT (SUM(n) FOR flag IN (TRUE, FALSE))",
        'SELECT s.name.first FROM (SELECT JSON_PARSE(\'{"name": {"first": "a"}}\') AS s) s',
        "SELECT table_name FROM information_schema.tables",
        "SELECT * FROM svv_ml_model_info",
        "SELECT * FROM svv_roles",
    ],
)
@pytest.mark.usefixtures("training_data")
def test_what_queries_may_have(cursor: dbapi.Cursor, query: str) -> None:
    cursor.execute(query).fetchall()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("INSERT INTO ml.train (a) VALUES (1) ON CONFLICT DO NOTHING", "CONFLICT is not supported"),
        ("INSERT INTO ml.train (a) VALUES (1) RETURNING a", "RETURNING is not supported"),
        ("CREATE INDEX i ON ml.train (a)", "does not exist in Amazon Redshift"),
        ("CREATE OR REPLACE MODEL m", "CREATE OR REPLACE MODEL does not exist"),
        ("SELECT COUNT(*) FILTER (WHERE n = 1) FROM ml.train", "does not exist in Amazon Redshift"),
        ("SELECT * FROM ml.train, LATERAL (SELECT 1) x", "does not exist in Amazon Redshift"),
        ("SELECT * FROM (VALUES (1)) x", "does not exist in Amazon Redshift"),
        ("SELECT a IS DISTINCT FROM b FROM ml.train", "does not exist in Amazon Redshift"),
        ("SELECT ARRAY[1]", "Amazon Redshift has no arrays"),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("SELECT CASE WHEN flag THEN 1 ELSE day END FROM ml.train", "cannot be matched"),
        ("SELECT STRING_AGG(colour, ',') FROM ml.train", "does not exist in Amazon Redshift"),
        ("CREATE EXTERNAL MODEL m", "needs Amazon Redshift and Amazon Bedrock"),
        ("CREATE EXTERNAL TABLE ml.t (a INTEGER)", "not supported"),
        ("CREATE PROCEDURE p() AS $$ BEGIN END $$ LANGUAGE plpgsql", "not supported in the embedded warehouse"),
        (
            "CREATE FUNCTION f (a INT) RETURNS INT STABLE AS $$ SELECT 1 $$ LANGUAGE sql",
            "not supported in the embedded",
        ),
        ("CREATE USER ana PASSWORD 'Secret123'", "CREATE USER is not supported in the embedded warehouse: one user"),
        ("CREATE GROUP people", "CREATE GROUP is not supported in the embedded warehouse: one user"),
        ("SELECT FORECAST(m)", "not supported in the embedded warehouse"),
        ("CREATE TABLE places (at GEOMETRY)", "not supported in the embedded warehouse"),
        ("CREATE TABLE times (length INTERVAL)", "not supported in the embedded warehouse"),
        ("SELECT ST_POINT(1, 2)", "not supported in the embedded warehouse"),
        ("SELECT * FROM 'people.csv'", "does not exist"),
        ("SELECT * FROM read_csv('people.csv')", "cannot be used as a table"),
    ],
)
@pytest.mark.usefixtures("training_data")
def test_what_is_refused(cursor: dbapi.Cursor, statement: str, message: str) -> None:
    with pytest.raises(dbapi.DatabaseError, match=message):
        cursor.execute(statement)
