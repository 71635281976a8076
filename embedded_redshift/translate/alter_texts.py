"""ALTER statements of which the parser has no tree: compression, APPEND, owners, quotas, and what is refused."""

from __future__ import annotations

import re

from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.statement_table import text_statement
from embedded_redshift.translate.table_names import TableName, written_name
from embedded_redshift.translate.tables import ENCODINGS
from embedded_redshift.translate.types import is_identity, without_identity
from embedded_redshift.translate.values import identifier

_NAME = r'(?:[\w$#]+|"[^"]+")'
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME}){{0,2}}"
_ENCODE = rf"alter\s+column\s+(?P<column>{_NAME})\s+encode\s+(?P<encoding>\w+)"
_ENCODES = re.compile(
    rf"alter\s+table\s+(?P<table>{_PATH})\s+(?P<actions>alter\s+column\s+{_NAME}\s+encode\s+\w+"
    rf"(?:\s*,\s*alter\s+column\s+{_NAME}\s+encode\s+\w+)*)",
    re.I,
)
_APPEND = re.compile(
    rf"alter\s+table\s+(?P<target>{_PATH})\s+append\s+from\s+(?P<source>{_PATH})(?:\s+(?P<how>ignoreextra|filltarget))?",
    re.I,
)
_TABLE_OWNER = re.compile(rf"alter\s+table\s+(?P<table>{_PATH})\s+(?:owner\s+to\s+{_NAME}|alter\s+encode\s+auto)", re.I)
_SCHEMA_OWNER = re.compile(
    rf"alter\s+schema\s+(?P<schema>{_NAME})\s+(?:owner\s+to\s+{_NAME}|quota\s+(?:\d+\s*(?:mb|gb|tb)|unlimited))", re.I
)
_SCHEMA_NAME = re.compile(rf"alter\s+schema\s+{_NAME}\s+rename\s+to\s+{_NAME}", re.I)

# What may stand behind ALTER TABLE name, and is not here.
_REFUSED = (
    (r"row\s+level\s+security\b.*", "ALTER TABLE … ROW LEVEL SECURITY", "one user owns everything and sees every row"),
    (r"masking\s+(?:on|off)\b.*", "ALTER TABLE … MASKING", "nothing is shared between warehouses"),
    (r"set\s+(?:table\s+properties|location|file\s+format)\b.*", "ALTER TABLE … SET", "there are no external tables"),
    (
        r"(?:add|drop)\s+(?:if\s+(?:not\s+)?exists\s+)?partition\b.*",
        "ALTER TABLE … PARTITION",
        "there are no external tables",
    ),
    (r"partition\b.*", "ALTER TABLE … PARTITION", "there are no external tables"),
)


@text_statement(
    "alter",
    group="Tables, views, schemas",
    forms={
        "ALTER SCHEMA": "owner and quota, which mean nothing; not the name",
        "ALTER SCHEMA … OWNER TO": "means nothing",
        "ALTER TABLE … OWNER TO": "means nothing",
        "ALTER TABLE APPEND": "commits, as in Redshift; moves the rows",
    },
)
def _alter(word: str, text: str, catalog: Catalog) -> Translation | None:
    if match := _TABLE_OWNER.fullmatch(text):
        _columns(match["table"], catalog)
        return Translation("noop")
    if match := _ENCODES.fullmatch(text):
        return _encode(match, catalog)
    if match := _APPEND.fullmatch(text):
        return _append(match, catalog)
    if _SCHEMA_OWNER.fullmatch(text):
        return Translation("noop")
    if _SCHEMA_NAME.fullmatch(text):
        raise RedshiftSyntaxError(
            "ALTER SCHEMA … RENAME is not supported in the embedded warehouse: make the new schema and its tables"
        )
    for pattern, name, reason in _REFUSED:
        if re.fullmatch(rf"alter\s+table\s+{_PATH}\s+{pattern}", text, re.I | re.S):
            raise RedshiftSyntaxError(f"{name} is not supported in the embedded warehouse: {reason}")
    return None


def _columns(text: str, catalog: Catalog) -> tuple[TableName, dict[str, str]]:
    """The name of a table that is there, and its columns' types."""
    name = written_name(text)
    columns = catalog.columns(*name)
    if columns is None:
        raise RedshiftSyntaxError(f'relation "{text}" does not exist')
    return name, {column.lower(): kind for column, kind in columns.items()}


def _encode(match: re.Match[str], catalog: Catalog) -> Translation:
    """Compression is DuckDB's own."""
    _, columns = _columns(match["table"], catalog)
    for action in re.finditer(_ENCODE, match["actions"], re.I):
        column, encoding = action["column"].strip('"').lower(), action["encoding"].lower()
        if column not in columns:
            raise RedshiftSyntaxError(f'column "{column}" of relation "{match["table"]}" does not exist')
        if encoding not in ENCODINGS:
            raise RedshiftSyntaxError(f"unknown compression encoding {encoding}")
    return Translation("noop")


def _append(match: re.Match[str], catalog: Catalog) -> Translation:
    """Moves the rows of a table behind those of another with the same columns (page r_ALTER_TABLE_APPEND)."""
    target, columns = _columns(match["target"], catalog)
    source, given = _columns(match["source"], catalog)
    how = (match["how"] or "").lower()
    if target == source:
        raise RedshiftSyntaxError("ALTER TABLE APPEND: a table cannot be appended to itself")
    extra, missing = [c for c in given if c not in columns], [c for c in columns if c not in given]
    if extra and how != "ignoreextra":
        raise RedshiftSyntaxError(f'ALTER TABLE APPEND: the target has no column "{extra[0]}": say IGNOREEXTRA')
    if missing and how != "filltarget":
        raise RedshiftSyntaxError(f'ALTER TABLE APPEND: the source has no column "{missing[0]}": say FILLTARGET')
    shared = [column for column in columns if column in given]
    for column in shared:
        if without_identity(columns[column]) != without_identity(given[column]):
            raise RedshiftSyntaxError(
                f'ALTER TABLE APPEND: column "{column}" is of type {columns[column]} in the target and '
                f"{given[column]} in the source"
            )
    filled = [column for column in shared if not is_identity(columns[column])]
    listed = ", ".join(map(identifier, filled))
    into, out_of = _quoted(target), _quoted(source)
    return Translation(
        "write",
        (f"INSERT INTO {into} ({listed}) SELECT {listed} FROM {out_of}", f"DELETE FROM {out_of}"),
        written=(target, source),
        transaction="refuses",
    )


def _quoted(name: TableName) -> str:
    return ".".join(identifier(part) for part in name if part)
