"""Files of ids that somebody asks about."""

import gzip
import json

import openpyxl
import pytest

from jobrec_ui.data.id_file import read_ids
from jobrec_ui.data.tables import CANDIDATES, POSTINGS, TableSpec
from jobrec_ui.errors import InputError

PAIRS = TableSpec(
    "pairs",
    "a pair",
    ("posting_id", "candidate_id"),
    (POSTINGS.by_name["posting_id"], CANDIDATES.by_name["candidate_id"]),
)


def ids(path, spec=POSTINGS):
    raw = read_ids(spec, path)
    return list(zip(*(raw.columns[name].to_pylist() for name in spec.key), strict=True))


@pytest.mark.parametrize(
    "header", ["posting_id", "Posting ID", "postingId", "Requisition Number", "Job-ID", "Stellen-ID"]
)
def test_the_ids_of_a_file_whatever_their_column_is_called(tmp_path, header):
    (tmp_path / "wanted.csv").write_text(f"note,{header},title\nx,P1,Cook\ny,P2,\n")
    assert ids(tmp_path / "wanted.csv") == [("P1",), ("P2",)]


def test_pairs(tmp_path):
    (tmp_path / "pairs.tsv").write_text("Applicant\tVacancy ID\nC1\tP1\nC2\tP2\n")
    assert ids(tmp_path / "pairs.tsv", PAIRS) == [("P1", "C1"), ("P2", "C2")]


def test_every_form(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"posting_id": 7}, {"posting_id": "P2"}]))
    assert ids(tmp_path / "a.json") == [("7",), ("P2",)]
    book = openpyxl.Workbook()
    for row in (["posting_id"], [7], ["P2"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert ids(tmp_path / "a.xlsx") == [("7",), ("P2",)]


def test_lines_and_broken_rows_are_known(tmp_path):
    (tmp_path / "wanted.csv").write_text("posting_id,note\nP1,x\nP2\n\nP3,z\n")
    raw = read_ids(POSTINGS, tmp_path / "wanted.csv")
    assert (raw.lines.tolist(), raw.rows_read) == ([2, 5], 3)
    assert [one["line"] for one in raw.rejections.listed()] == [3]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"name,Candidate ID\nx,1\n", r"a\.csv lacks the column posting_id\. It has: name, Candidate ID"),
        ("a.pdf", b"%PDF", r"a\.pdf cannot be read: it is a document"),
        ("a.csv.gz", gzip.compress(b"posting_id\n1\n", mtime=0), r"a\.csv\.gz cannot be read: it is compressed"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=why):
        read_ids(POSTINGS, tmp_path / name)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"a\.csv cannot be read"):
        read_ids(POSTINGS, tmp_path / "a.csv")
