"""What the translators of one statement share: the catalog, what they found on the way, and the current scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlglot import exp

from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError
from embedded_redshift.translate.scope import Scope
from embedded_redshift.translate.types import Type
from embedded_redshift.translate.values import Query, Value, position, reject, written

Translator = Callable[["Context", exp.Expr], Value]
QueryTranslator = Callable[["Context", exp.Expr], Query]
TRANSLATORS: dict[type[exp.Expr], Translator] = {}


def translates(*kinds: type[exp.Expr]) -> Callable[[Translator], Translator]:
    """Register the translator of these kinds of expression nodes."""

    def register(function: Translator) -> Translator:
        for kind in kinds:
            TRANSLATORS[kind] = function
        return function

    return register


@dataclass
class Statement:
    """One statement under translation.

    bind_query: the translator of queries, which stand above the expressions that they stand in. text: as it was
    written, without comments around it. tables: column types of the tables that it reads.
    """

    catalog: Catalog
    bind_query: QueryTranslator
    text: str
    tables: dict[tuple[str | None, str], dict[str, Type]] = field(default_factory=dict)
    leader_functions: list[str] = field(default_factory=list)
    compute_functions: list[str] = field(default_factory=list)
    views: list[tuple[str | None, str]] = field(default_factory=list)
    counter: int = 0

    def fresh(self, prefix: str) -> str:
        """A name that no other part of the statement has."""
        self.counter += 1
        return f"_{prefix}{self.counter}"


@dataclass(frozen=True)
class Context:
    """Where in a statement an expression stands."""

    statement: Statement
    scope: Scope = field(default_factory=Scope)
    ctes: dict[str, dict[str, Type]] = field(default_factory=dict)
    in_aggregate: bool = False

    def inside(self, scope: Scope) -> Context:
        return replace(self, scope=scope, in_aggregate=False)

    def aggregate(self) -> Context:
        return replace(self, in_aggregate=True)

    def bind(self, node: exp.Expr | None) -> Value:
        """DuckDB SQL and type of an expression. Raises RedshiftSyntaxError for what is not known to be right."""
        if node is None:
            reject("syntax error: an expression is missing")
        translator = TRANSLATORS.get(type(node))
        if translator is None:
            reject(f"{_kind(node)} is not supported in the embedded warehouse", node)
        try:
            value = translator(self, node)
        except RedshiftSyntaxError as error:
            if error.position is None:
                raise RedshiftSyntaxError(error.message, position(node)) from error
            raise
        return value if self.in_aggregate else self.scope.grouped(value)

    def query(self, node: exp.Expr) -> Query:
        """Translation of a subquery that sees this scope."""
        return self.statement.bind_query(self.inside(Scope(parent=self.scope)), node)


_KINDS: dict[type[exp.Expr], str] = {
    exp.Array: "array literal (Amazon Redshift has no arrays: use the function ARRAY() or JSON_PARSE)",
    exp.Struct: "struct literal (use the function OBJECT() or JSON_PARSE)",
    exp.Lambda: "lambda",
    exp.Kwarg: "named argument",
    exp.PropertyEQ: "named argument",
    exp.Parameter: "positional parameter ($n or @n)",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM",
    exp.NullSafeNEQ: "IS DISTINCT FROM",
    exp.Filter: "FILTER (WHERE …) on an aggregate (use CASE inside the aggregate)",
    exp.Slice: "slice",
    exp.Values: "VALUES list as a table",
    exp.Comprehension: "list comprehension",
    exp.TryCast: "TRY_CAST on this value",
    exp.ObjectTransform: "function object_transform()",
}


def _kind(node: exp.Expr) -> str:
    return _KINDS.get(type(node)) or written(node)
