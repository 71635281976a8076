"""Reads a text file row by row, exactly: knows each row's physical line, and takes apart what is broken.

A row with the wrong number of cells, or whose quotes do not match, is turned away with a reason; after a quote that is
never closed, reading goes on with the next line rather than losing the rest of the file.
"""

import csv
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from jobrec_ui.data.csv_format import CsvFormat, open_text
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.sources import Source

_BATCH_ROWS = 10_000


class _Lines:
    """The lines of a file, counted, with the way back to the line after the one on which the current row began."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._to_read_again: list[str] = []
        self.row: list[str] = []
        self.read = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._to_read_again.pop() if self._to_read_again else next(self._lines)
        self.row.append(line)
        self.read += 1
        return line

    def go_back(self) -> int:
        """Goes back to the second line of the current row; returns the number of the first, counted from 1."""
        later = self.row[1:]
        self._to_read_again.extend(reversed(later))
        self.read -= len(later)
        self.row.clear()
        return self.read


def read_exactly(source: Source, layout: CsvFormat) -> RawTable:
    """The rows of a text file; what cannot be told apart is in its rejections."""
    rejections = Rejections(source.path.name)
    batches = _Batches(layout.header.positions)
    lines = _Lines(open_text(source.path, layout.encoding))
    for _ in range(layout.header_lines):
        next(lines)
    rows_read = 0
    for start, row, fault in _rows(lines, layout.delimiter):
        if not row and fault is None:
            continue
        if fault is None and len(row) != layout.width:
            fault = _wrong_width(row, layout.width)
            row = row[: layout.width]  # the empty cells that a spreadsheet leaves at the end of a row
        if fault is not None:
            rejections.add(start, "", layout.delimiter.join(row)[:200], fault)
            rows_read += 1
        elif not all(cell == "" or cell.isspace() for cell in row):
            batches.add(start, row)
            rows_read += 1
    return RawTable(
        source.table, batches.columns(), batches.line_numbers(), rejections, rows_read, notes=list(layout.notes)
    )


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Each row with the line on which it starts, and what is wrong with its quotes, if anything.

    No line is read more than twice: the lines that an open quote swallows hold only doubled quotes up to the one where
    the mistake shows, and none of those can swallow lines in turn.
    """
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            while True:
                lines.row.clear()
                start = lines.read + 1
                row = next(reader)
                yield start, row, None
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "unexpected end" in str(error) or len(lines.row) > 1
            broken = lines.row[0]
            start = lines.go_back()
        why = (
            "a quote is opened and never closed"
            if unclosed
            else "there is text after a closing quote: write a quote inside a quoted cell twice"
        )
        yield start, [broken], why


def _wrong_width(row: list[str], width: int) -> str | None:
    """What is wrong with a row that has not as many cells as the header; empty cells at its end do no harm."""
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return None
    return f"the row has {len(row)} cells, the header has {width}"


class _Batches:
    """Gathers rows into Arrow columns, so that only a batch of them is ever held as Python strings."""

    def __init__(self, positions: dict[str, int]) -> None:
        self._positions = positions
        self._rows: list[list[str]] = []
        self._starts: list[int] = []
        self._lines: list[np.ndarray] = []
        self._chunks: dict[str, list[pa.Array]] = {name: [] for name in positions}

    def add(self, start: int, row: list[str]) -> None:
        self._rows.append(row)
        self._starts.append(start)
        if len(self._rows) == _BATCH_ROWS:
            self._flush()

    def columns(self) -> dict[str, pa.ChunkedArray]:
        self._flush()
        return {name: pa.chunked_array(chunks, pa.string()) for name, chunks in self._chunks.items()}

    def line_numbers(self) -> np.ndarray:
        self._flush()
        return np.concatenate(self._lines) if self._lines else np.array([], np.int64)

    def _flush(self) -> None:
        if not self._rows:
            return
        cells = list(zip(*self._rows, strict=True))
        for name, position in self._positions.items():
            made = pa.array(cells[position], pa.string())
            self._chunks[name] += made.chunks if isinstance(made, pa.ChunkedArray) else [made]
        self._lines.append(np.array(self._starts, np.int64))
        self._rows.clear()
        self._starts.clear()
