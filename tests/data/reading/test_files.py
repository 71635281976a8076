"""Finding the files of a load."""

import os

import pytest

from jobrec_ui.data.sources import find_sources
from jobrec_ui.errors import InputError


def touch(directory, *names):
    for name in names:
        (directory / name).write_text("x")
    return directory


def test_finds_files_in_loading_order_whatever_their_case(tmp_path):
    found = find_sources(touch(tmp_path, "Interactions.CSV", "postings.parquet", "candidates.csv", "labels.csv"))
    assert [(one.table.name, one.path.name, one.is_parquet) for one in found.files] == [
        ("postings", "postings.parquet", True),
        ("candidates", "candidates.csv", False),
        ("interactions", "Interactions.CSV", False),
    ]
    assert found.notes == ()


def test_says_what_is_expected_where_nothing_is_found(tmp_path):
    with pytest.raises(InputError, match="Expected: postings, candidates, interactions, demographics, each as"):
        find_sources(touch(tmp_path, "labels.csv"))


def test_suggests_the_name_of_a_misnamed_file(tmp_path):
    notes = find_sources(touch(tmp_path, "postings.csv", "candidate.csv", "interactions.xlsx")).notes
    assert [note.split(" (")[0] for note in notes] == [
        "candidate.csv was not read: name it candidates.csv",
        "interactions.xlsx was not read: name it interactions.csv",
    ]


def test_refuses_two_files_for_one_table(tmp_path):
    with pytest.raises(InputError, match=r"holds candidates\.csv and candidates\.parquet: keep the one"):
        find_sources(touch(tmp_path, "candidates.csv", "candidates.parquet"))


def test_refuses_what_is_no_directory(tmp_path):
    with pytest.raises(InputError, match="No such file or directory"):
        find_sources(tmp_path / "missing")
    with pytest.raises(InputError, match="Not a directory"):
        find_sources(touch(tmp_path, "postings.csv") / "postings.csv")


def test_refuses_what_is_no_file(tmp_path):
    (tmp_path / "postings.csv").mkdir()
    with pytest.raises(InputError, match=r"postings\.csv is not a file"):
        find_sources(tmp_path)
    (tmp_path / "postings.csv").rmdir()
    os.mkfifo(tmp_path / "candidates.csv")
    with pytest.raises(InputError, match=r"candidates\.csv is not a file"):
        find_sources(tmp_path)


@pytest.mark.parametrize("change", ["append", "same size", "replace", "remove"])
def test_notices_a_change(tmp_path, change):
    [source] = find_sources(touch(tmp_path, "postings.csv")).files
    source.check_unchanged()
    before = source.path.stat()
    if change == "append":
        source.path.write_text("xy")
    elif change == "same size":
        source.path.write_text("y")
        os.utime(source.path, ns=(before.st_atime_ns, before.st_mtime_ns - 1))
    elif change == "replace":
        (tmp_path / "new").write_text("z")
        os.replace(tmp_path / "new", source.path)
    else:
        source.path.unlink()
    with pytest.raises(InputError, match=r"postings\.csv (changed while it was read|cannot be read)"):
        source.check_unchanged()
