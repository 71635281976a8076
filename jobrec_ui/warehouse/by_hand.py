"""Statements that somebody wrote: where each stands in its file, what it binds, and where an error in it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from jobrec_ui.warehouse import failures, sqlfiles

# What SQLAlchemy takes for a bound value.
_BIND = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")
_BEGINS = re.compile(r"(BEGIN|START\s+TRANSACTION)\b", re.IGNORECASE)
_ENDS = re.compile(r"(COMMIT|END|ROLLBACK|ABORT)\b", re.IGNORECASE)
_PLACE = re.compile(r"\s*\(line (\d+), column (\d+)\)$")  # of the embedded warehouse, at the end of its message


@dataclass(frozen=True)
class Written:
    """A statement as it stands in a file, without its semicolon; ``offset``: of its first word, in the file's text."""

    file_text: str
    offset: int
    text: str

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of its first word, from 1."""
        return _place(self.file_text, self.offset)

    @property
    def binds(self) -> list[str]:
        """The names of the values that it binds, in order, as often as it does."""
        return [match[1] for match in _BIND.finditer(self._bindable().replace("\\:", "  "))]

    @property
    def begins(self) -> bool:
        """Whether it begins a transaction."""
        return bool(_BEGINS.match(self.text))

    @property
    def ends(self) -> bool:
        """Whether it ends one."""
        return bool(_ENDS.match(self.text))

    def clause(self, values: Mapping[str, Any]) -> sa.TextClause:
        """For SQLAlchemy, with those of ``values`` that it binds. What is quoted or commented binds nothing."""
        return sa.text(self._bindable()).bindparams(**{name: values[name] for name in set(self.binds)})

    def found_at(self, error: BaseException | None) -> tuple[int, int]:
        """Line and column in the file of what a driver's error is about; of the statement where it does not say."""
        if own := _PLACE.search(failures.message(error)):
            line, column = int(own[1]), int(own[2])
            lines = self.text.split("\n")
            if line <= len(lines):
                return _place(self.file_text, self.offset + sum(len(one) + 1 for one in lines[: line - 1]) + column - 1)
        detail = error.args[0] if error is not None and error.args else None
        sent = str(detail.get("P", "")) if isinstance(detail, dict) else ""
        if sent.isdigit():  # characters of what was sent, in which bound values are $1, $2, ...
            return _place(self.file_text, self.offset + self._written_at(int(sent) - 1))
        return self.place

    def _bindable(self) -> str:
        return sqlfiles.TOKEN.sub(lambda token: token[0].replace(":", "\\:"), self.text)

    def _written_at(self, sent: int) -> int:
        """The place in the text of a place in what was sent."""
        longer = 0
        masked = sqlfiles.TOKEN.sub(lambda token: " " * len(token[0]), self.text)
        for number, match in enumerate(_BIND.finditer(masked), 1):
            if match.start() - longer >= sent:
                break
            longer += len(match[0]) - len(f"${number}")
        return min(max(sent + longer, 0), len(self.text))


def without_place(message: str) -> str:
    """The message of an error without the embedded warehouse's own word on where in the statement it is."""
    return _PLACE.sub("", message)


def written(text: str) -> Iterator[Written]:
    """The statements of a file, in order."""
    for offset, statement in sqlfiles.located(text):
        first = sqlfiles.first_word(statement)
        yield Written(text, offset + first, statement[first:])


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
