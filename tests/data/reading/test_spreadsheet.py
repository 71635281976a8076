"""Reading workbooks: several sheets, titles above the header, dates, numbers, cells that are merged or empty."""

from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from jobrec_ui.data.reading.files import single_file
from jobrec_ui.data.reading.forms import Form
from jobrec_ui.data.reading.read import read_sheets
from jobrec_ui.data.reading.spreadsheet import read_spreadsheet
from jobrec_ui.errors import InputError


def workbook(path, *sheets):
    """Writes sheets of (name, rows) and gives what the reader makes of them, by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return single_file(path)


def rows_of(sheet):
    columns = [column.to_pylist() for column in sheet.columns.values()]
    return [(line, *row) for line, *row in zip(sheet.lines.tolist(), *columns, strict=True)]


def test_each_sheet_that_holds_something(tmp_path):
    source = workbook(
        tmp_path / "export.xlsx",
        ("Jobs", [["Job ID", "Title"], ["J1", "Cook"]]),
        ("Empty", []),
        ("People", [["Person", "Name"], ["P1", "Ann"], ["P2", "Bob"]]),
    )
    jobs, people = read_spreadsheet(source)
    assert [(sheet.label, sheet.names, rows_of(sheet), sheet.rows_read) for sheet in (jobs, people)] == [
        ("export.xlsx, Jobs", ("Job ID", "Title"), [(2, "J1", "Cook")], 1),
        ("export.xlsx, People", ("Person", "Name"), [(2, "P1", "Ann"), (3, "P2", "Bob")], 2),
    ]
    assert jobs.rejections.unit == "row"


def test_the_only_sheet_goes_by_the_name_of_the_file(tmp_path):
    [sheet] = read_spreadsheet(workbook(tmp_path / "jobs.xlsx", ("Sheet1", [["id"], [1]])))
    assert (sheet.part, sheet.label) == ("", "jobs.xlsx")


def test_titles_stand_above_the_header(tmp_path):
    rows = [["All candidates, 3 May"], [], [None, "made by the system"], ["id", "name", "city"], [7, "Ann", "Rome"]]
    [sheet] = read_spreadsheet(workbook(tmp_path / "people.xlsx", ("Sheet1", rows)))
    assert sheet.names == ("id", "name", "city")
    assert rows_of(sheet) == [(5, "7", "Ann", "Rome")]
    assert sheet.notes == ["the header is row 4"]


def test_cells_are_what_a_text_file_would_have(tmp_path):
    values = [1, 1.5, 2.0, 12345678901.0, True, False, date(2024, 5, 3), datetime(2024, 5, 3), "007", " x ", None]
    values += [datetime(2024, 5, 3, 6, 7, 8), time(9, 30), "", "  ", "zwei\nZeilen"]
    header = [f"c{number}" for number in range(len(values))]
    [sheet] = read_spreadsheet(workbook(tmp_path / "values.xlsx", ("Sheet1", [header, values])))
    [(_, *cells)] = rows_of(sheet)
    assert cells == [
        "1", "1.5", "2", "12345678901", "true", "false", "2024-05-03", "2024-05-03", "007", "x", None,
        "2024-05-03 06:07:08", "09:30:00", None, None, "zwei\nZeilen",
    ]  # fmt: skip


def test_merged_and_empty_cells(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["id", "name", "city"], [1, "Ann", "Rome"], [None] * 3, [2, None, "Oslo"], ["", " ", None], [3, "C"]):
        sheet.append(row)
    sheet.merge_cells("C2:C4")  # only the first of merged cells keeps its value
    book.save(tmp_path / "merged.xlsx")
    [read] = read_spreadsheet(single_file(tmp_path / "merged.xlsx"))
    assert rows_of(read) == [(2, "1", "Ann", "Rome"), (4, "2", None, None), (6, "3", "C", None)]
    assert read.rows_read == 3


def test_a_table_that_begins_in_the_middle_of_its_sheet(tmp_path):
    book = openpyxl.Workbook()
    for cell, value in {"C4": "id", "E4": "name", "F4": "city", "C5": 1, "D5": "?", "E5": "Ann", "F5": "Rome"}.items():
        book.active[cell] = value
    book.active["H9"] = "beside"
    book.save(tmp_path / "middle.xlsx")
    [sheet] = read_spreadsheet(single_file(tmp_path / "middle.xlsx"))
    assert sheet.names == ("id", "column 4", "name", "city")
    assert rows_of(sheet) == [(5, "1", "?", "Ann", "Rome")]


def test_names_that_repeat_stay_apart(tmp_path):
    rows = [["id", "Skill", "Skill", " Skill\n"], [1, "a", "b", "c"]]
    [sheet] = read_spreadsheet(workbook(tmp_path / "skills.xlsx", ("Sheet1", rows)))
    assert sheet.names == ("id", "Skill", "Skill (2)", "Skill (3)")


def test_the_first_rows_only(tmp_path):
    rows = [["id"], *([number] for number in range(50))]
    source = workbook(tmp_path / "long.xlsx", ("A", rows), ("B", rows))
    assert [sheet.rows_read for sheet in read_spreadsheet(source, limit=4)] == [4, 4]


def test_a_workbook_of_a_header_alone(tmp_path):
    [sheet] = read_spreadsheet(workbook(tmp_path / "header.xlsx", ("Sheet1", [["id", "name"]])))
    assert (sheet.names, sheet.rows_read) == (("id", "name"), 0)


def test_a_workbook_that_cannot_be_read(tmp_path):
    source = workbook(tmp_path / "broken.xlsx", ("Sheet1", [["id"], [1]]))
    content = source.path.read_bytes()
    source.path.write_bytes(content.replace(b"xl/worksheets", b"xl/worksheetz"))
    with pytest.raises(InputError, match=r"broken\.xlsx cannot be read: it is damaged, or locked with a password"):
        list(read_spreadsheet(single_file(source.path)))


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.xlsb"])
def test_a_workbook_that_a_password_locks(tmp_path, name):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    source = single_file(tmp_path / name)
    assert source.form is Form.SPREADSHEET
    with pytest.raises(InputError, match="locked with a password"):
        list(read_sheets(source))


def test_a_text_table_that_is_called_a_workbook(tmp_path):
    (tmp_path / "export.xls").write_text("Job ID\tTitle\nJ1\tCook\n")
    [sheet] = read_sheets(single_file(tmp_path / "export.xls"))
    assert (sheet.names, rows_of(sheet)) == (("Job ID", "Title"), [(2, "J1", "Cook")])
    (tmp_path / "page.xls").write_text("<html><table><tr><td>x</td></tr></table></html>")
    assert single_file(tmp_path / "page.xls").form is Form.OTHER


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=8).filter(
    lambda text: not ILLEGAL_CHARACTERS_RE.search(text) and not text.startswith("=") and "_x" not in text
)


@settings(max_examples=25)
@given(table=st.lists(st.tuples(CELL, CELL), max_size=5))
def test_any_table_of_text_is_read_back(tmp_path_factory, table):
    rows = [["id", "one", "two"], *([f"k{number}", *row] for number, row in enumerate(table))]
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    [sheet] = read_spreadsheet(workbook(path, ("Sheet1", rows)))
    read = [row[2:] for row in rows_of(sheet)]
    assert read == [tuple(cell.strip() or None for cell in row) for row in table]
