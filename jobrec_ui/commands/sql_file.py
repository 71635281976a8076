"""``python -m jobrec_ui sql run FILE``: runs a file of statements that somebody wrote, and shows the rows they give."""

import functools
import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.warehouse import Warehouse, by_hand
from jobrec_ui.warehouse.by_hand import Written

LARGEST_LIMIT = 10_000
_WIDEST = 60  # characters of a value
_AT_ONCE = 10_000  # rows
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


def run(wh: Warehouse, path: Path, given: Mapping[str, str], limit: int) -> None:
    """Runs the statements of the file one after the other, each by itself, and prints what each gave.

    The first that fails ends it; the error says where in the file it is, and which statements ran before.
    Raises InputError for a file or value that cannot be used, before anything is run; WarehouseError.
    """
    if not 1 <= limit <= LARGEST_LIMIT:
        raise InputError(f"Between 1 and {LARGEST_LIMIT:,} rows can be shown, not {limit:,}.")
    statements = list(by_hand.written(_read(path)))
    if not statements:
        raise InputError(f"{path} holds no statement.")
    values = {name: _value(text) for name, text in given.items()}
    _refuse_unbound(path, statements, values)
    told = functools.partial(_told, limit=limit)
    began: Written | None = None
    with wh.by_hand() as send:
        for number, statement in enumerate(statements):
            print(f"{path.name}, line {statement.place[0]}: {_shortened(statement)}", flush=True)
            try:
                print(send(statement.clause(values), told), flush=True)
            except WarehouseError as error:
                raise WarehouseError(_what_failed(path, statements, number, began, error)) from error
            began = statement if statement.begins else None if statement.ends else began
    if began is not None:
        raise InputError(
            f"{path}, line {began.place[0]}: the transaction that begins here does not end, so what was done in it was "
            "undone. End it with COMMIT."
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not in UTF-8 (see byte {error.start + 1:,}). Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def _value(text: str) -> int | float | str:
    """``5`` and ``1.5`` are numbers, ``'5'`` and all else is text."""
    if number := _NUMBER.fullmatch(text):
        return float(text) if number[2] else int(text)
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


def _refuse_unbound(path: Path, statements: Sequence[Written], values: Mapping[str, Any]) -> None:
    bound = {name for statement in statements for name in statement.binds}
    for statement in statements:
        if missing := [name for name in statement.binds if name not in values]:
            raise InputError(
                f"{path}, line {statement.place[0]}: this statement wants a value for :{missing[0]}. Give it with "
                f"--param {missing[0]}=…. Nothing was run."
            )
    if unknown := sorted(values.keys() - bound):
        names = ", ".join(f":{name}" for name in sorted(bound)) or "nothing"
        raise InputError(f"{path} has no :{unknown[0]}. It binds: {names}. Nothing was run.")


def _what_failed(
    path: Path, statements: Sequence[Written], number: int, began: Written | None, error: WarehouseError
) -> str:
    """The error, where it is, the statement, and what became of the others."""
    statement, cause = statements[number], error.__cause__
    line, column = statement.found_at(cause.orig if isinstance(cause, sa.exc.DBAPIError) else None)
    lines = [
        f"{path}, line {line}, column {column}: {by_hand.without_place(str(error))}",
        textwrap.indent(statement.text, "    "),
        _what_stays(number, len(statements)),
    ]
    if began is not None:
        lines.append(f"What was done since BEGIN in line {began.place[0]} was undone.")
    return "\n".join(lines)


def _what_stays(number: int, among: int) -> str:
    left = "" if number + 1 == among else f" {_those(number + 2, among)} not run."
    return ("Nothing ran before it." if number == 0 else f"{_those(1, number)} run before it.") + left


def _those(first: int, last: int) -> str:
    return f"Statement {first} was" if first == last else f"Statements {first} to {last} were"


def _shortened(statement: Written) -> str:
    return textwrap.shorten(statement.text, 90, placeholder=" …")


def _told(result: sa.CursorResult[Any], limit: int) -> str:
    """The first rows as a table and how many there are, or what was done."""
    if not result.returns_rows:
        return f"Done: {_rows(result.rowcount)}.\n" if result.rowcount > 0 else "Done.\n"
    shown = [tuple(row) for row in result.fetchmany(limit)]
    count = len(shown)
    while more := len(result.fetchmany(_AT_ONCE)):
        count += more
    of_them = f", the first {limit:,} shown" if count > limit else ""
    return f"{_table(list(result.keys()), shown)}\n{_rows(count)}{of_them}.\n"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    columns = [[name, *(_cell(row[place]) for row in rows)] for place, name in enumerate(names)]
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(isinstance(row[place], int | float) for row in rows) and rows for place in range(len(names))]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numbers, strict=True)
        ).rstrip()
        for line in zip(*columns, strict=True)
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _cell(value: Any) -> str:
    """A value on one line, without signs that would steer the terminal."""
    if value is None:
        return "NULL"
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
