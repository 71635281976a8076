"""Reading JSON in the forms in which programs write tables."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobrec_ui.data.reading.files import single_file
from jobrec_ui.data.reading.json_file import read_json
from jobrec_ui.errors import InputError


def read(directory, content, name="people.json"):
    """The sheets: label, rows as dictionaries without what is empty."""
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    path = directory / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(sheet.label, records(sheet)) for sheet in read_json(single_file(path))]


def records(sheet):
    columns = {name: column.to_pylist() for name, column in sheet.columns.items()}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [{name: cell for name, cell in row.items() if cell is not None} for row in rows]


def test_a_list_of_objects(tmp_path):
    found = read(tmp_path, [{"id": 1, "name": "Zoë"}, {"id": 2, "remote": True, "pay": 1.5, "none": None}])
    assert found == [
        ("people.json", [{"id": "1", "name": "Zoë"}, {"id": "2", "remote": "true", "pay": "1.5"}]),
    ]


def test_nested_objects_become_columns_and_lists_stay_lists(tmp_path):
    [(_, [row])] = read(
        tmp_path, [{"id": "a", "place": {"city": "Rome", "geo": {"lat": 1.5}}, "skills": ["C, C++", "é"], "none": []}]
    )
    assert row == {"id": "a", "place city": "Rome", "place geo lat": "1.5", "skills": '["C, C++", "é"]'}


def test_several_lists_are_several_sheets(tmp_path):
    content = {"meta": {"page": 1}, "jobs": [{"id": 1}], "data": {"people": [{"id": 2}, {"id": 3}]}}
    assert read(tmp_path, content, "export.json") == [
        ("export.json, jobs", [{"id": "1"}]),
        ("export.json, people", [{"id": "2"}, {"id": "3"}]),
    ]


def test_lists_of_the_same_name_are_all_read(tmp_path):
    content = {"jobs": {"items": [{"id": 1}]}, "people": {"items": [{"id": 2}]}}
    assert read(tmp_path, content, "export.json") == [
        ("export.json, items", [{"id": "1"}]),
        ("export.json, items (2)", [{"id": "2"}]),
    ]


def test_one_list_within_an_object_goes_by_the_name_of_the_file(tmp_path):
    assert read(tmp_path, {"count": 1, "results": [{"id": 1}]}) == [("people.json", [{"id": "1"}])]


def test_records_by_their_ids(tmp_path):
    found = read(tmp_path, {"p1": {"name": "Ann"}, "p2": {"name": "Bob"}})
    assert found == [("people.json", [{"id": "p1", "name": "Ann"}, {"id": "p2", "name": "Bob"}])]


def test_lists_within_records_by_their_ids_are_no_sheets_of_their_own(tmp_path):
    content = {f"j{number}": {"title": "Cook", "steps": [{"name": "a"}]} for number in range(3)}
    [(_, rows)] = read(tmp_path, content)
    assert rows[2] == {"id": "j2", "title": "Cook", "steps": '[{"name": "a"}]'}


def test_what_has_ids_of_its_own_within_records_by_their_ids_is_a_row(tmp_path):
    steps = [{"codigo": "c1", "nome": "Ana", "fase": "Hired"}, {"codigo": "c2", "nome": "Eva", "fase": "New"}]
    [(_, rows)] = read(
        tmp_path, {"50": {"titulo": "Cook", "prospects": steps}, "51": {"titulo": "Nurse", "prospects": []}}
    )
    assert rows == [
        {"id": "50", "titulo": "Cook", "prospects codigo": person, "prospects nome": name, "prospects fase": stage}
        for person, name, stage in (("c1", "Ana", "Hired"), ("c2", "Eva", "New"))
    ]


@pytest.mark.parametrize("orient", ["columns", "records", "list"])
def test_tables_as_pandas_writes_them(tmp_path, orient):
    table = pd.DataFrame({"id": [1, 2, 3], "name": ["Ann", None, "Cid"]})
    content = json.dumps(table.astype(object).to_dict("list")) if orient == "list" else table.to_json(orient=orient)
    [(_, rows)] = read(tmp_path, content.replace("NaN", "null"))
    assert rows == [{"id": "1", "name": "Ann"}, {"id": "2"}, {"id": "3", "name": "Cid"}]


def test_an_object_on_each_line(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_bytes('{"id": 1}\r\n\r\n[2]\r\n{"id": 3, "text": "one\u2028line\u0085still"}\r\nbroken\r\n'.encode())
    [sheet] = read_json(single_file(path))
    assert records(sheet) == [{"id": "1"}, {"id": "3", "text": "one\u2028line\u0085still"}]
    assert sheet.lines.tolist() == [1, 4]
    assert sheet.rows_read == 4
    assert [(one["line"], one["value"], one["why"], one["unit"]) for one in sheet.rejections.listed()] == [
        (3, "[2] ", "the line is not a JSON object", "line"),
        (5, "broken ", "the line is not a JSON object", "line"),
    ]


def test_the_first_rows_only(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text("".join(f'{{"id": {number}}}\n' for number in range(20)))
    assert [sheet.rows_read for sheet in read_json(single_file(path), limit=3)] == [3]
    path.write_text(json.dumps([{"id": number} for number in range(20)]))
    assert [sheet.lines.tolist() for sheet in read_json(single_file(path), limit=3)] == [[1, 2, 3]]


def test_whole_numbers_keep_all_their_digits(tmp_path):
    [(_, rows)] = read(tmp_path, f'[{{"id": 9007199254740993}}, {{"name": "x"}}, {{"id": {"7" * 5000}}}]')
    assert [row.get("id") for row in rows] == ["9007199254740993", None, "7" * 5000]


def test_half_an_emoji(tmp_path):
    [(_, rows)] = read(tmp_path, '[{"a": "x\\ud83d", "b": "\\ud83d\\ude80", "\\ude80": 1, "c": ["\\ud83d"]}]')
    assert rows == [{"a": "x�", "b": "🚀", "�": "1", "c": '["�"]'}]


def test_other_encodings(tmp_path):
    for encoding in ("utf-8-sig", "utf-16"):
        assert read(tmp_path, '[{"name": "Işıl"}]'.encode(encoding)) == [("people.json", [{"name": "Işıl"}])]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty"),
        (" \n ", "is empty"),
        ("[1, 2]", "holds no list of objects"),
        ('"text"', "holds no list of objects"),
        ("{}", "holds no list of objects"),
        ('[{"id": 1},\n {"id": }]', r"is not JSON: line 2, column 9: Expecting value"),
        ('[{"id": 1}', "is not JSON: line 1"),
        pytest.param("[" * 100_000, "is nested too deeply|is not JSON", id="brackets without an end"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, content, why):
    with pytest.raises(InputError, match=why):
        read(tmp_path, content)


VALUES = st.none() | st.text(max_size=6) | st.integers() | st.booleans() | st.lists(st.text(max_size=3), max_size=3)


def as_cell(value):
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@settings(max_examples=60)
@given(table=st.lists(st.fixed_dictionaries({"id": st.integers(), "a": VALUES, "b": VALUES}), min_size=1, max_size=5))
def test_any_table_is_read_back(tmp_path_factory, table):
    expected = [{name: as_cell(value) for name, value in row.items()} for row in table]
    for text in (json.dumps(table), "\n".join(map(json.dumps, table))):
        path = tmp_path_factory.getbasetemp() / "any.json"
        path.write_text(text)
        [sheet] = read_json(single_file(path))
        columns = {name: column.to_pylist() for name, column in sheet.columns.items()}
        assert [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] == expected
