"""NVL, NVL2, COALESCE, NULLIF, DECODE and the like (page c_conditional_expressions)."""

from __future__ import annotations

from embedded_redshift.translate.casts import unify
from embedded_redshift.translate.comparisons import equal
from embedded_redshift.translate.expressions import case
from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.super_values import as_sql_null
from embedded_redshift.translate.types import common_type
from embedded_redshift.translate.values import Value


@function("coalesce", "nvl", args=(1, 1000))
def _coalesce(call: Call) -> Value:
    kind = common_type([a.type for a in call.args])
    values = [unify(a, kind) for a in call.args]
    nonzero = any(v.nonzero for v in values) and all(v.nonzero for v in values)
    return Value(f"COALESCE({', '.join(v.sql for v in values)})", kind, nonzero=nonzero)


@function("nvl2", args=3)
def _nvl2(call: Call) -> Value:
    return case([f"{as_sql_null(call.args[0])} IS NOT NULL"], call.args[1:])


@function("nullif", args=2)
def _nullif(call: Call) -> Value:
    """NULLIF(x, 0) gives a number that can be divided by."""
    left, right = call.args
    nonzero = right.literal is not None and right.type.is_number and not right.nonzero
    if left.type.is_string or left.type.is_super or right.type.is_string:
        return Value(f"CASE WHEN {equal(left, right).sql} THEN NULL ELSE {left.sql} END", left.type)
    return Value(f"NULLIF({left.sql}, {right.sql})", left.type, nonzero=nonzero)


@function("decode", args=(3, 1001))
def _decode(call: Call) -> Value:
    """DECODE compares NULL with NULL as equal (page r_DECODE_expression)."""
    value, rest = call.args[0], call.args[1:]
    pairs = len(rest) // 2
    tests = []
    for i in range(pairs):
        search = rest[2 * i]
        if search.sql == "NULL":
            tests.append(f"{value.sql} IS NULL")
        elif search.literal is not None:
            tests.append(equal(value, search).sql)
        else:
            tests.append(f"({equal(value, search).sql} OR ({value.sql} IS NULL AND {search.sql} IS NULL))")
    results = [rest[2 * i + 1] for i in range(pairs)]
    if len(rest) % 2:
        results.append(rest[-1])
    return case(tests, results)
