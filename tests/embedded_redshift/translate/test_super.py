"""SUPER values: values as Redshift's pages query-super, limitations-super and the functions' own give them."""

# ruff: noqa: E501 - the tables of cases read best with a case on a line

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_redshift.translate import RedshiftSyntaxError

ORDERS = '{"id": 7, "state": "P", "lines": [{"part": 1, "tags": ["x", "y"]}, {"part": "2"}], "none": null, "price": 2.5, "ok": true}'


@pytest.fixture(scope="session")
def orders(shared: Any) -> Any:
    """A table with one SUPER document, and one with text to split."""
    shared.run("CREATE TABLE orders (id INT, data SUPER)")
    shared.run("INSERT INTO orders VALUES (1, JSON_PARSE(:data)), (2, NULL)", data=ORDERS)
    shared.run("CREATE TABLE texts (id INT, words VARCHAR(100))")
    shared.run("INSERT INTO texts VALUES (1, 'red;green;red'), (2, ''), (3, NULL)")
    return shared


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("data.id::INT", 7),
        ("o.data.lines[0].part::INT", 1),
        ("data.lines[0].tags[1]::VARCHAR", "y"),
        ("data.lines[5].part", None),
        ("data.state.nothing", None),
        ("data.nothing IS NULL", True),
        ("data.state = 'P'", True),
        ("data.state = 'P  '", True),
        ("data.id = 7", True),
        ("data.id = 'P'", False),
        ("data.id < 8.5", True),
        ("data.state::INT", None),
        ("data.lines::VARCHAR", None),
        ("data.price * 2", 5.0),
        ("data.state || '!'", "P!"),
        ("UPPER(data.state) = 'P'", True),
        ("JSON_TYPEOF(data)", "object"),
        ("JSON_TYPEOF(data.lines)", "array"),
        ("JSON_TYPEOF(data.state)", "string"),
        ("JSON_TYPEOF(data.id)", "number"),
        ("JSON_TYPEOF(data.ok)", "boolean"),
        ("JSON_TYPEOF(data.none)", "null"),
        ("JSON_TYPEOF(data.nothing)", None),
        ("IS_ARRAY(data.lines)", True),
        ("IS_OBJECT(data)", True),
        ("IS_SCALAR(data.id)", True),
        ("IS_VARCHAR(data.state)", True),
        ("IS_INTEGER(data.id)", True),
        ("IS_INTEGER(data.price)", False),
        ("IS_BOOLEAN(data.nothing)", False),
        ("GET_ARRAY_LENGTH(data.lines)", 2),
        ("GET_ARRAY_LENGTH(data.id)", None),
        ("data.ok::BOOLEAN", True),
        ("data.id::BOOLEAN", True),
    ],
)
def test_navigation(orders: Any, expression: str, expected: Any) -> None:
    assert orders.run(f"SELECT {expression} FROM orders o WHERE id = 1") == [(expected,)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT l.part::VARCHAR, i FROM orders o, o.data.lines AS l AT i ORDER BY i", [("1", 0), ("2", 1)]),
        ("SELECT t::VARCHAR FROM orders o, o.data.lines l, l.tags t ORDER BY 1", [("x",), ("y",)]),
        ("SELECT t::VARCHAR FROM orders o, o.data.lines[0].tags AS t AT i WHERE i = 1", [("y",)]),
        ("SELECT COUNT(*) FROM orders o, o.data.nothing n", [(0,)]),
        (
            "SELECT w, COUNT(*) FROM (SELECT SPLIT_TO_ARRAY(words, ';') AS ws FROM texts) t, t.ws AS w GROUP BY w ORDER BY 2 DESC, 1",
            [("red", 2), ("", 1), ("green", 1)],
        ),
        (
            "SELECT id, w, i FROM (SELECT id, SPLIT_TO_ARRAY(words, ';') AS ws FROM texts) t, t.ws AS w AT i WHERE w <> '' AND id = 1 ORDER BY i",
            [(1, "red", 0), (1, "green", 1), (1, "red", 2)],
        ),
        ("SELECT t.id FROM texts t JOIN orders o ON t.id = o.id, o.data.lines l WHERE l.part = 1", [(1,)]),
        ("SELECT COUNT(*) FROM orders o WHERE EXISTS (SELECT 1 FROM o.data.lines AS l WHERE l.part = 1)", [(1,)]),
        ("SELECT k, v::VARCHAR FROM orders o, UNPIVOT o.data.lines[1] AS v AT k", [("part", "2")]),
        ("SELECT GET_ARRAY_LENGTH(SPLIT_TO_ARRAY('a,b')), SPLIT_TO_ARRAY('a,b')[1]::VARCHAR", [(2, "b")]),
        (
            "SELECT JSON_SERIALIZE(ARRAY(1, 'abc', NULL)), JSON_SERIALIZE(OBJECT('a', 1.5))",
            [('[1,"abc",null]', '{"a":1.5}')],
        ),
        ("SELECT JSON_SERIALIZE(SPLIT_TO_ARRAY('a|b', '|'))", [('["a","b"]',)]),
        (
            "SELECT JSON_SERIALIZE(ARRAY_CONCAT(ARRAY(1), ARRAY(2, 3))), JSON_SERIALIZE(SUBARRAY(ARRAY('a', 'b', 'c'), 1, 2))",
            [("[1,2,3]", '["b","c"]')],
        ),
        # CAN_JSON_PARSE, IS_VALID_JSON, IS_VALID_JSON_ARRAY
        (
            "SELECT CAN_JSON_PARSE('[1]'), IS_VALID_JSON('[1]'), IS_VALID_JSON('{\"a\":2}'), IS_VALID_JSON_ARRAY('[1,2'), IS_VALID_JSON_ARRAY('[1]')",
            [(True, False, True, False, True)],
        ),
        # JSON_EXTRACT_PATH_TEXT, JSON_ARRAY_LENGTH, JSON_EXTRACT_ARRAY_ELEMENT_TEXT
        ('SELECT JSON_EXTRACT_PATH_TEXT(\'{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}\', \'f4\', \'f6\')', [("star",)]),
        ("SELECT JSON_EXTRACT_PATH_TEXT('{\"a\":1}', 'b')", [("",)]),
        ("SELECT JSON_EXTRACT_PATH_TEXT('broken', 'b', TRUE)", [(None,)]),
        (
            "SELECT JSON_ARRAY_LENGTH('[11,12,13,{\"f1\":21,\"f2\":[25,26]},14]'), JSON_ARRAY_LENGTH('[11', TRUE)",
            [(5, None)],
        ),
        (
            "SELECT JSON_EXTRACT_ARRAY_ELEMENT_TEXT('[111,112,113]', 2), JSON_EXTRACT_ARRAY_ELEMENT_TEXT('[\"a\"]', 4), JSON_EXTRACT_ARRAY_ELEMENT_TEXT('[1]', -1)",
            [("113", "", "")],
        ),
        # query-super, order by: boolean, number, string, array, object
        (
            "SELECT d FROM (SELECT JSON_PARSE('[[1], \"AWS\", 10, 9.5, true, {}, null]') AS ds) t, t.ds AS d ORDER BY d",
            [("true",), ("9.5",), ("10",), ('"AWS"',), ("[1]",), ("{}",), (None,)],
        ),
    ],
)
def test_query(orders: Any, query: str, expected: Any) -> None:
    assert orders.run(query) == expected


