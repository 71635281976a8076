"""System tables: what is given is true, what is not is named; SHOW says the same."""

import pytest

from embedded_redshift import dbapi
from embedded_redshift.translate.system_tables import GIVEN, INFORMATION_SCHEMA, REDSHIFT_TABLES


@pytest.fixture
def people(cursor: dbapi.Cursor) -> dbapi.Cursor:
    """A database with a table, a view of each kind and a second schema."""
    cursor.execute("CREATE SCHEMA hr")
    cursor.execute(
        "CREATE TABLE hr.people (id BIGINT IDENTITY(5, 2), name VARCHAR(30) DEFAULT 'x' NOT NULL, pay DECIMAL(12, 3), "
        '"Odd name" CHAR(3), seen TIMESTAMP) DISTSTYLE KEY DISTKEY (id) SORTKEY (name, id)'
    )
    cursor.execute("INSERT INTO hr.people (name) VALUES ('a'), ('b')")
    cursor.execute("CREATE TABLE plain (a INT)")
    cursor.execute("CREATE VIEW names AS SELECT name FROM hr.people")
    cursor.execute("CREATE VIEW hr.late AS SELECT id FROM hr.people WITH NO SCHEMA BINDING")
    cursor.execute("CREATE MATERIALIZED VIEW kept AS SELECT COUNT(*) AS n FROM hr.people")
    return cursor


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_each_that_is_given_can_be_read(people: dbapi.Cursor, name: str) -> None:
    for source in (name, f"pg_catalog.{name}"):
        people.execute(f"SELECT * FROM {source}").fetchall()
        assert people.description


def test_tables_and_views_of_every_kind(people: dbapi.Cursor) -> None:
    query = "SELECT table_schema, table_name, table_type FROM svv_tables ORDER BY 1, 2"
    assert people.execute(query).fetchall() == [
        ("hr", "late", "VIEW"),
        ("hr", "people", "BASE TABLE"),
        ("public", "kept", "VIEW"),
        ("public", "names", "VIEW"),
        ("public", "plain", "BASE TABLE"),
    ]
    people.execute("SHOW TABLES FROM SCHEMA dev.public LIKE '%e%'")
    assert [row[1:4] + row[-1:] for row in people.fetchall()] == [
        ("public", "kept", "VIEW", "MATERIALIZED VIEW"),
        ("public", "names", "VIEW", "REGULAR VIEW"),
    ]


def test_columns_with_their_declared_types(people: dbapi.Cursor) -> None:
    query = (
        "SELECT column_name, ordinal_position, is_nullable, data_type, character_maximum_length, numeric_precision, "
        "numeric_scale FROM {} WHERE table_name = 'people' ORDER BY ordinal_position"
    )
    expected = [
        ("id", 1, "NO", "bigint", None, 64, 0),
        ("name", 2, "NO", "character varying", 30, None, None),
        ("pay", 3, "YES", "numeric", None, 12, 3),
        ("odd name", 4, "YES", "character", 3, None, None),
        ("seen", 5, "YES", "timestamp without time zone", None, None, None),
    ]
    for source in ("svv_columns", "information_schema.columns", "svv_all_columns"):
        assert people.execute(query.format(source)).fetchall() == expected
    shown = people.execute("SHOW COLUMNS FROM TABLE hr.people LIMIT 2").fetchall()
    assert [row[3] for row in shown] == ["id", "name"]


def test_table_definitions_are_those_of_the_search_path(people: dbapi.Cursor) -> None:
    query = 'SELECT "column", type, distkey, sortkey, "notnull" FROM pg_table_def WHERE tablename = \'people\''
    assert people.execute(query).fetchall() == []
    people.execute("SET search_path TO hr, public")
    assert people.execute(f"{query} ORDER BY sortkey DESC LIMIT 3").fetchall() == [
        ("id", "bigint", True, 2, True),
        ("name", "character varying(30)", False, 1, True),
        ("pay", "numeric(12,3)", False, 0, False),
    ]


def test_table_info_has_the_design_and_no_empty_tables(people: dbapi.Cursor) -> None:
    query = 'SELECT "schema", "table", diststyle, sortkey1, sortkey_num, max_varchar, tbl_rows FROM svv_table_info'
    assert people.execute(query).fetchall() == [("hr", "people", "KEY(id)", "name", 2, 30, 2)]
    people.execute("ALTER TABLE hr.people ALTER DISTSTYLE EVEN")
    people.execute("ALTER TABLE hr.people ADD COLUMN more INT")
    assert people.execute(query).fetchall()[0][2:4] == ("EVEN", "name")


