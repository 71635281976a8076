"""Names: quoted ones that are keywords, keywords that Redshift does not reserve, names with their database."""

from typing import Any

import pytest

from embedded_redshift.translate import RedshiftSyntaxError

KEYWORDS = [
    "exclude",
    "qualify",
    "top",
    "approximate",
    "sysdate",
    "case",
    "end",
    "pivot",
    "unpivot",
    "select",
    "group",
    "order",
    "user",
    "current_date",
]
OTHERS_KEYWORDS = ["glob", "regexp", "rlike", "xor", "variadic", "partitioned_by", "uncache", "approximate"]


@pytest.mark.parametrize("word", KEYWORDS)
def test_a_quoted_keyword_is_a_name(warehouse: Any, word: str) -> None:
    warehouse.run(f'CREATE TABLE "{word}" (a INT, "{word}" VARCHAR(5) ENCODE zstd)')
    warehouse.run(f'INSERT INTO "{word}" ("{word}", a) VALUES (\'x\', 1)')
    warehouse.run(f'UPDATE "{word}" SET "{word}" = "{word}" || \'y\' WHERE "{word}" IS NOT NULL')
    query = f'SELECT "{word}", t."{word}" AS "{word}" FROM "{word}" t GROUP BY "{word}" ORDER BY "{word}"'
    assert warehouse.run(query) == [("xy", "xy")]


@pytest.mark.parametrize("word", OTHERS_KEYWORDS)
def test_a_keyword_of_another_system_names_a_column(warehouse: Any, word: str) -> None:
    warehouse.run(f"CREATE TABLE t (a INT, {word} INT)")
    warehouse.run(f"INSERT INTO t (a, {word}) VALUES (1, 2)")
    assert warehouse.run(f"SELECT {word}, {word} + 1 FROM t WHERE {word} = 2") == [(2, 3)]


def test_names_with_their_database(warehouse: Any) -> None:
    warehouse.run("CREATE SCHEMA hr")
    warehouse.run("CREATE TABLE dev.hr.people (id INT)")
    warehouse.run("INSERT INTO dev.hr.people VALUES (1)")
    warehouse.run("CREATE VIEW dev.public.ids AS SELECT id FROM DEV.hr.people")
    assert warehouse.run("SELECT dev.hr.people.id, hr.people.id FROM dev.hr.people") == [(1, 1)]
    assert warehouse.run("SELECT i.id FROM dev.public.ids i") == [(1,)]
    warehouse.run("DELETE FROM dev.hr.people")
    assert warehouse.run("SELECT COUNT(*) FROM hr.people") == [(0,)]


@pytest.mark.parametrize("statement", ["SELECT * FROM other.hr.people", "INSERT INTO other.hr.people VALUES (1)"])
def test_another_database_is_not_there(warehouse: Any, statement: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match='database "other" is not in the embedded warehouse'):
        warehouse.run(statement)


def test_the_database_has_one_name(warehouse: Any) -> None:
    assert warehouse.run("SELECT CURRENT_DATABASE()") == [("dev",)]
    warehouse.run("CREATE TABLE t (a INT)")
    assert warehouse.run("SELECT DISTINCT table_catalog FROM information_schema.tables") == [("dev",)]
