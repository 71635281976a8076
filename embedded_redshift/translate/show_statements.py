"""SHOW DATABASES, SCHEMAS, TABLES, COLUMNS, TABLE and VIEW (pages r_SHOW_DATABASES … r_SHOW_VIEW)."""

from __future__ import annotations

import re

from embedded_redshift.translate.interface import DATABASE, USER, USER_ID, Catalog, RedshiftSyntaxError, Translation
from embedded_redshift.translate.macros import SCHEMA, failure
from embedded_redshift.translate.statement_table import text_statement
from embedded_redshift.translate.table_names import TableName, written_name
from embedded_redshift.translate.values import string

_NAME = r'(?:[\w$#]+|"[^"]+")'
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME}){{0,2}}"
_TAIL = r"(?:\s+like\s+'(?P<like>(?:[^']|'')*)')?(?:\s+limit\s+(?P<limit>\d+))?"
_DATABASES = re.compile(rf"show\s+databases{_TAIL}", re.I)
_SCHEMAS = re.compile(rf"show\s+schemas\s+from\s+database\s+(?P<name>{_NAME}){_TAIL}", re.I)
_TABLES = re.compile(rf"show\s+tables\s+from\s+schema\s+(?P<name>{_PATH}){_TAIL}", re.I)
_COLUMNS = re.compile(rf"show\s+columns\s+from\s+table\s+(?P<name>{_PATH}){_TAIL}", re.I)
_DEFINITION = re.compile(rf"show\s+(?P<kind>table|view)\s+(?P<name>{_PATH})", re.I)

_NULL = "CAST(NULL AS VARCHAR)"
_FORMS = {
    "databases": "SHOW DATABASES [LIKE 'pattern'] [LIMIT n]",
    "schemas": "SHOW SCHEMAS FROM DATABASE name [LIKE 'pattern'] [LIMIT n]",
    "tables": "SHOW TABLES FROM SCHEMA name [LIKE 'pattern'] [LIMIT n]",
    "columns": "SHOW COLUMNS FROM TABLE name [LIKE 'pattern'] [LIMIT n]",
    "table": "SHOW TABLE name",
    "view": "SHOW VIEW name",
}


@text_statement(
    "show",
    group="Tables, views, schemas",
    forms={
        "SHOW COLUMNS": "",
        "SHOW DATABASES": "",
        "SHOW SCHEMAS": "",
        "SHOW TABLE": "without ENCODE",
        "SHOW TABLES": "",
        "SHOW VIEW": "",
    },
)
def _show(word: str, text: str, catalog: Catalog) -> Translation | None:
    if match := _DATABASES.fullmatch(text):
        return Translation("query", (_limited(_databases(), "database_name", match),))
    if match := _SCHEMAS.fullmatch(text):
        if match["name"].strip('"').lower() != DATABASE:
            raise RedshiftSyntaxError(f'database "{match["name"]}" is not in the embedded warehouse')
        listed = f"SELECT * FROM {SCHEMA}.svv_all_schemas"
        return Translation("query", (_limited(listed, "schema_name", match),))
    if match := _TABLES.fullmatch(text):
        return _tables(match)
    if match := _COLUMNS.fullmatch(text):
        name = _known(match["name"], catalog)
        return Translation("query", (_limited(_columns(name), "column_name", match, "ordinal_position"),))
    if match := _DEFINITION.fullmatch(text):
        return _definition(match["kind"].lower(), match["name"], catalog)
    second = re.match(r"show\s+(\w+)", text, re.I)
    if second and (form := _FORMS.get(second[1].lower())):
        raise RedshiftSyntaxError(f"syntax error in SHOW: {form}")
    if second and second[0] == text:  # the session has answered for those settings that there are
        raise RedshiftSyntaxError(f'unrecognized configuration parameter "{second[1].lower()}"')
    return None


def _limited(query: str, name: str, match: re.Match[str], order: str | None = None) -> str:
    like = f" WHERE {name} LIKE {string(match['like'].replace(chr(39) * 2, chr(39)))}" if match["like"] else ""
    limit = f" LIMIT {match['limit']}" if match["limit"] else ""
    return f"SELECT * FROM ({query}){like} ORDER BY {order or name}{limit}"


def _databases() -> str:
    return (
        f"SELECT {string(DATABASE)} AS database_name, {USER_ID} AS database_owner, 'local' AS database_type, "
        f"{_NULL} AS database_acl, {_NULL} AS parameters, 'Serializable' AS database_isolation_level"
    )


def _tables(match: re.Match[str]) -> Translation:
    database, schema = written_name(match["name"])
    if database not in (None, DATABASE):
        raise RedshiftSyntaxError(f'database "{database}" is not in the embedded warehouse')
    check = (
        f"SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM {SCHEMA}.all_schemas WHERE schema_name = {string(schema)}) "
        f"THEN {failure(string(f'schema {chr(34)}{schema}{chr(34)} does not exist'))} END"
    )
    query = (
        f"SELECT {string(DATABASE)} AS database_name, schema_name, table_name, "
        "CASE table_type WHEN 'BASE TABLE' THEN 'TABLE' ELSE table_type END AS table_type, "
        f"{_NULL} AS table_acl, {_NULL} AS remarks, {string(USER)} AS owner, "
        "CAST(NULL AS TIMESTAMP) AS last_altered_time, "
        "CAST(NULL AS TIMESTAMP) AS last_modified_time, "
        "CASE WHEN table_type <> 'VIEW' THEN upper(coalesce(info ->> 'dist_style', 'auto')) END AS dist_style, "
        f"subtype AS table_subtype FROM {SCHEMA}.all_relations WHERE schema_name = {string(schema)}"
    )
    return Translation("query", (check, _limited(query, "table_name", match)))