def test_the_catalog_joins_as_in_postgresql(people: dbapi.Cursor) -> None:
    query = (
        "SELECT n.nspname, c.relname, c.relkind, a.attname, t.typname FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid "
        "JOIN pg_type t ON t.oid = a.atttypid WHERE c.relname = 'people' AND a.attnum < 3 ORDER BY a.attnum"
    )
    assert people.execute(query).fetchall() == [
        ("hr", "people", "r", "id", "int8"),
        ("hr", "people", "r", "name", "varchar"),
    ]


def test_views_are_shown_as_they_were_written(people: dbapi.Cursor) -> None:
    query = "SELECT viewname, definition FROM pg_views ORDER BY 1"
    assert people.execute(query).fetchall() == [
        ("kept", "SELECT COUNT(*) AS n FROM hr.people"),
        ("late", "SELECT id FROM hr.people"),
        ("names", "SELECT name FROM hr.people"),
    ]
    [(shown,)] = people.execute("SHOW VIEW hr.late").fetchall()
    assert shown == "CREATE OR REPLACE VIEW hr.late AS\nSELECT id FROM hr.people\nWITH NO SCHEMA BINDING;"
    people.execute("DROP VIEW names")
    people.execute("CREATE VIEW names AS SELECT 1 AS one")
    assert ("names", "SELECT 1 AS one") in people.execute(query).fetchall()


def test_a_shown_table_can_be_made_from_what_is_shown(people: dbapi.Cursor) -> None:
    [(shown,)] = people.execute("SHOW TABLE hr.people").fetchall()
    people.execute(shown.replace("hr.people", "hr.again"))
    assert people.execute("SHOW TABLE hr.again").fetchall() == [(shown.replace("hr.people", "hr.again"),)]
    people.execute("INSERT INTO hr.again (name) VALUES ('c'), ('d')")
    assert people.execute("SELECT id FROM hr.again ORDER BY 1").fetchall() == [(5,), (7,)]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SHOW TABLE nothing", 'relation "nothing" does not exist'),
        ("SHOW VIEW plain", "plain is no view"),
        ("SHOW TABLE names", "names is no table"),
        ("SHOW TABLES FROM SCHEMA nowhere", 'schema "nowhere" does not exist'),
        ("SHOW TABLES FROM SCHEMA other.public", 'database "other" is not in the embedded warehouse'),
        ("SHOW COLUMNS FROM plain", "SHOW COLUMNS FROM TABLE name"),
        ("SHOW nonsense", 'unrecognized configuration parameter "nonsense"'),
        ("INSERT INTO svv_tables VALUES (1)", '"svv_tables" is a system view'),
        ("SELECT * FROM information_schema.triggers", "information_schema.triggers is not in the embedded warehouse"),
        ("SELECT * FROM _redshift.models", 'schema "_redshift" does not exist'),
    ],
)
def test_what_is_refused(people: dbapi.Cursor, statement: str, message: str) -> None:
    with pytest.raises(dbapi.ProgrammingError, match=message):
        people.execute(statement)


@pytest.mark.parametrize(
    "name", ["stl_query", "svl_qlog", "stv_inflight", "svv_external_tables", "pg_proc", "svcs_compile"]
)
def test_what_only_redshift_has_is_named(cursor: dbapi.Cursor, name: str) -> None:
    with pytest.raises(dbapi.ProgrammingError, match=f"{name} is a system table of Amazon Redshift that is not in the"):
        cursor.execute(f"SELECT * FROM {name}")


def test_a_name_that_only_looks_like_one_is_unknown(cursor: dbapi.Cursor) -> None:
    with pytest.raises(dbapi.ProgrammingError, match='relation "sys_settings" does not exist'):
        cursor.execute("SELECT * FROM sys_settings")


def test_what_is_given_is_documented() -> None:
    assert set() == GIVEN - REDSHIFT_TABLES
    assert len(REDSHIFT_TABLES) > 280
    assert set(INFORMATION_SCHEMA) == {"columns", "schemata", "tables", "views"}
