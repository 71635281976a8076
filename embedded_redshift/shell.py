"""A small SQL shell: statements end with a semicolon, commands begin with a backslash."""

from __future__ import annotations

import argparse
import cmd
import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from embedded_redshift import dbapi
from embedded_redshift.script import Statement, statements

HISTORY = Path("~/.embedded_redshift_history")
HISTORY_LENGTH = 1000
MAX_ROWS = 200  # of an answer that are shown
_HELP = r"""A statement ends with a semicolon and may have several lines. Ctrl-C leaves it, Ctrl-D the shell.
  \d             tables and views        \d NAME   columns of a table or view
  \m             models                  \m NAME   what SHOW MODEL says
  \w             waits until no model is in training
  \i FILE        runs the statements of a file
  \x             answers as one line for each column, and back
  \q             leaves
BEGIN begins a transaction; otherwise each statement is one of its own."""
_TABLES = """
    SELECT table_schema AS "schema", table_name AS name, table_type AS type
    FROM svv_tables
    WHERE table_schema NOT IN ('information_schema', 'pg_catalog')
    ORDER BY 1, 2
"""
_COLUMNS = """
    SELECT table_schema AS "schema", column_name AS name, data_type AS type, character_maximum_length AS length
    FROM svv_columns
    WHERE table_name = LOWER(:name) AND (:schema = '' OR table_schema = LOWER(:schema))
    ORDER BY table_schema, ordinal_position
"""


