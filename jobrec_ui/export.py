"""Files for spreadsheets, CSV and XLSX, in which no cell can run as a formula and any script survives."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from numbers import Number
from typing import Any

import pandas as pd
import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What makes a spreadsheet take a cell for a formula when it comes first (CWE-1236).
_STARTS_FORMULA = frozenset("=+-@\t\r\n")
# Blanks, control and invisible characters, which some spreadsheets drop before they look at the first character.
_SKIPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
# Characters that no spreadsheet can hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What a cell of a spreadsheet holds at most, in UTF-16 units.
_LONGEST_CELL = 32_767
_WIDEST_COLUMN = 60


def to_csv(frame: pd.DataFrame, columns: Mapping[str, str], about: Mapping[str, str]) -> bytes:
    """The columns of ``frame`` named in ``columns`` (name: header), in that order, as a CSV file.

    ``about`` (header: text) is repeated on every row, so that each row says where it comes from even when the file is
    sorted, split or pasted elsewhere. Texts that would run as formulas get a leading apostrophe, headers too; numbers
    stay numbers, dates are ISO 8601, missing values are empty.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([safe_text(header) for header in (*columns.values(), *about)])
    tail = [safe_text(value) for value in about.values()]
    for row in frame[list(columns)].itertuples(index=False, name=None):
        writer.writerow([*(_cell(value) for value in row), *tail])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def to_xlsx(frame: pd.DataFrame, columns: Mapping[str, str], about: Mapping[str, str], sheet: str) -> bytes:
    """The same as a workbook of one sheet: what it is about on top, then the headers and the rows.

    Texts are stored as texts, which no spreadsheet runs; those that would become formulas when somebody edits the cell
    are marked as quoted too. Numbers and dates are stored as such.
    """
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = workbook.add_worksheet(_sheet_name(sheet))
    bold, quoted = workbook.add_format({"bold": True}), workbook.add_format({"quote_prefix": True})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    header = workbook.add_format({"bold": True, "bottom": 1, "quote_prefix": True})

    def write_text(row: int, column: int, text: str, form: Any = None) -> None:
        text = _fitting(_UNPRINTABLE.sub("", text))
        page.write_string(row, column, text, form or (quoted if safe_text(text) != text else None))

    for row, (name, value) in enumerate(about.items()):
        write_text(row, 0, name, bold)
        write_text(row, 1, value)
    top = len(about) + 1 if about else 0
    widths = [len(name) for name in columns.values()]
    for column, name in enumerate(columns.values()):
        write_text(top, column, name, header)
    for number, cells in enumerate(frame[list(columns)].itertuples(index=False, name=None), start=top + 1):
        for column, value in enumerate(cells):
            plain = _plain(value)
            if isinstance(plain, datetime):
                page.write_datetime(number, column, plain, moment)
            elif isinstance(plain, date):
                page.write_datetime(number, column, datetime.combine(plain, datetime.min.time()))
            elif isinstance(plain, str):
                write_text(number, column, plain)
            elif plain is not None:
                page.write_number(number, column, float(plain))
            widths[column] = max(widths[column], len(str(plain)) if plain is not None else 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, 8), _WIDEST_COLUMN))
    page.freeze_panes(top + 1, 0)
    if len(frame):
        page.autofilter(top, 0, top + len(frame), len(columns) - 1)
    workbook.set_properties({"title": sheet, "author": "Jobrec"})
    workbook.close()
    return output.getvalue()


def safe_text(value: str) -> str:
    """``value`` with an apostrophe in front if a spreadsheet could take it for a formula."""
    value = _UNPRINTABLE.sub("", value)
    for character in value:
        # Full-width and small forms (＝ ﹢ …) are folded first, since spreadsheets fold them too.
        if character in _STARTS_FORMULA or unicodedata.normalize("NFKC", character)[:1] in _STARTS_FORMULA:
            return "'" + value
        if unicodedata.category(character) not in _SKIPPED_CATEGORIES:
            return value
    return value


def file_name(*parts: str, day: date, ending: str = "csv") -> str:
    """A file name such as ``candidates-P-17-2026-11-03.csv`` that every system takes."""
    kept = [re.sub(r"[^A-Za-z0-9_]+", "-", part).strip("-")[:64] for part in parts]
    return "-".join([part for part in kept if part] + [day.isoformat()]) + f".{ending}"


def _cell(value: Any) -> Any:
    """``value`` as the csv module is to write it: a number, or a text that is safe."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, datetime):
        return plain.isoformat(sep=" ", timespec="seconds")
    if isinstance(plain, date):
        return plain.isoformat()
    return safe_text(plain) if isinstance(plain, str) else plain


def _plain(value: Any) -> Any:
    """``value`` as None, a number, a datetime, a date (also for midnight), or a text."""
    if _is_missing(value):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date() if at_midnight else pd.Timestamp(value).to_pydatetime()
    if isinstance(value, date | Number):
        return value
    return str(value)


def _fitting(text: str) -> str:
    """``text`` as far as a cell holds it."""
    while len(text.encode("utf-16-le")) // 2 > _LONGEST_CELL:
        text = text[: _LONGEST_CELL // 2] if len(text) > _LONGEST_CELL else text[:-256]
    return text


def _sheet_name(text: str) -> str:
    kept = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", text)
    return " ".join(kept.split())[:31].strip() or "List"


def _is_missing(value: Any) -> bool:
    missing = pd.isna(value)
    return isinstance(missing, bool) and missing
