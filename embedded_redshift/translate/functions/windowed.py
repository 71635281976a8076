"""Functions that only stand before OVER (page c_Window_functions)."""

from __future__ import annotations

from embedded_redshift.translate.function_table import OVER, Call, function
from embedded_redshift.translate.types import BIGINT, DOUBLE, Type
from embedded_redshift.translate.values import Value, reject

for _name, _kind in {
    "row_number": BIGINT,
    "rank": BIGINT,
    "dense_rank": BIGINT,
    "percent_rank": DOUBLE,
    "cume_dist": DOUBLE,
}.items():

    def _rank(call: Call, kind: Type = _kind) -> Value:
        return Value(f"{call.name}(){OVER}", kind)

    function(_name, args=0, kind="window")(_rank)


@function("ntile", args=1, kind="window")
def _ntile(call: Call) -> Value:
    return Value(f"ntile({call.args[0].sql}){OVER}", BIGINT)


@function("lag", "lead", args=(1, 3), kind="window")
def _neighbour(call: Call) -> Value:
    """LAG and LEAD take an offset, but no default value (page r_WF_LAG)."""
    if len(call.args) == 3:
        reject(f"Default parameter not be supported for window function {call.name}", call.node)
    value = call.args[0]
    offset = f", {call.args[1].sql}" if len(call.args) == 2 else ""
    nulls = " IGNORE NULLS" if call.ignore_nulls else ""
    return Value(f"{call.name}({value.sql}{offset}{nulls}){OVER}", value.type)


@function("first_value", "last_value", args=1, kind="window")
def _edge(call: Call) -> Value:
    nulls = " IGNORE NULLS" if call.ignore_nulls else ""
    return Value(f"{call.name}({call.args[0].sql}{nulls}){OVER}", call.args[0].type)


@function("nth_value", args=2, kind="window")
def _nth(call: Call) -> Value:
    nulls = " IGNORE NULLS" if call.ignore_nulls else ""
    return Value(f"nth_value({call.args[0].sql}, {call.args[1].sql}{nulls}){OVER}", call.args[0].type)
