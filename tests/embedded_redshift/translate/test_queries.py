"""SELECT: names, joins, grouping, ordering, set operations, common table expressions, windows, PIVOT."""

# ruff: noqa: E501 - the tables of cases read best with a case on a line

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from embedded_redshift.translate import RedshiftSyntaxError


@pytest.fixture(scope="session")
def sales(shared: Any) -> Any:
    """The table WINSALES of Redshift's window function examples, and the PIVOT examples' tables."""
    shared.run(
        "CREATE TABLE winsales (salesid INT, dateid DATE, sellerid INT, buyerid CHAR(10), qty INT, qty_shipped INT)"
    )
    shared.run(
        """INSERT INTO winsales VALUES (30001, '2003-08-02', 3, 'b', 10, 10), (10001, '2003-12-24', 1, 'c', 10, 10),
        (10005, '2003-12-24', 1, 'a', 30, NULL), (40001, '2004-01-09', 4, 'a', 40, NULL),
        (10006, '2004-01-18', 1, 'c', 10, NULL), (20001, '2004-02-12', 2, 'b', 20, 20),
        (40005, '2004-02-12', 4, 'a', 10, 10), (20002, '2004-02-16', 2, 'c', 20, 20),
        (30003, '2004-04-18', 3, 'b', 15, NULL), (30004, '2004-04-18', 3, 'b', 20, NULL),
        (30007, '2004-09-07', 3, 'c', 30, NULL)"""
    )
    shared.run("CREATE TABLE part (partname VARCHAR, manufacturer VARCHAR, quality INT, price DECIMAL(12, 2))")
    shared.run(
        """INSERT INTO part VALUES ('prop', 'local parts co', 2, 10.00), ('prop', 'big parts co', NULL, 9.00),
        ('prop', 'small parts co', 1, 12.00), ('rudder', 'local parts co', 1, 2.50), ('rudder', 'big parts co', 2, 3.75),
        ('rudder', 'small parts co', NULL, 1.90), ('wing', 'local parts co', NULL, 7.50),
        ('wing', 'big parts co', 1, 15.20), ('wing', 'small parts co', NULL, 11.80)"""
    )
    shared.run("CREATE TABLE count_by_color (quality VARCHAR, red INT, green INT, blue INT)")
    shared.run("INSERT INTO count_by_color VALUES ('high', 15, 20, 7), ('normal', 35, NULL, 40), ('low', 10, 23, NULL)")
    shared.run("CREATE TABLE sold (category VARCHAR(20), product VARCHAR(20), pre_owned CHAR(1), cost INT)")
    shared.run(
        """INSERT INTO sold VALUES ('computers', 'laptop', 'T', 1000), ('cellphones', 'smartphone', 'T', 800),
        ('cellphones', 'smartphone', 'T', 810), ('computers', 'laptop', 'F', 1050), ('computers', 'mouse', 'F', 50)"""
    )
    return shared


