"""Checks the rows of one sheet by themselves: types, ranges, required cells. What is wrong leaves with a reason.

A cell that cannot be read costs the row only where the row is nothing without it: ids, titles, stages and their times.
Any other such cell becomes unknown and is reported. What needs other rows or other tables (ids that repeat, ids that
nobody knows) is checked in the warehouse.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.tables import Column
from jobrec_ui.data.values.columns import Checked, check_column

ROW_INDEX = "row_index"
CROSSED = "the lowest salary is above the highest"


def check_rows(raw: RawTable) -> pa.Table:
    """The good rows of ``raw``, typed, each with its ``row_index`` (int64, from 0); the others go to its rejections.

    Takes the columns out of ``raw``, so that a large file is not held twice.
    """
    keep = np.ones(len(raw.lines), bool)
    typed: dict[str, pa.ChunkedArray] = {}
    for column in raw.table.columns:
        if column.name not in raw.columns:
            continue
        cells = raw.columns.pop(column.name)
        checked = check_column(column, cells, raw.lines, raw.parts.get(column.name, ""))
        _report(raw, column, cells, checked)
        if column.required:
            keep &= ~checked.wrong
        typed[column.name] = _without_wrong(checked)
        raw.notes += checked.notes
    _uncross_salaries(raw, typed)
    numbers = pa.chunked_array([pa.array(np.arange(len(raw.lines)), pa.int64())])
    rows = pa.table({**typed, ROW_INDEX: numbers})
    return rows if keep.all() else rows.filter(pa.array(keep))


def _report(raw: RawTable, column: Column, cells: pa.ChunkedArray, checked: Checked) -> None:
    wrong = checked.wrong
    if wrong.any():
        chosen = pa.array(wrong)
        shown, reasons = cells.filter(chosen).cast(pa.string()), checked.faults.filter(chosen).to_pylist()
        raw.rejections.add_many(raw.lines[wrong], column.name, shown, reasons, loses_row=column.required)


def _without_wrong(checked: Checked) -> pa.ChunkedArray:
    """The values, null where a cell is wrong."""
    if not checked.wrong.any():
        return checked.values
    return pc.if_else(pa.array(checked.wrong), pa.scalar(None, checked.values.type), checked.values)


def _uncross_salaries(raw: RawTable, typed: dict[str, pa.ChunkedArray]) -> None:
    """Makes both bounds unknown where the lowest salary is above the highest: one of them is wrong, and which?"""
    if "salary_min" not in typed or "salary_max" not in typed:
        return
    low, high = typed["salary_min"], typed["salary_max"]
    crossed = np.asarray(pc.fill_null(pc.greater(low, high), False))
    if not crossed.any():
        return
    chosen = pa.array(crossed)
    pairs = zip(low.filter(chosen).to_pylist(), high.filter(chosen).to_pylist(), strict=True)
    values = pa.array([f"{a:g} > {b:g}" for a, b in pairs], pa.string())
    raw.rejections.add_many(raw.lines[crossed], "salary_min", values, CROSSED, loses_row=False)
    for name in ("salary_min", "salary_max"):
        typed[name] = pc.if_else(chosen, pa.scalar(None, pa.float64()), typed[name])
