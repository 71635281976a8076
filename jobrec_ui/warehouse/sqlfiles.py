"""Reads the statements in sql/: splices includes, puts in identifiers, splits files at semicolons.

A file may hold a line ``-- include: features/pair_features``: the named file's text takes that line's place.
This is how training and serving share one text of the features. In the place of ``-- include each: filters`` come the
files that the caller chose under that name, so that a statement holds only what is asked for; a comma stands between
them, or UNION ALL after ``-- include each, UNION ALL between: filters``. A file that could pass for a question and is
only spliced in so says it by a line ``-- part of: filters``.
"""

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jobrec_ui.warehouse import folding

SQL_ROOT = Path(__file__).resolve().parents[2] / "sql"

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,126}(\.[a-z_][a-z0-9_]{0,126})?")
_INCLUDE = re.compile(r"^[ \t]*-- include: ([a-z0-9_/]+)[ \t]*$", re.MULTILINE)
_EACH = re.compile(r"^[ \t]*-- include each(?:, (UNION ALL) between)?: ([a-z_]+)[ \t]*$", re.MULTILINE)
_PART_OF = re.compile(r"^-- part of: ([a-z_, ]+)$", re.MULTILINE)
_SLOT = re.compile(r"\{([a-z_]+)\}")
_SELECT = re.compile(r"(\s|--[^\n]*\n)*(SELECT|WITH)\b")
# One token: a comment, a quoted text, a semicolon. What is between tokens holds none of these.
TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$\$.*?\$\$|;", re.DOTALL)

# Texts that statements take between quotes and that cannot be bound, by the slots for them.
_TEXTS = {
    "bucket": ("the name of an S3 bucket", re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")),
    "label": ("a label for queries", re.compile(r"[a-z0-9_ ]{1,30}")),
}


class Clause(str):
    """SQL text put together from checked parts, for a slot that takes more than a name. Not for what users typed."""


class Parts(tuple[str, ...]):
    """Names of files for a line ``-- include each``, at least one, in order."""


Names = Mapping[str, str | float | Sequence[str]]


@functools.cache
def read(name: str, banners: bool = False) -> str:
    """The text of sql/<name>.sql with its includes spliced in and foldings of letters written out (folding.py).

    ``banners``: with a line before and after each that says which file it is. Raises LookupError for no such file.
    """
    path = SQL_ROOT / f"{name}.sql"
    if not path.is_file():
        raise LookupError(f"There is no SQL file {name!r} under {SQL_ROOT}.")
    text = folding.written_out(path.read_text(encoding="utf-8"))
    return _INCLUDE.sub(lambda match: _part(match[1], banners), text)


def _part(name: str, banners: bool) -> str:
    text = read(name, banners).rstrip("\n")
    return f"-- ==== {name} ====\n{text}\n-- ==== end of {name} ====" if banners else text


def questions() -> list[str]:
    """The files that hold one SELECT each, without those that are only parts of others, in order."""
    texts = {name: _text(name) for name in names()}
    parts = {part for text in texts.values() for part in _INCLUDE.findall(text)}
    whole = [name for name, text in texts.items() if name not in parts and not _PART_OF.search(text)]
    return [name for name in whole if len(found := list(split(read(name)))) == 1 and _SELECT.match(found[0])]


def names() -> list[str]:
    """Every file in sql/, in order."""
    return sorted(str(path.relative_to(SQL_ROOT).with_suffix("")) for path in SQL_ROOT.rglob("*.sql"))


def used_in(name: str) -> list[str]:
    """The files that have the file ``name`` as a part, in order; none for a file that stands by itself."""
    own = _PART_OF.search(_text(name))
    lines = own[1].replace(", ", "|") if own else ""
    line = re.compile(rf"^[ \t]*-- include each.*: ({lines})[ \t]*$", re.MULTILINE) if own else None
    return [
        other
        for other in names()
        if name in _INCLUDE.findall(text := _text(other)) or (line is not None and line.search(text))
    ]


def _text(name: str) -> str:
    return _content(SQL_ROOT / f"{name}.sql")


@functools.cache
def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def slots(name: str) -> set[str]:
    """The names of the slots in sql/<name>.sql, and of its lines ``-- include each``."""
    text = read(name)
    return {*_SLOT.findall(text), *(match[2] for match in _EACH.finditer(text))}


def identifier(name: str) -> str:
    """``name`` unchanged if it is a plain (optionally schema-qualified) identifier; else ValueError."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"Not a plain SQL identifier: {name!r}")
    return name


def render(name: str, names: Names | None = None, banners: bool = False) -> str:
    """The text of sql/<name>.sql with every ``{slot}`` replaced by the identifier (or list of them) of that name.

    A number and a Clause stand for themselves; ``{bucket}`` and ``{label}`` take a text of their own form; Parts are
    for the lines ``-- include each``. Raises ValueError for what is none of these, KeyError for a slot or line without
    a value, LookupError for a part that is no file.
    """
    parts = {slot: value for slot, value in (names or {}).items() if isinstance(value, Parts)}
    values = {slot: _checked(slot, value) for slot, value in (names or {}).items() if slot not in parts}
    return _SLOT.sub(lambda match: values[match[1]], _with_parts(read(name, banners), parts, banners))


def _with_parts(text: str, parts: Mapping[str, Parts], banners: bool = False) -> str:
    def each(match: re.Match[str]) -> str:
        if not (chosen := parts[match[2]]):
            raise ValueError(f"No parts for the line {match[0]!r}.")
        return f"\n{match[1] or ','}\n".join(_with_parts(_part(part, banners), parts, banners) for part in chosen)

    return _EACH.sub(each, text)


def _checked(slot: str, value: str | float | Sequence[str]) -> str:
    if isinstance(value, bool):
        raise ValueError(f"Neither a name nor a number: {value!r}")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError(f"Not a number to write out: {value!r}")
        return str(value)
    if isinstance(value, Clause):
        return value
    if slot in _TEXTS:
        about, form = _TEXTS[slot]
        if not (isinstance(value, str) and form.fullmatch(value)):
            raise ValueError(f"Not {about}: {value!r}")
        return value
    if isinstance(value, str):
        return identifier(value)
    if not value:
        raise ValueError(f"No names for the slot {slot!r}.")
    return ", ".join(identifier(one) for one in value)


def split(text: str) -> Iterator[str]:
    """The statements of ``text``, split at semicolons outside quotes and comments; empty ones are left out."""
    for _, statement in located(text):
        yield statement


def located(text: str) -> Iterator[tuple[int, str]]:
    """The same, each after its place in ``text``."""
    start = 0
    for token in TOKEN.finditer(text):
        if token[0] == ";":
            yield from _statement(text, start, token.start())
            start = token.end()
    yield from _statement(text, start, len(text))


def first_word(statement: str) -> int:
    """The place in a statement of what is neither blank nor a comment."""
    masked = TOKEN.sub(lambda token: " " * len(token[0]) if token[0][:2] in ("--", "/*") else token[0], statement)
    return len(masked) - len(masked.lstrip())


def _statement(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    found = text[start:end]
    if first_word(found) < len(found):
        yield start + len(found) - len(found.lstrip()), found.strip()
