"""Reads whatever a file holds: one sheet, several, or nothing that is a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from jobrec_ui.data.reading.delimited import read_delimited
from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.reading.forms import Form, in_words
from jobrec_ui.data.reading.json_file import read_json
from jobrec_ui.data.reading.parquet import read_parquet
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.reading.spreadsheet import read_spreadsheet
from jobrec_ui.errors import InputError


@dataclass(frozen=True)
class NotRead:
    """A file or sheet that was passed over, and why; `broken`: it is of a form that is read, and could not be."""

    file: str
    why: str
    broken: bool = False


def read_sheets(source: SourceFile, limit: int | None = None) -> Iterator[Sheet]:
    """The sheets of a file, with the first ``limit`` rows of each (None = all); none for a file of another form.

    Raises InputError if the file cannot be read.
    """
    try:
        match source.form:
            case Form.TEXT:
                yield read_delimited(source, limit)
            case Form.SPREADSHEET:
                yield from read_spreadsheet(source, limit)
            case Form.JSON:
                yield from read_json(source, limit)
            case Form.PARQUET:
                yield read_parquet(source, limit)
    except OSError as error:
        raise InputError(f"{source.name} cannot be read ({error.strerror}).") from error


def why_not(source: SourceFile) -> NotRead | None:
    """Why no table can be had from a file, if that is so by its form."""
    if source.form in (Form.OTHER, Form.ZIP, Form.GZIP):
        return NotRead(source.name, f"it is {in_words(source.path, source.form)}")
    return None
