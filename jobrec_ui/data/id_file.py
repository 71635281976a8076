"""Reads a file of ids that somebody asks about, as the loader reads its files: any form, other columns ignored."""

from pathlib import Path

from jobrec_ui.data.mapping.names import meanings_of
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.reading.files import single_file
from jobrec_ui.data.reading.read import read_sheets, why_not
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.tables import OWNERS, TableSpec
from jobrec_ui.data.values.typed import readable
from jobrec_ui.errors import InputError

_ENTITIES = {"postings": "posting", "candidates": "candidate"}


def read_ids(spec: TableSpec, path: Path) -> RawTable:
    """The ids in the first sheet of a file, by the columns of ``spec``.

    Raises InputError if the file cannot be read, changes meanwhile, or lacks one of the columns.
    """
    source = single_file(path)
    if passed_over := why_not(source):
        raise InputError(f"{source.name} cannot be read: {passed_over.why}.")
    sheet = next(iter(read_sheets(source)), None)
    if sheet is None:
        raise InputError(f"{source.name} is empty. Its first line must name its columns: {', '.join(spec.key)}.")
    columns = {name: readable(spec.by_name[name], sheet.columns[_column_of(sheet, name)]) for name in spec.key}
    source.check_unchanged()
    return RawTable(spec, sheet.label, columns, sheet.lines, sheet.rejections, sheet.rows_read)


def _column_of(sheet: Sheet, name: str) -> str:
    """The column of a sheet that holds the ids called ``name``."""
    wanted = _ENTITIES[OWNERS[name]]
    fitting = [
        (meaning.score, column)
        for column in sheet.names
        for meaning in meanings_of(column)
        if meaning.concept == "id" and meaning.entity == wanted
    ]
    if not fitting:
        raise InputError(f"{sheet.label} lacks the column {name}. It has: {', '.join(sheet.names[:30])}.")
    return max(fitting, key=lambda found: found[0])[1]
