"""LIKE, ILIKE, SIMILAR TO and the POSIX operators."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.casts import text_of
from embedded_redshift.translate.context import Context, translates
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import BOOLEAN
from embedded_redshift.translate.values import Value, allow_only, reject, string


@translates(exp.Like, exp.ILike, exp.SimilarTo)
def _like(ctx: Context, node: exp.Expr) -> Value:
    return _match(ctx, node, "\\")


@translates(exp.Escape)
def _escape(ctx: Context, node: exp.Expr) -> Value:
    character = node.expression
    if not (isinstance(character, exp.Literal) and character.args["is_string"] and len(character.this) <= 1):
        reject("ESCAPE must be followed by one character", node)
    return _match(ctx, node.this, character.this)


def _match(ctx: Context, node: exp.Expr, escape: str) -> Value:
    allow_only(node, "this", "expression", "negate")
    if isinstance(node.expression, exp.Any | exp.All | exp.Tuple | exp.Array):
        reject("LIKE ANY and LIKE ALL do not exist in Amazon Redshift", node)
    value, pattern = text_of(ctx.bind(node.this)), text_of(ctx.bind(node.expression))
    if isinstance(node, exp.SimilarTo):
        sql = _similar(value, pattern, escape, node)
    else:
        sql = _like_sql(value, pattern, escape, isinstance(node, exp.ILike))
    return Value(f"(NOT {sql})" if node.args.get("negate") else sql, BOOLEAN)


def _like_sql(value: Value, pattern: Value, escape: str, fold: bool) -> str:
    """LIKE, and ILIKE with ``fold``, which takes the cases of ASCII letters alone for one.

    Page r_patternmatching_condition_like: "a case-insensitive pattern match for single-byte characters".
    """
    tail = f" ESCAPE {string(escape)}" if escape else ""
    sql = f"({value.sql} {'ILIKE' if fold else 'LIKE'} {pattern.sql}{tail})"
    if not fold or (pattern.literal or "é").isascii():
        return sql
    # DuckDB's ILIKE knows the cases of all letters: what it finds must also match with ASCII letters in lower case.
    return f"({sql} AND {macro('ascii_lower', value.sql)} LIKE {macro('ascii_lower', pattern.sql)}{tail})"


def _similar(value: Value, pattern: Value, escape: str, node: exp.Expr) -> str:
    if pattern.literal is None:
        reject("the pattern of SIMILAR TO must be a literal in the embedded warehouse", node)
    return f"regexp_full_match({value.sql}, {string(similar_to_regex(pattern.literal, escape))}, 's')"


def similar_to_regex(pattern: str, escape: str) -> str:
    """The regular expression of a SIMILAR TO pattern (page r_SIMILAR_TO_conditional)."""
    parts: list[str] = []
    quoted = in_class = False
    for c in pattern:
        if quoted:
            parts.append("\\" + c)
            quoted = False
        elif escape and c == escape:
            quoted = True
        elif in_class:
            parts.append(c)
            in_class = c != "]"
        elif c == "[":
            parts.append(c)
            in_class = True
        else:
            parts.append(
                {"%": ".*", "_": "."}.get(c, c if c in "|*+?{}()," or c.isalnum() else "\\" + c if c.isascii() else c)
            )
    return "".join(parts)


@translates(exp.RegexpLike, exp.RegexpILike)
def _posix(ctx: Context, node: exp.Expr) -> Value:
    """The operators ~ and !~ (page pattern-matching-conditions-posix)."""
    allow_only(node, "this", "expression", "negate")
    if isinstance(node, exp.RegexpILike):
        reject("the operator ~* does not exist in Amazon Redshift: use LOWER() or REGEXP_SUBSTR(…, 'i')", node)
    value, pattern = text_of(ctx.bind(node.this)), text_of(ctx.bind(node.expression))
    return Value(f"regexp_matches({value.sql}, {pattern.sql})", BOOLEAN)
