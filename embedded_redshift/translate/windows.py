"""OVER clauses."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.context import Context
from embedded_redshift.translate.function_table import FunctionKind
from embedded_redshift.translate.values import Value, allow_only, reject

# Window functions that rank or look at other rows take no frame (page c_Window_functions).
_NO_FRAME = frozenset(
    {
        "row_number",
        "rank",
        "dense_rank",
        "percent_rank",
        "cume_dist",
        "ntile",
        "lag",
        "lead",
        "ratio_to_report",
        "listagg",
        "median",
        "percentile_cont",
        "percentile_disc",
    }
)
_NO_ORDER = frozenset({"ratio_to_report", "listagg", "median", "percentile_cont", "percentile_disc"})


def over_clause(ctx: Context, name: str, kind: FunctionKind, window: exp.Expr) -> str:
    """What stands between the parentheses of OVER."""
    allow_only(window, "this", "partition_by", "order", "spec", "over")
    order, spec = window.args.get("order"), window.args.get("spec")
    if order and name in _NO_ORDER:
        reject(f"the window function {name} takes no ORDER BY in its OVER clause", window)
    if spec and name in _NO_FRAME:
        reject(f"the window function {name} takes no frame clause", window)
    if order and not spec and name not in _NO_FRAME:
        reject("Aggregate window functions with an ORDER BY clause require a frame clause", window)
    parts = []
    if keys := window.args.get("partition_by"):
        parts.append("PARTITION BY " + ", ".join(_key(ctx, k).sql for k in keys))
    if order:
        parts.append("ORDER BY " + ", ".join(order_item(ctx, o) for o in order.expressions))
    if spec:
        parts.append(_frame(spec))
    return " ".join(parts)


def _key(ctx: Context, node: exp.Expr) -> Value:
    if isinstance(node, exp.Literal):
        reject("a constant is not supported in PARTITION BY and ORDER BY of a window", node)
    value = ctx.bind(node)
    if "random()" in value.sql:
        reject("RANDOM() orders no window in the embedded warehouse: give it a name in a subquery in FROM", node)
    return text_of(value, trimmed=True) if value.type.is_string else value


def order_item(ctx: Context, node: exp.Expr) -> str:
    """One item of ORDER BY: NULLs are the largest values unless the statement says otherwise."""
    allow_only(node, "this", "desc", "nulls_first")
    value = _key(ctx, node.this)
    keys = super_values.sort_keys(value) if value.type.is_super else [value.sql]
    return ", ".join(f"{key} {direction(node)}" for key in keys)


def direction(node: exp.Expr) -> str:
    """ASC or DESC with NULLS spelled out. sqlglot fills in nulls_first by Redshift's rule."""
    descending = bool(node.args.get("desc"))
    first = bool(node.args.get("nulls_first"))
    return f"{'DESC' if descending else 'ASC'} NULLS {'FIRST' if first else 'LAST'}"


def _frame(spec: exp.Expr) -> str:
    allow_only(spec, "kind", "start", "start_side", "end", "end_side")
    if str(spec.args["kind"]).upper() != "ROWS":
        reject("Amazon Redshift's window frames are ROWS frames only", spec)
    start = _bound(spec.args["start"], spec.args.get("start_side"), spec)
    if not spec.args.get("end"):
        return f"ROWS {start}"
    return f"ROWS BETWEEN {start} AND {_bound(spec.args['end'], spec.args.get('end_side'), spec)}"


def _bound(bound: object, side: object, spec: exp.Expr) -> str:
    if isinstance(bound, exp.Literal) and str(bound.this).isdigit():
        return f"{bound.this} {str(side).upper()}"
    if isinstance(bound, str) and bound.upper() == "UNBOUNDED" and side:
        return f"UNBOUNDED {str(side).upper()}"
    if isinstance(bound, str) and bound.upper() == "CURRENT ROW":
        return "CURRENT ROW"
    reject("a frame's bound must be a whole number, UNBOUNDED or CURRENT ROW", spec)
