"""VACUUM and ANALYZE."""

from __future__ import annotations

import re

from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.statement_table import text_statement
from embedded_redshift.translate.table_names import quoted_name, written_name
from embedded_redshift.translate.values import identifier

_ANALYZE = re.compile(
    r"analy[sz]e(?:\s+compression)?(?:\s+verbose)?"
    r"(?:\s+(?P<table>[\w.\"]+)(?:\s*\([\w\",\s]+\))?(?:\s+(?:predicate|all)\s+columns)?(?:\s+comprows\s+\d+)?)?",
    re.I,
)
_VACUUM = re.compile(
    r"vacuum(?:\s+(?P<how>full|sort\s+only|delete\s+only|reindex|recluster))?(?:\s+(?P<table>[\w.\"]+))?"
    r"(?:\s+to\s+\d+\s+percent)?(?:\s+boost)?",
    re.I,
)


def _table(text: str, catalog: Catalog) -> tuple[str | None, str]:
    """(schema, name) of a table that is there."""
    name = written_name(text)
    if catalog.columns(*name) is None:
        raise RedshiftSyntaxError(f'relation "{text}" does not exist')
    return name


@text_statement(
    "vacuum", "analyze", "analyse",
    group="Maintenance",
    forms={
        "VACUUM": "sorts a table by its sort key again",
        "ANALYZE": "has nothing to do",
        "ANALYZE COMPRESSION": "has nothing to say",
    },
)  # fmt: skip
def _maintenance(word: str, text: str, catalog: Catalog) -> Translation:
    match = (_VACUUM if word == "vacuum" else _ANALYZE).fullmatch(text)
    if match is None:
        raise RedshiftSyntaxError(f"syntax error in {word.upper()}")
    name = _table(match["table"], catalog) if match["table"] else None
    if word != "vacuum":
        return Translation("noop")
    sorts = name is not None and not (match["how"] or "").lower().startswith(("delete", "reindex"))
    key = catalog.sort_key(*name) if name and sorts else ()
    if name is None or not key:
        return Translation("noop", transaction="refuses")
    table, order = quoted_name(name), ", ".join(f"{identifier(k)} NULLS LAST" for k in key)
    copy = identifier("_vacuum " + ".".join(filter(None, name)))
    return Translation(
        "ddl",
        (
            f"CREATE TEMPORARY TABLE {copy} AS SELECT * FROM {table} ORDER BY {order}",
            f"DELETE FROM {table}",
            f"INSERT INTO {table} SELECT * FROM {copy}",
            f"DROP TABLE {copy}",
        ),
        written=(name,),
        transaction="refuses",
    )
