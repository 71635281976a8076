"""Texts with several statements, cut at their semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What a semicolon in it does not end, and the semicolon. What is not closed goes on to the end of the text.
_TOKEN = re.compile(
    r"""
      '(?:[^'\\]|''|\\.)*(?:'|\Z)
    | "(?:[^"]|"")*(?:"|\Z)
    | --[^\n]*
    | /\*.*?(?:\*/|\Z)
    | ;
    """,
    re.S | re.X,
)


class Statement(NamedTuple):
    """One of a text's statements. line: of its first word, from 1. ended: whether its semicolon is there."""

    text: str
    line: int
    ended: bool


def statements(text: str) -> Iterator[Statement]:
    """The statements of a text, without their semicolons; what has only blanks and comments is none."""
    start = 0
    for token in _TOKEN.finditer(text):
        if token[0] == ";":
            yield from _statement(text, start, token.start(), ended=True)
            start = token.end()
    yield from _statement(text, start, len(text), ended=False)


def _statement(text: str, start: int, end: int, *, ended: bool) -> Iterator[Statement]:
    first = re.compile(r"(?:\s+|--[^\n]*|/\*.*?(?:\*/|\Z))*", re.S).match(text, start, end)
    begins = first.end() if first else start
    if begins < end:
        yield Statement(text[start:end].strip(), text.count("\n", 0, begins) + 1, ended)
    elif not ended and "/*" in text[start:end] and "*/" not in text[start:end]:
        yield Statement(text[start:end].strip(), text.count("\n", 0, start) + 1, ended)
