"""Statements about the server itself, which the embedded warehouse has no table for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)

VERSION = (
    "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), "
    "Redshift 1.0.76230"
)


DEFAULT_ROLE = "arn:aws:iam::123456789012:role/redshift"


@dataclass(frozen=True)
class Process:
    """A client's session as the server knows it.

    cancel: ends what the session of that number runs; labels: the query groups that statements have run under.
    """

    number: int
    cancel: Callable[[int], bool]
    labels: Collection[str] = ()


Value = Callable[[str, Process], object]


@dataclass(frozen=True)
class SystemStatement:
    """A statement, what it is answered with, and the column of that answer if it has one.

    value: of the text of the pattern's group, or of the parameter that stands in its place, and the session asking.
    """

    pattern: str
    tag: str
    column: tuple[str, str] | None = None
    value: Value = lambda _text, _process: None

    def match(self, sql: str) -> re.Match[str] | None:
        bare = _COMMENT.sub(" ", sql).strip().rstrip(";").rstrip()
        return re.fullmatch(self.pattern, bare, re.IGNORECASE | re.DOTALL)

    def answer(self, sql: str, values: Sequence[object], process: Process) -> object:
        """The value of the one row."""
        found = self.match(sql)
        text = found[1] if found and found.re.groups else ""
        return self.value(str(values[0]) if ":p1" in text else text, process)


_STATEMENTS = (
    SystemStatement(
        r"select\s+(?:pg_catalog\.)?version\(\)", "SELECT", ("version", "varchar(200)"), lambda _text, _process: VERSION
    ),
    SystemStatement(
        r"show\s+transaction\s+isolation\s+level",
        "SHOW",
        ("transaction_isolation", "varchar(20)"),
        lambda _text, _process: "serializable",
    ),
    SystemStatement(r"set\s+session\s+characteristics\s+as\s+transaction\s+isolation\s+level\s+serializable", "SET"),
    SystemStatement(r"set\s+client_encoding\s.*", "SET"),
    SystemStatement(
        r"select\s+pg_backend_pid\(\)(?:\s+as\s+\w+)?",
        "SELECT",
        ("pg_backend_pid", "integer"),
        lambda _text, process: process.number,
    ),
    SystemStatement(
        r"select\s+pg_(?:cancel|terminate)_backend\((\d+|cast\(:p1 as integer\))\)(?:\s+as\s+\w+)?",
        "SELECT",
        ("pg_cancel_backend", "integer"),
        lambda text, process: int(process.cancel(int(text))),
    ),
    SystemStatement(
        r"select\s+default_iam_role\(\)\s+as\s+iam_role",
        "SELECT",
        ("iam_role", "varchar(256)"),
        lambda _text, _process: DEFAULT_ROLE,
    ),
    SystemStatement(
        r"select\s+has_assumerole_privilege\((cast\(:p1 as varchar\(\d+\)\)), cast\(:p2 as varchar\(\d+\)\)\) as \w+",
        "SELECT",
        ("allowed", "boolean"),
        lambda text, _process: text == DEFAULT_ROLE,
    ),
    SystemStatement(
        r"select\s+count\(\*\)\s+as\s+found\s+from\s+sys_query_history\s+where\s+trim\(query_label\)\s*=\s*(:p1)",
        "SELECT",
        ("found", "bigint"),
        lambda text, process: int(text in process.labels),
    ),
    SystemStatement(r"cancel\s+(\d+)(?:\s+'.*')?", "CANCEL", None, lambda text, process: process.cancel(int(text))),
)


def find(sql: str) -> SystemStatement | None:
    """The system statement that ``sql`` is, None if it is one for the warehouse."""
    return next((statement for statement in _STATEMENTS if statement.match(sql)), None)
