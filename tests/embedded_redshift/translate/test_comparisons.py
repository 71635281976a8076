"""Comparison of strings: trailing blanks do not count (page r_Character_types), and where there are none nothing is lost."""

# ruff: noqa: E501 - the tables of cases read best with a case on a line

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = [
    ("'a ' = 'a'", True),
    ("'a ' <> 'a'", False),
    ("'a ' < 'a!'", True),
    ("'a  ' <= 'a'", True),
    ("'a' > 'a '", False),
    ("' a' = 'a'", False),
    ("'a\t' = 'a'", False),
    ("'a ' IN ('b', 'a')", True),
    ("'a ' NOT IN ('b', 'a')", False),
    ("'a' BETWEEN 'a ' AND 'b'", True),
    ("('a ', 1) = ('a', 1)", True),
    ("CASE 'a ' WHEN 'a' THEN 1 ELSE 2 END", 1),
    ("DECODE('a ', 'a', 1, 2)", 1),
    ("NULLIF('a ', 'a')", None),
    ("'' = '   '", True),
    ("'a ' LIKE 'a'", False),
    # c_Supported_data_types: a number is compared with a string column as text, a literal takes the number's type
    ("5 = '5'", True),
    ("CAST('5' AS VARCHAR) = 5", True),
    ("NULL = NULL", None),
    ("NULL IS NULL", True),
    ("(1 = 1) IS TRUE", True),
    ("(NULL = 1) IS UNKNOWN", True),
    ("TRUE IS NOT FALSE", True),
    # r_DECODE_expression: NULL equals NULL here
    ("DECODE(NULL, NULL, 'same', 'other')", "same"),
    ("DECODE(2, 1, 'one', 2, 'two')", "two"),
    ("DECODE(3, 1, 'one')", None),
    # r_NVL_function, r_NVL2, r_NULLIF_function
    ("NVL(NULL, 12)", 12),
    ("NVL(NULL, NULL)", None),
    ("COALESCE(NULL, 1.5, 2)", 1.5),
    ("NVL2('a', 'not null', 'null')", "not null"),
    ("NVL2(NULL, 'not null', 'null')", "null"),
    ("NULLIF(1, 1)", None),
    ("NULLIF(1, 2)", 1),
]


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_value(shared: Any, expression: str, expected: Any) -> None:
    assert shared.value(expression) == expected


@settings(deadline=None)
@given(st.text("ab ", max_size=6), st.text("ab ", max_size=6))
def test_blanks_at_the_end_never_matter(shared: Any, a: str, b: str) -> None:
    query = "SELECT CAST(:a AS VARCHAR) = CAST(:b AS VARCHAR), CAST(:a AS VARCHAR) < CAST(:b AS VARCHAR), :a = CAST(:b AS VARCHAR)"
    same, less, bound = shared.run(query, a=a, b=b)[0]
    assert same is bound is (a.rstrip(" ") == b.rstrip(" "))
    assert less is (a.rstrip(" ") < b.rstrip(" "))


