"""Encodings are found out, so that letters arrive as they were written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobrec_ui.data.reading.encoding import detect_encoding

PORTUGUESE = "candidate_id,name,headline\n1,João Araújo,Programação e gestão\n2,Conceição,Análise – “dados”\n"
KOREAN = "candidate_id,name,headline\n1,김민준,소프트웨어 개발자\n2,이서연,품질 관리 담당\n"
RUSSIAN = "candidate_id,name\n1,Иван Петров\n2,Мария Сидорова\n3,Разработчик программного обеспечения\n"
ARABIC = "candidate_id,name,headline\n1,محمد علي,مهندس برمجيات\n2,فاطمة,مديرة مشاريع تقنية\n"


def read(path, content):
    path.write_bytes(content)
    found = detect_encoding(path)
    with path.open(encoding=found.name, errors=found.errors, newline="") as file:
        return file.read(), found


@pytest.mark.parametrize("text", [PORTUGUESE, KOREAN, ARABIC, "id,note\n1,🚀👩‍💻\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_of_every_kind(tmp_path, text, encoding):
    assert read(tmp_path / "f.csv", text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PORTUGUESE, "cp1252"),
        ("candidate_id,name\n1,José\n2,plain\n", "latin-1"),
        (RUSSIAN, "cp1251"),
        (KOREAN, "cp949"),
        (ARABIC, "cp1256"),
    ],
)
def test_older_encodings_are_recognised_and_remarked_on(tmp_path, text, encoding):
    content, found = read(tmp_path / "f.csv", text.encode(encoding))
    assert content == text
    assert "check that letters beyond a to z" in found.note


def test_a_late_letter_decides(tmp_path):
    text = "candidate_id,name\n" + "1,plain\n" * 300_000 + "2,Jürgen Müller\n"
    content, found = read(tmp_path / "f.csv", text.encode("cp1252"))
    assert content.endswith("2,Jürgen Müller\n")
    assert found.note


def test_a_letter_across_two_chunks_is_whole(tmp_path):
    text = "x" * ((1 << 20) - 1) + "é" + "y" * 10
    content, found = read(tmp_path / "f.csv", text.encode())
    assert content == text
    assert (found.name, found.errors, found.note) == ("utf-8", "strict", None)


def test_a_file_pieced_together_keeps_its_good_part(tmp_path):
    content, found = read(tmp_path / "f.csv", KOREAN.encode() + "3,José,\n".encode("cp1252"))
    assert content == KOREAN + "3,José,\n"
    assert found.note == "1 bytes are not UTF-8 and were read as Windows-1252"


def test_a_letter_cut_off_at_the_end(tmp_path):
    content, _ = read(tmp_path / "f.csv", KOREAN.encode()[:-2])
    assert content.startswith(KOREAN[:-2])


@pytest.mark.parametrize("content", [b"", b"a", b"\xff", b"\xff\xfe", b"\x00\x00", bytes(range(256))])
def test_no_content_is_too_odd(tmp_path, content):
    assert isinstance(read(tmp_path / "f.csv", content)[0], str)


@settings(max_examples=60)
@given(content=st.binary(max_size=200))
def test_any_bytes_can_be_read(tmp_path_factory, content):
    assert isinstance(read(tmp_path_factory.getbasetemp() / "any.csv", content)[0], str)


@settings(max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf8_is_read_back(tmp_path_factory, text):
    content = ("id,x\n" + text).encode()
    assert read(tmp_path_factory.getbasetemp() / "utf8.csv", content)[0] == "id,x\n" + text
