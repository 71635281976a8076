"""Checks the rows of one file by themselves: types, ranges, required cells. What is wrong leaves with a reason.

What needs other rows or other tables (ids that repeat, ids that nobody knows) is checked in the warehouse.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.columns import check_column
from jobrec_ui.data.raw import RawTable

LINE_NUMBER = "line_number"


def check_rows(raw: RawTable) -> pa.Table:
    """The good rows of ``raw``, typed, each with its ``line_number`` (int64); the others go to its rejections.

    Takes the columns out of ``raw``, so that a large file is not held twice.
    """
    keep = np.ones(len(raw.lines), bool)
    typed: dict[str, pa.ChunkedArray] = {}
    for column in raw.table.columns:
        if column.name not in raw.columns:
            continue
        cells = raw.columns.pop(column.name)
        checked = check_column(column, cells, raw.lines)
        wrong = checked.wrong
        if wrong.any():
            chosen = pa.array(wrong)
            shown, reasons = cells.filter(chosen).cast(pa.string()), checked.faults.filter(chosen).to_pylist()
            raw.rejections.add_many(raw.lines[wrong], column.name, shown, reasons)
            keep &= ~wrong
        raw.notes += checked.notes
        typed[column.name] = checked.values
    keep &= ~_salaries_crossed(raw, typed, keep)
    rows = pa.table({**typed, LINE_NUMBER: pa.chunked_array([pa.array(raw.lines, pa.int64())])})
    return rows if keep.all() else rows.filter(pa.array(keep))


def _salaries_crossed(raw: RawTable, typed: dict[str, pa.ChunkedArray], good: np.ndarray) -> np.ndarray:
    if "salary_min" not in typed or "salary_max" not in typed:
        return np.zeros(len(raw.lines), bool)
    low, high = typed["salary_min"], typed["salary_max"]
    crossed = np.asarray(pc.fill_null(pc.greater(low, high), False)) & good
    chosen = pa.array(crossed)
    shown = [
        f"{a:g} > {b:g}" for a, b in zip(low.filter(chosen).to_pylist(), high.filter(chosen).to_pylist(), strict=True)
    ]
    values = pa.array(shown, pa.string())
    raw.rejections.add_many(raw.lines[crossed], "salary_min", values, "the lowest salary is above the highest")
    return crossed