def _known(text: str, catalog: Catalog) -> TableName:
    name = written_name(text)
    if catalog.columns(*name) is None and catalog.view(*name) is None:
        raise RedshiftSyntaxError(f'relation "{text}" does not exist')
    return name


def _where(name: TableName) -> str:
    """The rows of one table or view: of a bare name those of the first schema on the search path that has it."""
    schema, table = name
    place = (
        f"schema_name = {string(schema)}"
        if schema
        else f"schema_name = (SELECT min_by(schema_name, list_position(current_schemas(true), schema_name)) "
        f"FROM {SCHEMA}.all_relations WHERE lower(table_name) = {string(table)} "
        "AND list_contains(current_schemas(true), schema_name))"
    )
    return f"lower(table_name) = {string(table)} AND {place}"


def _columns(name: TableName) -> str:
    return (
        f"SELECT {string(DATABASE)} AS database_name, schema_name, table_name, column_name, ordinal_position, "
        "column_default, CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS is_nullable, data_type, "
        f"character_maximum_length, numeric_precision, numeric_scale, {_NULL} AS remarks, "
        "CASE WHEN sort_position > 0 THEN 'COMPOUND' END AS sort_key_type, CAST(sort_position AS INTEGER) AS sort_key, "
        "CASE WHEN is_dist_key THEN 1 END AS dist_key, 'none' AS encoding, "
        "CASE WHEN data_type LIKE 'character%' THEN 'default' END AS collation "
        f"FROM {SCHEMA}.sized_columns WHERE {_where(name)}"
    )


def _definition(kind: str, text: str, catalog: Catalog) -> Translation:
    name = _known(text, catalog)
    query = _create_table(name) if kind == "table" else _create_view(name)
    title = kind.capitalize()
    missing = failure(string(f"{text} is no {kind}"))
    check = f"SELECT CASE WHEN (SELECT count(*) FROM ({query})) = 0 THEN {missing} END"
    return Translation("query", (check, f'SELECT ddl AS "Show {title} DDL statement" FROM ({query})'))


def _create_table(name: TableName) -> str:
    """SQL of the statement that would make the table again."""
    column = (
        "'    ' || _redshift.quote_ident(column_name) || ' ' || full_type "
        "|| CASE WHEN identity_text LIKE 'default%' "
        "THEN ' GENERATED BY DEFAULT AS ' || upper(substr(identity_text, 9)) "
        "WHEN identity_text <> '' THEN ' ' || upper(identity_text) "
        "WHEN column_default IS NOT NULL THEN ' DEFAULT ' || column_default ELSE '' END "
        "|| CASE WHEN is_nullable THEN '' ELSE ' NOT NULL' END"
    )
    keys = "CAST(any_value(info) -> 'sort_key' AS VARCHAR[])"
    key = f"array_to_string(list_transform({keys}, lambda k: _redshift.quote_ident(k)), ', ')"
    dist = "coalesce(any_value(info) ->> 'dist_style', 'auto')"
    return (
        "SELECT 'CREATE TABLE ' || _redshift.quote_ident(any_value(schema_name)) || '.' "
        f"|| _redshift.quote_ident(any_value(table_name)) || ' (' || chr(10) || string_agg({column}, ',' || chr(10) "
        f"ORDER BY ordinal_position) || chr(10) || ')' || chr(10) || 'DISTSTYLE ' || upper({dist}) "
        "|| coalesce(chr(10) || 'DISTKEY (' || _redshift.quote_ident(any_value(info) ->> 'dist_key') || ')', '') "
        f"|| coalesce(chr(10) || 'SORTKEY (' || nullif({key}, '') || ')', '') || ';' AS ddl "
        f"FROM {SCHEMA}.sized_columns WHERE kind = 'BASE TABLE' AND {_where(name)} HAVING count(*) > 0"
    )


def _create_view(name: TableName) -> str:
    quoted = "_redshift.quote_ident(schema_name) || '.' || _redshift.quote_ident(table_name)"
    return (
        "SELECT CASE subtype WHEN 'MATERIALIZED VIEW' THEN 'CREATE MATERIALIZED VIEW ' "
        f"ELSE 'CREATE OR REPLACE VIEW ' END || {quoted} || ' AS' || chr(10) || definition "
        "|| CASE subtype WHEN 'LATE BINDING VIEW' THEN chr(10) || 'WITH NO SCHEMA BINDING' ELSE '' END || ';' AS ddl "
        f"FROM {SCHEMA}.all_relations WHERE table_type = 'VIEW' AND definition IS NOT NULL AND {_where(name)}"
    )
