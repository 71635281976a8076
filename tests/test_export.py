"""Files: what a spreadsheet would run, what stays a number, and text in any script; as CSV and as XLSX."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui import export


def _rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+49 30 1234",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0\u3000=1",
        "\u200b=1",
        "\ufeff=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹢1",
        "﹣1",
    ],
)
def test_a_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert export.safe_text(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "Python", "a=b", "C++", "3-5 years", "김민준", "'quoted'", "→ next", "  x"])
def test_a_harmless_text_stays(text: str) -> None:
    assert export.safe_text(text) == text


def test_characters_that_no_spreadsheet_holds_are_dropped_before_the_check() -> None:
    assert export.safe_text("\x00=1") == "'=1"
    assert export.safe_text("a\x00b\x1bc\ud800d") == "abcd"


def test_a_file_has_headers_rows_and_what_it_is_about() -> None:
    frame = pd.DataFrame({"b": ["x", "=y"], "a": [1, -2], "not_shown": [0, 0]})
    rows = _rows(export.to_csv(frame, {"a": "=A", "b": "B"}, {"Model version": "match_v3", "-Made": "now"}))
    assert rows == [
        ["'=A", "B", "Model version", "'-Made"],
        ["1", "x", "match_v3", "now"],
        ["-2", "'=y", "match_v3", "now"],
    ]


def test_numbers_stay_numbers_and_texts_are_quoted() -> None:
    frame = pd.DataFrame(
        {
            "value": pd.Series(
                [-1, 2.5, np.float64(0.25), np.int64(-7), Decimal("-3.10"), True, "-1", None, float("nan"), pd.NaT],
                dtype=object,
            )
        }
    )
    lines = export.to_csv(frame, {"value": "V"}, {}).decode("utf-8-sig").split("\r\n")
    assert lines == ['"V"', "-1", "2.5", "0.25", "-7", "-3.10", '"yes"', '"\'-1"', '""', '""', '""', ""]


def test_dates_and_times_are_iso() -> None:
    frame = pd.DataFrame(
        {
            "at": [pd.Timestamp("2026-11-03 14:02:05"), pd.Timestamp("2026-11-03"), pd.NaT],
            "on": [date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), None],
        }
    )
    assert _rows(export.to_csv(frame, {"at": "At", "on": "On"}, {}))[1:] == [
        ["2026-11-03 14:02:05", "2026-01-02"],
        ["2026-11-03", "2026-01-02 03:04:00"],
        ["", ""],
    ]


def test_any_script_survives() -> None:
    texts = ["São Paulo", "서울 개발자", "مهندس برمجيات", "👩‍💻 coder", 'He said "hi"; a, b\nc']
    rows = _rows(export.to_csv(pd.DataFrame({"t": texts}), {"t": "Título"}, {}))
    assert [row[0] for row in rows] == ["Título", *texts]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",))), min_size=1, max_size=5))
def test_no_cell_ever_starts_a_formula(texts: list[str]) -> None:
    rows = _rows(export.to_csv(pd.DataFrame({"t": pd.Series(texts, dtype=object)}), {"t": "T"}, {}))
    assert len(rows) == len(texts) + 1
    for (cell,) in rows:
        assert not cell.strip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("candidates", "P-17"), "candidates-P-17-2026-11-03.csv"),
        (("candidates", "../../etc/passwd"), "candidates-etc-passwd-2026-11-03.csv"),
        (("candidates", 'a"b\r\nX: y;💥'), "candidates-a-b-X-y-2026-11-03.csv"),
        (("candidates", "채용"), "candidates-2026-11-03.csv"),
        (("candidates", "x" * 200), f"candidates-{'x' * 64}-2026-11-03.csv"),
    ],
)
def test_file_names_are_plain(parts: tuple[str, ...], expected: str) -> None:
    assert export.file_name(*parts, day=date(2026, 11, 3)) == expected


def _sheet(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_a_workbook_says_what_it_is_about_and_keeps_types() -> None:
    frame = pd.DataFrame(
        {
            "t": ["=1+1", "مهندس 👩‍💻", "http://x"],
            "n": [np.int64(-3), 2.5, None],
            "on": [date(2026, 1, 2), None, pd.Timestamp("2026-11-03 14:02:05")],
        }
    )
    columns, about = {"t": "=Text", "n": "Number", "on": "On"}, {"Posting": "@Baker", "Made by": "ana"}
    page = _sheet(export.to_xlsx(frame, columns, about, "Bakers: P/1 [x]"))
    assert page.title == "Bakers P 1 x"
    assert list(page.values) == [
        ("Posting", "@Baker", None),
        ("Made by", "ana", None),
        (None, None, None),
        ("=Text", "Number", "On"),
        ("=1+1", -3, datetime(2026, 1, 2)),
        ("مهندس 👩‍💻", 2.5, None),
        ("http://x", None, datetime(2026, 11, 3, 14, 2, 5)),
    ]
    texts = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}  # none is a formula
    assert [cell.value for cell in texts if cell.quotePrefix] == ["@Baker", "=Text", "Number", "On", "=1+1"]
    assert not any(cell.hyperlink for cell in texts)
    assert page.freeze_panes == "A5"


def test_a_workbook_of_nobody_and_of_very_long_texts() -> None:
    assert list(_sheet(export.to_xlsx(pd.DataFrame({"t": []}), {"t": "T"}, {}, "")).values) == [("T",)]
    frame = pd.DataFrame({"t": ["x" * 50_000, "👩" * 30_000, "a\x00b"]})
    cells = [row[0] for row in _sheet(export.to_xlsx(frame, {"t": "T"}, {}, "T")).values][1:]
    assert all(1000 < len(cell.encode("utf-16-le")) / 2 <= 32_767 for cell in cells[:2])
    assert cells[2] == "ab"


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",))), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(texts: list[str]) -> None:
    frame = pd.DataFrame({"t": pd.Series(texts, dtype=object)})
    page = _sheet(export.to_xlsx(frame, {"t": "T"}, {}, "T"))
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
