"""Statements in each of their documented forms: done, or refused by name with the reason."""

from typing import Any

import pytest

from embedded_redshift.translate import RedshiftSyntaxError
from embedded_redshift.translate.statement_table import REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE t ALTER COLUMN b ENCODE zstd",
        "ALTER TABLE public.t ALTER COLUMN a ENCODE az64, ALTER COLUMN b ENCODE lzo",
        "ALTER TABLE dev.public.t OWNER TO ana",
        "ALTER TABLE t ALTER ENCODE AUTO",
        "ALTER SCHEMA public OWNER TO ana",
        "ALTER SCHEMA public QUOTA 5 GB",
        "ALTER SCHEMA public QUOTA UNLIMITED",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO GROUP readers",
        "ALTER DEFAULT PRIVILEGES FOR USER ana REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "SET SESSION AUTHORIZATION DEFAULT",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "USE dev",
        "GRANT SELECT, INSERT FOR TABLES IN SCHEMA public DATABASE dev TO ROLE reader",
        "GRANT ACCESS SYSTEM TABLE TO ROLE reader",
        "REVOKE ADMIN OPTION FOR ROLE reader FROM ana",
        "REVOKE ALL ON t FROM ana CASCADE",
    ],
)
def test_what_means_nothing_here(warehouse: Any, statement: str) -> None:
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5))")
    assert warehouse.translate(statement).kind == "noop"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("ALTER TABLE t ALTER COLUMN c ENCODE zstd", 'column "c" of relation "t" does not exist'),
        ("ALTER TABLE t ALTER COLUMN a ENCODE gzip", "unknown compression encoding gzip"),
        (
            "ALTER TABLE t ROW LEVEL SECURITY ON",
            "ROW LEVEL SECURITY is not supported in the embedded warehouse: one user",
        ),
        ("ALTER TABLE t MASKING ON FOR DATASHARES", "MASKING is not supported in the embedded warehouse"),
        ("ALTER TABLE t SET LOCATION 's3://x/'", "there are no external tables"),
        ("ALTER TABLE t ADD PARTITION (day = '1') LOCATION 's3://x/'", "there are no external tables"),
        ("ALTER SCHEMA public RENAME TO other", "ALTER SCHEMA … RENAME is not supported in the embedded warehouse"),
        ("CREATE SCHEMA hr CREATE TABLE people (id INT)", "create them afterwards"),
        ("DROP SCHEMA hr DROP EXTERNAL DATABASE", "SQL reaches no files"),
        ("SET SESSION AUTHORIZATION 'ana'", "there is one user, awsuser"),
        ("USE other", 'database "other" is not in the embedded warehouse'),
        ("GRANT USAGE ON DATASHARE d TO ACCOUNT '123456789012'", "ON DATASHARE is not supported"),
        ("ALTER MODEL m OWNER TO ana", "this form of ALTER MODEL is not in the embedded warehouse"),
        ("ALTER VIEW v RENAME COLUMN a TO b", "this form of ALTER VIEW is not in the embedded warehouse|not supported"),
        ("CREATE TABLE t2 (id BIGINT IDENTITY)", r"IDENTITY needs a seed and a step"),
        ("SELECT APPROXIMATE(a) FROM t", r"function approximate\(\) does not exist in Amazon Redshift"),
        ("SELECT a FROM t FOR UPDATE", "FOR UPDATE"),
        ("SELECT a FROM t START WITH a = 1 CONNECT BY PRIOR a = a", "use WITH RECURSIVE"),
        ("SELECT ROW_NUMBER() OVER (ORDER BY RANDOM()) FROM t", "give it a name in a subquery"),
        ("SELECT a FROM t QUALIFY a = 1", "QUALIFY needs a window function"),
    ],
)
def test_what_is_refused_says_why(warehouse: Any, statement: str, message: str) -> None:
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5))")
    with pytest.raises(RedshiftSyntaxError, match=message):
        warehouse.translate(statement)


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_refused_by_its_first_words(refusing: Any, words: str) -> None:
    verb, _, rest = words.partition(" ")
    for statement in (f"{words} x", f"-- why\n{verb.upper()}  {rest}\n x"):
        with pytest.raises(RedshiftSyntaxError) as raised:
            refusing.translate(statement)
        assert raised.value.message.startswith(f"{words.upper()} is not supported in the embedded warehouse: ")
        assert raised.value.position == (statement.count("\n", 0, statement.lower().index(verb)) + 1, 1)


def test_words_between_do_not_hide_what_is_refused(refusing: Any) -> None:
    for statement in ("CREATE OR REPLACE PROCEDURE p() AS $$ $$", "DROP FUNCTION IF EXISTS f(INT)"):
        with pytest.raises(RedshiftSyntaxError, match=r"^(CREATE PROCEDURE|DROP FUNCTION) is not supported"):
            refusing.translate(statement)


