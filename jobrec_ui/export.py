"""CSV files that open right in a spreadsheet: UTF-8 with a byte order mark, and no cell that would run as a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from numbers import Number
from typing import Any

import pandas as pd

# What makes a spreadsheet take a cell for a formula when it comes first (CWE-1236).
_STARTS_FORMULA = frozenset("=+-@\t\r\n")
# Blanks, control and invisible characters, which some spreadsheets drop before they look at the first character.
_SKIPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
# Characters that no spreadsheet can hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


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


def file_name(*parts: str, day: date) -> str:
    """A file name such as ``candidates-P-17-2026-11-03.csv`` that every system takes."""
    kept = [re.sub(r"[^A-Za-z0-9_]+", "-", part).strip("-")[:64] for part in parts]
    return "-".join([part for part in kept if part] + [day.isoformat()]) + ".csv"


def _cell(value: Any) -> Any:
    """``value`` as the csv module is to write it: a number, or a text that is safe."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Number):
        return value
    return safe_text(str(value)) if not _is_missing(value) else ""


def _is_missing(value: Any) -> bool:
    missing = pd.isna(value)
    return isinstance(missing, bool) and missing
