"""Statements about the server itself, which the embedded warehouse has no table for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

VERSION = (
    "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), "
    "Redshift 1.0.76230"
)


@dataclass(frozen=True)
class Process:
    """A client's session as the server knows it. cancel: ends what the session of that number runs."""

    number: int
    cancel: Callable[[int], bool]


@dataclass(frozen=True)
class SystemStatement:
    """A statement, what it is answered with, and the column of that answer if it has one."""

    pattern: str
    tag: str
    column: tuple[str, str] | None = None
    value: Callable[[re.Match[str], Process], object] = lambda _match, _process: None

    def match(self, sql: str) -> re.Match[str] | None:
        return re.fullmatch(self.pattern, sql.strip().rstrip(";"), re.IGNORECASE | re.DOTALL)


_STATEMENTS = (
    SystemStatement(
        r"select\s+(?:pg_catalog\.)?version\(\)", "SELECT", ("version", "varchar(200)"), lambda _m, _p: VERSION
    ),
    SystemStatement(
        r"show\s+transaction\s+isolation\s+level",
        "SHOW",
        ("transaction_isolation", "varchar(20)"),
        lambda _m, _p: "serializable",
    ),
    SystemStatement(r"set\s+session\s+characteristics\s+as\s+transaction\s+isolation\s+level\s+serializable", "SET"),
    SystemStatement(r"set\s+client_encoding\s.*", "SET"),
    SystemStatement(
        r"select\s+pg_backend_pid\(\)(?:\s+as\s+\w+)?",
        "SELECT",
        ("pg_backend_pid", "integer"),
        lambda _m, process: process.number,
    ),
    SystemStatement(
        r"select\s+pg_(?:cancel|terminate)_backend\((\d+)\)",
        "SELECT",
        ("pg_cancel_backend", "integer"),
        lambda m, process: int(process.cancel(int(m[1]))),
    ),
    SystemStatement(r"cancel\s+(\d+)(?:\s+'.*')?", "CANCEL", None, lambda m, process: process.cancel(int(m[1]))),
)


def find(sql: str) -> SystemStatement | None:
    """The system statement that ``sql`` is, None if it is one for the warehouse."""
    return next((statement for statement in _STATEMENTS if statement.match(sql)), None)
