"""What is found wrong with statements sent over the wire. The statements themselves: the fixture reach, at its end."""

import re

import pytest
from redshift_wire.grammar import OF_THE_DRIVER, wrong_with

GOOD = [
    *sorted(OF_THE_DRIVER),
    "SELECT COUNT(*), ml.match_v1_score(t.a) AS s FROM x.t AS t WHERE t.a = :p1 GROUP BY t.a::INTEGER LIMIT :p2",
    "INSERT INTO app.t (a, b) VALUES (:p1, 'f(:p1)')", "CREATE TABLE app.t (a VARCHAR(7)) DISTSTYLE AUTO SORTKEY (a)",
    "SHOW MODEL ml.match_v1", "SET query_group TO 'jobrec page'", "DROP MODEL ml.match_v1",
    "-- Why?\nSELECT LISTAGG(a, '; ') WITHIN GROUP (ORDER BY a) AS b FROM t -- strtol(x)",
]  # fmt: skip


@pytest.mark.parametrize("sql", GOOD)
def test_nothing_with_what_is_good(sql):
    assert wrong_with([sql, sql]) == []


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT a FROM", "sqlglot"),
        ("SELECT a FROM t WHERE (a = 1", "SQLFluff"),
        ("VACUUM FULL t", "opaque"),
        ("SELECT array_agg(a) AS b FROM t", r"array_agg\(\) is not on the documentation's list"),
        ("SELECT a, b,, c FROM t", "SQLFluff"),
        ("SELECT a AS language FROM t", "reserved word is a name: language"),
        ("SELECT a FROM (SELECT 'x' AS a) AS t", "untyped literal in a subquery: 'x' AS a"),
        ("WITH t AS (SELECT NULL AS a, 1 AS b) SELECT b FROM t", "untyped literal in a subquery: NULL AS a"),
    ],
)
def test_something_with_what_is_not(sql, words):
    assert any(re.search(words, line) for line in wrong_with([sql]))


def test_one_statement_of_a_file_stands_for_all():
    asked = [f"-- Who is it?\nSELECT nobody_knows(a) AS b FROM t WHERE a = {n}" for n in range(50)]
    assert len(wrong_with(asked)) == 1
