"""The list of rejected rows."""

import csv
import os

import numpy as np
import pyarrow as pa
import pytest

from jobrec_ui.data.rejections import Rejections, safe_value, write_reasons
from jobrec_ui.errors import InputError


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\t=1", "' =1"),
        ("＝1+1", "'＝1+1"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("-12.5", "-12.5"),
        ("+1,000", "+1,000"),
        ("two\nlines\x00", "two lines "),
        ("김" * 101, "김" * 99 + "…"),
        ("x" * 100, "x" * 100),
    ],
)
def test_values_are_harmless_and_short(value, shown):
    assert safe_value(value) == shown


def test_lines_and_entries():
    rejections = Rejections("postings.csv")
    assert rejections.listed() == []
    assert rejections.lines().tolist() == []
    rejections.add_many(np.array([7, 3]), "title", pa.array([None, "x"]), ["is blank", "is odd"])
    rejections.add(3, "posting_id", "y" * 300, "is long")
    assert rejections.lines().tolist() == [3, 7]
    assert [(one["line"], one["column"], one["value"], one["why"]) for one in rejections.listed()] == [
        (3, "posting_id", "y" * 99 + "…", "is long"),
        (3, "title", "x", "is odd"),
        (7, "title", "", "is blank"),
    ]
    assert rejections.listed(limit=1)[0]["file"] == "postings.csv"


def test_cells_left_unknown_are_told_apart_from_rejected_rows():
    rejections = Rejections("postings.csv")
    rejections.add_many(np.array([2, 3, 4]), "remote", pa.array(["x", "x", "y"]), "neither", loses_row=False)
    rejections.add(4, "title", "", "is blank")
    assert rejections.lines().tolist() == [4]
    assert rejections.unknown_cells() == 2  # that of the rejected row is lost with it
    assert [one["what was done"] for one in rejections.listed()] == [
        "cell left unknown",
        "cell left unknown",
        "cell left unknown",
        "row rejected",
    ]
    assert [(one["column"], one["why"], one["count"], one["value"], one["line"]) for one in rejections.causes()] == [
        ("remote", "neither", 3, "x", 2),
        ("title", "is blank", 1, "", 4),
    ]


def test_the_file_opens_in_a_spreadsheet(tmp_path):
    path = tmp_path / "reasons.csv"
    rejections = Rejections("candidates.csv")
    rejections.add(2, "candidate_id", '=HYPERLINK("http://x")', "the id, as it is, is too long")
    rejections.add(3, "name", "محمد", "is odd")
    write_reasons(path, [rejections, Rejections("empty.csv")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbffile,line,column,value,why,what was done\r\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [
            [
                "candidates.csv",
                "2",
                "candidate_id",
                '\'=HYPERLINK("http://x")',
                "the id, as it is, is too long",
                "row rejected",
            ],
            ["candidates.csv", "3", "name", "محمد", "is odd", "row rejected"],
        ]
    assert os.listdir(tmp_path) == ["reasons.csv"]


def test_a_file_that_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="could not be written"):
        write_reasons(tmp_path / "missing" / "reasons.csv", [])