def table(names: Sequence[str], rows: Sequence[Sequence[Any]], width: int) -> str:
    """Rows as text under their columns' names, numbers to the right; a line longer than ``width`` is cut off."""
    cells = [[_text(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    right = [
        all(isinstance(row[place], (int, float, Decimal)) for row in rows) and bool(rows) for place in range(len(names))
    ]
    lines = [_line(names, widths, [False] * len(names)), "-+-".join("-" * size for size in widths)]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(line if len(line) <= width else line[: width - 1] + "…" for line in lines)


def expanded(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as text with a line for each of their columns."""
    longest = max(map(len, names), default=0)
    parts = []
    for number, row in enumerate(rows, 1):
        lines = [f"{name:<{longest}} | {_text(value)}" for name, value in zip(names, row, strict=True)]
        parts.append("\n".join([f"-- row {number}", *lines]))
    return "\n".join(parts)


def _text(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value).replace("\n", "\\n")


def _line(cells: Iterable[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    aligned = (
        cell.rjust(size) if is_right else cell.ljust(size)
        for cell, size, is_right in zip(cells, widths, right, strict=True)
    )
    return " | ".join(aligned).rstrip()


class Shell(cmd.Cmd):
    """Reads lines, runs what they end, prints what came of it. ``failed``: whether a statement was refused so far."""

    prompt = "dev=# "
    _MORE = "dev-# "

    def __init__(
        self, connection: dbapi.Connection, stdin: IO[str] | None = None, stdout: IO[str] | None = None
    ) -> None:
        super().__init__(stdin=stdin, stdout=stdout)
        self.connection = connection
        self.failed = False
        self._cursor = connection.cursor()
        self._typed = ""
        self._expanded = False

    def run(self, text: str) -> None:
        """The statements of a text, to the first that is refused."""
        for statement in statements(text):
            self._execute(statement.text)
            if self.failed:
                return

    def onecmd(self, line: str) -> bool:
        """One line, as it was typed; true ends the shell."""
        if line == "EOF":
            print(file=self.stdout)
            return True
        if not self._typed and line.strip().startswith("\\"):
            return self._command(*(line.strip()[1:].split(maxsplit=1) or [""]))
        self._typed += line + "\n"
        parts: list[Statement] = list(statements(self._typed))
        open_part = parts.pop() if parts and not parts[-1].ended else None
        self._typed = open_part.text + "\n" if open_part else ""
        for part in parts:
            self._execute(part.text)
        self.prompt = self._MORE if self._typed else Shell.prompt
        return False

    def interrupted(self) -> None:
        """Forgets a statement that is typed in part."""
        self._typed, self.prompt = "", Shell.prompt
        print("^C", file=self.stdout)

    def completenames(self, text: str, *_ignored: Any) -> list[str]:
        """Nothing is completed."""
        return []

    completedefault = completenames

    def _command(self, name: str, argument: str = "") -> bool:
        match name:
            case "q":
                return True
            case "d" if argument:
                schema, _, relation = argument.rpartition(".")
                self._execute(_COLUMNS, {"name": relation.strip('"'), "schema": schema.strip('"')})
            case "d":
                self._execute(_TABLES)
            case "m":
                self._execute(f"SHOW MODEL {argument}" if argument else "SHOW MODEL ALL")
            case "w":
                self.connection.wait_for_trainings()
            case "x":
                self._expanded = not self._expanded
            case "i":
                self._include(Path(argument).expanduser())
            case _:
                print(_HELP, file=self.stdout)
        return False

    def _include(self, file: Path) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            print(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is no UTF-8'}.", file=self.stdout)
            self.failed = True
            return
        for statement in statements(text):
            if not self._execute(statement.text):
                print(f"in {file}, in the statement at line {statement.line}; the rest was not run", file=self.stdout)
                return

    def _execute(self, statement: str, parameters: dict[str, Any] | None = None) -> bool:
        began = time.perf_counter()
        try:
            self._cursor.execute(statement, parameters)
            self._show(time.perf_counter() - began)
        except dbapi.Error as error:
            print(f"ERROR: {error}", file=self.stdout)
            self.failed = True
            return False
        return True

    def _show(self, seconds: float) -> None:
        if self._cursor.description is None:
            changed = f"{self._cursor.rowcount:,} rows, " if self._cursor.rowcount >= 0 else ""
            print(f"Done ({changed}{seconds:.3f} s)", file=self.stdout)
            return
        names = [str(column[0]) for column in self._cursor.description]
        rows = self._cursor.fetchmany(MAX_ROWS)
        count = self._cursor.rowcount
        shown = expanded(names, rows) if self._expanded else table(names, rows, _width(self.stdout))
        cut = f", the first {MAX_ROWS} of them shown" if count > len(rows) else ""
        print(f"{shown}\n({count:,} {'row' if count == 1 else 'rows'}{cut}, {seconds:.3f} s)", file=self.stdout)


def _width(out: IO[str]) -> int:
    """Columns of the terminal; where there is none, as good as no limit."""
    return shutil.get_terminal_size().columns if out.isatty() else 1_000_000


@contextlib.contextmanager
def _history(file: Path) -> Any:
    """Arrow keys bring back what was typed, also in shells before; without readline (Windows) the shell has none."""
    try:
        import readline
    except ImportError:
        yield
        return
    path = file.expanduser()
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(HISTORY_LENGTH)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(
                os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
            )  # statements may hold what is nobody else's business
            readline.write_history_file(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """The shell on a file, or what -c and standard input hold. 0, or 1 if something was refused."""
    parser = argparse.ArgumentParser(
        prog="python -m embedded_redshift", description="A Redshift in this process: an SQL shell on a database file."
    )
    parser.add_argument("file", type=Path, help="the database file; it is made if it is not there")
    parser.add_argument("-c", dest="statement", metavar="SQL", help="run this instead of asking")
    options = parser.parse_args(arguments)
    try:
        connection = dbapi.connect(str(options.file))
    except dbapi.Error as error:
        print(error, file=sys.stderr)
        return 1
    connection.autocommit = True
    shell = Shell(connection)
    try:
        if options.statement is not None:
            shell.run(options.statement)
        elif not sys.stdin.isatty():
            shell.run(sys.stdin.read())
        else:
            _ask(shell)
    finally:
        connection.close()
    return int(shell.failed and (options.statement is not None or not sys.stdin.isatty()))


def _ask(shell: Shell) -> None:
    print(r"Redshift's SQL; \? helps, \q leaves.")
    with _history(HISTORY):
        while True:
            try:
                shell.cmdloop()
            except KeyboardInterrupt:
                shell.interrupted()
            else:
                return
