"""Reads columns of lists (skills, languages): whichever mark the column as a whole sets between its entries.

What else stands in an entry belongs to it: "CI/CD", or "C, C++" in a column whose lists have semicolons.
"""

import ast
import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

Split = Callable[[str], list[str]]

_BULLET = re.compile(r"^\s*(?:[•·▪▫◦●○■□‣⁃∙★➢➤✓✔*+–—-]|\d{1,2}[.)])\s+|^\s*[•·▪▫◦●○■□‣⁃∙★➢➤✓✔]\s*")
_INLINE_BULLET = re.compile(r"\s*[•·▪◦●■‣⁃∙]\s*")
_LINE_OR_BULLET = re.compile(r"[\n\r•·▪◦●■‣⁃∙]")
_SLASH = re.compile(r"\s+/\s+")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_COMMA = re.compile("[,，、]")
_BRACKET_OR_NUMBER = re.compile(r"[(\[]|\d,\d")
_NAMES = ("name", "label", "title", "skill", "language", "value", "text", "skill_name", "displayname", "display_name")
SAMPLE = 4000
# So many of the cells with several entries have to show a mark for the column to be read by it.
_ENOUGH = 0.2
# A comma within an entry is rarer than one between entries; so many entries of a column are short at least.
_LONG_ENTRY = 60


@dataclass(frozen=True)
class ListStyle:
    """How a column writes its lists: `mark` is what stands between entries, in words."""

    mark: str
    split: Split


