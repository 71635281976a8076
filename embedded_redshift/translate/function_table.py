"""The table of functions: every one has an entry that says how DuckDB computes Redshift's result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from embedded_redshift.translate.context import Context
from embedded_redshift.translate.types import Type
from embedded_redshift.translate.values import Value, reject

# Where a window's OVER goes in the SQL of an aggregate or window function.
OVER = "\x00"

FunctionKind = Literal["scalar", "aggregate", "window"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its arguments translated. `name`d positions of lazy functions have the Value of None."""

    ctx: Context
    name: str
    args: list[Value]
    nodes: list[exp.Expr]
    node: exp.Expr
    distinct: bool = False
    order: tuple[exp.Expr, ...] = ()
    windowed: bool = False
    ignore_nulls: bool = False

    def reject(self, message: str) -> Value:
        reject(f"{self.name.upper()}: {message}", self.node)


Builder = Callable[[Call], Value]


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is translated, how many arguments it takes, and where it may stand.

    keywords: positions of arguments that are words (date parts), not expressions.
    compute_only: fails in Redshift without a table; leader_only: fails with one.
    """

    build: Builder
    minimum: int
    maximum: int
    kind: FunctionKind = "scalar"
    keywords: frozenset[int] = frozenset()
    compute_only: bool = False
    leader_only: bool = False


FUNCTIONS: dict[str, Function] = {}


def function(
    *names: str,
    args: tuple[int, int] | int,
    kind: FunctionKind = "scalar",
    keywords: tuple[int, ...] = (),
    compute_only: bool = False,
    leader_only: bool = False,
) -> Callable[[Builder], Builder]:
    """Register the builder of a function under its names."""
    low, high = (args, args) if isinstance(args, int) else args

    def register(build: Builder) -> Builder:
        for name in names:
            FUNCTIONS[name] = Function(build, low, high, kind, frozenset(keywords), compute_only, leader_only)
        return build

    return register


def same_in_duckdb(
    names: str,
    args: tuple[int, int] | int,
    result: Type,
    duckdb: str | None = None,
    convert: Callable[[Value], Value] | None = None,
) -> None:
    """Register functions (names separated by blanks) that DuckDB has with the same meaning."""
    for name in names.split():
        target = duckdb or name

        def build(call: Call, target: str = target) -> Value:
            values = [convert(a) if convert else a for a in call.args]
            return Value(f"{target}({', '.join(v.sql for v in values)})", result)

        function(name, args=args)(build)