@pytest.mark.parametrize(
    ("statement", "schema"),
    [
        ("CREATE SCHEMA hr AUTHORIZATION ana QUOTA 5 GB", "hr"),
        ("CREATE SCHEMA AUTHORIZATION ana", "ana"),
        ('CREATE SCHEMA IF NOT EXISTS "My Own" QUOTA UNLIMITED', "my own"),
    ],
)
def test_schemas_with_owner_and_quota(warehouse: Any, statement: str, schema: str) -> None:
    warehouse.run(statement)
    warehouse.run(f'CREATE TABLE "{schema}".t (a INT)')
    assert (schema,) in warehouse.run("SELECT nspname FROM pg_namespace")
    warehouse.run(f'DROP SCHEMA "{schema}", hr2 CASCADE'.replace(", hr2", ""))
    assert (schema,) not in warehouse.run("SELECT nspname FROM pg_namespace")


def test_append_moves_the_rows(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE target (a INT, b VARCHAR(5))")
    warehouse.run("CREATE TABLE source (b VARCHAR(5), a INT)")
    warehouse.run("INSERT INTO source VALUES ('x', 1)")
    assert warehouse.translate("ALTER TABLE target APPEND FROM source").transaction == "refuses"
    warehouse.run("ALTER TABLE target APPEND FROM source")
    assert warehouse.run("SELECT * FROM target") == [(1, "x")]
    assert warehouse.run("SELECT * FROM source") == []


def test_append_wants_the_same_columns_unless_told(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE target (a INT, b VARCHAR(5))")
    warehouse.run("CREATE TABLE wide (a INT, b VARCHAR(5), c INT)")
    warehouse.run("CREATE TABLE narrow (a INT)")
    warehouse.run("CREATE TABLE other (a BIGINT, b VARCHAR(5))")
    for source, message in (("wide", "say IGNOREEXTRA"), ("narrow", "say FILLTARGET"), ("other", "is of type")):
        with pytest.raises(RedshiftSyntaxError, match=message):
            warehouse.translate(f"ALTER TABLE target APPEND FROM {source}")
    warehouse.run("INSERT INTO wide VALUES (1, 'x', 2)")
    warehouse.run("INSERT INTO narrow VALUES (3)")
    warehouse.run("ALTER TABLE target APPEND FROM wide IGNOREEXTRA")
    warehouse.run("ALTER TABLE target APPEND FROM narrow FILLTARGET")
    assert warehouse.run("SELECT * FROM target ORDER BY a") == [(1, "x"), (3, None)]


def test_merge_remove_duplicates(warehouse: Any) -> None:
    """Matching rows of the target are replaced, however many; all others of the source are added."""
    warehouse.run("CREATE TABLE target (id INT, v VARCHAR(5))")
    warehouse.run("CREATE TABLE source (id INT, v VARCHAR(5))")
    warehouse.run("INSERT INTO target VALUES (1, 'old'), (1, 'older'), (2, 'kept'), (2, 'kept')")
    warehouse.run("INSERT INTO source VALUES (1, 'new'), (3, 'added')")
    warehouse.run("MERGE INTO target USING source AS s ON target.id = s.id REMOVE DUPLICATES")
    rows = warehouse.run("SELECT id, v FROM target ORDER BY 1, 2")
    assert rows == [(1, "new"), (2, "kept"), (2, "kept"), (3, "added")]


def test_a_materialized_view_is_as_old_as_its_refresh(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5))")
    warehouse.run("INSERT INTO t VALUES (2, 'x'), (1, 'x')")
    warehouse.run(
        "CREATE MATERIALIZED VIEW counted BACKUP NO DISTSTYLE ALL SORTKEY (b) AUTO REFRESH YES AS "
        "SELECT b, COUNT(*) AS n FROM t GROUP BY b"
    )
    warehouse.run("INSERT INTO t VALUES (3, 'y')")
    assert warehouse.run("SELECT * FROM counted") == [("x", 2)]
    warehouse.run("REFRESH MATERIALIZED VIEW counted")
    assert warehouse.run("SELECT * FROM counted ORDER BY b") == [("x", 2), ("y", 1)]
    for statement in (
        "DROP TABLE counted",
        "DROP VIEW counted",
        "DELETE FROM counted",
        "INSERT INTO counted VALUES ('z', 1)",
    ):
        with pytest.raises(RedshiftSyntaxError, match='"counted" is a materialized view'):
            warehouse.translate(statement)
    warehouse.run("DROP MATERIALIZED VIEW counted")
    warehouse.run("DROP MATERIALIZED VIEW IF EXISTS counted")
    for statement in ("REFRESH MATERIALIZED VIEW t", "DROP MATERIALIZED VIEW t"):
        with pytest.raises(RedshiftSyntaxError, match='materialized view "t" does not exist'):
            warehouse.translate(statement)


def test_scalar_subqueries_are_converted_where_they_are_stored(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5))")
    warehouse.run("CREATE TABLE u (a INT, c VARCHAR(20))")
    warehouse.run("INSERT INTO t VALUES (1, 'x'), (2, 'y')")
    warehouse.run("INSERT INTO u VALUES (1, 'abc'), (2, 'too long for it')")
    warehouse.run("UPDATE t SET b = COALESCE((SELECT MAX(LEFT(c, 4)) FROM u WHERE u.a = t.a), 'none')")
    assert warehouse.run("SELECT b FROM t ORDER BY a") == [("abc",), ("too ",)]
    assert warehouse.run("SELECT TRY_CAST((SELECT MAX(c) FROM u) AS INT), CAST((SELECT MAX(c) FROM u) AS CHAR(3))") == [
        (None, "too")
    ]
    with pytest.raises(Exception, match="value too long for type character varying"):
        warehouse.run("UPDATE t SET b = (SELECT MAX(c) FROM u)")


def test_windows_ordered_by_what_may_fail(warehouse: Any) -> None:
    """DuckDB takes nothing there that may raise an error, such as a quotient."""
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5), c DECIMAL(8, 2))")
    warehouse.run("INSERT INTO t VALUES (1, 'x', 4), (2, 'x', 1), (2, 'y', 2)")
    query = (
        "SELECT a, RANK() OVER (PARTITION BY GROUPING(a) + GROUPING(b), CASE WHEN GROUPING(b) = 0 THEN a END "
        "ORDER BY SUM(c) / SUM(a) DESC) FROM t GROUP BY ROLLUP (a, b) ORDER BY 1, 2"
    )
    assert warehouse.run(query) == [(1, 1), (1, 1), (2, 1), (2, 2), (2, 2), (None, 1)]
    ranked = "ROW_NUMBER() OVER (ORDER BY SUBSTRING(b, a, 1), LN(c), CAST(b AS CHAR(1)), SQRT(c))"
    assert warehouse.run(f"SELECT COUNT(r) FROM (SELECT {ranked} AS r FROM t)") == [(3,)]
    with pytest.raises(Exception, match="Divide by zero"):
        warehouse.run("SELECT RANK() OVER (ORDER BY a / (c - 4)) FROM t")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'äöü'::VARCHAR(3)", "ä"),
        ("'äöü'::VARCHAR(4)", "äö"),
        ("'€€'::VARCHAR(2)", ""),
        ("'a😀b'::VARCHAR(4)", "a"),
        ("'a😀b'::VARCHAR(5)", "a😀"),
        ("'abc'::VARCHAR(2)", "ab"),
    ],
)
def test_texts_are_cut_between_characters(shared: Any, expression: str, value: str) -> None:
    assert shared.value(expression) == value


def test_group_by_all(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5))")
    warehouse.run("INSERT INTO t VALUES (1, 'x'), (2, 'x '), (3, 'y')")
    query = "SELECT UPPER(b) AS u, COUNT(*), 1 AS one, SUM(SUM(a)) OVER () FROM t GROUP BY ALL ORDER BY u"
    assert warehouse.run(query) == [("X", 2, 1, 6), ("Y", 1, 1, 6)]


def test_rows_in_a_subquery(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (a INT, b VARCHAR(5))")
    warehouse.run("INSERT INTO t VALUES (1, 'x '), (2, 'y')")
    assert warehouse.run("SELECT a FROM t WHERE (a, b) IN (SELECT 1, 'x')") == [(1,)]
    assert warehouse.run("SELECT a FROM t WHERE (a, b) NOT IN (SELECT 1, 'x')") == [(2,)]
    warehouse.run("DELETE FROM t WHERE (a, b) IN (SELECT a, b FROM t WHERE a = 2)")
    assert warehouse.run("SELECT COUNT(*) FROM t") == [(1,)]


def test_small_forms(shared: Any) -> None:
    assert shared.run("SELECT 5 # 1, $$it's$$, CURRENT_SCHEMA, CURRENT_USER_ID") == [(4, "it's", "public", 100)]
    descending = "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY v DESC)"
    values = "(SELECT 1 AS v UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT NULL)"
    assert shared.run(f"SELECT {descending} FROM one, {values} x") == [(1,)]
    assert shared.run("SELECT FORMAT FROM (SELECT 1 AS format)") == [(1,)]