@pytest.fixture
def people(warehouse: Any) -> Any:
    """A table with loose values ('a' and 'a '), and one without."""
    warehouse.run("CREATE TABLE loose (id INT, name VARCHAR(10))")
    warehouse.run("INSERT INTO loose VALUES (1, 'a'), (2, 'a '), (3, 'b'), (4, NULL)")
    warehouse.run("CREATE TABLE clean (name VARCHAR(10), n INT) SORTKEY (name)")
    warehouse.run("INSERT INTO clean VALUES ('a', 10), ('b', 20)")
    return warehouse


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT id FROM loose WHERE name = 'a' ORDER BY 1", [(1,), (2,)]),
        ("SELECT id FROM loose WHERE 'a   ' = name ORDER BY 1", [(1,), (2,)]),
        ("SELECT id FROM loose WHERE name IN ('a', 'x') ORDER BY 1", [(1,), (2,)]),
        ("SELECT id FROM loose WHERE name <> 'a' ORDER BY 1", [(3,)]),
        ("SELECT l.id, c.n FROM loose l JOIN clean c ON l.name = c.name ORDER BY 1", [(1, 10), (2, 10), (3, 20)]),
        ("SELECT l.id, n FROM loose l JOIN clean c USING (name) ORDER BY 1", [(1, 10), (2, 10), (3, 20)]),
        ("SELECT id FROM loose WHERE name IN (SELECT name FROM clean WHERE n = 10) ORDER BY 1", [(1,), (2,)]),
        ("SELECT n FROM clean WHERE name IN (SELECT name FROM loose WHERE id = 2)", [(10,)]),
        ("SELECT name, COUNT(*) FROM loose GROUP BY name ORDER BY 1", [("a", 2), ("b", 1), (None, 1)]),
        ("SELECT name AS x, COUNT(*) FROM loose GROUP BY x HAVING x = 'a'", [("a", 2)]),
        ("SELECT UPPER(name), COUNT(*) FROM loose WHERE id < 4 GROUP BY 1 ORDER BY 1", [("A", 2), ("B", 1)]),
        ("SELECT DISTINCT name FROM loose ORDER BY name", [("a",), ("b",), (None,)]),
        ("SELECT COUNT(DISTINCT name) FROM loose", [(2,)]),
        ("SELECT name FROM loose UNION SELECT name FROM clean ORDER BY 1", [("a",), ("b",), (None,)]),
        ("SELECT name FROM clean EXCEPT SELECT name FROM loose WHERE id = 2", [("b",)]),
        ("SELECT name FROM clean MINUS SELECT name FROM loose WHERE id = 2", [("b",)]),
        ("SELECT name FROM loose WHERE id = 2 INTERSECT SELECT name FROM clean", [("a",)]),
        ("SELECT id, COUNT(*) OVER (PARTITION BY name) FROM loose ORDER BY id", [(1, 2), (2, 2), (3, 1), (4, 1)]),
        ("SELECT LISTAGG(DISTINCT name, ',') WITHIN GROUP (ORDER BY name) FROM loose", [("a,b",)]),
        ("SELECT id FROM loose WHERE name = ANY (SELECT name FROM clean) ORDER BY 1", [(1,), (2,), (3,)]),
        ("SELECT LENGTH(name) FROM loose WHERE id = 2", [(2,)]),
        (
            "SELECT name, (SELECT MAX(id) FROM loose l WHERE l.name = clean.name) FROM clean GROUP BY name ORDER BY 1",
            [("a", 2), ("b", 3)],
        ),
    ],
)
def test_query(people: Any, query: str, expected: Any) -> None:
    assert people.run(query) == expected


def test_delete_and_update_find_them_too(people: Any) -> None:
    people.run("UPDATE loose SET id = id + 10 WHERE name = :name", name="a ")
    assert people.run("SELECT id FROM loose ORDER BY 1") == [(3,), (4,), (11,), (12,)]
    people.run("DELETE FROM loose USING clean WHERE loose.name = clean.name AND n = 10")
    assert people.run("SELECT id FROM loose ORDER BY 1") == [(3,), (4,)]


def test_a_column_without_such_values_is_compared_as_it_is(people: Any) -> None:
    plan = people.plan("SELECT n FROM clean WHERE name = 'a'")
    assert "Filters: name = 'a'" in plan
    join = people.translate("SELECT * FROM clean a JOIN clean b ON a.name = b.name").statements[0]
    assert 'ON ("a"."name" = "b"."name")' in join


def test_a_loose_column_keeps_a_range_that_skips_blocks(people: Any) -> None:
    people.run("INSERT INTO loose SELECT id, '0' || id FROM loose")
    plan = people.plan("SELECT id FROM loose WHERE name = 'a'")
    assert "name>='a'" in plan.replace(" ", "").replace("│", "")


def test_a_write_is_noticed(people: Any) -> None:
    query = "SELECT n FROM clean WHERE name = 'c'"
    assert people.run(query) == []
    people.run("INSERT INTO clean VALUES ('c  ', 30)")
    assert people.run(query) == [(30,)]


def test_numbers_are_compared_untouched(people: Any) -> None:
    sql = people.translate("SELECT n FROM clean WHERE n = 10 AND n < :limit").statements[0]
    assert sql.endswith('WHERE (("clean"."n" = 10) AND ("clean"."n" < $limit))')


def test_char_columns_are_padded_in_meaning_only(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE codes (code CHAR(4))")
    warehouse.run("INSERT INTO codes VALUES ('ab'), ('ab  ')")
    assert warehouse.run("SELECT COUNT(*), MIN(LEN(code)) FROM codes WHERE code = 'ab '") == [(2, 2)]
    assert warehouse.run("SELECT code, code || '!' FROM codes LIMIT 1") == [("ab  ", "ab!")]
