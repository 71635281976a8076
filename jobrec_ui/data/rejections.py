"""What a load could not read, and why: rows turned away, and cells left unknown in rows that were taken.

Collected column-wise, written as a CSV file that opens safely in a spreadsheet.
"""

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
REJECTED, UNKNOWN = "row rejected", "cell left unknown"
_COLUMNS = ("file", "line", "column", "value", "why", "what was done")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What a spreadsheet takes for the start of a formula, after blanks too, and in the wide forms of East Asian scripts.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d.,\s]*")

_SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("why", pa.string()),
        ("loses_row", pa.bool_()),
    ]
)


class Rejections:
    """What could not be read of one sheet. A row may be listed more than once, for each column that is wrong.

    `unit`: what its lines are counted in: "line" of a text, "row" of anything else.
    """

    def __init__(self, file: str, unit: str = "line") -> None:
        self.file, self.unit = file, unit
        self._batches: list[pa.Table] = []
        self._single: list[tuple[int, str, str, str, bool]] = []

    def add(self, line: int, column: str, value: str, why: str) -> None:
        """Adds one rejected row: its line, the column at fault ("" = the whole row), the value there, the reason."""
        self._single.append((line, column, value[: SHOWN_CHARACTERS + 1], why, True))

    def add_many(
        self,
        lines: np.ndarray,
        column: str,
        values: pa.Array | pa.ChunkedArray,
        why: str | Iterable[str],
        *,
        loses_row: bool = True,
    ) -> None:
        """Adds as many entries as there are ``lines``; ``why`` is one reason for all, or one for each.

        ``loses_row``: whether the rows are rejected for it, or only the cells left unknown.
        """
        count = len(lines)
        if count == 0:
            return
        reasons = pa.array([why] * count if isinstance(why, str) else list(why), pa.string())
        short = pc.utf8_slice_codeunits(pc.fill_null(values, ""), 0, SHOWN_CHARACTERS + 1)
        columns = [
            pa.array(lines, pa.int64()),
            pa.array([column] * count, pa.string()),
            short,
            reasons,
            pa.array([loses_row] * count),
        ]
        self._batches.append(pa.table(columns, schema=_SCHEMA))

    def lines(self) -> np.ndarray:
        """The lines of the rejected rows, each once, in order (int64)."""
        table = self._table()
        return np.unique(table.filter(table["loses_row"])["line"].to_numpy())

    def unknown_cells(self) -> int:
        """How many cells were left unknown in rows that were taken otherwise."""
        table = self._table()
        rejected = pc.is_in(table["line"], pa.array(self.lines()))
        return int(pc.sum(pc.and_not(pc.invert(table["loses_row"]), rejected)).as_py() or 0)

    def causes(self) -> list[dict[str, str | int | bool]]:
        """Each cause once: dicts of column, why, loses_row, count, and the value and line of the first; most first."""
        table = self._table().sort_by("line")
        keys = ["column", "why", "loses_row"]
        grouped = table.group_by(keys, use_threads=False).aggregate(
            [("line", "count"), ("line", "first"), ("value", "first")]
        )
        rows = grouped.rename_columns([*keys, "count", "line", "value"]).sort_by(
            [("count", "descending"), ("line", "ascending")]
        )
        return [{**row, "value": safe_value(row["value"])} for row in rows.to_pylist()]

    def listed(self, limit: int | None = None) -> list[dict[str, str | int]]:
        """The first ``limit`` entries (None = all) in order.

        Dicts of file, line, column, value, why, what was done, and the unit of the line. Values are
        shortened to 100 characters and made harmless for spreadsheets.
        """
        rows = self._table().sort_by([("line", "ascending"), ("column", "ascending")]).slice(0, limit).to_pylist()
        return [
            {
                "file": self.file,
                "line": row["line"],
                "column": row["column"],
                "value": safe_value(row["value"]),
                "why": row["why"],
                "what was done": REJECTED if row["loses_row"] else UNKNOWN,
                "unit": self.unit,
            }
            for row in rows
        ]

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
                writer = csv.DictWriter(file, _COLUMNS, extrasaction="ignore")
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
