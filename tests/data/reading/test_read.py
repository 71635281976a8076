"""Whatever form a table is written in, it reads the same; what is no table is named."""

import csv
import gzip
import io
import json

import pytest

from jobrec_ui.data.reading.files import find_files, single_file
from jobrec_ui.data.reading.read import read_sheets, why_not
from jobrec_ui.errors import InputError

TABLE = [
    ["id", "name", "skills"],
    ["1", "Zoë O’Brien", "C, C++; SQL"],
    ["2", "Işıl", "two\nlines"],
    ["3", "김민준", ""],
]


def as_csv(delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(TABLE)
    return text.getvalue().encode()


def as_json():
    return json.dumps([dict(zip(TABLE[0], row, strict=True)) for row in TABLE[1:]]).encode()


def as_lines():
    return "\n".join(json.dumps(dict(zip(TABLE[0], row, strict=True))) for row in TABLE[1:]).encode()


def as_workbook():
    import openpyxl

    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in TABLE:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def as_parquet():
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = io.BytesIO()
    columns = zip(*TABLE[1:], strict=True)
    pq.write_table(pa.table(dict(zip(TABLE[0], map(list, columns), strict=True))), content)
    return content.getvalue()


FORMS = {
    "people.csv": as_csv(","),
    "people.tsv": as_csv("\t"),
    "people.txt": as_csv("|"),
    "semicolons.csv": as_csv(";"),
    "wide.csv": as_csv(";").decode().encode("utf-16"),
    "people.json": as_json(),
    "people.jsonl": as_lines(),
    "people.xlsx": as_workbook(),
    "people.parquet": as_parquet(),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", FORMS)
def test_the_same_table_in_every_form(tmp_path, name, packed):
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(FORMS[name]) if packed else FORMS[name])
    with find_files([path]) as [source]:
        assert source.name == name
        [sheet] = read_sheets(source)
        rows = zip(*(column.to_pylist() for column in sheet.columns.values()), strict=True)
    assert sheet.names == tuple(TABLE[0])
    assert [[cell or "" for cell in row] for row in rows] == TABLE[1:]
    assert sheet.rejections.listed() == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cv.pdf", b"%PDF-1.7", "it is a document"),
        ("letter.docx", b"x", "it is a document"),
        ("face.png", b"\x89PNG", "it is a picture"),
        ("data.sqlite", b"SQLite format 3", "it is not a table: CSV, Excel, JSON and Parquet are read"),
        ("table.csv", b"id\n1\n", None),
    ],
)
def test_what_is_no_table_is_named(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    source = single_file(tmp_path / name)
    found = why_not(source)
    assert (found and (found.file, found.why, found.broken)) == (why and (name, why, False))
    if why:
        assert list(read_sheets(source)) == []


@pytest.mark.parametrize("name", ["people.json", "people.xlsx", "people.parquet"])
def test_half_a_file_is_refused_in_words(tmp_path, name):
    (tmp_path / name).write_bytes(FORMS[name][:-30])
    with pytest.raises(InputError, match=name.replace(".", r"\.")), find_files([tmp_path]) as [source]:
        list(read_sheets(source))
