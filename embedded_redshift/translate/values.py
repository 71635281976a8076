"""What the translation of an expression and of a query gives, and the little that all translators need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlglot import exp
from sqlglot.errors import SqlglotError

from embedded_redshift.translate.interface import RedshiftSyntaxError
from embedded_redshift.translate.types import UNKNOWN, Type


@dataclass(frozen=True, slots=True)
class Value:
    """DuckDB SQL of an expression and its Redshift type.

    literal: the text of a string or number literal, where the expression is one.
    nonzero: the number is surely not zero (so it can be divided by).
    nonnegative: the number is surely not below zero (so it has a root).
    """

    sql: str
    type: Type = UNKNOWN
    literal: str | None = None
    nonzero: bool = False
    nonnegative: bool = False


# Name and type of a query's output columns, in order.
Columns = list[tuple[str, Type]]


@dataclass(frozen=True, slots=True)
class Query:
    """DuckDB SQL of a query and its output columns in order."""

    sql: str
    columns: Columns


def identifier(name: str) -> str:
    """A quoted DuckDB identifier. Raises RedshiftSyntaxError for an empty one."""
    if not name:
        raise RedshiftSyntaxError("zero-length delimited identifier")
    return '"' + name.replace('"', '""') + '"'


def string(text: str) -> str:
    """A DuckDB string literal."""
    return "'" + text.replace("'", "''") + "'"


def position(node: exp.Expr | None) -> tuple[int, int] | None:
    """(line, column) of a node, from the first part of it that the parser knows the place of."""
    if node is None:
        return None
    for part in node.walk():
        meta = part.meta if part._meta else {}
        if "line" in meta and "col" in meta:
            return meta["line"], max(1, meta["col"] - (meta.get("end", 0) - meta.get("start", 0)))
    return None


def reject(message: str, node: exp.Expr | None = None) -> NoReturn:
    """Raise RedshiftSyntaxError with the place of the node."""
    raise RedshiftSyntaxError(message, position(node))


# What stands in the statement for an argument of a node.
_CLAUSES = {
    "alternative": "ROW or ALL",
    "connect": "CONNECT BY (use WITH RECURSIVE)",
    "cluster": "CLUSTER BY",
    "distribute": "DISTRIBUTE BY",
    "except_": "EXCEPT",
    "hint": "a hint",
    "into": "INTO",
    "join_mark": "(+)",
    "laterals": "LATERAL",
    "locks": "FOR UPDATE or FOR SHARE",
    "match": "MATCH_RECOGNIZE",
    "match_condition": "MATCH_CONDITION",
    "on_condition": "ON ERROR",
    "only": "ONLY",
    "operation_modifiers": "a modifier",
    "prewhere": "PREWHERE",
    "replace": "REPLACE",
    "sample": "TABLESAMPLE",
    "settings": "SETTINGS",
    "sort": "SORT BY",
    "system_time": "FOR SYSTEM_TIME",
    "version": "FOR VERSION",
    "when": "AT or BEFORE",
}
_NODES = {"ANONYMOUS": "a function call", "SET OPERATION": "UNION"}


def allow_only(node: exp.Expr, *allowed: str) -> dict[str, Any]:
    """The node's arguments; rejects the statement when one that is not allowed here is set."""
    for name, value in node.args.items():
        if value and name not in allowed:
            clause = _CLAUSES.get(name) or name.strip("_").upper().replace("_", " ")
            reject(f"{describe(node)} with {clause} is not supported", node)
    return node.args


def describe(node: exp.Expr) -> str:
    """A node's kind in capitals, for error messages: a class TruncateTable is TRUNCATE TABLE."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper()
    return _NODES.get(words, words)


def written(node: exp.Expr) -> str:
    """The node as SQL, short enough for an error message."""
    try:
        text = " ".join(node.sql("redshift").split())
    except (SqlglotError, ValueError, TypeError, AttributeError, LookupError):
        return describe(node)
    return text if len(text) <= 60 else f"{text[:57]}…"
