"""Joins in parentheses, joins in Oracle's way, and which tables USING looks at."""

from collections.abc import Iterator
from typing import Any

import pytest

from embedded_redshift.translate import RedshiftSyntaxError
from tests.embedded_redshift.translate.conftest import Warehouse


@pytest.fixture(scope="module")
def shop() -> Iterator[Any]:
    """Three tables: a customer without an order, an order without a customer, an order without lines."""
    made = Warehouse()
    made.run("CREATE TABLE customers (id INT, name VARCHAR(10))")
    made.run("INSERT INTO customers VALUES (1, 'ana'), (2, 'bo')")
    made.run("CREATE TABLE orders (nr INT, customer INT)")
    made.run("INSERT INTO orders VALUES (10, 1), (11, 1), (12, 9)")
    made.run("CREATE TABLE lines (nr INT, price INT)")
    made.run("INSERT INTO lines VALUES (10, 5), (10, 7), (12, 1)")
    yield made
    made.connection.close()


@pytest.mark.parametrize(
    "source",
    [
        "(customers c JOIN orders o ON c.id = o.customer) JOIN lines l ON l.nr = o.nr",
        "((customers c JOIN orders o ON c.id = o.customer) JOIN lines l ON l.nr = o.nr)",
        "customers c JOIN (orders o JOIN lines l ON l.nr = o.nr) ON c.id = o.customer",
        "customers c, (orders o JOIN lines l USING (nr)) WHERE c.id = o.customer",
        "(((customers))) c JOIN (orders o NATURAL JOIN lines l) ON c.id = o.customer",
        "(SELECT * FROM customers) c JOIN ((SELECT * FROM orders) o JOIN lines l USING (nr)) ON c.id = o.customer",
    ],
)
def test_joins_in_parentheses(shop: Any, source: str) -> None:
    assert shop.run(f"SELECT name, price FROM {source} ORDER BY 2") == [("ana", 5), ("ana", 7)]


def test_an_outer_join_of_a_join_in_parentheses(shop: Any) -> None:
    query = (
        "SELECT c.name, o.nr, l.price FROM customers c LEFT JOIN (orders o LEFT JOIN lines l ON o.nr = l.nr) "
        "ON o.customer = c.id ORDER BY 1, 2, 3"
    )
    assert shop.run(query) == [("ana", 10, 5), ("ana", 10, 7), ("ana", 11, None), ("bo", None, None)]


def test_an_alias_stands_for_the_whole_of_the_parentheses(shop: Any) -> None:
    joined = "(orders o JOIN lines l USING (nr)) AS both_of_them"
    assert shop.run(f"SELECT both_of_them.nr, price FROM {joined} ORDER BY 2 LIMIT 1") == [(12, 1)]
    with pytest.raises(RedshiftSyntaxError, match='relation "o" is not in the FROM clause'):
        shop.run(f"SELECT o.nr FROM {joined}")


def test_using_looks_at_what_stands_behind_the_last_comma_only(shop: Any) -> None:
    query = "SELECT COUNT(*) FROM orders, (SELECT nr FROM lines) a JOIN lines b USING (nr)"
    assert shop.run(query) == [(3 * 5,)]


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("c.id = o.customer (+)", [("ana", 10), ("ana", 11), ("bo", None)]),
        ("o.customer(+) = c.id", [("ana", 10), ("ana", 11), ("bo", None)]),
        ("c.id = o.customer (+) AND o.nr (+) > 10", [("ana", 11), ("bo", None)]),
        ("c.id (+) = o.customer", [("ana", 10), ("ana", 11), (None, 12)]),
        ("c.id (+) = o.customer AND o.nr < 12", [("ana", 10), ("ana", 11)]),
        ("c.id = o.customer(+) AND o.customer IS NULL", [("bo", None)]),
    ],
)
def test_joins_in_the_way_of_oracle(shop: Any, where: str, rows: list[tuple[Any, ...]]) -> None:
    assert shop.run(f"SELECT c.name, o.nr FROM customers c, orders o WHERE {where} ORDER BY 1, 2") == rows


def test_each_table_is_joined_behind_those_that_it_is_joined_to(shop: Any) -> None:
    query = (
        "SELECT c.name, o.nr, l.price FROM lines l, orders o, customers c "
        "WHERE l.nr (+) = o.nr AND o.customer (+) = c.id ORDER BY 1, 2, 3"
    )
    assert shop.run(query) == [("ana", 10, 5), ("ana", 10, 7), ("ana", 11, None), ("bo", None, None)]


def test_a_star_keeps_the_order_in_which_the_tables_are_written(shop: Any) -> None:
    query = "SELECT * FROM orders o, customers c WHERE o.customer (+) = c.id AND c.id = 2"
    assert shop.names(query) == ["nr", "customer", "id", "name"]
    assert shop.run(query) == [(None, None, 2, "bo")]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT 1 FROM customers c JOIN orders o ON TRUE WHERE c.id = o.nr (+)", "cannot be used together with JOIN"),
        (
            "SELECT 1 FROM customers c, orders o WHERE c.id = o.nr (+) OR c.id = 1",
            "cannot stand in a condition with OR",
        ),
        ("SELECT 1 FROM customers c, orders o WHERE c.id = nr (+)", "needs its table"),
        ("SELECT 1 FROM customers c, orders o WHERE c.id (+) = o.nr (+)", "columns of one table only"),
        ("SELECT 1 FROM customers c, orders o WHERE c.id (+) = o.nr AND o.nr (+) = c.id", "every table"),
        ("SELECT o.nr (+) FROM orders o", "in the WHERE clause only"),
        ("SELECT 1 FROM customers c, orders o WHERE c.id = x.nr (+)", 'relation "x" is not in the FROM clause'),
    ],
)
def test_where_it_cannot_stand(shop: Any, query: str, message: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match=rf"{message}.*\(line 1, column \d+\)"):
        shop.run(query)
