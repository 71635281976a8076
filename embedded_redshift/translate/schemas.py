"""CREATE SCHEMA and DROP SCHEMA. Owners and quotas are read and mean nothing."""

from __future__ import annotations

import re

from embedded_redshift.translate.interface import Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.macros import HIDDEN_SCHEMAS, SCHEMA, failure
from embedded_redshift.translate.statement_table import text_statement
from embedded_redshift.translate.values import identifier, string

_NAME = r'(?:[\w$]+|"[^"]+")'
_QUOTA = r"(?:\s+quota\s+(?:\d+\s*(?:mb|gb|tb)|unlimited))?"
# Page r_CREATE_SCHEMA: the schema of AUTHORIZATION alone is called like its owner.
_CREATE = re.compile(
    rf"create\s+schema\s+(?P<exists>if\s+not\s+exists\s+)?"
    rf"(?:(?!authorization\b)(?P<name>{_NAME})(?:\s+authorization\s+{_NAME})?|authorization\s+(?P<owner>{_NAME})){_QUOTA}",
    re.I,
)
_DROP = re.compile(
    rf"drop\s+schema\s+(?P<exists>if\s+exists\s+)?(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)(?:\s+(?P<how>cascade|restrict))?",
    re.I,
)
_EXTERNAL = re.compile(r"drop\s+schema\b.*\bdrop\s+external\s+database\b.*", re.I | re.S)
_WITH_TABLES = re.compile(r"create\s+schema\b.*?\bcreate\b.*", re.I | re.S)


@text_statement("create", group="Tables, views, schemas", forms={"CREATE SCHEMA": "owner and quota mean nothing"})
def _create_schema(word: str, text: str, catalog: Catalog) -> Translation | None:
    if not re.match(r"create\s+schema\b", text, re.I):
        return None
    match = _CREATE.fullmatch(text)
    if match is None and _WITH_TABLES.fullmatch(text):
        raise RedshiftSyntaxError(
            "CREATE SCHEMA with tables in it is not supported in the embedded warehouse: create them afterwards"
        )
    if match is None:
        raise RedshiftSyntaxError("syntax error in CREATE SCHEMA: CREATE SCHEMA name AUTHORIZATION owner QUOTA 5 GB")
    name = _checked(match["name"] or match["owner"])
    exists = "IF NOT EXISTS " if match["exists"] else ""
    return Translation("ddl", (f"CREATE SCHEMA {exists}{identifier(name)}",))


def _checked(text: str) -> str:
    name = text.strip().strip('"').lower()
    if name in HIDDEN_SCHEMAS:
        raise RedshiftSyntaxError(f'the schema name "{name}" is taken by the embedded warehouse itself')
    return name


@text_statement("drop", group="Tables, views, schemas", forms={"DROP SCHEMA": "not while it has models"})
def _drop_schema(word: str, text: str, catalog: Catalog) -> Translation | None:
    if not re.match(r"drop\s+schema\b", text, re.I):
        return None
    match = _DROP.fullmatch(text)
    if match is None and _EXTERNAL.fullmatch(text):
        raise RedshiftSyntaxError(
            "DROP EXTERNAL DATABASE is not supported in the embedded warehouse: SQL reaches no files"
        )
    if match is None:
        raise RedshiftSyntaxError("syntax error in DROP SCHEMA: DROP SCHEMA IF EXISTS name CASCADE")
    exists = "IF EXISTS " if match["exists"] else ""
    cascade = " CASCADE" if (match["how"] or "").lower() == "cascade" else ""
    names = [_checked(name) for name in match["names"].split(",")]
    listed = ", ".join(map(string, names))
    check = (
        f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {SCHEMA}.models WHERE schema_name IN ({listed})) "
        f"THEN {failure(string('cannot drop a schema that has models: drop them first (DROP MODEL)'))} END"
    )
    kept = ("views", "view_texts") if cascade else ()
    clear = [f"DELETE FROM {SCHEMA}.{t} WHERE schema_name = {string(n)}" for n in names for t in kept]
    drops = [f"DROP SCHEMA {exists}{identifier(n)}{cascade}" for n in names]
    return Translation("ddl", (check, *clear, *drops))
