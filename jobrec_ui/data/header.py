"""Matches the column names of a file with those of its table: any order, any case, "Posting ID" for posting_id."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobrec_ui.data.tables import TableSpec
from jobrec_ui.errors import InputError

_NOT_A_WORD = re.compile(r"[\W_]+")


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
    free = [name for name in table.names if name not in positions]
    if missing:
        raise InputError(_missing_message(missing, unknown, names, file))
    return Header(positions, tuple(_unknown_note(name, free) for name in unknown))


def _missing_message(missing: list[str], unknown: list[str], names: Sequence[str], file: str) -> str:
    present = ", ".join(name.strip()[:40] for name in names[:30] if name.strip()) or "none"
    hints = "".join(
        f" Is {name[:40]!r} meant to be {close[0]}?"
        for name in unknown
        if (close := difflib.get_close_matches(plain_name(name), missing, n=1, cutoff=0.5))
    )
    plural = "s" if len(missing) > 1 else ""
    return f"{file} lacks the column{plural} {', '.join(missing)}. It has: {present}.{hints}"


def _unknown_note(name: str, free: list[str]) -> str:
    close = difflib.get_close_matches(plain_name(name), free, n=1, cutoff=0.75)
    hint = f"; rename it if {close[0]} is meant" if close else ""
    return f"column {name[:60]} is not known and was ignored{hint}"
