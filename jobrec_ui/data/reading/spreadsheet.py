"""Reads the sheets of a workbook (xlsx, xls, xlsb, ods): dates as dates, whole numbers without a point."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from jobrec_ui.data.reading.delimited import Batches
from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.reading.sheet import ROW, Sheet, distinct_names
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.errors import InputError

# A title, an export's date and a blank line may stand above the header; it is among these rows.
_ROWS_ABOVE = 15


def read_spreadsheet(source: SourceFile, limit: int | None = None) -> Iterator[Sheet]:
    """The sheets of a workbook that hold anything. Raises InputError if it cannot be read."""
    try:
        with CalamineWorkbook.from_path(source.path) as workbook:
            names = [sheet.name for sheet in workbook.sheets_metadata]
            for name in names:
                rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                made = _sheet(source, name if len(names) > 1 else "", rows, limit)
                if made is not None:
                    yield made
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            f"{source.name} cannot be read: it is damaged, or locked with a password. Save it again, and load again."
        ) from error


def _sheet(source: SourceFile, name: str, rows: list[list[Any]], limit: int | None) -> Sheet | None:
    header = _header_row(rows)
    if header is None:
        return None
    width = max((position for position, cell in enumerate(rows[header], 1) if _text(cell)), default=0)
    names = distinct_names([_text(cell) or "" for cell in rows[header][:width]])
    named = [position for position, cell in enumerate(rows[header][:width]) if _text(cell)]
    # A column without a name counts where it holds something: a table may begin anywhere on its sheet.
    unnamed = [
        position
        for position in range(width)
        if position not in named and any(_text(row[position]) for row in rows[header + 1 :] if position < len(row))
    ]
    kept = sorted([*named, *unnamed])
    names = [names[position] for position in kept]
    batches = Batches(names)
    count = 0
    for number, row in enumerate(rows[header + 1 :], header + 2):
        cells = [_text(row[position]) for position in kept]
        if any(cells):
            batches.add(number, cells)
            count += 1
            if count == limit:
                break
    rejections = Rejections(f"{source.name}, {name}" if name else source.name, ROW)
    sheet = Sheet(source.name, name, batches.columns(), batches.places(), rejections, count)
    if header:
        sheet.notes.append(f"the header is row {header + 1}")
    return sheet


def _header_row(rows: list[list[Any]]) -> int | None:
    """The first of the topmost rows that fills as many cells as any of them, if at least one is filled."""
    filled = [sum(1 for cell in row if _text(cell)) for row in rows[:_ROWS_ABOVE]]
    most = max(filled, default=0)
    # A column without a name, such as the numbers of the rows, makes a header one cell short at times.
    enough = min(0.8 * most, most - 1 if most > 3 else most)
    return next((position for position, count in enumerate(filled) if count and count >= enough), None)


def _text(cell: Any) -> str | None:
    """A cell as a text file would have it."""
    match cell:
        case None | "":
            return None
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip() or None
