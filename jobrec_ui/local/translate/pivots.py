"""PIVOT and UNPIVOT in FROM (page r_FROM_clause-pivot-unpivot-examples)."""

from __future__ import annotations

from sqlglot import exp

from jobrec_ui.local.translate.context import Context
from jobrec_ui.local.translate.types import Type
from jobrec_ui.local.translate.values import identifier, reject


def pivoted(ctx: Context, sql: str, types: dict[str, Type], pivot: exp.Expr) -> tuple[str, dict[str, Type]]:
    """SQL and columns of a relation behind PIVOT or UNPIVOT."""
    reject("PIVOT and UNPIVOT of columns are not supported in the embedded warehouse", pivot)


_ = identifier
