"""Reads JSON: a list of objects, lists of them within an object, an object of columns, or an object on each line.

Nested objects become columns. Whole numbers stay as they are written: an id may have more digits than a float keeps.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from jobrec_ui.data.reading.encoding import detect_encoding
from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.reading.layout import open_text
from jobrec_ui.data.reading.sheet import ROW, Sheet, distinct_names
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.errors import InputError

Record = dict[str, Any]

_ID_ENDS = ("id", "codigo", "code", "number", "nummer")
_HALF_A_LETTER = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(source: SourceFile, limit: int | None = None) -> Iterator[Sheet]:
    """The lists of objects in a JSON file. Raises InputError if it cannot be read, or holds no list of objects."""
    encoding = detect_encoding(source.path)
    text = "".join(open_text(source.path, encoding))
    if not text.strip():
        raise InputError(f"{source.name} is empty.")
    try:
        whole = _decoded(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")  # other line ends of Unicode may stand within a string
        if not _is_an_object(next(line for line in lines if line.strip())):
            raise InputError(
                f"{source.name} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}."
            ) from error
        yield _lines(source, lines, limit)
        return
    except RecursionError as error:
        raise InputError(f"{source.name} is nested too deeply to be a table.") from error
    lists = list(_lists(whole, source.name))
    if not lists:
        raise InputError(f'{source.name} holds no list of objects such as [{{"id": 1, …}}].')
    names = distinct_names([name for name, _ in lists])
    for name, (_, records) in zip(names, lists, strict=True):
        places = np.arange(1, len(records) + 1)
        part = name if len(lists) > 1 else ""
        yield _sheet(source, part, records[:limit], places[:limit], Rejections(source.name, ROW))


def _decoded(text: str) -> Any:
    """What the text says. Raises json.JSONDecodeError, RecursionError."""
    value = json.loads(text, parse_int=str)
    return _whole_letters(value) if _HALF_A_LETTER.search(text) else value


def _whole_letters(value: Any) -> Any:
    """``value`` with a sign in place of each half letter: what is left of an emoji where a program cut a text."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_whole_letters(one) for one in value]
        case dict():
            return {_whole_letters(key): _whole_letters(one) for key, one in value.items()}
        case _:
            return value


def _is_an_object(line: str) -> bool:
    try:
        return isinstance(_decoded(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def _lists(whole: Any, name: str, depth: int = 0) -> Iterator[tuple[str, list[Record]]]:
    """The lists of objects in ``whole``, by the name under which they stand there."""
    if isinstance(whole, list):
        records = [one for one in whole if isinstance(one, dict)]
        if records:
            yield name, records
    elif isinstance(whole, dict) and depth == 0 and _is_by_id(whole):
        yield name, _taken_apart([{"id": key, **value} for key, value in whole.items()])
    elif isinstance(whole, dict) and depth < 2:
        found = [one for key, value in whole.items() for one in _lists(value, key, depth + 1)]
        # An object that holds no list of objects is itself the one record, or one of records by their ids.
        if found:
            yield from found
        elif depth == 0 and whole:
            values = list(whole.values())
            by_id = all(isinstance(value, dict) for value in values)
            records = _rows_of_columns(whole)
            if not records:
                records = [{"id": key, **value} for key, value in whole.items()] if by_id else [whole]
            yield name, records


def _is_by_id(whole: Record) -> bool:
    """Whether it holds records by ids with digits, each of which holds more than a list."""
    return (
        bool(whole)
        and not _rows_of_columns(whole)
        and all(any(letter.isdecimal() for letter in key) for key in whole)
        and all(isinstance(one, dict) and len(one) > 1 for one in whole.values())
    )


def _taken_apart(records: list[Record]) -> list[Record]:
    """One row for each entry of the list that the records hold of what has ids of its own: a posting's applications.

    Other lists stay with their records, as cells: nobody's skills or jobs are people.
    """
    lists = {key for record in records for key, value in record.items() if _has_ids(value)}
    if len(lists) != 1:
        return records
    [inner] = lists
    return [
        {**{key: value for key, value in record.items() if key != inner}, inner: entry}
        for record in records
        for entry in record.get(inner) or ()
    ]


def _has_ids(value: object) -> bool:
    """Whether it is a list of objects with an id and two more keys at least."""
    is_list = isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    return is_list and any(len(value[0]) > 2 and key.casefold().endswith(_ID_ENDS) for key in value[0])  # type: ignore[index]


def _rows_of_columns(whole: Record) -> list[Record]:
    """The rows of an object that holds columns, as pandas writes tables; nothing if it is no such object."""
    columns = list(whole.values())
    if all(isinstance(column, list) for column in columns) and len({len(column) for column in columns}) == 1:
        return [dict(zip(whole, row, strict=True)) for row in zip(*columns, strict=True)]
    if not all(isinstance(column, dict) and list(column) == list(columns[0]) for column in columns):
        return []
    numbered = list(columns[0]) == [str(number) for number in range(len(columns[0]))]
    return [{name: column[row] for name, column in whole.items()} for row in columns[0]] if numbered else []


def _lines(source: SourceFile, lines: list[str], limit: int | None) -> Sheet:
    """A file with an object on each line; a line that is none is turned away."""
    rejections = Rejections(source.name)
    records: list[Record] = []
    places: list[int] = []
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        count += 1
        try:
            record = _decoded(line)
            if not isinstance(record, dict):
                raise TypeError
            records.append(record)
            places.append(number)
        except (json.JSONDecodeError, RecursionError, TypeError):
            rejections.add(number, "", line[:200], "the line is not a JSON object")
        if count == limit:
            break
    sheet = _sheet(source, "", records, np.array(places, np.int64), rejections)
    sheet.rows_read = count
    return sheet


def _sheet(source: SourceFile, part: str, records: list[Record], places: np.ndarray, rejections: Rejections) -> Sheet:
    table = pd.json_normalize(records, sep=" ")
    names = distinct_names([str(name) for name in table.columns])
    columns = {
        name: pa.chunked_array([pa.array([_text(cell) for cell in table.iloc[:, position]], pa.string())])
        for position, name in enumerate(names)
    }
    return Sheet(source.name, part, columns, places, rejections, len(records))


def _text(cell: Any) -> str | None:
    """A cell as a text file would have it; lists stay JSON, to be read like a column of lists."""
    match cell:
        case None | "" | []:
            return None
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float():
            return None if np.isnan(cell) else str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
        case list() | dict():
            return json.dumps(cell, ensure_ascii=False)
        case _:
            return str(cell)
