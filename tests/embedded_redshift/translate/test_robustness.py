"""Whatever the text is, the translation gives statements that DuckDB parses, or a RedshiftSyntaxError."""

# ruff: noqa: E501 - a statement on a line

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded_redshift.translate import RedshiftSyntaxError
from embedded_redshift.translate.grammar import StrictRedshift

STATEMENTS = (
    "SELECT TOP 3 a.n AS x, COUNT(DISTINCT n) * 2 / 3.0 FROM one AS a LEFT JOIN one b USING (n) WHERE a.n IN (1, 2) GROUP BY 1",
    "WITH t (m) AS (SELECT n + 1 FROM one) SELECT m, ROW_NUMBER() OVER (PARTITION BY m ORDER BY m DESC NULLS LAST) FROM t QUALIFY 1 = 1",
    "SELECT w.a[0].b::VARCHAR(3), i FROM (SELECT JSON_PARSE('[1]') AS ws FROM one) t, t.ws AS w AT i WHERE w LIKE 'x%' ESCAPE '!'",
    "SELECT CASE n WHEN 1 THEN 'a' ELSE NULL END, DATEDIFF(day, DATE '2020-01-01', SYSDATE), -n, NOT TRUE FROM one ORDER BY 1 LIMIT 2 OFFSET 1",
    "SELECT LISTAGG(DISTINCT n, ',') WITHIN GROUP (ORDER BY n) FROM one UNION ALL (SELECT 'x' EXCEPT SELECT 'y')",
    "INSERT INTO one (n) SELECT n FROM one WHERE NOT EXISTS (SELECT 1 FROM one o WHERE o.n = one.n)",
    "UPDATE one SET n = o.n + :p FROM one o WHERE one.n = o.n",
    "CREATE TABLE made (a INT IDENTITY(1, 1), b VARCHAR(3) DEFAULT 'x' NOT NULL ENCODE zstd) DISTSTYLE KEY DISTKEY (a) SORTKEY (a, b)",
    "MERGE INTO one USING two t ON one.n = t.n WHEN MATCHED THEN UPDATE SET n = t.n WHEN NOT MATCHED THEN INSERT (n) VALUES (t.n)",
    "SELECT * FROM one PIVOT (COUNT(*) AS c FOR n IN (1 AS a, NULL)) p",
    "ALTER TABLE one ADD COLUMN c DECIMAL(5, 2) NOT NULL DEFAULT 0",
    "SET query_group TO 'x'",
)  # fmt: skip


def words(statement: str) -> list[str]:
    """The statement's tokens as they are written."""
    return [statement[t.start : t.end + 1] for t in StrictRedshift().tokenize(statement)]


TOKENS = [words(s) for s in STATEMENTS]
ALL_WORDS = sorted({w for tokens in TOKENS for w in tokens})


def check(warehouse: Any, text: str) -> None:
    statements, refusal = (), ""
    try:
        statements = warehouse.translate(text).statements
    except RedshiftSyntaxError as error:
        refusal = str(error)
    assert "cannot translate" not in refusal  # that is said of what no translator reckoned with
    for statement in statements:
        assert duckdb.extract_statements(statement)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(TOKENS), st.integers(0, 80), st.sampled_from(["", *ALL_WORDS]))
def test_a_changed_word(shared: Any, tokens: list[str], place: int, word: str) -> None:
    changed = list(tokens)
    changed[place % len(changed)] = word
    check(shared, " ".join(changed))


@settings(deadline=None, max_examples=150)
@given(st.text("SELECT FROMone()'\"-/*;:$,.1=[]{}\\\n", max_size=40))
def test_any_text(shared: Any, text: str) -> None:
    check(shared, text)


def test_unchanged_statements_are_fine(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE one (n INT)")
    warehouse.run("CREATE TABLE two (n INT)")
    kinds = [warehouse.translate(s).kind for s in STATEMENTS]
    assert kinds == ["query"] * 5 + ["write", "write", "ddl", "write", "query", "ddl", "session"]


def test_deep_nesting_is_refused_not_fatal(shared: Any) -> None:
    with pytest.raises(RedshiftSyntaxError, match="nested too deeply"):
        shared.translate("SELECT " + "(" * 3000 + "1" + ")" * 3000)


def test_all_is_a_limit_and_no_offset(warehouse: Any) -> None:
    warehouse.run("CREATE TABLE one (n INT)")
    assert warehouse.translate("SELECT n FROM one LIMIT ALL").kind == "query"
    with pytest.raises(RedshiftSyntaxError, match="LIMIT and OFFSET take a whole number"):
        warehouse.translate("SELECT n FROM one LIMIT 2 OFFSET ALL")
