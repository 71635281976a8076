"""Is what was sent Redshift's SQL, by two grammars and the documentation's list of functions?"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import sqlglot
from sqlfluff.core import FluffConfig, Linter
from sqlglot import exp

from jobrec_ui.warehouse import sqlfiles
from redshift_wire import reserved, untyped

# What the driver says by itself, and SQLAlchemy to see whether a connection works.
OF_THE_DRIVER = {"begin transaction", "commit", "rollback", "SELECT 1"}
# ML and utility statements, of which sqlglot has no grammar; SQLFluff has one of all but those about models.
UTILITY = re.compile(
    r"(CREATE|DROP|SHOW)\s+(MODEL|ROLE)\b|SHOW\b|SET\b|ANALYZE\b|COPY\b|GRANT\b|REVOKE\b", re.IGNORECASE
)
BEYOND_SQLFLUFF = re.compile(r"CREATE\s+MODEL\b|GRANT\s+(EXECUTE\s+ON|CREATE|DROP)\s+MODEL\b", re.IGNORECASE)

_TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_PARAMETER = re.compile(r"(?<![:\w]):p(\d+)\b")
_CALL = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*\(")
# What looks like a call and is none: syntax, types with a length.
_NO_FUNCTIONS = {
    "ALL", "AND", "AS", "BY", "CAST", "CHAR", "DECIMAL", "DISTKEY", "EXCEPT", "EXISTS", "FROM", "GROUP",
    "IDENTITY", "IN", "JOIN", "NOT", "NULLS", "NUMERIC", "ON", "OR", "OVER", "SELECT", "SETTINGS", "SORTKEY",
    "THEN", "UNION", "USING", "VALUES", "VARCHAR", "WHEN", "WHERE", "WITH",
}  # fmt: skip


def wrong_with(statements: Iterable[str], looked_at: Path | None = None) -> list[str]:
    """A line for each thing that is wrong with any of the statements; of one file's, the shortest is looked at.

    ``looked_at``: a folder in which the processes of a test run leave word of what each has looked at, so that none
    does it again.
    """
    found: dict[str, str] = {}
    for sql in dict.fromkeys(statements):
        if sql not in OF_THE_DRIVER:
            kind = _kind(sql)
            found[kind] = min(found.get(kind, sql), sql, key=len)
    return [f"{kind}: {words}" for kind, sql in found.items() if _is_new(sql, looked_at) for words in _wrong(sql)]


def _is_new(sql: str, looked_at: Path | None) -> bool:
    if looked_at is None:
        return True
    looked_at.mkdir(parents=True, exist_ok=True)
    try:
        (looked_at / hashlib.sha256(sql.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _kind(sql: str) -> str:
    """The comment that a file begins with, and the statement's first words: what tells files' statements apart."""
    return f"{sql.splitlines()[0][:60]} {_bare(sql)[:40]}"


def _bare(sql: str) -> str:
    return " ".join(_TOKEN.sub(lambda token: token[0] if token[0][0] == "'" else " ", sql).split())


def _wrong(sql: str) -> Iterable[str]:
    bare = _bare(sql)
    plain = _PARAMETER.sub(r"$\1", sql)
    if not UTILITY.match(bare):
        try:
            tree = sqlglot.parse_one(plain, dialect="redshift")
        except sqlglot.errors.ParseError as error:
            yield f"sqlglot: {str(error)[:200]}"
        else:
            yield from (f"sqlglot takes it for opaque: {str(node)[:80]}" for node in tree.find_all(exp.Command))
            yield from (f"a reserved word is a name: {name}" for name in reserved.names(tree))
            yield from (f"untyped literal in a subquery: {literal}" for literal in untyped.literals(tree))
    if not BEYOND_SQLFLUFF.match(bare):
        yield from (f"SQLFluff: {violation.desc()}" for violation in _linter().parse_string(plain).violations)
    words = _TOKEN.sub(" ", sql)
    tables = {word.lower() for word in re.findall(r"(?i)\b(?:INTO|TABLE|EXISTS)\s+(?:\w+\.)?(\w+)\s*\(", words)}
    called = {word.lower() for word in _CALL.findall(words) if word.upper() not in _NO_FUNCTIONS}
    yield from (f"{name}() is not on the documentation's list" for name in sorted(called - tables - _documented()))


@functools.cache
def _documented() -> frozenset[str]:
    """The functions of the documentation's list."""
    lines = resources.files("embedded_redshift.translate").joinpath("redshift_functions.txt").read_text("utf-8")
    return frozenset(line for line in lines.splitlines() if line and not line.startswith("#"))


@functools.cache
def _linter() -> Linter:
    return Linter(config=FluffConfig.from_path(str(sqlfiles.SQL_ROOT)))
