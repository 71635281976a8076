"""Translations that this process made before: a text is translated anew only where the catalog answers otherwise.

A translation follows from the text and from what the catalog answered. After a write, after DDL, and in the next
database the answers are mostly the same ones, and to ask for them again takes a tenth of the time.
"""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from embedded_redshift.translate.interface import Catalog, Translation
from embedded_redshift.translate.metadata import TableInfo
from embedded_redshift.translate.statements import translate

MAX_TEXTS = 1000  # kept; the one unused for longest goes first
MAX_VARIANTS = 4  # kept of each text

Lookup = tuple[str, *tuple[str | None, ...]]  # a method of the catalog and what it is given


@dataclass
class _RecordingCatalog:
    """A catalog that notes what it is asked and what it answers."""

    catalog: Catalog
    answers: dict[Lookup, Any] = field(default_factory=dict)

    def columns(self, schema: str | None, table: str) -> dict[str, str] | None:
        found: dict[str, str] | None = self._look_up("columns", schema, table)
        return found

    def sort_key(self, schema: str | None, table: str) -> tuple[str, ...]:
        found: tuple[str, ...] = self._look_up("sort_key", schema, table)
        return found

    def table_info(self, schema: str | None, table: str) -> TableInfo:
        found: TableInfo = self._look_up("table_info", schema, table)
        return found

    def has_trailing_blanks(self, schema: str | None, table: str, column: str) -> bool:
        return bool(self._look_up("has_trailing_blanks", schema, table, column))

    def view(self, schema: str | None, name: str) -> str | None:
        found: str | None = self._look_up("view", schema, name)
        return found

    def function(self, name: str) -> str | None:
        found: str | None = self._look_up("function", name)
        return found

    def _look_up(self, *lookup: str | None) -> Any:
        answer = getattr(self.catalog, str(lookup[0]))(*lookup[1:])
        self.answers[lookup] = _comparable(answer)  # type: ignore[index]
        return answer


def _comparable(answer: Any) -> Any:
    """An answer to compare with: columns are others in another order."""
    return tuple(answer.items()) if isinstance(answer, dict) else answer


@contextmanager
def _without_collection() -> Iterator[None]:
    """A tree is made of many objects that all stay: to look among them for garbage took a quarter of the time.

    Where several threads translate at once the first to end lets the collector go on for all.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class TranslationCache:
    """What was translated, and on which answers of the catalog it rests. Shared by all databases of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._variants: OrderedDict[str, list[tuple[dict[Lookup, Any], Translation]]] = OrderedDict()

    def translate(self, sql: str, catalog: Catalog) -> Translation:
        """As the function of this name. Raises RedshiftSyntaxError."""
        with self._lock:
            variants = tuple(self._variants.get(sql, ()))
            if variants:
                self._variants.move_to_end(sql)
        for answers, translation in variants:
            if all(_comparable(getattr(catalog, q[0])(*q[1:])) == answer for q, answer in answers.items()):
                return translation
        recording = _RecordingCatalog(catalog)
        with _without_collection():
            translation = translate(sql, recording)
        if translation.once:
            return translation
        with self._lock:
            kept = self._variants.setdefault(sql, [])
            kept.insert(0, (recording.answers, translation))
            del kept[MAX_VARIANTS:]
            while len(self._variants) > MAX_TEXTS:
                self._variants.popitem(last=False)
        return translation


TRANSLATIONS = TranslationCache()
