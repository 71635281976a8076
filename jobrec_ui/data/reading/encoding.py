"""Finds out in which encoding a text file is written: Unicode of any kind if it can be, else what fits its letters."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import chardet

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
# A mark at the start of the file; longer marks first, as the one of UTF-32 begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# So many broken bytes for each letter that is right, and the file is taken for UTF-8 with slips.
_SLIPS = 0.2
_REPAIR = "jobrec_ui.windows_1252"


@dataclass(frozen=True)
class Encoding:
    """What ``open`` needs (encoding name, error handler), and a remark for the user if the file is not plain UTF-8."""

    name: str
    errors: str = "strict"
    note: str | None = None


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are not UTF-8 as what they most often are in a file pieced together from several."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_REPAIR, _as_windows_1252)


def detect_encoding(path: Path) -> Encoding:
    """The encoding of the file at ``path``. Never fails: Latin-1 gives every byte a letter."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, "replace") if name != "utf-8-sig" else _utf8(path, name) or Encoding(name, _REPAIR)
    # Known column names are ASCII, so UTF-16 without a mark begins with a zero in every second byte.
    if len(start) == 4 and start[1] == start[3] == 0 != start[0]:
        return Encoding("utf-16-le", "replace", "read as UTF-16")
    if len(start) == 4 and start[0] == start[2] == 0 != start[1]:
        return Encoding("utf-16-be", "replace", "read as UTF-16")
    return _utf8(path, "utf-8") or _legacy(path)


def _utf8(path: Path, name: str) -> Encoding | None:
    """UTF-8 under ``name`` if the file is that, but for a few slips at most; else None."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    letters = broken = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            # An ASCII chunk may still end a letter that the chunk before it began.
            text = decoder.decode(chunk)
            if not text.isascii():
                beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
                # surrogateescape turns each broken byte into one lone surrogate, which UTF-8 cannot write.
                slips = len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))
                letters, broken = letters + beyond_ascii - slips, broken + slips
        broken += len(decoder.decode(b"", final=True))
    if broken == 0:
        return Encoding(name)
    if broken <= letters * _SLIPS:
        return Encoding(name, _REPAIR, f"{broken:,} bytes are not UTF-8 and were read as Windows-1252")
    return None


def _legacy(path: Path) -> Encoding:
    """An encoding from before Unicode, by the lines that hold more than ASCII."""
    sample = bytearray()
    with path.open("rb") as file:
        header = file.readline(_CHUNK)
        file.seek(0)
        while len(sample) < _SAMPLE and (line := file.readline(_CHUNK)):
            if not line.isascii():
                sample += line
    guess = chardet.detect(bytes(sample))["encoding"] or "cp1252"
    for name in (guess, "cp1252"):
        if _reads(path, name, header):
            return Encoding(name, note=f"not UTF-8, so read as {name}: check that letters beyond a to z came out right")
    return Encoding("latin-1", note="not UTF-8, so read as Latin-1: check that letters beyond a to z came out right")


def _reads(path: Path, name: str, header: bytes) -> bool:
    """Whether the whole file can be decoded as ``name``, and its ASCII letters stay what they are."""
    try:
        if header.isascii() and header.decode(name) != header.decode("ascii"):
            return False
        with path.open(encoding=name, newline="") as file:
            while file.read(_CHUNK):
                pass
    except (LookupError, UnicodeError):
        return False
    return True