QUERIES: list[tuple[str, Any]] = [
    # r_LISTAGG, r_WF_LISTAGG
    ("SELECT LISTAGG(sellerid) WITHIN GROUP (ORDER BY sellerid) FROM winsales", [("11122333344",)]),
    ("SELECT LISTAGG(DISTINCT sellerid, ', ') WITHIN GROUP (ORDER BY sellerid DESC) FROM winsales", [("4, 3, 2, 1",)]),
    (
        "SELECT LISTAGG(dateid, '|') WITHIN GROUP (ORDER BY sellerid DESC, salesid ASC) FROM winsales WHERE buyerid = 'b'",
        [("2003-08-02|2004-04-18|2004-04-18|2004-02-12",)],
    ),
    ("SELECT LISTAGG(CASE WHEN qty = 10 THEN '' ELSE 'x' END, ',') FROM winsales", [("x,x,x,x,x,x,x",)]),
    (
        "SELECT salesid, LISTAGG(buyerid, '') WITHIN GROUP (ORDER BY salesid) OVER (PARTITION BY sellerid) FROM winsales WHERE sellerid = 2 ORDER BY 1",
        [(20001, "bc"), (20002, "bc")],
    ),
    # r_WF_RANK, r_WF_DENSE_RANK, r_WF_ROW_NUMBER, r_WF_NTILE
    (
        "SELECT salesid, qty, RANK() OVER (ORDER BY qty), DENSE_RANK() OVER (ORDER BY qty DESC), ROW_NUMBER() OVER (ORDER BY qty, salesid) FROM winsales ORDER BY 5 LIMIT 5",
        [(10001, 10, 1, 5, 1), (10006, 10, 1, 5, 2), (30001, 10, 1, 5, 3), (40005, 10, 1, 5, 4), (30003, 15, 5, 4, 5)],
    ),
    # r_WF_CUME_DIST, r_WF_PERCENT_RANK
    (
        "SELECT sellerid, qty, CUME_DIST() OVER (PARTITION BY sellerid ORDER BY qty), PERCENT_RANK() OVER (PARTITION BY sellerid ORDER BY qty) FROM winsales WHERE sellerid = 3 ORDER BY 2",
        [
            (3, 10, 0.25, 0.0),
            (3, 15, 0.5, pytest.approx(1 / 3)),
            (3, 20, 0.75, pytest.approx(2 / 3)),
            (3, 30, 1.0, 1.0),
        ],
    ),
    # r_WF_SUM, r_WF_AVG: frames
    (
        "SELECT salesid, SUM(qty) OVER (ORDER BY dateid, salesid ROWS UNBOUNDED PRECEDING) FROM winsales ORDER BY dateid, salesid LIMIT 3",
        [(30001, 10), (10001, 20), (10005, 50)],
    ),
    (
        "SELECT salesid, AVG(qty) OVER (ORDER BY dateid, salesid ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM winsales ORDER BY dateid, salesid LIMIT 3",
        [(30001, 10), (10001, 10), (10005, 20)],
    ),
    ("SELECT COUNT(qty_shipped) OVER () FROM winsales LIMIT 1", [(5,)]),
    # r_WF_LAG, r_WF_LEAD, r_WF_first_value: NULLs
    (
        "SELECT salesid, LAG(qty_shipped, 1) IGNORE NULLS OVER (ORDER BY salesid), LEAD(salesid) OVER (ORDER BY salesid) FROM winsales ORDER BY 1 LIMIT 3",
        [(10001, None, 10005), (10005, 10, 10006), (10006, 10, 20001)],
    ),
    (
        "SELECT DISTINCT sellerid, FIRST_VALUE(qty_shipped IGNORE NULLS) OVER (PARTITION BY sellerid ORDER BY salesid ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM winsales ORDER BY 1",
        [(1, 10), (2, 20), (3, 10), (4, 10)],
    ),
    # r_WF_RATIO_TO_REPORT
    (
        "SELECT salesid, RATIO_TO_REPORT(qty) OVER (PARTITION BY sellerid) FROM winsales WHERE sellerid = 2 ORDER BY 1",
        [(20001, 0.5), (20002, 0.5)],
    ),
    # r_MEDIAN, r_PERCENTILE_CONT, r_PERCENTILE_DISC
    ("SELECT MEDIAN(qty), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY qty) FROM winsales", [(20.0, 20.0)]),
    ("SELECT PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY salesid) FROM winsales WHERE sellerid = 1", [(10003.0,)]),
    (
        "SELECT PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY salesid DESC) FROM winsales WHERE sellerid = 1",
        [(10005.5,)],
    ),
    ("SELECT MEDIAN(dateid) FROM winsales WHERE sellerid = 4", [(dt.date(2004, 1, 26),)]),
    ("SELECT APPROXIMATE COUNT(DISTINCT sellerid) FROM winsales", [(4,)]),
    # r_GROUP_BY_aggregation-extensions
    (
        "SELECT product, pre_owned, GROUPING(category, product, pre_owned) AS id, SUM(cost) FROM sold GROUP BY pre_owned, ROLLUP (category, product) HAVING GROUPING_ID(product) = 1 ORDER BY id, pre_owned, 4",
        [(None, "F", 2, 1100), (None, "T", 2, 1000), (None, "T", 2, 1610), (None, "F", 6, 1100), (None, "T", 6, 2610)],
    ),
    (
        "SELECT GROUPING(category, product, pre_owned) AS id, SUM(cost) FROM sold GROUP BY GROUPING SETS (ROLLUP (category), CUBE (product, pre_owned)) ORDER BY 1 DESC, 2 LIMIT 4",
        [(7, 3710), (7, 3710), (6, 1100), (6, 2610)],
    ),
    # a string literal takes the type of the other branch
    ("SELECT 1 UNION ALL SELECT '7' ORDER BY 1", [(1,), (7,)]),
    ("SELECT APPROXIMATE PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY qty) FROM winsales", [(20,)]),
    # r_STDDEV_functions, r_VARIANCE_functions, r_BOOL_OR, r_BIT_OR
    (
        "SELECT VAR_SAMP(qty), VARIANCE(qty), STDDEV_POP(qty), STDDEV(qty) FROM winsales WHERE sellerid = 3",
        [(pytest.approx(72.916667), pytest.approx(72.916667), pytest.approx(7.395100), pytest.approx(8.539126))],
    ),
    ("SELECT BOOL_OR(qty > 30), BOOL_AND(qty > 5), BIT_OR(qty), BIT_AND(qty) FROM winsales", [(True, True, 63, 0)]),
    # NULLs are the largest values
    ("SELECT DISTINCT qty_shipped FROM winsales ORDER BY qty_shipped", [(10,), (20,), (None,)]),
    ("SELECT DISTINCT qty_shipped FROM winsales ORDER BY qty_shipped DESC", [(None,), (20,), (10,)]),
    ("SELECT DISTINCT qty_shipped FROM winsales ORDER BY 1 NULLS FIRST", [(None,), (10,), (20,)]),
    ("SELECT qty_shipped FROM winsales GROUP BY 1 UNION ALL SELECT 0 ORDER BY 1 DESC", [(None,), (20,), (10,), (0,)]),
    # r_FROM_clause-pivot-unpivot-examples
    (
        "SELECT * FROM (SELECT partname, price FROM part) PIVOT (AVG(price) FOR partname IN ('prop', 'rudder', 'wing'))",
        [(Decimal("10.33"), Decimal("2.71"), Decimal("11.50"))],
    ),
    (
        "SELECT * FROM (SELECT quality, manufacturer FROM part) PIVOT (COUNT(*) FOR quality IN (1, 2, NULL)) ORDER BY 1",
        [("big parts co", 1, 1, 1), ("local parts co", 1, 1, 1), ("small parts co", 1, 0, 2)],
    ),
    (
        "SELECT na_count FROM (SELECT quality, manufacturer FROM part) PIVOT (COUNT(*) AS count FOR quality IN (1 AS high, 2 AS low, NULL AS na)) ORDER BY manufacturer",
        [(1,), (1,), (2,)],
    ),
    (
        "SELECT * FROM count_by_color UNPIVOT (cnt FOR color IN (red AS r, green AS g, blue)) ORDER BY quality, color",
        [
            ("high", "blue", 7),
            ("high", "g", 20),
            ("high", "r", 15),
            ("low", "g", 23),
            ("low", "r", 10),
            ("normal", "blue", 40),
            ("normal", "r", 35),
        ],
    ),
    (
        "SELECT COUNT(*) FROM (SELECT red, green, blue FROM count_by_color) UNPIVOT INCLUDE NULLS (cnt FOR color IN (red, green, blue))",
        [(9,)],
    ),
    # r_QUALIFY_clause, r_SELECT_list: TOP, EXCLUDE, lateral references to names of the list
    (
        "SELECT salesid FROM winsales w QUALIFY ROW_NUMBER() OVER (PARTITION BY sellerid ORDER BY qty DESC, salesid) = 1 ORDER BY 1",
        [(10005,), (20001,), (30007,), (40001,)],
    ),
    ("SELECT TOP 2 salesid FROM winsales ORDER BY salesid", [(10001,), (10005,)]),
    ("SELECT * EXCLUDE (dateid, buyerid, qty_shipped) FROM winsales WHERE salesid = 10001", [(10001, 1, 10)]),
    ("SELECT qty * 2 AS double_qty, double_qty + 1 AS more FROM winsales WHERE salesid = 10001", [(20, 21)]),
    # joins
    ("SELECT COUNT(*) FROM winsales a NATURAL JOIN winsales b", [(5,)]),
    (
        "SELECT * FROM (SELECT 1 AS k, 'l' AS l) a FULL JOIN (SELECT 2 AS k, 'r' AS r) b USING (k) ORDER BY k",
        [(1, "l", None), (2, None, "r")],
    ),
    ("SELECT a.x, b.x FROM (SELECT 1 AS x) a LEFT JOIN (SELECT 2 AS x) b ON a.x = b.x", [(1, None)]),
    (
        "SELECT w.salesid FROM winsales AS w, (SELECT MAX(qty) AS top_qty FROM winsales) m WHERE w.qty = m.top_qty",
        [(40001,)],
    ),
    ("SELECT public.winsales.salesid FROM public.winsales WHERE winsales.salesid = 10001", [(10001,)]),
    ("SELECT LENGTH(CURRENT_USER) > 0, CURRENT_DATABASE() <> '' FROM winsales LIMIT 1", [(True, True)]),
    # grouping sets
    (
        "SELECT sellerid, SUM(qty) FROM winsales WHERE sellerid > 2 GROUP BY ROLLUP (sellerid) ORDER BY 1",
        [(3, 75), (4, 50), (None, 125)],
    ),
    (
        "SELECT sellerid, COUNT(*) FROM winsales GROUP BY GROUPING SETS ((sellerid), ()) HAVING COUNT(*) > 3 ORDER BY 1",
        [(3, 4), (None, 11)],
    ),
    # subqueries and common table expressions
    (
        "SELECT COUNT(*) FROM winsales o WHERE qty = (SELECT MAX(qty) FROM winsales i WHERE i.sellerid = o.sellerid)",
        [(5,)],
    ),
    (
        "WITH top (seller, total) AS (SELECT sellerid, SUM(qty) FROM winsales GROUP BY 1) SELECT seller FROM top WHERE total = (SELECT MAX(total) FROM top)",
        [(3,)],
    ),
    ("WITH a AS (SELECT 1 AS n), b AS (SELECT n + 1 AS n FROM a) SELECT a.n, b.n FROM a, b", [(1, 2)]),
    ("WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT SUM(n) FROM t", [(10,)]),
    ("SELECT 1 UNION ALL (SELECT 2 ORDER BY 1 LIMIT 1) ORDER BY 1", [(1,), (2,)]),
    ("(SELECT 1 AS a) UNION (SELECT 1) LIMIT 5", [(1,)]),
    ("SELECT 1 AS n UNION SELECT 1.5 ORDER BY n", [(1,), (Decimal("1.5"),)]),
    (
        "SELECT salesid, qty FROM winsales WHERE (sellerid, qty) IN ((2, 20), (4, 40)) ORDER BY 1",
        [(20001, 20), (20002, 20), (40001, 40)],
    ),
    ("SELECT COUNT(*) FROM winsales WHERE qty > ALL (SELECT qty FROM winsales WHERE sellerid = 2)", [(3,)]),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_query(sales: Any, query: str, expected: Any) -> None:
    assert sales.run(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT COUNT(*), SUM(qty), MAX(qty) FROM winsales", ["count", "sum", "max"]),
        ("SELECT qty + 1, 'x', Qty, winsales.QTY FROM winsales", ["?column?", "?column?", "qty", "qty"]),
        ("SELECT CAST(qty AS FLOAT), 1::INT, CASE WHEN TRUE THEN 1 END FROM winsales", ["qty", "int4", "case"]),
        (
            "SELECT DATEADD(day, 1, dateid), EXTRACT(year FROM dateid), DATE_PART(year, dateid) FROM winsales",
            ["date_add", "date_part", "pgdate_part"],
        ),
        ('SELECT qty AS "Quantity Sold" FROM winsales', ["quantity sold"]),
    ],
)
def test_output_names(sales: Any, query: str, expected: list[str]) -> None:
    assert sales.names(query) == expected