def list_style(cells: Iterable[str]) -> ListStyle:
    """How the cells of a column write lists, as a whole: by a sample of them where there are many."""
    filled = [cell for cell in cells if cell.strip()]
    filled = filled[:: len(filled) // SAMPLE + 1]
    coded = sum(_decoded(cell) is not None for cell in filled)
    plain = [cell for cell in filled if _decoded(cell) is None]
    several = {mark: sum(len(split(cell)) > 1 for cell in plain) for mark, split in _SPLITS.items()}
    listed = max(1, sum(any(len(split(cell)) > 1 for split in _SPLITS.values()) for cell in plain))
    mark = next((mark for mark, count in several.items() if count >= max(1, _ENOUGH * listed)), "semicolons")
    if mark == "commas" and _is_prose(plain):
        mark = "semicolons"
    base = _with_known_entries(plain, mark)
    name = "JSON lists" if coded > len(plain) else mark

    def split(cell: str) -> list[str]:
        entries = _decoded(cell)
        return base(cell) if entries is None else _clean(entries)

    return ListStyle(name, split)


def _with_known_entries(cells: Sequence[str], mark: str) -> Split:
    """Splits at ``mark``; a cell without it is split at commas if the column knows each of its parts by itself."""
    # Lines hold lists themselves at times: "Python; SQL" on one, "Excel" on the next.
    split = _always_by_lines(_SPLITS["semicolons" if mark in ("line breaks", "bullet signs") else mark])
    if mark == "commas":
        return split
    known = Counter(entry.casefold() for cell in cells for entry in split(cell))

    def split_known(cell: str) -> list[str]:
        entries = split(cell)
        parts = _SPLITS["commas"](cell) if len(entries) == 1 else []
        return parts if len(parts) > 1 and all(known[part.casefold()] for part in parts) else entries

    return split_known


def _always_by_lines(split: Split) -> Split:
    """Splits at line breaks and bullet signs first: neither is ever part of an entry."""

    def split_all(cell: str) -> list[str]:
        if not _LINE_OR_BULLET.search(cell):
            return split(cell)
        lines = (_BULLET.sub("", line) for line in cell.splitlines())
        return _clean(entry for line in lines for part in _INLINE_BULLET.split(line) for entry in split(part))

    return split_all


def _is_prose(cells: Sequence[str]) -> bool:
    """Whether the commas are those of sentences."""
    entries = [entry for cell in cells for entry in _SPLITS["commas"](cell)]
    return sum(len(entry) > _LONG_ENTRY for entry in entries) > len(entries) / 3


def _by_lines(cell: str) -> list[str]:
    return _clean(_BULLET.sub("", line) for line in cell.splitlines())


def _by_commas(cell: str) -> list[str]:
    """At commas that no brackets are around: "Office (Word, Excel), SQL" has two entries."""
    if not _BRACKET_OR_NUMBER.search(cell):
        return _clean(_COMMA.split(cell))
    entries, depth, start = [], 0, 0
    for position, letter in enumerate(cell):
        depth += (letter in "([") - (letter in ")]" and depth > 0)
        if letter in ",，、" and depth == 0 and not cell[position - 1 : position + 2].replace(",", "").isdecimal():
            entries.append(cell[start:position])
            start = position + 1
    return _clean([*entries, cell[start:]])


def _clean(entries: Iterable[str]) -> list[str]:
    """The entries without blanks, bullets and what repeats; a semicolon within one would end it in the warehouse."""
    made: dict[str, str] = {}
    for entry in entries:
        bare, folded = _bare(entry)
        if bare:
            made.setdefault(folded, bare)
    return list(made.values())


@functools.lru_cache(maxsize=1 << 17)
def _bare(entry: str) -> tuple[str, str]:
    """An entry by itself, and as it is compared with others."""
    bare = _BULLET.sub("", entry).strip(" \t\r\n\u00a0;.,\"'" if entry.count('"') % 2 else " \t\r\n\u00a0;,")
    bare = " ".join(bare.replace(";", ",").split())
    return bare, bare.casefold()


# In the order in which a column is asked for them: the first are never part of an entry.
_SPLITS: dict[str, Split] = {
    "line breaks": _by_lines,
    "bullet signs": lambda cell: _clean(_INLINE_BULLET.split(cell)),
    "semicolons": lambda cell: _clean(re.split(r"[;；]", cell)),
    "bars": lambda cell: _clean(re.split(r"\|+", cell)),
    "tabs": lambda cell: _clean(cell.split("\t")),
    "slashes": lambda cell: _clean(_SLASH.split(cell)),
    "commas": _by_commas,
}


def _decoded(cell: str) -> list[str] | None:
    """The entries of a list that a program wrote: JSON, Python, or PostgreSQL's {a,b}; None if the cell is none."""
    text = cell.strip()
    if (text[:1], text[-1:]) not in (("[", "]"), ("{", "}"), ("(", ")")) or (text[0] == "(" and text[1:2] not in "'\""):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            return _names(read(text), text)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            continue
    if text[0] == "{":
        return _SPLITS["commas"](text[1:-1])
    quoted = [first or second for first, second in _QUOTED.findall(text)]
    return quoted or (text[1:-1].split(",") if text[0] == "[" else None)


def _names(value: object, text: str) -> list[str]:
    """The names in a list of texts or of objects. Raises TypeError for anything else."""
    if isinstance(value, dict):
        named = _name(value)
        return [named] if named is not None else [str(key) for key in value]
    if not isinstance(value, list | tuple | set):
        raise TypeError
    # numpy writes ['a' 'b'] without commas, which Python takes for one text.
    quoted = [first or second for first, second in _QUOTED.findall(text)]
    if len(value) == 1 and len(quoted) > 1 and "," not in re.sub(_QUOTED, "", text):
        return quoted
    entries = sorted(value, key=str) if isinstance(value, set) else value
    found = [_name(one) if isinstance(one, dict) else one for one in entries]
    return [str(one) for one in found if one is not None and not isinstance(one, list | dict)]


def _name(entry: dict[str, object]) -> str | None:
    """What an object of a list is called."""
    lowered = {str(key).casefold(): value for key, value in entry.items()}
    for key in _NAMES:
        if isinstance(lowered.get(key), str):
            return str(lowered[key])
    texts = [value for value in lowered.values() if isinstance(value, str)]
    return texts[0] if len(texts) == 1 else None


def as_semicolons(cells: pa.ChunkedArray, style: ListStyle | None = None) -> pa.ChunkedArray:
    """A column of lists with semicolons between their entries, however it writes them."""
    distinct = pc.unique(cells).drop_null()
    texts = distinct.to_pylist()
    split = (style or list_style(texts)).split
    joined = pa.array(["; ".join(split(text)) or None for text in texts], pa.string())
    return pa.chunked_array([joined.take(pc.index_in(cells, value_set=distinct).combine_chunks())])
