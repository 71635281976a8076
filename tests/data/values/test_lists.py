"""Lists in cells: whichever mark a column sets between its entries, and what belongs to an entry itself."""

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobrec_ui.data.values.lists import as_semicolons, list_style


def split(*cells):
    """The entries of each cell, as the cells together say."""
    style = list_style(cells)
    return [style.split(cell) for cell in cells]


@pytest.mark.parametrize(
    ("mark", "between"),
    [
        ("semicolons", "; "), ("semicolons", "；"), ("commas", ", "), ("commas", ","), ("commas", "、"),
        ("bars", " | "), ("bars", "||"), ("slashes", " / "),
        ("line breaks", "\n"), ("line breaks", "\r\n"), ("tabs", "\t"),
        ("bullet signs", " • "),
    ],
)  # fmt: skip
def test_every_mark(mark, between):
    cells = [between.join(["Python", "CI/CD", "Machine learning"]), "SQL", between.join(["SQL", "Go"])]
    assert split(*cells) == [["Python", "CI/CD", "Machine learning"], ["SQL"], ["SQL", "Go"]]
    assert list_style(cells).mark == mark


@pytest.mark.parametrize("bullet", ["•", "-", "–", "*", "·", "▪", "✓", "1."])
def test_bullets_before_lines(bullet):
    assert split(f"{bullet} Python\n{bullet} C, C++\n\n  {bullet} CI/CD") == [["Python", "C, C++", "CI/CD"]]


def test_what_a_cell_holds_besides_the_columns_mark_is_part_of_an_entry():
    assert split("CI/CD; Python", "C, C++; SQL", "Go; Rust") == [["CI/CD", "Python"], ["C, C++", "SQL"], ["Go", "Rust"]]
    assert split("CI/CD, Python", "TCP/IP, SQL") == [["CI/CD", "Python"], ["TCP/IP", "SQL"]]
    assert split("C, C++ | SQL", "Word, Excel | Sage") == [["C, C++", "SQL"], ["Word, Excel", "Sage"]]


def test_a_comma_separates_where_the_column_knows_both_parts_by_themselves():
    assert split("C; C++; SQL", "C, C++", "Paris, Texas", "SQL; Go") == [
        ["C", "C++", "SQL"], ["C", "C++"], ["Paris, Texas"], ["SQL", "Go"],
    ]  # fmt: skip


def test_commas_within_brackets_and_numbers():
    assert split("Office (Word, Excel), SQL", "Typing 1,200 a minute, Filing") == [
        ["Office (Word, Excel)", "SQL"],
        ["Typing 1,200 a minute", "Filing"],
    ]


def test_sentences_are_no_lists():
    text = "I have led teams of nine people in three countries for many years, and I like to build things that last"
    assert split(text, f"{text} too") == [[text], [f"{text} too"]]


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ('["Python", "C, C++"]', ["Python", "C, C++"]),
        ("['Python', 'C, C++']", ["Python", "C, C++"]),
        ("('Python', 'SQL')", ["Python", "SQL"]),
        ("['Python' 'C, C++']", ["Python", "C, C++"]),
        ("[Python, SQL]", ["Python", "SQL"]),
        ("{Python,SQL}", ["Python", "SQL"]),
        ('[{"id": 1, "name": "Python"}, {"id": 2, "name": "SQL"}]', ["Python", "SQL"]),
        ("[{'skill': 'Python'}, {'Skill_Name': 'SQL'}]", ["Python", "SQL"]),
        ('{"Python": 5, "SQL": 3}', ["Python", "SQL"]),
        ('["a; b", null, "", "a; b"]', ["a, b"]),
        ("[]", []),
        ("['it''s broken", ["['it''s broken"]),
    ],
)
def test_lists_that_a_program_wrote(cell, entries):
    assert split(cell) == [entries]


def test_a_column_of_both():
    cells = ['["A", "B"]', '["C"]', "D, E"]
    assert split(*cells) == [["A", "B"], ["C"], ["D", "E"]]
    assert list_style(cells).mark == "JSON lists"


def test_entries_are_trimmed_and_there_once():
    assert split(" Python ;; python; PYTHON;  Machine \n learning ; ;") == [["Python", "Machine", "learning"]]
    assert split("a; b ;a;") == [["a", "b"]]


def test_a_column_becomes_semicolons():
    cells = pa.chunked_array([pa.array(["a, b", None, "", "a, b", " , "]), pa.array(["c"])])
    assert as_semicolons(cells).to_pylist() == ["a; b", None, None, "a; b", None, "c"]


def test_an_empty_column():
    assert list_style([]).mark == "semicolons"
    assert as_semicolons(pa.chunked_array([], pa.string())).to_pylist() == []


ENTRY = st.from_regex(r"[A-Za-zé][A-Za-zé0-9+#.]{0,5}[A-Za-z0-9+#]", fullmatch=True)


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(ENTRY, min_size=2, max_size=5, unique_by=str.casefold), min_size=1, max_size=5),
    mark=st.sampled_from(["; ", ", ", " | ", " / ", "\n", " • "]),
)
def test_what_is_joined_is_taken_apart(rows, mark):
    assert split(*(mark.join(row) for row in rows)) == rows


@settings(max_examples=60)
@given(rows=st.lists(st.lists(st.text(st.sampled_from("aé ,/|\"'\\"), max_size=5), max_size=4), min_size=1, max_size=4))
def test_json_and_python_lists_are_read_back(rows):
    for write in (json.dumps, repr):
        for row, found in zip(rows, split(*map(write, rows)), strict=True):
            plain = {" ".join(entry.split()).strip(" ,").casefold() for entry in row} - {""}
            assert len(found) <= len(row)
            assert {entry.casefold() for entry in found} >= {entry for entry in plain if entry.isalpha()}


@settings(max_examples=100)
@given(cells=st.lists(st.text(st.sampled_from("ab,;|/\n•[]{}()'\"1. "), max_size=14), max_size=6))
def test_whatever_stands_there_no_entry_holds_a_semicolon(cells):
    for entries in split(*cells):
        assert all(entry.strip() and ";" not in entry and "\n" not in entry for entry in entries)
