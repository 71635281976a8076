"""Numbers: values as Redshift's documentation gives them (the page stands behind each group)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_redshift.translate import RedshiftSyntaxError

CASES: list[tuple[str, Any]] = [
    # r_OPERATOR_SYMBOLS: whole numbers divide to whole numbers, signs as in C
    ("7 / 2", 3),
    ("-7 / 2", -3),
    ("7 / -2", -3),
    ("7 % 2", 1),
    ("-7 % 2", -1),
    ("7 % -2", 1),
    ("MOD(10, 4)", 2),
    ("2 ^ 3", 8),
    ("|/ 25.0", 5),
    ("CAST(||/ 27.0 AS VARCHAR)", "3"),
    ("@ -5.0", 5),
    ("5 & 3", 1),
    ("5 | 3", 7),
    ("~ 5", -6),
    ("1 << 4", 16),
    ("256 >> 4", 16),
    # r_numeric_computations201: DECIMAL(8,2) / DECIMAL(8,2) is DECIMAL(17,9)
    ("CAST(1 AS DECIMAL(8,2)) / CAST(3 AS DECIMAL(8,2))", Decimal("0.333333333")),
    ("CAST(1.25 AS DECIMAL(8,2)) * CAST(2 AS SMALLINT)", Decimal("2.50")),
    ("1.5 + 2", Decimal("3.5")),
    ("7 / 2.0", Decimal("3.5")),
    ("CAST(7 AS FLOAT) / 2", 3.5),
    # r_CAST_function
    ("CAST(162.00 AS INTEGER)", 162),
    ("CAST(109.652 AS DECIMAL(4,1))", Decimal("109.7")),
    ("728.00::DECIMAL(38,2) * 100000000000000000000", Decimal("72800000000000000000000.00")),
    ("9007199254740993::DECIMAL(38,0) + 1", Decimal("9007199254740994")),
    ("CONVERT(INTEGER, 162.5)", 163),
    # r_ABS, r_CEILING_FLOOR, r_SIGN, r_CBRT, r_SQRT, r_PI
    ("ABS(-38)", 38),
    ("CEIL(28.05)", 29),
    ("CEILING(-28.05)", -28),
    ("FLOOR(28.05)", 28),
    ("SIGN(-2.5)", -1),
    ("CBRT(27)", 3),
    ("SQRT(16)", 4),
    ("SQRT(SQRT(16))", 2),
    ("SQRT(ABS(-16))", 4),
    ("SQRT((1 - 4) * (1 - 4) + (2 - 6) * (2 - 6))", 5),
    ("|/ (-3 * -3)", 3),
    ("TRUNC(PI(), 4)", 3.1415),
    # r_ROUND
    ("ROUND(28.05)", 28),
    ("ROUND(28.05, 1)", Decimal("28.1")),
    ("ROUND(28.05, -1)", 30),
    ("ROUND(28, -1)", 30),
    # r_TRUNC
    ("TRUNC(111.86)", 111),
    ("TRUNC(-111.86)", -111),
    ("TRUNC(111.86, 1)", Decimal("111.8")),
    ("TRUNC(111.86, -1)", 110),
    # r_LOG, r_LN, r_DLOG1, r_DLOG10, r_EXP, r_POWER
    ("LOG(100)", 2),
    ("LOG(2, 8)", 3),
    ("DLOG10(100000)", 5),
    ("ROUND(LN(2.718281828), 6)", 1),
    ("ROUND(DLOG1(2.718281828), 6)", 1),
    ("EXP(0)", 1),
    ("DEXP(0)", 1),
    ("POWER(2, 3)", 8),
    ("POW(9, 0.5)", 3),
    # r_DEGREES, r_RADIANS, r_ATAN2, r_COT
    ("DEGREES(PI())", 180),
    ("ROUND(RADIANS(180), 4)", 3.1416),
    ("ROUND(DEGREES(ATAN2(2, 2)), 6)", 45),
    ("ROUND(COT(1), 6)", 0.642093),
    # r_STRTOL
    ("STRTOL('0xf', 16)", 15),
    ("STRTOL('abcd1234', 16)", 2882343476),
    ("STRTOL('1234567', 10)", 1234567),
    ("STRTOL('1234567', 8)", 342391),
    ("STRTOL('110101', 2)", 53),
    # r_TO_HEX
    ("TO_HEX(2147676847)", "8002f2af"),
    ("TO_HEX(-5)", "fffffffb"),
    # r_GREATEST_LEAST
    ("GREATEST(1, NULL, 3)", 3),
    ("LEAST(2, NULL)", 2),
    ("GREATEST(NULL, NULL)", None),
    ("GREATEST('a', 'b')", "b"),
    # c_Supported_data_types: a number of a string
    ("'3' + 4", 7),
    ("CAST(' 12 ' AS INT)", 12),
    ("CAST('5.9' AS DECIMAL(3,1))", Decimal("5.9")),
    # r_TRY_CAST
    ("TRY_CAST('123' AS INT)", 123),
    ("TRY_CAST('abc' AS INT)", None),
    ("TRY_CAST('12.5' AS INT)", None),
    ("TRY_CAST(70000 AS SMALLINT)", None),
    ("TRY_CAST('2008-13-45' AS DATE)", None),
    # r_Boolean_type
    ("'yes'::BOOLEAN", True),
    ("'f'::BOOLEAN", False),
    ("5::BOOLEAN", True),
    ("CAST(TRUE AS INT)", 1),
]


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_value(shared: Any, expression: str, expected: Any) -> None:
    value = shared.value(expression)
    assert value == expected or value == pytest.approx(expected)


ERRORS = [
    ("1 / 0", "(?i)division by zero|divide by zero"),
    ("1.0 / 0", "Divide by zero"),
    ("CAST(1 AS FLOAT) / 0", "Divide by zero"),
    ("5 % 0", "(?i)by zero"),
    ("CAST('12.5' AS INT)", 'invalid input syntax for integer: "12.5"'),
    ("CAST('' AS INT)", 'invalid input syntax for integer: ""'),
    ("CAST('abc' AS FLOAT)", "(?i)could not convert"),
    ("CAST(12345678 AS SMALLINT)", "(?i)out of range|overflow"),
    ("CAST(123.456 AS DECIMAL(2,1))", "(?i)out of range"),
    ("'maybe'::BOOLEAN", "invalid input syntax for type boolean"),
    ("UPPER('t')::BOOLEAN", "cannot cast type character varying.* to boolean"),
    ("TRY_CAST(TRUE AS DATE)", "cannot cast type boolean to date"),
    ("STRTOL('12', 2)", "not valid to be converted to base 2"),
    ("LN(0)", "(?i)logarithm of zero"),
    ("SQRT(-1)", "(?i)square root"),
    ("SQRT(SQRT(-1))", "(?i)square root"),
    ("SQRT(2 * 2 - 3 * 3)", "(?i)square root"),
    ("SQRT(2 * -2)", "(?i)square root"),
    ("SQRT(2 * 2 * -1)", "(?i)square root"),
    ("SQRT((RANDOM() - 2) * (RANDOM() + 2))", "(?i)square root"),
    ("2147483647 + 1", "(?i)overflow"),
    ("MOD(CAST(5 AS FLOAT), 2)", "operator does not exist: double precision % integer"),
    ("COALESCE(1, UPPER('a'))", "types integer and character varying.* cannot be matched"),
    ("CASE WHEN 1 = 1 THEN DATE '2020-01-01' ELSE 5 END", "types date and integer cannot be matched"),
]


@pytest.mark.parametrize(("expression", "message"), ERRORS)
def test_error(shared: Any, expression: str, message: str) -> None:
    with pytest.raises(Exception, match=message):
        shared.value(expression)


# r_SUM, r_AVG: types of the results
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("SUM(CAST(n AS SMALLINT))", ("BIGINT", 7)),
        ("SUM(n)", ("BIGINT", 7)),
        ("SUM(CAST(n AS BIGINT))", ("DECIMAL(38,0)", 7)),
        ("SUM(CAST(n AS DECIMAL(5,2)))", ("DECIMAL(38,2)", 7)),
        ("SUM(CAST(n AS REAL))", ("DOUBLE", 7)),
        ("AVG(n)", ("BIGINT", 2)),
        ("AVG(-n)", ("BIGINT", -2)),
        ("AVG(CAST(n AS DECIMAL(5,2)))", ("DECIMAL(38,2)", Decimal("2.33"))),
        ("AVG(CAST(n AS FLOAT))", ("DOUBLE", pytest.approx(7 / 3))),
        ("COUNT(n)", ("BIGINT", 3)),
    ],
)
def test_aggregate_types(shared: Any, expression: str, expected: tuple[str, Any]) -> None:
    query = f"SELECT {expression} FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 4) t"
    [(value,)] = shared.run(query)
    [(_, kind, *_)] = shared.connection.execute("DESCRIBE " + shared.translate(query).statements[0]).fetchall()
    assert (kind, value) == expected


@settings(deadline=None)
@given(st.integers(-(2**31), 2**31 - 1), st.integers(-(2**31), 2**31 - 1).filter(bool))
def test_division_truncates_towards_zero(shared: Any, a: int, b: int) -> None:
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    columns = f"CAST({a} AS BIGINT) / CAST({b} AS BIGINT), CAST({a} AS BIGINT) % CAST({b} AS BIGINT)"
    assert shared.run(f"SELECT {columns}") == [(quotient, a - b * quotient)]


def test_parameters_divide_by_their_own_types(shared: Any) -> None:
    assert shared.value(":a / :b", a=7, b=2) == 3
    assert shared.value(":a / :b", a=7.0, b=2) == 3.5


def test_an_integer_column_divides_by_a_parameter(shared: Any) -> None:
    assert shared.run("SELECT n * 7 / :b FROM one", b=2) == [(3,)]


def test_nullif_guards_a_division(shared: Any) -> None:
    assert shared.value("CAST(1 AS FLOAT) / NULLIF(0, 0)") is None


@pytest.mark.parametrize("sql", ["SELECT ABS()", "SELECT ABS(1, 2)", "SELECT MOD(1)", "SELECT 'a' * TRUE"])
def test_wrong_arguments(shared: Any, sql: str) -> None:
    with pytest.raises(RedshiftSyntaxError):
        shared.translate(sql)
