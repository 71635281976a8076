"""Finds out how a text file is laid out: its encoding, the character between its cells, and where its header is."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jobrec_ui.data.encoding import Encoding, detect_encoding
from jobrec_ui.data.header import Header, match_header, plain_name
from jobrec_ui.data.sources import Source
from jobrec_ui.errors import InputError

# How files begin that are no text, whatever their name says.
_NO_TEXT = {
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "compressed",
    b"PAR1": "a Parquet file, whose name must end in .parquet",
}
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

# A cell may be larger than the 128 KB that the csv module allows by default. The limit is the process's.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True)
class CsvFormat:
    """How to read a file: `width` is the number of its columns, `header_lines` the lines up to its header's end."""

    encoding: Encoding
    delimiter: str
    header: Header
    width: int
    header_lines: int
    notes: tuple[str, ...]


def detect_format(source: Source) -> CsvFormat:
    """The layout of the text file ``source``.

    Raises InputError if the file is empty, no text at all, or its header lacks a required column.
    """
    file = source.path.name
    _refuse_what_is_no_text(source.path)
    encoding = detect_encoding(source.path)
    given = _announced_delimiter(source.path, encoding)
    candidates = [given] if given else list(_DELIMITERS)
    headers = [(one, *_first_row(source.path, encoding, one, skip_line=given is not None)) for one in candidates]
    if not any(names for _, names, _ in headers):
        raise InputError(
            f"{file} is empty. Its first line must name its columns, at least: {', '.join(source.table.required)}."
        )
    delimiter, names, header_lines = max(
        headers, key=lambda found: (sum(plain_name(name) in source.table.by_name for name in found[1]), len(found[1]))
    )
    header = match_header(names, source.table, file)
    notes = [encoding.note] if encoding.note else []
    if delimiter != ",":
        notes.append(f"cells are separated by {_DELIMITERS.get(delimiter, repr(delimiter))}")
    return CsvFormat(encoding, delimiter, header, len(names), header_lines, (*notes, *header.notes))


def _refuse_what_is_no_text(path: Path) -> None:
    with path.open("rb") as opened:
        start = opened.read(4)
    for mark, what in _NO_TEXT.items():
        if start.startswith(mark):
            raise InputError(f"{path.name} is not text but {what}. Save it as CSV, and load again.")


def open_text(path: Path, encoding: Encoding) -> Iterator[str]:
    """The lines of the file, each with its line end, for the csv module."""
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
        yield from file


def _announced_delimiter(path: Path, encoding: Encoding) -> str | None:
    """The delimiter that the first line announces ("sep=;", as Excel writes it), if it does."""
    first = next(open_text(path, encoding), "").rstrip("\r\n")
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in _DELIMITERS else None


def _first_row(path: Path, encoding: Encoding, delimiter: str, *, skip_line: bool) -> tuple[list[str], int]:
    """The cells of the first row that is not blank, and the number of lines up to its end."""
    lines = open_text(path, encoding)
    if skip_line:
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter)
    for row in reader:
        if any(cell.strip("\x00\ufeff \t\r\n") for cell in row):
            return row, reader.line_num + skip_line
    return [], 0
