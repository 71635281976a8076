"""CREATE, ALTER and DROP; physical design; views; sorting."""

# ruff: noqa: E501 - the tables of cases read best with a case on a line

from __future__ import annotations

from typing import Any

import pytest

from jobrec_ui.local.translate import RedshiftSyntaxError, TableInfo


def info(warehouse: Any, table: str) -> TableInfo:
    row = warehouse.connection.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [table]).fetchone()
    return TableInfo.from_comment(row[0])


def duckdb_types(warehouse: Any, table: str) -> list[tuple[str, str]]:
    query = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
    return list(warehouse.connection.execute(query, [table]).fetchall())


def test_create_table(warehouse: Any) -> None:
    warehouse.run(
        """CREATE TABLE IF NOT EXISTS People (
            id BIGINT IDENTITY(10, 5) ENCODE az64,
            Name VARCHAR(64) NOT NULL ENCODE zstd DISTKEY,
            short TEXT, code CHAR(3), wide CHARACTER VARYING(MAX),
            d DECIMAL, n NUMERIC(10, 2), f FLOAT, r REAL, b BOOL DEFAULT TRUE,
            at TIMESTAMP WITHOUT TIME ZONE DEFAULT SYSDATE, atz TIMESTAMPTZ, extra SUPER, raw VARBYTE(10),
            UNIQUE (name), PRIMARY KEY (id), FOREIGN KEY (code) REFERENCES codes (code)
        ) BACKUP NO DISTSTYLE KEY COMPOUND SORTKEY (name, id)"""
    )
    assert info(warehouse, "people") == TableInfo(
        {
            "id": "bigint identity(1,1)",
            "name": "varchar(64)",
            "short": "varchar(256)",
            "code": "char(3)",
            "wide": "varchar(65535)",
            "d": "numeric(18,0)",
            "n": "numeric(10,2)",
            "f": "double precision",
            "r": "real",
            "b": "boolean",
            "at": "timestamp",
            "atz": "timestamptz",
            "extra": "super",
            "raw": "varbyte",
        },
        ("name", "id"),
        "key",
        "name",
    )
    assert [t for _, t in duckdb_types(warehouse, "people")] == [
        "BIGINT", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "DECIMAL(18,0)", "DECIMAL(10,2)", "DOUBLE", "FLOAT", "BOOLEAN",
        "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "JSON", "BLOB",
    ]  # fmt: skip
    warehouse.run("INSERT INTO people (name) VALUES ('b'), ('a'), ('b')")  # UNIQUE is not enforced
    assert warehouse.run("SELECT id, name, b FROM people ORDER BY id") == [
        (10, "b", True),
        (15, "a", True),
        (20, "b", True),
    ]


