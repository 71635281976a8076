"""Reads a file of candidate numbers that somebody wants on a list: one number per row, with or without a header."""

import csv
import io
from dataclasses import dataclass, field

from jobrec_ui.errors import InputError

MAX_ROWS = 5000
_MAX_BYTES = 2_000_000
_HEADERS = ("candidate_id", "candidate number", "candidate", "id", "number")


@dataclass(frozen=True)
class IdsFile:
    """The ids in the file's order, each once. ``lines``: the line each was first on; ``repeated``: line: id."""

    ids: tuple[str, ...]
    lines: dict[str, int] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)
    too_long: dict[int, str] = field(default_factory=dict)


def read_ids(data: bytes) -> IdsFile:
    """The ids in a CSV or text file: those of a column such as "Candidate number", or of the first column.

    A file exported here can be read back. Raises InputError if it is too large or no such file.
    """
    if len(data) > _MAX_BYTES:
        raise InputError("The file is too large: at most 2 MB can be read. Leave only the candidate numbers in it.")
    text = _decoded(data)
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=first_line.count)
    found: dict[str, int] = {}
    repeated: dict[int, str] = {}
    too_long: dict[int, str] = {}
    column: int | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            started, line = line, reader.line_num + 1
            cells = [_without_guard(cell) for cell in row]
            if column is None and any(cells):
                names = [cell.casefold() for cell in cells]
                named = [names.index(header) for header in _HEADERS if header in names]
                column = named[0] if named else 0
                if named:
                    continue
            value = cells[column or 0] if len(cells) > (column or 0) else ""
            if not value:
                continue
            if len(value.encode()) > 64:
                too_long[started] = value
            elif value in found:
                repeated[started] = value
            else:
                found[value] = started
            if len(found) > MAX_ROWS:
                raise InputError(f"The file has more than {MAX_ROWS:,} candidates. Split it.")
    except csv.Error as error:
        raise InputError(f"The file cannot be read as CSV, near line {line}.") from error
    return IdsFile(tuple(found), found, repeated, too_long)


def _decoded(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError("This is a spreadsheet file. Save it as CSV first, then choose that file.")
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _without_guard(cell: str) -> str:
    """The cell without blanks around it, and without the apostrophe that an export puts before what looks like a
    formula."""
    cell = cell.strip()
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell
