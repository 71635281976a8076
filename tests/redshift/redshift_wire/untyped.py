"""What has no type in a statement: Redshift gives none to a bound text or NULL, nor to a bare literal in a subquery.

redshift_connector sends texts and NULLs as type 705, unknown. Where nothing beside it tells the type, Redshift fails
("Invalid type: 705", driver issue 59), and what a subquery gives out untyped can be compared with nothing later
("failed to find conversion function from "unknown" to character varying"). A CAST mends both.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

_BESIDE = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.In)
_CONDITIONS = (exp.And, exp.Or, exp.Not, exp.Where, exp.Paren)


def parameters(tree: exp.Expr) -> list[str]:
    """The names of the parameters whose type nothing tells."""
    return [found.name for found in tree.find_all(exp.Placeholder) if not _has_type(found)]


def literals(tree: exp.Expr) -> Iterator[str]:
    """The bare texts and NULLs that a subquery gives out. In a UNION the other side tells the type."""
    for select in tree.find_all(exp.Select):
        if isinstance(select.parent, exp.CTE | exp.Subquery):
            for column in select.expressions:
                value = column.unalias()
                if isinstance(value, exp.Null) or (isinstance(value, exp.Literal) and value.is_string):
                    yield column.sql("redshift")


def _has_type(parameter: exp.Placeholder) -> bool:
    around = parameter.parent
    match around:
        case exp.Cast() | exp.Limit():
            return True
        case exp.Tuple():
            return isinstance(around.parent, exp.Values)
        case exp.If():
            return around.this is parameter
    if isinstance(around, _BESIDE):
        others = [around.this, around.args.get("expression"), *(around.args.get("expressions") or ())]
        return any(one is not None and not isinstance(one, exp.Placeholder | exp.Null) for one in others)
    return isinstance(around, _CONDITIONS)