def test_identity_columns_cannot_be_set(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (id INT IDENTITY(1, 1), a INT)")
    warehouse.run("INSERT INTO t VALUES (7)")
    assert warehouse.run("SELECT * FROM t") == [(1, 7)]
    with pytest.raises(RedshiftSyntaxError, match="identity column"):
        warehouse.translate("INSERT INTO t (id, a) VALUES (1, 2)")


def test_if_not_exists_leaves_the_table_alone(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (a INT) SORTKEY (a)")
    assert warehouse.translate("CREATE TABLE IF NOT EXISTS t (b INT)").kind == "noop"
    assert info(warehouse, "t").sort_key == ("a",)


def test_create_table_as_keeps_types_and_sorts(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE s (a INT, t VARCHAR(7), d DECIMAL(5,1))")
    warehouse.run("INSERT INTO s VALUES (3, 'c', 1), (1, 'a', 2), (NULL, 'n', 3), (2, 'b', 4)")
    warehouse.run(
        "CREATE TABLE c DISTSTYLE ALL SORTKEY (a) AS SELECT a, t, d, COUNT(*) AS n, t || 'x' AS tx FROM s GROUP BY 1, 2, 3"
    )
    assert warehouse.connection.execute("SELECT a FROM c ORDER BY rowid").fetchall() == [(1,), (2,), (3,), (None,)]
    assert info(warehouse, "c").columns == {
        "a": "integer",
        "t": "varchar(7)",
        "d": "numeric(5,1)",
        "n": "bigint",
        "tx": "varchar(8)",
    }
    assert info(warehouse, "c").dist_style == "all"


def test_inserted_rows_are_stored_in_sort_order(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE k (a INT, b VARCHAR(5)) SORTKEY (b, a)")
    warehouse.run("INSERT INTO k SELECT 2, 'x' UNION ALL SELECT 1, 'x' UNION ALL SELECT 3, 'a'")
    assert warehouse.connection.execute("SELECT a FROM k ORDER BY rowid").fetchall() == [(3,), (1,), (2,)]


def test_vacuum_sorts(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE k (a INT) SORTKEY (a)")
    warehouse.run("INSERT INTO k VALUES (3), (1), (2)")
    warehouse.run("VACUUM FULL public.k")
    assert warehouse.connection.execute("SELECT a FROM k ORDER BY rowid").fetchall() == [(1,), (2,), (3,)]
    for statement in (
        "VACUUM", "VACUUM DELETE ONLY k", "ANALYZE", "ANALYZE k", "ANALYZE public.k (a)", "ANALYZE COMPRESSION k",
        "ALTER TABLE k OWNER TO bob", "ALTER TABLE public.k ALTER ENCODE AUTO",
    ):  # fmt: skip
        assert warehouse.translate(statement).kind == "noop"


def test_temporary_tables(warehouse: Any) -> None:
    warehouse.run("CREATE TEMP TABLE a AS SELECT 1 AS x")
    warehouse.run("CREATE TABLE #b (x INT)")
    warehouse.run("CREATE LOCAL TEMPORARY TABLE c (LIKE a)")
    warehouse.run("SELECT x INTO TEMP TABLE d FROM a")
    temporary = warehouse.connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE temporary ORDER BY 1"
    ).fetchall()
    assert temporary == [("#b",), ("a",), ("c",), ("d",)]
    warehouse.run("INSERT INTO #b SELECT x FROM a")
    assert warehouse.run("SELECT b.x FROM #b AS b") == [(1,)]


def test_like_takes_columns_and_sort_key(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE a (x INT, t VARCHAR(9)) SORTKEY (t)")
    warehouse.run("CREATE TABLE b (LIKE a)")
    assert info(warehouse, "b") == TableInfo({"x": "integer", "t": "varchar(9)"}, ("t",))


def test_alter_table(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE a (x INT, t VARCHAR(9)) SORTKEY (x)")
    warehouse.run("INSERT INTO a VALUES (1, '123456789')")
    warehouse.run("ALTER TABLE a ADD COLUMN y VARCHAR(4) NOT NULL DEFAULT 'new'")
    warehouse.run("ALTER TABLE a RENAME COLUMN x TO z")
    warehouse.run("ALTER TABLE a ALTER COLUMN t TYPE VARCHAR(20)")
    warehouse.run("ALTER TABLE a RENAME TO b")
    assert warehouse.run("SELECT z, t, y FROM b") == [(1, "123456789", "new")]
    assert info(warehouse, "b") == TableInfo({"z": "integer", "t": "varchar(20)", "y": "varchar(4)"}, ("z",))
    warehouse.run("ALTER TABLE b DROP COLUMN y")
    warehouse.run("ALTER TABLE b ALTER SORTKEY (t)")
    assert info(warehouse, "b") == TableInfo({"z": "integer", "t": "varchar(20)"}, ("t",))
    with pytest.raises(Exception, match="target column size"):
        warehouse.run("ALTER TABLE b ALTER COLUMN t TYPE VARCHAR(8)")
    assert warehouse.translate("ALTER TABLE b ALTER DISTSTYLE EVEN").kind == "noop"


def test_drop(warehouse: Any) -> None:
    warehouse.run("CREATE SCHEMA s")
    warehouse.run("CREATE TABLE s.a (x INT)")
    warehouse.run("CREATE VIEW s.v AS SELECT x FROM s.a")
    warehouse.run("CREATE VIEW s.late AS SELECT x FROM s.a WITH NO SCHEMA BINDING")
    warehouse.run("DROP VIEW s.v, s.late")
    warehouse.run("DROP TABLE IF EXISTS s.nothing")
    warehouse.run("DROP TABLE s.a")
    warehouse.run("DROP SCHEMA s")
    assert warehouse.columns("s", "a") is None
    assert warehouse.view("s", "late") is None


def test_views(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE a (x INT, t VARCHAR(5))")
    warehouse.run("INSERT INTO a VALUES (7, 'b ')")
    warehouse.run("CREATE VIEW v (half) AS SELECT x / 2 FROM a WHERE t = 'b'")
    assert warehouse.run("SELECT half FROM v") == [(3,)]
    warehouse.run("CREATE OR REPLACE VIEW v AS SELECT x AS y FROM a")
    assert warehouse.run("SELECT y FROM v") == [(7,)]


# r_CREATE_VIEW: bound when it is used
def test_late_binding_view(warehouse: Any) -> None:
    warehouse.run("CREATE VIEW v AS\n  SELECT x, 'AS ;' AS y FROM public.later -- comment\nWITH NO SCHEMA BINDING")
    with pytest.raises(RedshiftSyntaxError, match=r'relation "public\.later" does not exist'):
        warehouse.translate("SELECT * FROM v")
    warehouse.run("CREATE TABLE later (x INT)")
    warehouse.run("INSERT INTO later VALUES (5)")
    assert warehouse.run("SELECT v.x + 1, y FROM v") == [(6, "AS ;")]
    warehouse.run("DROP TABLE later")
    warehouse.run("CREATE TABLE later (x VARCHAR(3))")
    assert warehouse.run("SELECT * FROM v") == []
    warehouse.run("CREATE OR REPLACE VIEW v AS SELECT 1 AS one WITH NO SCHEMA BINDING")
    assert warehouse.run("SELECT one FROM public.v") == [(1,)]


REJECTED = [
    ("CREATE INDEX i ON t (a)", "use SORTKEY"),
    ("CREATE UNIQUE INDEX i ON t (a)", "use SORTKEY"),
    ("CREATE SEQUENCE s", "use an IDENTITY column"),
    ("CREATE TABLE x (a SERIAL)", "IDENTITY"),
    ("CREATE TABLE x (a INT[])", "SUPER"),
    ("CREATE TABLE x (a JSON)", "use SUPER"),
    ("CREATE TABLE x (a UUID)", "UUID|uuid"),
    ("CREATE TABLE x (a TINYINT)", "does not exist"),
    ("CREATE TABLE x (a VARCHAR(70000))", "from 1 to 65535"),
    ("CREATE TABLE x (a DECIMAL(40, 2))", "between 1 and 38"),
    ("CREATE TABLE x (a INT CHECK (a > 0))", "CHECK constraints do not exist"),
    ("CREATE TABLE x (a INT, CHECK (a > 0))", "do not exist"),
    ("CREATE TABLE x (a INT, a INT)", "duplicated"),
    ("CREATE TABLE x (a INT ENCODE snappy)", "unknown compression encoding"),
    ("CREATE TABLE x (a INT) SORTKEY (b)", 'sort key column "b"'),
    ("CREATE TABLE x (a INT) DISTKEY (b)", 'distribution key column "b"'),
    ("CREATE TABLE x (a VARCHAR(5) IDENTITY(1, 1))", "must be INT or BIGINT"),
    ("CREATE TABLE x (a INT GENERATED ALWAYS AS (1 + 1))", "use IDENTITY"),
    ("CREATE TABLE x (a INTERVAL)", "INTERVAL columns"),
    ("CREATE TABLE x AS SELECT NULL AS n", 'Column "n" has unsupported type "unknown"'),
    ("CREATE TABLE x AS SELECT 1", "give it an alias"),
    ("CREATE TABLE x AS SELECT 1 AS a, 2 AS a", "duplicated"),
    ("CREATE TABLE t (a INT)", "already exists"),
    ("CREATE TEMP TABLE public.x (a INT)", "non-temporary schema"),
    ("CREATE OR REPLACE TABLE t (a INT)", "(?i)replace"),
    ("CREATE TABLE x PARTITION BY RANGE (a)", "syntax error|not supported"),
    ("CREATE MATERIALIZED VIEW m AS SELECT 1 AS a", "materialized views are not supported"),
    ("CREATE VIEW v AS SELECT * FROM t WITH NO SCHEMA BINDING", "should be qualified"),
    ("CREATE VIEW v AS SELECT :p AS p", "cannot have parameters"),
    ("CREATE FUNCTION f () RETURNS INT AS 'x'", "not supported|syntax error"),
    ("ALTER TABLE t ADD COLUMN b INT, ADD COLUMN c INT", "one action"),
    ("ALTER TABLE t DROP COLUMN b", 'column "b"'),
    ("ALTER TABLE t ALTER COLUMN a TYPE BIGINT", "VARCHAR"),
    ("ALTER TABLE t ALTER COLUMN a SET NOT NULL", "the size of a VARCHAR column only"),
    ("ALTER TABLE nothing OWNER TO bob", "does not exist"),
    ("ANALYZE nothing", "does not exist"),
    ("ALTER TABLE t ADD COLUMN b INT NOT NULL", "non-null default"),
    ("ALTER TABLE nothing ADD COLUMN b INT", "does not exist"),
    ("DROP INDEX i", "not supported"),
    ("DROP FUNCTION f()", "not supported"),
    ("COPY t FROM 's3://x'", "COPY is not supported"),
    ("UNLOAD ('SELECT 1') TO 's3://x'", "UNLOAD is not supported"),
    ("CALL p()", "CALL is not supported"),
    ("ATTACH 'x.db'", "not supported|syntax error"),
    ("PRAGMA version", "not supported|syntax error"),
    ("INSTALL httpfs", "not supported|syntax error"),
    ("SUMMARIZE t", "not supported|syntax error"),
    ("DESCRIBE t", "not supported|syntax error"),
]


@pytest.mark.parametrize(("statement", "message"), REJECTED)
def test_rejected(refusing: Any, statement: str, message: str) -> None:
    refusing.run("CREATE TABLE IF NOT EXISTS t (a INT)")
    with pytest.raises(RedshiftSyntaxError, match=message):
        refusing.translate(statement)


@pytest.mark.parametrize(
    ("statement", "setting"),
    [
        ("SET query_group TO 'nightly run'", ("query_group", "nightly run")),
        ("set statement_timeout = 5000;", ("statement_timeout", "5000")),
        ("SET SESSION search_path TO hiring, public", ("search_path", "hiring, public")),
        ("SET TIME ZONE 'UTC'", ("timezone", "UTC")),
        ("-- why\nRESET query_group", ("query_group", "default")),
    ],
)
def test_settings(warehouse: Any, statement: str, setting: tuple[str, str]) -> None:
    translation = warehouse.translate(statement)
    assert (translation.kind, translation.setting, translation.statements) == ("session", setting, ())


def test_unknown_settings(warehouse: Any) -> None:
    with pytest.raises(RedshiftSyntaxError, match='unrecognized configuration parameter "threads"'):
        warehouse.translate("SET threads TO 1")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("BEGIN", "BEGIN"),
        ("START TRANSACTION", "BEGIN"),
        ("END", "COMMIT"),
        ("COMMIT WORK", "COMMIT"),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE", "BEGIN"),
        ("-- why\nABORT", "ROLLBACK"),
    ],
)
def test_transactions(refusing: Any, statement: str, expected: str) -> None:
    assert refusing.translate(statement).statements == (expected,)


# A setting that would change results is refused, not ignored; a comment and a transaction's words are read to their end
@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SET TIMEZONE TO 'America/New_York'", "SET timezone to America/New_York is not supported"),
        ("SET enable_case_sensitive_identifier TO true", "it stays false"),
        ("SET DateStyle TO 'SQL, DMY'", "it stays iso"),
        ("BEGIN; DROP TABLE t", "it stands alone"),
        ("COMMIT AND CHAIN", "it stands alone"),
        ("COMMENT ON nothing", "COMMENT ON TABLE name IS"),
    ],
)
def test_words_of_the_session_are_not_passed_over(refusing: Any, statement: str, message: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match=message):
        refusing.translate(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE MODEL ml.m FROM (SELECT 1; ) TARGET y FUNCTION f IAM_ROLE default SETTINGS (S3_BUCKET 'b')",
        "-- first\n/* then */ create  model m FROM t TARGET y FUNCTION f IAM_ROLE default",
        "SHOW MODEL ALL",
        "DROP MODEL IF EXISTS ml.m",
        "SELECT EXPLAIN_MODEL('ml.m')",
    ],
)
def test_statements_about_models_are_left_to_the_engine(warehouse: Any, statement: str) -> None:
    translation = warehouse.translate(statement + ";")
    assert translation.kind == "ml"
    assert translation.ml is not None
    assert statement.endswith(translation.ml)


def test_grants_are_accepted(warehouse: Any) -> None:
    assert warehouse.translate("GRANT SELECT ON TABLE t TO PUBLIC").kind == "noop"
    assert warehouse.translate("REVOKE ALL ON t FROM GROUP g").kind == "noop"


def test_explain(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t (a INT)")
    [(_, plan)] = warehouse.run("EXPLAIN SELECT a FROM t")
    assert "Seq Scan" in plan