REJECTED = [
    (
        "SELECT salesid FROM winsales UNION SELECT buyerid FROM winsales",
        "types integer and character.* cannot be matched",
    ),
    ("SELECT DISTINCT d FROM (SELECT JSON_PARSE('[1]') AS d FROM winsales) ORDER BY d", "cast it to a type"),
    ("SELECT MAX(d) FROM (SELECT JSON_PARSE('[1]') AS d FROM winsales)", "cast it to a type"),
    ("SELECT missing FROM winsales", 'column "missing" does not exist'),
    ("SELECT w.missing FROM winsales w", 'column "missing" does not exist in w'),
    ("SELECT x.qty FROM winsales w", 'relation "x" is not in the FROM clause'),
    ("SELECT 1 FROM nowhere", 'relation "nowhere" does not exist'),
    ("SELECT qty FROM winsales a, winsales b", 'column reference "qty" is ambiguous'),
    ("SELECT 1 FROM winsales, winsales", "specified more than once"),
    ("SELECT SUM(qty) OVER (ORDER BY dateid) FROM winsales", "require a frame clause"),
    ("SELECT FIRST_VALUE(qty) OVER (ORDER BY dateid) FROM winsales", "require a frame clause"),
    ("SELECT SUM(qty) OVER (ORDER BY dateid RANGE UNBOUNDED PRECEDING) FROM winsales", "ROWS frames only"),
    ("SELECT RANK() OVER (ORDER BY qty ROWS UNBOUNDED PRECEDING) FROM winsales", "takes no frame clause"),
    ("SELECT LAG(qty, 1, 0) OVER (ORDER BY dateid) FROM winsales", "(?i)default parameter"),
    ("SELECT ROW_NUMBER() FROM winsales", "requires an OVER clause"),
    ("SELECT UPPER('a') OVER () FROM winsales", "not a window function"),
    ("SELECT COUNT(DISTINCT qty) OVER () FROM winsales", "DISTINCT is not supported"),
    ("SELECT SUM(qty) FILTER (WHERE qty > 1) FROM winsales", "FILTER does not exist"),
    (
        "SELECT LISTAGG(qty) WITHIN GROUP (ORDER BY qty), LISTAGG(qty) WITHIN GROUP (ORDER BY salesid) FROM winsales",
        "must be the same",
    ),
    ("SELECT PERCENTILE_CONT(0.6) WITHIN GROUP (ORDER BY salesid), MEDIAN(qty) FROM winsales", "must be the same"),
    ("SELECT LISTAGG('a')", "must refer to a table"),
    ("SELECT CURRENT_SCHEMA() FROM winsales", "leader node only"),
    ("SELECT qty FROM winsales LIMIT qty", "LIMIT"),
    ("SELECT DISTINCT ON (qty) qty FROM winsales", "DISTINCT ON"),
    ("SELECT * FROM winsales GROUP BY ALL", "GROUP BY ALL"),
    ("SELECT 1 INTERSECT ALL SELECT 1", "INTERSECT ALL"),
    ("SELECT 1, 2 UNION SELECT 1", "same number of columns"),
    ("SELECT * FROM (VALUES (1, 2)) v", "VALUES list"),
    ("VALUES (1)", "(?i)syntax error|VALUES|not supported"),
    ("FROM winsales", "syntax error|not supported"),
    ("SELECT * FROM GENERATE_SERIES(1, 3)", "cannot be used as a table"),
    ("SELECT GENERATE_SERIES(1, 3) FROM winsales", "does not exist"),
    ("SELECT * FROM winsales w, LATERAL (SELECT w.qty) l", "LATERAL"),
    ("SELECT * FROM winsales TABLESAMPLE (10)", "(?i)sample"),
    ("SELECT * FROM winsales ASOF JOIN part ON TRUE", "ASOF|syntax error|does not exist"),
    ("SELECT * FROM winsales SEMI JOIN part ON TRUE", "SEMI"),
    ("SELECT qty IS DISTINCT FROM 1 FROM winsales", "IS .*DISTINCT FROM"),
    ("SELECT SUM(qty) FROM winsales WINDOW w AS (ORDER BY qty)", "WINDOWS is not supported"),
    ("SELECT * REPLACE (1 AS qty) FROM winsales", "not supported|syntax error"),
    ("SELECT COLUMNS('q.*') FROM winsales", "does not exist|not supported"),
    ("SELECT 1 FROM winsales FOR UPDATE", "not supported"),
    ("SELECT qty FROM winsales FETCH FIRST 1 ROW ONLY", "FETCH"),
    ("SELECT 1; SELECT 2", "multiple commands"),
    ("SELECT 1 FROM", "syntax error"),
    ("SELECT $1", "positional parameter"),
    ("SELECT ?", "parameters are written"),
    ("SELECT (SELECT qty, salesid FROM winsales)", "only one column"),
    ("SELECT 1 FROM winsales WHERE qty", "must be type boolean"),
    ("SELECT x -> x + 1", "syntax error|does not exist|not supported"),
    ("SELECT 1 FROM winsales WHERE (sellerid, qty) IN (SELECT 1)", "too many columns or too few"),
    ("SELECT 1 FROM winsales WHERE qty IN (SELECT sellerid, qty FROM winsales)", "too many columns"),
    ("SELECT CAST(qty > 1 AS VARCHAR) FROM winsales", "cannot cast type boolean to character varying"),
    ("SELECT (qty > 1) || 'x' FROM winsales", "cannot cast type boolean"),
    # r_correlated_subqueries
    (
        "SELECT 1 FROM winsales a WHERE NOT EXISTS (SELECT 1 FROM winsales b WHERE NOT EXISTS (SELECT 1 FROM part WHERE a.qty = part.quality))",
        "not right around it",
    ),
    (
        "SELECT 1 FROM winsales a LEFT JOIN part p ON a.qty = (SELECT MAX(red) FROM count_by_color c WHERE c.blue = p.quality)",
        "ON clause of an outer join",
    ),
    (
        "SELECT qty FROM winsales a WHERE qty NOT IN (SELECT SUM(red) OVER () FROM count_by_color c WHERE c.blue = a.qty)",
        "contains a window function",
    ),
    ("SELECT 1 FROM winsales w, (SELECT w.qty) d", "not in the FROM clause"),
    ("", "empty"),
]


