"""Files of candidate numbers: headers, separators, encodings, and which line was wrong."""

import pytest

from jobrec_ui import export
from jobrec_ui.desk import shortlists
from jobrec_ui.errors import InputError


@pytest.mark.parametrize(
    "data",
    [
        b"c1\nc2\nc3\n",
        b"c1\r\nc2\r\nc3",
        b"\xef\xbb\xbfcandidate_id\nc1\nc2\nc3\n",
        b"Name,Candidate number\nAnn,c1\nBen,c2\nCleo,c3\n",
        b"ID;Name\nc1;Ann\nc2;Ben\nc3;Cleo\n",
        "Candidate\tName\nc1\tAnn\nc2\tBen\nc3\tCleo\n".encode("utf-16"),
        b'"c1"\n\n" c2 "\n,\nc3\n',
    ],
)
def test_three_ids(data):
    assert shortlists.read_ids(data).ids == ("c1", "c2", "c3")


def test_lines_of_repeated_and_too_long_ones():
    found = shortlists.read_ids(b"candidate_id\nc1\n\nc2\nc1\n" + b"x" * 65 + b"\nc2\n")
    assert found.ids == ("c1", "c2")
    assert found.lines == {"c1": 2, "c2": 4}
    assert found.repeated == {5: "c1", 7: "c2"}
    assert list(found.too_long) == [6]


def test_what_was_exported_comes_back():
    import pandas as pd

    frame = pd.DataFrame({"id": ["-7", "=x", "c1", "김"], "name": ["a,b", 'q"', "line\nbreak", "\u202eabc"]})
    data = export.to_csv(frame, {"name": "Candidate", "id": "Candidate number"}, {"About": "x"})
    assert shortlists.read_ids(data).ids == ("-7", "=x", "c1", "김")


@pytest.mark.parametrize("data", [b"PK\x03\x04xxxx", b"x" * 2_000_001, b"\n".join(b"c%d" % n for n in range(5002))])
def test_what_is_no_such_file(data):
    with pytest.raises(InputError):
        shortlists.read_ids(data)


def test_an_empty_file_has_none():
    assert shortlists.read_ids(b"").ids == ()
    assert shortlists.read_ids(b"candidate_id\n").ids == ()
