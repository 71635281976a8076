"""Matches the column names of a file with those of its table: any order, any case, "Posting ID" for posting_id."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobrec_ui.data.tables import TableSpec
from jobrec_ui.errors import InputError

_NOT_A_WORD = re.compile(r"[\W_]+")
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_MOST_NAMED = 10
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Header:
    """Where each known column stands in the file (position by column name), and remarks about the others."""

    positions: dict[str, int]
    notes: tuple[str, ...]


def plain_name(name: str) -> str:
    """``name`` as the tables write their column names: lower case, words joined by underscores."""
    return _NOT_A_WORD.sub("_", name.strip().strip("\ufeff").lower()).strip("_")


def match_header(names: Sequence[str], table: TableSpec, file: str) -> Header:
    """Finds the columns of ``table`` among the ``names`` of ``file``.

    Raises InputError if a required column is missing or a known one is there twice.
    """
    positions: dict[str, int] = {}
    unknown: list[str] = []
    for position, name in enumerate(names):
        plain = plain_name(name)
        if plain not in table.by_name:
            unknown.append(name.strip() or f"number {position + 1} (no name)")
        elif plain in positions:
            raise InputError(f"{file} has two columns for {plain}: keep one of them, and load again.")
        else:
            positions[plain] = position
    missing = [name for name in table.required if name not in positions]
    if missing:
        raise InputError(_missing_message(missing, unknown, names, file))
    free = [name for name in table.names if name not in positions]
    return Header(positions, tuple(_unknown_notes(unknown, free)))


def _missing_message(missing: list[str], unknown: list[str], names: Sequence[str], file: str) -> str:
    present = ", ".join(_shown(name) for name in names[:30] if _shown(name)) or "none"
    hints = "".join(f" Is {_shown(name)!r} meant to be {close}?" for name in unknown if (close := _like(name, missing)))
    if any("\n" in name for name in names):
        hints += " A quote in its first line is not closed there: write a quote inside a quoted name twice."
    plural = "s" if len(missing) > 1 else ""
    return f"{file} lacks the column{plural} {', '.join(missing)}. It has: {present}.{hints}"


def _unknown_notes(unknown: list[str], free: list[str]) -> Iterator[str]:
    """What to say of unknown columns: one note for each that is likely a known one, and one for all others."""
    likely = {name: close for name in unknown if (close := _like(name, free))}
    for name, close in likely.items():
        yield f"column {_shown(name)} is not known and was ignored; rename it if {close} is meant"
    others = [_shown(name) for name in unknown if name not in likely]
    if others:
        more = f" and {len(others) - _MOST_NAMED:,} more" if len(others) > _MOST_NAMED else ""
        one = len(others) == 1
        yield (
            f"column{'' if one else 's'} {', '.join(others[:_MOST_NAMED])}{more} {'is' if one else 'are'} not known "
            f"and {'was' if one else 'were'} ignored"
        )


def _like(name: str, names: list[str]) -> str | None:
    """Which of ``names`` is likely meant by ``name``."""
    close = difflib.get_close_matches(plain_name(name[:_LONGEST_NAME]), names, n=1, cutoff=0.7)
    return close[0] if close else None


def _shown(name: str) -> str:
    """``name`` as a message shows it: short, on one line."""
    return _UNREADABLE.sub(" ", name[:_LONGEST_NAME]).strip()
