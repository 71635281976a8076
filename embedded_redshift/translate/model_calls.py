"""Calls of the models' prediction functions, which the catalog knows and the table of functions does not."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.context import Context
from embedded_redshift.translate.types import SUPER, UNKNOWN
from embedded_redshift.translate.values import Value, reject


def qualified_call(ctx: Context, node: exp.Expr) -> Value:
    """schema.function(…): a model's function."""
    call = node.expression
    name = f"{node.this.name.lower()}.{str(call.this).lower()}"
    target = ctx.statement.catalog.function(name)
    if target is None:
        reject(f"function {name}() does not exist", node)
    return model_call(ctx, call, target)


def model_call(ctx: Context, node: exp.Expr, target: str) -> Value:
    """The call of a model's function, by the DuckDB function ``target`` behind it."""
    args = [ctx.bind(n).sql for n in node.expressions]
    quoted = '"' + target.replace('"', '""') + '"'
    # What a prediction function gives is known when it runs; only the probabilities must be unpacked as SUPER.
    kind = SUPER if target.endswith("_probabilities") else UNKNOWN
    return Value(f"{quoted}({', '.join(args)})", kind)
