"""Finds out how a text table is laid out: its encoding, the character between its cells, and where its header is.

The layout is DuckDB's guess (its CSV sniffer) from the beginning of the file.
"""

import csv
import functools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

import duckdb

from jobrec_ui.data.reading.encoding import Encoding, detect_encoding
from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.reading.sheet import distinct_names
from jobrec_ui.errors import InputError

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE_LINES = 2000

# A cell may be larger than the 128 KB that the csv module allows by default. The limit is the process's.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True)
class Layout:
    """How to read a text table: the names of its columns, and the number of lines up to its header's end."""

    encoding: Encoding
    delimiter: str
    names: tuple[str, ...]
    header_lines: int
    header_runs_on: bool
    notes: tuple[str, ...]


def detect_layout(source: SourceFile) -> Layout:
    """The layout of a text table. Raises InputError if it is empty."""
    encoding = detect_encoding(source.path)
    given = _announced_delimiter(source.path, encoding)
    delimiter, above = (given, 1) if given else _sniffed(source.path, encoding)
    names, header_lines = _first_row(source.path, encoding, delimiter, above)
    if not names:
        raise InputError(f"{source.name} is empty. Its first line must name its columns.")
    notes = [encoding.note] if encoding.note else []
    if delimiter != ",":
        notes.append(f"cells are separated by {DELIMITERS[delimiter]}")
    if above and not given:
        notes.append(f"the first {above} lines stand above the header and were passed over")
    return Layout(
        encoding,
        delimiter,
        tuple(distinct_names(names)),
        header_lines,
        any("\n" in name for name in names),
        tuple(notes),
    )


def open_text(path: Path, encoding: Encoding) -> Iterator[str]:
    """The lines of the file, each with its line end, for the csv module."""
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
        yield from file


def _announced_delimiter(path: Path, encoding: Encoding) -> str | None:
    """The delimiter that the first line announces ("sep=;", as Excel writes it), if it does."""
    first = next(open_text(path, encoding), "").rstrip("\r\n")
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in DELIMITERS else None


def _sniffed(path: Path, encoding: Encoding) -> tuple[str, int]:
    """The delimiter, and the number of lines above the header."""
    lines = list(islice(open_text(path, encoding), _SAMPLE_LINES))
    with NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="", errors="replace") as sample:
        sample.writelines(line.replace("\x00", "") for line in lines)
        sample.flush()
        try:
            with _sniffer().cursor() as cursor:
                (found,) = cursor.execute(
                    "FROM sniff_csv(?, all_varchar := true, header := true, strict_mode := false)", [sample.name]
                ).fetchall()
                columns = [column[0] for column in cursor.description]
        except duckdb.Error:
            return _commonest(lines), 0
    guess = dict(zip(columns, found, strict=True))
    delimiter, above = guess["Delimiter"], int(guess["SkipRows"])
    # Where the first line has more cells by another mark, that is the header, and what follows is broken.
    if delimiter not in DELIMITERS or _cells(lines, _commonest(lines)) > _cells(lines[above:], delimiter):
        return _commonest(lines), 0
    return delimiter, above


@functools.cache
def _sniffer() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def _commonest(lines: list[str]) -> str:
    return max(DELIMITERS, key=lambda mark: _cells(lines, mark))


def _cells(lines: list[str], delimiter: str) -> int:
    """How many filled cells the first line has that is not blank."""
    first = next((line for line in lines if line.strip()), "")
    return sum(cell.strip() != "" for cell in next(csv.reader([first], delimiter=delimiter), []))


def _first_row(path: Path, encoding: Encoding, delimiter: str, above: int) -> tuple[list[str], int]:
    """The cells of the first row below ``above`` lines that is not blank, and the number of lines up to its end."""
    lines = open_text(path, encoding)
    reader = csv.reader(islice(lines, above, None), delimiter=delimiter)
    for row in reader:
        if any(cell.strip("\x00\ufeff \t\r\n") for cell in row):
            return row, reader.line_num + above
    return [], 0