@pytest.mark.parametrize(("query", "message"), REJECTED)
def test_rejected(sales: Any, query: str, message: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match=message):
        sales.translate(query)


@pytest.mark.parametrize(
    "name",
    [
        "corr",
        "covar_pop",
        "covar_samp",
        "regr_slope",
        "width_bucket",
        "setseed",
        "string_agg",
        "array_agg",
        "format",
        "generate_series",
        "list_value",
        "struct_pack",
        "epoch_ms",
        "strftime",
        "read_csv",
        "regexp_matches",
        "unnest",
        "every",
        "div",
        "bit_length",
        "overlay",
        "clock_timestamp",
    ],
)
def test_functions_that_redshift_has_not(sales: Any, name: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match="does not exist in Amazon Redshift"):
        sales.translate(f"SELECT {name}(1, 2)")


@pytest.mark.parametrize("name", ["soundex", "st_area", "hll", "crc32"])
def test_functions_that_only_redshift_has(sales: Any, name: str) -> None:
    with pytest.raises(RedshiftSyntaxError, match="not supported in the embedded warehouse"):
        sales.translate(f"SELECT {name}('a')")


def test_listagg_has_a_limit(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE long_texts (text VARCHAR(40000))")
    warehouse.run("INSERT INTO long_texts SELECT REPEAT('x', 32767) UNION ALL SELECT REPEAT('y', 32768)")
    assert warehouse.run("SELECT LEN(LISTAGG(text)) FROM long_texts") == [(65535,)]
    with pytest.raises(Exception, match="exceeds LISTAGG limit"):
        warehouse.run("SELECT LISTAGG(text, ';') FROM long_texts")


def test_a_models_function_is_called_by_its_qualified_name(warehouse: Any) -> None:
    warehouse.connection.create_function("scorer", lambda a, b: a + b, ["DOUBLE", "DOUBLE"], "DOUBLE")
    warehouse.model_functions = {"ml.match_v1_score": "scorer"}
    assert warehouse.run("SELECT ml.match_v1_score(1.5, :b) AS score", b=2.0) == [(3.5,)]
    with pytest.raises(RedshiftSyntaxError, match=r"function ml\.other\(\) does not exist"):
        warehouse.translate("SELECT ml.other(1)")


def test_a_model_is_called_for_many_rows_at_once(warehouse: Any) -> None:
    pieces: list[int] = []

    def scorer(n: pa.ChunkedArray) -> pa.ChunkedArray:
        pieces.append(len(n))
        return n

    warehouse.connection.create_function("scorer", scorer, ["BIGINT"], "BIGINT", type="arrow")
    warehouse.model_functions = {"ml.match_v1_score": "scorer"}
    warehouse.connection.execute("CREATE TABLE numbers AS SELECT range AS n FROM range(60000)")
    # The filter leaves some twenty rows of each vector.
    rows = warehouse.run(
        "WITH few AS (SELECT n FROM numbers WHERE MOD(n, 97) = 0) SELECT ml.match_v1_score(n) AS score FROM few"
    )
    assert sorted(rows) == [(n,) for n in range(0, 60000, 97)]
    assert pieces == [619]


def test_one_parameter_may_be_used_twice(sales: Any) -> None:
    rows = sales.run("SELECT :a, '$b :c', :a::INT, qty FROM winsales WHERE qty = :q", a="7", q=10)
    assert set(rows) == {("7", "$b :c", 7, 10)}
