"""Reading text tables: layouts, broken rows, and where each row stands."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobrec_ui.data.reading import delimited
from jobrec_ui.data.reading.delimited import read_delimited
from jobrec_ui.data.reading.files import single_file
from jobrec_ui.data.reading.layout import detect_layout
from jobrec_ui.errors import InputError

HEADER = "candidate_id,name,summary\n"


def source_of(directory, content):
    (directory / "candidates.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return single_file(directory / "candidates.csv")


def read(directory, content, limit=None):
    """What the reader tells: rows with their lines, the rejected lines with their reasons, and how many rows it saw."""
    sheet = read_delimited(source_of(directory, content), limit)
    columns = [column.to_pylist() for column in sheet.columns.values()]
    rows = list(zip(sheet.lines.tolist(), *columns, strict=True))
    return rows, [(one["line"], one["why"]) for one in sheet.rejections.listed()], sheet.rows_read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_layouts(tmp_path, delimiter, end, start):
    table = [["name", "candidate_id", "summary"], ["Ann", "1", "a, b; c\td|"], ["Bob", "2", 'two\nlines "quoted"']]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(table)
    rows, rejected, count = read(tmp_path, start + text.getvalue())
    first = 2 + start.count("\n")
    assert rows == [(first, "Ann", "1", "a, b; c\td|"), (first + 1, "Bob", "2", 'two\nlines "quoted"')]
    assert (rejected, count) == ([], 2)


def test_remarks_on_the_layout(tmp_path):
    layout = detect_layout(source_of(tmp_path, "candidate_id;skils\n1;x\n"))
    assert layout.notes == ("cells are separated by semicolons",)
    titled = "Report\nOf today, all of it\n\nid,name,city\n1,Ann,Rome\n2,Bob,Oslo\n"
    assert detect_layout(source_of(tmp_path, titled)).notes == (
        "the first 3 lines stand above the header and were passed over",
    )


def test_the_delimiter_that_a_spreadsheet_announces(tmp_path):
    rows, _, _ = read(tmp_path, "sep=;\r\ncandidate_id;name\r\n1;a,b\r\n")
    assert rows == [(3, "1", "a,b")]


@pytest.mark.parametrize("content", ["", "\n", "\ufeff", "  \n\r\n", b"\xff\xfe", b"\x00\x00"])
def test_an_empty_file(tmp_path, content):
    with pytest.raises(InputError, match=r"candidates\.csv is empty\. Its first line must name its columns"):
        detect_layout(source_of(tmp_path, content))


@pytest.mark.parametrize("content", [HEADER, HEADER.strip(), HEADER + "\n\n", HEADER + ",,\n"])
def test_a_header_only(tmp_path, content):
    assert read(tmp_path, content) == ([], [], 0)


def test_lines_are_the_files_own(tmp_path):
    content = HEADER + '1,"a\nb",x\n\n2,c,"d\r\n\r\ne"\r\n3,f,g'
    rows, _, _ = read(tmp_path, content)
    assert [(row[0], row[1]) for row in rows] == [(2, "1"), (5, "2"), (8, "3")]


def test_a_single_column(tmp_path):
    rows, rejected, count = read(tmp_path, 'candidate_id\n1\n\n"2"\n3')
    assert rows == [(2, "1"), (4, "2"), (5, "3")]
    assert (rejected, count) == ([], 3)
    assert read(tmp_path, 'candidate_id\n1\n""\n')[0] == [(2, "1")]


def test_old_macintosh_line_ends(tmp_path):
    rows, _, _ = read(tmp_path, "candidate_id,name\r1,Ann\r2,Bob\r")
    assert rows == [(2, "1", "Ann"), (3, "2", "Bob")]


def test_rows_of_another_width_are_rejected_but_for_empty_cells_at_their_end(tmp_path):
    rows, rejected, count = read(tmp_path, HEADER + "1,a\n2,b,c,d\n3,e,f,,\n4,g,h\n")
    assert rows == [(4, "3", "e", "f"), (5, "4", "g", "h")]
    assert rejected == [
        (2, "the row has 2 cells, the header has 3"),
        (3, "the row has 4 cells, the header has 3"),
    ]
    assert count == 4


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path):
    rows, rejected, count = read(tmp_path, HEADER + '1,"Ann,x\n2,Bob,y\n3,"Cid",z\n4,Dan,w\n')
    assert [row[1] for row in rows] == ["2", "3", "4"]
    assert rejected == [(2, "a quote is opened and never closed")]
    assert count == 4


def test_a_quote_that_is_never_closed_at_the_end(tmp_path):
    rows, rejected, _ = read(tmp_path, HEADER + '1,Ann,x\n2,"Bob,y\n3,Cid,z\n')
    assert [row[1] for row in rows] == ["1", "3"]
    assert rejected == [(3, "a quote is opened and never closed")]


def test_text_after_a_closing_quote(tmp_path):
    rows, rejected, _ = read(tmp_path, HEADER + '1,"5" pipe",x\n2,5" pipe,y\n')
    assert rows == [(3, "2", '5" pipe', "y")]
    assert rejected == [(2, "there is text after a closing quote: write a quote inside a quoted cell twice")]


def test_a_file_of_nothing_but_broken_quotes(tmp_path):
    rows, rejected, count = read(tmp_path, HEADER + '1,"a"",b\n' * 2000)
    assert rows == []
    assert [line for line, _ in rejected] == list(range(2, 2002))
    assert count == 2000


def test_a_cell_of_ten_megabytes(tmp_path):
    rows, _, _ = read(tmp_path, HEADER + f'1,Ann,"{"ab " * 3_500_000}"\n2,Bob,y\n')
    assert [(row[0], len(row[3])) for row in rows] == [(2, 10_500_000), (3, 1)]


def test_utf16_and_windows_files(tmp_path):
    text = "candidate_id;name\r\n1;Conceição\r\n2;João\r\n"
    for encoding in ("utf-16", "cp1252"):
        rows, _, _ = read(tmp_path, text.encode(encoding))
        assert rows == [(2, "1", "Conceição"), (3, "2", "João")]


def test_batches_are_put_together(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "_BATCH_ROWS", 3)
    rows, _, count = read(tmp_path, HEADER + "".join(f"{n},a,b\n" for n in range(10)))
    assert [row[1] for row in rows] == [str(n) for n in range(10)]
    assert count == 10


@settings(max_examples=200)
@given(body=st.text(st.sampled_from('ab,;"\n\r é\x00'), max_size=60) | st.text(st.sampled_from('a,"\n'), max_size=40))
def test_whatever_a_file_holds_each_row_is_read_or_rejected(tmp_path_factory, body):
    rows, rejected, count = read(tmp_path_factory.getbasetemp(), HEADER + body)
    assert len(rows) + len(rejected) == count
    lines = [row[0] for row in rows] + [line for line, _ in rejected]
    assert len(set(lines)) == len(lines)


def test_the_first_rows_only(tmp_path):
    rows, _, count = read(tmp_path, HEADER + "".join(f"{n},a,b\n" for n in range(50)), limit=7)
    assert [row[1] for row in rows] == [str(n) for n in range(7)]
    assert count == 7


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=8)


@settings(max_examples=100)
@given(
    table=st.lists(st.tuples(CELLS.map(lambda text: "k" + text), CELLS, CELLS), max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_is_written_is_read_back(tmp_path_factory, table, delimiter, quoting):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerow(["candidate_id", "name", "summary"])
    writer.writerows(table)
    rows, rejected, _ = read(tmp_path_factory.getbasetemp(), text.getvalue())
    assert [row[1:] for row in rows] == table
    assert rejected == []
