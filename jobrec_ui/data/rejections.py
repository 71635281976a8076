"""The rows that a load turns away, and why: collected column-wise, written as a CSV file that opens safely in Excel."""

import csv
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.errors import InputError

SHOWN_CHARACTERS = 100
_COLUMNS = ("file", "line", "column", "value", "why")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What a spreadsheet takes for the start of a formula, after blanks too, and in the wide forms of East Asian scripts.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d.,\s]*")

_SCHEMA = pa.schema([("line", pa.int64()), ("column", pa.string()), ("value", pa.string()), ("why", pa.string())])


class Rejections:
    """The rejected rows of one file. A row may be listed more than once, for each column that is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._batches: list[pa.Table] = []
        self._single: list[tuple[int, str, str, str]] = []

    def add(self, line: int, column: str, value: str, why: str) -> None:
        """Adds one row: its line in the file, the column at fault ("" = the whole row), the value there, the reason."""
        self._single.append((line, column, value[: SHOWN_CHARACTERS + 1], why))

    def add_many(
        self, lines: np.ndarray, column: str, values: pa.Array | pa.ChunkedArray, why: str | Iterable[str]
    ) -> None:
        """Adds as many rows as there are ``lines``; ``why`` is one reason for all, or one for each."""
        if len(lines) == 0:
            return
        reasons = pa.array([why] * len(lines) if isinstance(why, str) else list(why), pa.string())
        short = pc.utf8_slice_codeunits(pc.fill_null(values, ""), 0, SHOWN_CHARACTERS + 1)
        columns = [pa.array(lines, pa.int64()), pa.array([column] * len(lines), pa.string()), short, reasons]
        self._batches.append(pa.table(columns, schema=_SCHEMA))

    def lines(self) -> np.ndarray:
        """The lines of the rejected rows, each once, in order (int64)."""
        return np.unique(self._table()["line"].to_numpy())

    def listed(self, limit: int | None = None) -> list[dict[str, str | int]]:
        """The first ``limit`` entries (None = all) in the order of the file: dicts of file, line, column, value, why.

        Values are shortened to 100 characters and made harmless for spreadsheets.
        """
        rows = self._table().sort_by([("line", "ascending"), ("column", "ascending")]).slice(0, limit).to_pylist()
        return [{"file": self.file, **row, "value": safe_value(row["value"])} for row in rows]

    def _table(self) -> pa.Table:
        if self._single:
            columns = [
                pa.array(column, field.type)
                for column, field in zip(zip(*self._single, strict=True), _SCHEMA, strict=True)
            ]
            self._batches.append(pa.table(columns, schema=_SCHEMA))
            self._single.clear()
        self._batches = [pa.concat_tables([_SCHEMA.empty_table(), *self._batches])]
        return self._batches[0]


def safe_value(value: str) -> str:
    """``value`` on one line, at most 100 characters, with an apostrophe before what a spreadsheet would calculate."""
    line = _CONTROL.sub(" ", value)
    if len(line) > SHOWN_CHARACTERS:
        line = line[: SHOWN_CHARACTERS - 1] + "…"
    if _FORMULA.match(line) and not _PLAIN_NUMBER.fullmatch(line):
        line = "'" + line
    return line


def write_reasons(path: Path, rejections: Iterable[Rejections]) -> None:
    """Writes every entry to ``path`` (UTF-8 with a mark that Excel knows), at once: the file is whole or not there.

    Raises InputError if it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(handle, "w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, _COLUMNS)
                writer.writeheader()
                for one in rejections:
                    writer.writerows(one.listed())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"The reasons file {path} could not be written ({error.strerror}). Nothing was loaded: free some space or "
            "name another file, and load again."
        ) from error
