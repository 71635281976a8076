"""The border of the engine: what other libraries and Python itself raise does not get over it in their words."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from embedded_redshift import errors

P = ParamSpec("P")
R = TypeVar("R")

# DuckDB shows the line that it got stuck on, and points at the place with a caret below it.
_POINTED_AT = re.compile(r"\n\nLINE \d+: (?P<line>.*)\n(?P<before> *)\^", re.S)
_SHOWN_BEFORE = len("LINE 1: ")
_WORD = re.compile(r"\"?(\w+)")


def at_the_border(method: Callable[P, R]) -> Callable[P, R]:
    """Has a method of the DB-API raise the DB-API's errors and no others."""

    @functools.wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except errors.Error:
            raise
        except Exception as error:
            raise errors.unforeseen(error) from error

    return guarded


def place_in(statement: str, error: BaseException) -> tuple[int, int]:
    """(line, column) of what DuckDB got stuck on in the statement, from 1; of its first word if that is unknown."""
    first = re.search(r"\S", statement)
    where = first.start() if first else 0
    if (shown := _POINTED_AT.search(str(error))) and (
        word := _WORD.match(shown["line"], max(0, len(shown["before"]) - _SHOWN_BEFORE))
    ):
        found = re.search(rf"(?<![\w]){re.escape(word[1])}(?![\w])", statement, re.I)
        where = found.start() if found else where
    return statement.count("\n", 0, where) + 1, where - (statement.rfind("\n", 0, where) + 1) + 1
