"""A text is translated anew where the catalog answers otherwise, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from embedded_redshift.translate import RedshiftSyntaxError, translation_cache
from tests.embedded_redshift.translate.conftest import Warehouse

QUERY = "SELECT * FROM t WHERE s = 'x'"


@pytest.fixture
def translated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were really translated."""
    done: list[str] = []
    translate = translation_cache.translate

    def noting(sql: str, catalog: Any) -> Any:
        done.append(sql)
        return translate(sql, catalog)

    monkeypatch.setattr(translation_cache, "translate", noting)
    return done


def test_the_same_answers_give_the_same_translation(translated: list[str]) -> None:
    cache = translation_cache.TranslationCache()
    for _ in range(2):  # in another database too
        warehouse = Warehouse()
        warehouse.run("CREATE TABLE t (s VARCHAR(9), n INT)")
        assert cache.translate(QUERY, warehouse) == warehouse.translate(QUERY)
        warehouse.run("INSERT INTO t VALUES ('x', 1)")
        assert cache.translate(QUERY, warehouse) == warehouse.translate(QUERY)
        warehouse.connection.close()
    assert translated == [QUERY]


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO t VALUES ('x ', 1)",
        "ALTER TABLE t ADD COLUMN m INT",
        "DROP TABLE t; CREATE TABLE t (n INT, s VARCHAR(9))",
        "DROP TABLE t; CREATE TABLE t (s CHAR(9), n INT)",
        "DROP TABLE t; CREATE VIEW t AS SELECT 1 AS one, 'x' AS s WITH NO SCHEMA BINDING",
    ],
)
def test_other_answers_give_another(warehouse: Warehouse, translated: list[str], change: str) -> None:
    cache = translation_cache.TranslationCache()
    warehouse.run("CREATE TABLE t (s VARCHAR(9), n INT)")
    cache.translate(QUERY, warehouse)
    for statement in change.split("; "):
        warehouse.run(statement)
    after = cache.translate(QUERY, warehouse)
    assert after == warehouse.translate(QUERY)
    assert cache.translate(QUERY, warehouse) == after
    assert translated == [QUERY, QUERY]


def test_functions_of_models(warehouse: Warehouse) -> None:
    cache, call = translation_cache.TranslationCache(), "SELECT ml.f(1) AS r"
    with pytest.raises(RedshiftSyntaxError):
        cache.translate(call, warehouse)
    for target in ("one", "another"):
        warehouse.model_functions["ml.f"] = target
        assert target in cache.translate(call, warehouse).statements[0]


def test_it_forgets_what_was_unused_for_longest(
    warehouse: Warehouse, translated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation_cache, "MAX_TEXTS", 3)
    cache, texts = (
        translation_cache.TranslationCache(),
        [f"SELECT {n} AS n" for n in range(translation_cache.MAX_TEXTS + 1)],
    )
    for text in (*texts[:-1], texts[0], texts[-1], texts[0]):
        cache.translate(text, warehouse)
    assert translated == texts
    cache.translate(texts[1], warehouse)
    assert translated == [*texts, texts[1]]
