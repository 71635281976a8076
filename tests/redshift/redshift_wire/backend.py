"""One client's session on the embedded warehouse: statements prepared, described before they run, and run."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlglot

from embedded_redshift import dbapi
from embedded_redshift.catalog import redshift_type
from embedded_redshift.session import Result
from redshift_wire import copying, system, untyped
from redshift_wire.refusals import no_type
from redshift_wire.system import Process
from redshift_wire.values import UNKNOWN, WireType, sample, wire_type

Columns = tuple[tuple[str, WireType], ...]

_TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$(\d+)", re.DOTALL)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_ROWS = re.compile(r"insert\s+into\s+[\w.]+\s*(\([\w\s,]+\))?\s*values\b", re.IGNORECASE)
_BEGIN = re.compile(r"(begin|start)\b", re.IGNORECASE)
_END = re.compile(r"(commit|end|rollback|abort)(\s+(work|transaction))?", re.IGNORECASE)
_COUNTED = {"INSERT": "INSERT 0 {}", "UPDATE": "UPDATE {}", "DELETE": "DELETE {}", "MERGE": "MERGE {}"}
_TWO_WORDS = {"CREATE", "DROP", "ALTER"}
# What a statement that begins with these words is tagged with.
_TAGS = {"WITH": "SELECT", "START": "BEGIN", "END": "COMMIT", "ABORT": "ROLLBACK", "RESET": "RESET"}

# Descriptions by (text, types bound, the file's catalog version, search path), shared by the sessions of a file.
Descriptions = dict[tuple[Any, ...], Columns | None]


@dataclass(frozen=True)
class Prepared:
    """A statement with its parameters named, the types of these, and the columns of its result if it has one."""

    sql: str
    types: tuple[int, ...]
    columns: Columns | None


@dataclass(frozen=True)
class Outcome:
    """What a statement gave: rows, if any, and the tag that tells that it is complete."""

    tag: str
    rows: pa.Table | None = None


class Backend:
    """One session. Raises the embedded warehouse's errors."""

    def __init__(self, path: str, process: Process, descriptions: Descriptions) -> None:
        self.connection = dbapi.connect(path)
        self.connection.autocommit = True  # until a BEGIN
        self._process = process
        self._descriptions = descriptions

    @property
    def status(self) -> bytes:
        """I: no transaction, T: in one, E: in one that failed."""
        session = self.connection.session
        if session._failed:
            return b"E"
        return b"T" if session._in_transaction else b"I"

    def prepare(self, sql: str, types: Sequence[int]) -> Prepared:
        """Checks the statement and finds the columns of its result, as Redshift does at Parse."""
        named = _TOKEN.sub(lambda token: f":p{token[1]}" if token[1] else token[0], sql)
        numbers = [int(token[1]) for token in _TOKEN.finditer(sql) if token[1]]
        all_types = tuple(types) + (0,) * (max(numbers, default=0) - len(types))
        if not _ROWS.match(_bare(sql)):  # of these each goes into a column
            silent = [number for number in _without_type(named) if all_types[number - 1] in (0, UNKNOWN)]
            if silent:
                with self.connection.session.guarded():
                    raise no_type(silent[0])
        return Prepared(named, all_types, self._columns(named, all_types))

    def run(self, prepared: Prepared, values: Sequence[Any]) -> Outcome:
        """Runs the statement with its parameters."""
        if statement := system.find(prepared.sql):
            value = statement.answer(prepared.sql, values, self._process)
            return Outcome(statement.tag, pa.table([[value]], [statement.column[0]]) if statement.column else None)
        bare = _bare(prepared.sql)
        if copy := copying.find(bare):
            copy.run(self.connection.session)
            return Outcome("COPY")
        failed = self.status == b"E"
        if _BEGIN.match(bare):
            self.connection.autocommit = False
        try:
            result = self.connection.session.execute(
                prepared.sql, {f"p{at}": value for at, value in enumerate(values, 1)}
            )
        finally:
            if _END.fullmatch(bare):
                self.connection.autocommit = True
        tag = _tag(bare, result.rowcount)
        return Outcome("ROLLBACK" if tag == "COMMIT" and failed else tag, result.table)

    def close(self) -> None:
        self.connection.close()

    def _columns(self, sql: str, types: tuple[int, ...]) -> Columns | None:
        if statement := system.find(sql):
            return ((statement.column[0], wire_type(statement.column[1])),) if statement.column else None
        bare = _bare(sql)
        if not bare or _BEGIN.match(bare) or _END.fullmatch(bare) or copying.find(bare):
            return None
        session = self.connection.session
        key = (sql, types, session.database.version, session.search_path)
        # A session with uncommitted tables of its own sees another catalog than the rest.
        if key not in self._descriptions or session._changed_catalog:
            found = self._described(sql, bare, types)
            if session._changed_catalog:
                return found
            self._descriptions[key] = found
        return self._descriptions[key]

    def _described(self, sql: str, bare: str, types: tuple[int, ...]) -> Columns | None:
        session = self.connection.session
        if session._failed:
            return None  # refused when it is run
        if re.match(r"show\b|select\s+explain_model\b", bare, re.IGNORECASE):
            return _columns(session.execute(sql, {}))
        with session.guarded():
            prepared = session._prepare(sql.strip().rstrip(";").rstrip())
            if prepared.translation.kind != "query":
                return None
            samples = {f"p{at}": sample(oid) for at, oid in enumerate(types, 1)}
            for statement in prepared.statements[:-1]:
                session.cursor.execute(statement)
            names = prepared.statements[-1].named_parameters
            described = session.cursor.execute(
                f"DESCRIBE {prepared.translation.statements[-1]}", {name: samples[name] for name in names}
            )
            return tuple((row[0], wire_type(redshift_type(row[1]))) for row in described.fetchall())


@functools.lru_cache(maxsize=4096)
def _without_type(sql: str) -> tuple[int, ...]:
    """The numbers of the parameters whose type nothing in the statement tells."""
    if ":p" not in sql:
        return ()
    try:
        return tuple(int(name[1:]) for name in untyped.parameters(sqlglot.parse_one(sql, dialect="redshift")))
    except sqlglot.errors.SqlglotError:  # refused by the translation, with its reason
        return ()


def _columns(result: Result) -> Columns | None:
    if result.table is None:
        return None
    return tuple((name, wire_type(kind)) for name, kind in zip(result.table.column_names, result.types, strict=True))


def _bare(sql: str) -> str:
    return _COMMENT.sub(" ", sql).strip().rstrip(";").strip()


def _tag(bare: str, count: int) -> str:
    words = [word.upper() for word in re.findall(r"\w+", bare)[:2]]
    first = words[0] if words else ""
    if first in _COUNTED:
        return _COUNTED[first].format(max(count, 0))
    if first in _TWO_WORDS:
        return " ".join(words)
    return _TAGS.get(first, first)
