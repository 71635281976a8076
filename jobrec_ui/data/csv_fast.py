"""Reads a well-formed UTF-8 file several times faster than row by row, with the same result.

A first pass over the bytes finds every quote and line end: it proves that all quotes match, and gives the line on which
each row starts, which Arrow's reader cannot tell. Whatever it cannot prove is left to the exact reader.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from jobrec_ui.data.csv_format import CsvFormat
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.sources import Source

_CHUNK = 1 << 24
_BLOCK = 1 << 23
_LARGEST_ROW = 1 << 26
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34


@dataclass(frozen=True)
class _Rows:
    """Where the rows of a file are: the line on which each starts, and the length of the longest in bytes."""

    lines: np.ndarray
    longest: int
    multiline: bool


def read_fast(source: Source, layout: CsvFormat) -> RawTable | None:
    """The rows of a text file, or None if it takes the exact reader to tell them apart."""
    if layout.encoding.name not in ("utf-8", "utf-8-sig") or layout.encoding.errors != "strict":
        return None
    rows = _find_rows(source.path, layout)
    if rows is None or rows.longest > _LARGEST_ROW:
        return None
    names = {name: f"column_{position}" for name, position in layout.header.positions.items()}
    try:
        table = arrow_csv.read_csv(
            source.path,
            arrow_csv.ReadOptions(
                column_names=[f"column_{position}" for position in range(layout.width)],
                skip_rows=layout.header_lines,
                block_size=max(_BLOCK, 2 * rows.longest),
            ),
            arrow_csv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=rows.multiline),
            arrow_csv.ConvertOptions(
                include_columns=list(names.values()), column_types=dict.fromkeys(names.values(), pa.string())
            ),
        )
    except pa.ArrowInvalid:  # a row that has more or fewer cells than the header
        return None
    # An empty key may be one of the wholly empty rows that spreadsheets leave, which do not count as rows.
    key = pc.utf8_trim_whitespace(table[names[source.table.key[0]]])
    if table.num_rows != len(rows.lines) or pc.any(pc.equal(key, "")).as_py():
        return None
    columns = {name: table[made] for name, made in names.items()}
    return RawTable(
        source.table, columns, rows.lines, Rejections(source.path.name), table.num_rows, notes=list(layout.notes)
    )


def _find_rows(path: Path, layout: CsvFormat) -> _Rows | None:
    """The rows after the header, or None if a quote stands where it should not, or a line ends in another way."""
    scan = _Scan(ord(layout.delimiter), layout.encoding.name == "utf-8-sig")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not scan.add(chunk):
                return None
    return scan.rows(layout.header_lines)


class _Scan:
    """A pass over the bytes of a file, in chunks. The last byte of a chunk waits for the next, as its neighbour."""

    def __init__(self, delimiter: int, has_mark: bool) -> None:
        self._before_cell = np.array([delimiter, _NEWLINE], np.uint8)
        self._after_cell = np.array([delimiter, _NEWLINE, _RETURN], np.uint8)
        self._skip = 3 if has_mark else 0
        # The byte before what is looked at next (the file begins like a line), and the byte that waits.
        self._held = b"\n"
        self._position = -1
        self._quotes = self._newlines = 0
        self._ends: list[np.ndarray] = []
        self._end_lines: list[np.ndarray] = []
        self._blank: list[np.ndarray] = []
        self._last_end = -1
        self._multiline = False

    def add(self, chunk: bytes) -> bool:
        """Looks at a chunk; False if it is not plainly well-formed."""
        chunk, self._skip = chunk[self._skip :], max(0, self._skip - len(chunk))
        if b"\x00" in chunk:
            return False
        buffer = np.frombuffer(self._held + chunk, np.uint8)
        self._held = buffer[-2:].tobytes()
        return self._look(buffer)

    def rows(self, header_lines: int) -> _Rows | None:
        """The rows whose first line comes after the header; None if a quote is still open at the end of the file."""
        ends_with_newline = self._held[-1:] == b"\n"
        last = np.frombuffer(self._held + (b"\n" if ends_with_newline else b"\n\n"), np.uint8)
        if not self._look(last) or self._quotes % 2:
            return None
        ends, end_lines = np.concatenate(self._ends), np.concatenate(self._end_lines)
        start_lines = np.concatenate([[1], end_lines[:-1] + 1])
        lengths = np.diff(ends, prepend=-1)
        wanted = ~np.concatenate(self._blank) & (start_lines > header_lines)
        return _Rows(start_lines[wanted], int(lengths.max(initial=0)), self._multiline)

    def _look(self, buffer: np.ndarray) -> bool:
        """Looks at all bytes but the first and the last, which are there as neighbours."""
        inner = buffer[1:-1]
        quotes = np.flatnonzero(inner == _QUOTE)
        returns = np.flatnonzero(inner == _RETURN)
        if not self._quotes_match(buffer, quotes) or (buffer[returns + 2] != _NEWLINE).any():
            return False
        newlines = np.flatnonzero(inner == _NEWLINE)
        inside = (np.searchsorted(quotes, newlines) + self._quotes) % 2 == 1
        self._multiline = self._multiline or bool(inside.any())
        ends = newlines[~inside]
        positions = ends + self._position + 1
        lengths = np.diff(positions, prepend=self._last_end) - 1
        self._blank.append((lengths == 0) | ((lengths == 1) & (buffer[ends] == _RETURN)))
        self._ends.append(positions)
        self._end_lines.append(np.flatnonzero(~inside) + self._newlines + 1)
        if len(positions):
            self._last_end = int(positions[-1])
        self._quotes += len(quotes)
        self._newlines += len(newlines)
        self._position += len(inner)
        return True

    def _quotes_match(self, buffer: np.ndarray, quotes: np.ndarray) -> bool:
        """Whether each opening quote begins a cell, each closing one ends it, but for the two of a doubled quote."""
        before, after = buffer[quotes], buffer[quotes + 2]
        opens = (np.arange(len(quotes)) + self._quotes) % 2 == 0
        begins = np.isin(before, self._before_cell) | (before == _QUOTE)
        ends = np.isin(after, self._after_cell) | (after == _QUOTE)
        return bool(np.where(opens, begins, ends).all())
