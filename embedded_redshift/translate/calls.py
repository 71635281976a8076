"""Function calls: look the function up, check the call, translate its arguments, and put windows in place."""

from __future__ import annotations

from importlib import resources

from sqlglot import exp

from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.function_table import OVER, Call, Function
from embedded_redshift.translate.functions import FUNCTIONS
from embedded_redshift.translate.grammar import Approximate
from embedded_redshift.translate.model_calls import model_call
from embedded_redshift.translate.values import Value, allow_only, reject
from embedded_redshift.translate.windows import over_clause

_FUNCTION_LIST = resources.files("embedded_redshift.translate").joinpath("redshift_functions.txt").read_text("utf-8")
REDSHIFT_FUNCTIONS = frozenset(line for line in _FUNCTION_LIST.split("\n") if line and not line.startswith("#"))

# Functions of PostgreSQL and others that people try, and what to write instead.
_INSTEAD = {
    "string_agg": "use LISTAGG",
    "group_concat": "use LISTAGG",
    "array_agg": "use LISTAGG, or ARRAY() for a SUPER array",
    "generate_series": "it cannot be joined with tables; use a numbers table or a recursive CTE",
    "width_bucket": "use FLOOR and a division",
    "corr": "compute it with SUM and AVG",
    "format": "use || and TO_CHAR",
    "concat_ws": "use ||",
    "date_add": "use DATEADD",
    "date_diff": "use DATEDIFF",
    "ifnull": "use COALESCE",
    "isnull": "use COALESCE",
    "if": "use CASE",
    "iff": "use CASE",
    "now": "use GETDATE()",
    "unnest": "unnest a SUPER array in FROM: FROM t, t.array AS item",
    "regexp_matches": "use REGEXP_SUBSTR or the operator ~",
    "safe_cast": "use TRY_CAST",
    "uuid": "use MD5 of a value",
    "gen_random_uuid": "use MD5 of a value",
    "epoch": "use EXTRACT(epoch FROM …)",
    "strftime": "use TO_CHAR",
    "string_split": "use SPLIT_TO_ARRAY",
    "count_if": "use SUM(CASE WHEN … THEN 1 ELSE 0 END)",
    "filter": "use CASE inside the aggregate",
}


@translates(exp.Anonymous)
def _anonymous(ctx: Context, node: exp.Expr) -> Value:
    return _call(ctx, node)


@translates(exp.Window)
def _window(ctx: Context, node: exp.Expr) -> Value:
    return _call(ctx, node.this, window=node)


@translates(exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls, Approximate)
def _modified(ctx: Context, node: exp.Expr) -> Value:
    return _call(ctx, node)


@translates(exp.Filter)
def _filter(ctx: Context, node: exp.Expr) -> Value:
    reject("FILTER does not exist in Amazon Redshift: use CASE inside the aggregate", node)


def _call(ctx: Context, node: exp.Expr, window: exp.Expr | None = None) -> Value:
    order: tuple[exp.Expr, ...] = ()
    ignore_nulls = approximate = False
    while not isinstance(node, exp.Anonymous):
        if isinstance(node, exp.WithinGroup):
            order = tuple(node.expression.expressions)
        elif isinstance(node, exp.IgnoreNulls):
            ignore_nulls = True
        elif isinstance(node, Approximate):
            approximate = True
        elif isinstance(node, exp.Filter):
            return _filter(ctx, node)
        elif not isinstance(node, exp.RespectNulls):
            reject("syntax error: OVER must follow a function call", node)
        node = node.this
    if not isinstance(node.this, str):
        reject(f'function "{node.this.name}" does not exist', node)
    name = str(node.this).lower()
    if approximate:
        name = f"approximate {name}"
    entry = FUNCTIONS.get(name)
    if entry is None:
        return _unknown(ctx, node, name)
    return _known(ctx, node, name, entry, order, ignore_nulls, window)


def _known(
    ctx: Context,
    node: exp.Expr,
    name: str,
    entry: Function,
    order: tuple[exp.Expr, ...],
    ignore_nulls: bool,
    window: exp.Expr | None,
) -> Value:
    nodes = list(node.expressions)
    if nodes and isinstance(nodes[0], exp.IgnoreNulls | exp.RespectNulls):
        ignore_nulls = isinstance(nodes[0], exp.IgnoreNulls)
        nodes[0] = nodes[0].this
    distinct = len(nodes) == 1 and isinstance(nodes[0], exp.Distinct)
    if distinct:
        allow_only(nodes[0], "expressions")
        nodes = list(nodes[0].expressions)
    _check(name, entry, nodes, distinct, window, node)
    if entry.leader_only:
        ctx.statement.leader_functions.append(name)
    if entry.compute_only:
        ctx.statement.compute_functions.append(name)
    inner = ctx.aggregate() if entry.kind == "aggregate" and window is None else ctx
    args = [
        Value("*") if isinstance(n, exp.Star) else Value("") if i in entry.keywords else inner.bind(n)
        for i, n in enumerate(nodes)
    ]
    call = Call(inner, name, args, nodes, node, distinct, order, window is not None, ignore_nulls)
    value = entry.build(call)
    if entry.kind == "scalar":
        return value
    over = ""
    if window is not None:
        ctx.scope.windowed = True
        over = f" OVER ({over_clause(ctx, name, entry.kind, window)})"
    return Value(value.sql.replace(OVER, over), value.type, nonzero=value.nonzero)


def _check(
    name: str, entry: Function, nodes: list[exp.Expr], distinct: bool, window: exp.Expr | None, node: exp.Expr
) -> None:
    if not entry.minimum <= len(nodes) <= entry.maximum:
        wanted = str(entry.minimum) if entry.minimum == entry.maximum else f"{entry.minimum} to {entry.maximum}"
        reject(f"function {name} takes {wanted} argument(s), not {len(nodes)}", node)
    if distinct and entry.kind != "aggregate":
        reject(f"DISTINCT specified, but {name} is not an aggregate function", node)
    if any(isinstance(n, exp.Star) for n in nodes) and name != "count":
        reject(f"{name}(*) is not allowed", node)
    if window is not None and entry.kind == "scalar":
        reject(f"OVER specified, but {name} is not a window function nor an aggregate function", node)
    if window is None and entry.kind == "window":
        reject(f"window function {name} requires an OVER clause", node)
    if window is not None and distinct:
        reject(f"DISTINCT is not supported in the window function {name}", node)


def _unknown(ctx: Context, node: exp.Expr, name: str) -> Value:
    if name in REDSHIFT_FUNCTIONS:
        reject(f"function {name}() is not supported in the embedded warehouse", node)
    target = ctx.statement.catalog.function(name)
    if target is not None:
        return model_call(ctx, node, target)
    hint = f": {_INSTEAD[name]}" if name in _INSTEAD else ""
    reject(f"function {name}() does not exist in Amazon Redshift{hint}", node)
