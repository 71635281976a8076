"""What a file is, by its first bytes rather than its name: an export named .csv may well be a workbook."""

import mimetypes
import zipfile
from enum import Enum
from pathlib import Path


class Form(Enum):
    """A form that files have; the value says it in words."""

    TEXT = "a text table"
    SPREADSHEET = "a spreadsheet"
    JSON = "JSON"
    PARQUET = "Parquet"
    GZIP = "compressed"
    ZIP = "an archive"
    OTHER = "another kind of file"


_TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".psv", "")
_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_WORKBOOK_SUFFIXES = (".xls", ".xlsx", ".xlsb", ".xlsm")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# How files begin that are no table, whatever their name says.
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite", b"\x7fELF", b"MZ", b"{\\rtf")


def form_of(path: Path) -> Form:
    """The form of the file at ``path``. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(4096)
    suffix = path.suffix.lower()
    if start.startswith(b"PK\x03\x04"):
        return _form_of_zip(path)
    if start.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if start.startswith(b"PAR1") or suffix == ".parquet":
        return Form.PARQUET
    if start.startswith(_OLD_OFFICE):  # a new workbook that a password locks looks so as well
        return Form.SPREADSHEET if suffix in (*_WORKBOOK_SUFFIXES, *_TEXT_SUFFIXES) else Form.OTHER
    if start.startswith(_NO_TABLE):
        return Form.OTHER
    if suffix in _JSON_SUFFIXES or (suffix in _TEXT_SUFFIXES and _begins_as_json(start)):
        return Form.JSON
    # Many programs call a text table .xls, so that a spreadsheet opens it.
    is_text = suffix in _TEXT_SUFFIXES or (suffix in _WORKBOOK_SUFFIXES and start[:1] != b"<" and _is_text(start))
    return Form.TEXT if is_text else Form.OTHER


def _is_text(start: bytes) -> bool:
    return bool(start) and (b"\x00" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff")))


def _form_of_zip(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return Form.ZIP
    if any(name.startswith(("xl/workbook", "content.xml")) for name in names):
        return Form.SPREADSHEET
    is_document = any(name.startswith(("word/", "ppt/")) for name in names)
    return Form.OTHER if is_document else Form.ZIP


def _begins_as_json(start: bytes) -> bool:
    """Whether the text begins like a JSON object or a list of them; a header may begin with a bracket as well."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] == b"[":
        text = text[1:].lstrip()
    return text[:1] == b"{" and text[1:].lstrip()[:1] in (b'"', b"}")


def in_words(path: Path, form: Form) -> str:
    """What the file is, for somebody who wonders why it was not read."""
    if form is not Form.OTHER:
        return form.value
    kind = mimetypes.guess_type(path.name)[0] or ""
    words = {"image": "a picture", "video": "a film", "audio": "a recording"}.get(kind.partition("/")[0])
    documents = ("pdf", "word", "rtf", "opendocument", "presentation")
    if words is None and any(part in kind for part in documents):
        words = "a document"
    return words or "not a table: CSV, Excel, JSON and Parquet are read"
