"""Finding the files of a load."""

import gzip
import io
import os
import zipfile

import pytest
import xlsxwriter

from jobrec_ui.data.reading import files
from jobrec_ui.data.reading.files import find_files, single_file
from jobrec_ui.data.reading.forms import Form
from jobrec_ui.errors import InputError


def touch(directory, *names):
    for name in names:
        (directory / name).write_text("x")
    return directory


def found(*places):
    with find_files(places) as sources:
        return [(source.name, source.form) for source in sources]


def test_finds_every_file_of_a_folder_in_order(tmp_path):
    touch(tmp_path, "b.csv", "a.tsv", ".hidden.csv", "notes.docx", "picture.png")
    (tmp_path / "inner").mkdir()
    assert [name for name, _ in found(tmp_path)] == ["a.tsv", "b.csv", "notes.docx", "picture.png"]


def test_a_file_by_itself_and_several_places(tmp_path):
    touch(tmp_path, "a.csv", "b.csv")
    assert [name for name, _ in found(tmp_path / "b.csv", tmp_path / "a.csv")] == ["b.csv", "a.csv"]


def test_refuses_what_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"missing cannot be read \(No such file or directory\)"):
        found(tmp_path / "missing")


def test_refuses_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "candidates.csv")
    with pytest.raises(InputError, match=r"candidates\.csv is not a file"):
        found(tmp_path)


def test_the_form_is_that_of_the_content(tmp_path):
    book = io.BytesIO()
    xlsxwriter.Workbook(book).close()
    for name, content in {
        "book.csv": book.getvalue(),
        "list.csv": b'[{"a": 1}]',
        "table.txt": b"a,b\n1,2\n",
        "brackets.csv": b"[id],name\n",
        "old.xls": b"\xd0\xcf\x11\xe0",
        "letter.doc": b"\xd0\xcf\x11\xe0",
        "paper.csv": b"%PDF-1.7",
        "columns.csv": b"PAR1",
        "page.html": b"<html>",
    }.items():
        (tmp_path / name).write_bytes(content)
    assert dict(found(tmp_path)) == {
        "book.csv": Form.SPREADSHEET,
        "list.csv": Form.JSON,
        "table.txt": Form.TEXT,
        "brackets.csv": Form.TEXT,
        "old.xls": Form.SPREADSHEET,
        "letter.doc": Form.OTHER,
        "paper.csv": Form.OTHER,
        "columns.csv": Form.PARQUET,
        "page.html": Form.OTHER,
    }


def test_archives_are_taken_apart(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("inner/jobs.csv", "id,title\n1,Cook\n")
        archive.writestr("people.csv.gz", gzip.compress(b"id,name\n1,Ann\n"))
        archive.writestr("__MACOSX/._jobs.csv", "x")
        archive.writestr("../../escape.csv", "id\n1\n")
    (tmp_path / "stages.csv.gz").write_bytes(gzip.compress(b"a,b\n"))
    with find_files([tmp_path]) as sources:
        assert [(source.name, source.path.read_bytes()) for source in sources] == [
            ("export.zip/jobs.csv", b"id,title\n1,Cook\n"),
            ("export.zip/people.csv", b"id,name\n1,Ann\n"),
            ("stages.csv", b"a,b\n"),
        ]
        unpacked = [source.path for source in sources]
    assert not any(path.exists() for path in unpacked)
    assert sorted(os.listdir(tmp_path)) == ["export.zip", "stages.csv.gz"]


def test_files_of_one_name_in_several_folders_of_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for folder in ("jobs", "people"):
            archive.writestr(f"out/{folder}/export.csv", f"id\n{folder}\n")
        archive.writestr("out/stages.csv", "x")
    assert [name for name, _ in found(tmp_path)] == [
        "all.zip/out/jobs/export.csv",
        "all.zip/out/people/export.csv",
        "all.zip/stages.csv",
    ]


def test_archives_within_archives_are_bounded(tmp_path):
    content = b"id\n1\n"
    name = "jobs.csv"
    for depth in range(4):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, content)
        content, name = packed.getvalue(), f"{depth}.zip"
        (tmp_path / name).write_bytes(content)
    assert found(tmp_path / "1.zip") == [("1.zip/0.zip/jobs.csv", Form.TEXT)]
    # Whatever lies deeper stays what it is, and is named as not read.
    assert found(tmp_path / "3.zip") == [("3.zip/2.zip/1.zip", Form.ZIP)]


def test_an_archive_of_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 3)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.csv", "x")
    with pytest.raises(InputError, match=r"the archive holds more than 3 files\. Load fewer at a time"):
        found(tmp_path)


def test_an_archive_with_a_password(tmp_path):
    with zipfile.ZipFile(tmp_path / "locked.zip", "w") as archive:
        archive.writestr("jobs.csv", "id\n1\n")
    content = bytearray((tmp_path / "locked.zip").read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says "encrypted", in both places
        content[content.index(mark) + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    with pytest.raises(InputError, match=r"locked\.zip cannot be unpacked: it is damaged, or locked with a password"):
        found(tmp_path)


def test_bounds_hold_for_all_archives_together(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 100_000)
    for number in range(3):
        (tmp_path / f"{number}.csv.gz").write_bytes(gzip.compress(b"a,b\n" * 10_000))
    with pytest.raises(InputError, match=r"2\.csv: unpacked it is larger than"):
        found(tmp_path)


def test_an_archive_that_grows_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1 << 20)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(b"\0" * (5 << 20)))
    with pytest.raises(InputError, match=r"bomb\.csv: unpacked it is larger than"):
        found(tmp_path)


@pytest.mark.parametrize(
    "content", [gzip.compress(b"a,b\n" * 100, mtime=0)[:-20], b"PK\x03\x04 broken", b"\x1f\x8b broken"]
)
def test_a_damaged_archive(tmp_path, content):
    (tmp_path / "export.zip").write_bytes(content)
    with pytest.raises(InputError, match=r"export\.zip cannot be unpacked: it is damaged"):
        found(tmp_path)


@pytest.mark.parametrize("change", ["append", "same size", "replace", "remove"])
def test_notices_a_change(tmp_path, change):
    source = single_file(touch(tmp_path, "postings.csv") / "postings.csv")
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
