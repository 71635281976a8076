"""Translations that this process made before: a text is translated anew only where the catalog answers otherwise.

A translation follows from the text and from what the catalog answered. After a write, after DDL, and in the next
database the answers are mostly the same ones, and to ask for them again takes a tenth of the time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from embedded_redshift.translate.interface import Catalog, Translation
from embedded_redshift.translate.statements import translate

TEXTS = 1000  # kept; the one unused for longest goes first
WAYS = 4  # kept of each text

Question = tuple[str, *tuple[str | None, ...]]  # a method of the catalog and what it is given


@dataclass
class _Noted:
    """A catalog that notes what it is asked and what it answers."""

    catalog: Catalog
    answers: dict[Question, Any] = field(default_factory=dict)

    def columns(self, schema: str | None, table: str) -> dict[str, str] | None:
        found: dict[str, str] | None = self._ask("columns", schema, table)
        return found

    def sort_key(self, schema: str | None, table: str) -> tuple[str, ...]:
        found: tuple[str, ...] = self._ask("sort_key", schema, table)
        return found

    def has_trailing_blanks(self, schema: str | None, table: str, column: str) -> bool:
        return bool(self._ask("has_trailing_blanks", schema, table, column))

    def view(self, schema: str | None, name: str) -> str | None:
        found: str | None = self._ask("view", schema, name)
        return found

    def function(self, name: str) -> str | None:
        found: str | None = self._ask("function", name)
        return found

    def _ask(self, *question: str | None) -> Any:
        answer = getattr(self.catalog, str(question[0]))(*question[1:])
        self.answers[question] = _in_order(answer)  # type: ignore[index]
        return answer


def _in_order(answer: Any) -> Any:
    """An answer to compare with: columns are others in another order."""
    return tuple(answer.items()) if isinstance(answer, dict) else answer


class Memory:
    """What was translated, and on which answers of the catalog it rests. Shared by all databases of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ways: OrderedDict[str, list[tuple[dict[Question, Any], Translation]]] = OrderedDict()

    def translate(self, sql: str, catalog: Catalog) -> Translation:
        """As the function of this name. Raises RedshiftSyntaxError."""
        with self._lock:
            ways = tuple(self._ways.get(sql, ()))
            if ways:
                self._ways.move_to_end(sql)
        for answers, translation in ways:
            if all(_in_order(getattr(catalog, q[0])(*q[1:])) == answer for q, answer in answers.items()):
                return translation
        noted = _Noted(catalog)
        translation = translate(sql, noted)
        if translation.once:
            return translation
        with self._lock:
            kept = self._ways.setdefault(sql, [])
            kept.insert(0, (noted.answers, translation))
            del kept[WAYS:]
            while len(self._ways) > TEXTS:
                self._ways.popitem(last=False)
        return translation


MEMORY = Memory()