def test_rows_from_a_parameter(orders: Any) -> None:
    query = "SELECT e.term::VARCHAR, e.weight::FLOAT8 FROM (SELECT JSON_PARSE(:terms) AS terms) t, t.terms AS e"
    terms = [{"term": "a b", "weight": 0.5}, {"term": "ü\"'", "weight": 2}]
    assert orders.run(query, terms=json.dumps(terms)) == [("a b", 0.5), ("ü\"'", 2.0)]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\x00;", codec="utf-8"), max_size=8), min_size=1, max_size=6))
def test_split_gives_back_the_parts(shared: Any, parts: list[str]) -> None:
    query = "SELECT w, i FROM (SELECT SPLIT_TO_ARRAY(:text, ';') AS ws) t, t.ws AS w AT i ORDER BY i"
    assert shared.run(query, text=";".join(parts)) == [(p, i) for i, p in enumerate(parts)]


def test_split_lists_are_stored_as_super(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE t AS SELECT 1 AS id, SPLIT_TO_ARRAY('a,b') AS words, CAST(NULL AS SUPER) AS empty")
    assert warehouse.columns(None, "t") == {"id": "integer", "words": "super", "empty": "super"}
    assert warehouse.run("SELECT w::VARCHAR FROM t, t.words AS w WHERE w = 'b'") == [("b",)]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT id[0] FROM texts", "cannot subscript"),
        ("SELECT words.a FROM texts", "not in the FROM clause"),
        ("SELECT 1 FROM texts t, t.words AS w", "only a SUPER value can be unnested"),
        ("SELECT data[-1] FROM orders", "not negative"),
        ("SELECT CAST(DATE '2019-09-09' AS SUPER)", "cannot cast type date to super"),
        ("SELECT ARRAY[1, 2]", "no arrays"),
        ("SELECT [1, 2]", "no arrays"),
        ("SELECT {'a': 1}", "struct literal|syntax error"),
        ("SELECT CAST(id AS INT[]) FROM texts", "SUPER"),
        ("SELECT UNNEST(data.lines) FROM orders", "FROM t, t.array AS item"),
    ],
)
def test_rejected(orders: Any, query: str, message: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match=message):
        orders.translate(query)


def test_invalid_json_is_an_error(orders: Any) -> None:
    with pytest.raises(Exception, match="Invalid JSON"):
        orders.value("JSON_PARSE(:text)", text="{broken")
