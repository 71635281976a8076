"""What a database needs before translated statements can run in it: schemas, the table of views, macros."""

from __future__ import annotations

import functools
from importlib import resources

from embedded_redshift.errors import OWN_WORDS

SCHEMA = "_redshift"
HIDDEN_SCHEMAS = frozenset({SCHEMA, "main"})  # DuckDB's own and the warehouse's: no statement may name them


def macro(name: str, *arguments: str) -> str:
    """A call of one of the macros of macros.sql."""
    return f"{SCHEMA}.{name}({', '.join(arguments)})"


def failure(*parts: str) -> str:
    """SQL that raises an error in the engine's own words: the first of its parts, literals all, says what is wrong."""
    first, *others = parts
    return "error(" + " || ".join([f"'{OWN_WORDS}" + first.removeprefix("'"), *others]) + ")"


def _definitions(file: str) -> tuple[str, ...]:
    text = resources.files("embedded_redshift.translate").joinpath(file).read_text("utf-8")
    code = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    return tuple(part.strip() for part in code.split(";\n") if part.strip())


def _macro_definitions() -> tuple[str, ...]:
    own = {"error('": f"error('{OWN_WORDS}", "'redshift: '": f"'{OWN_WORDS}'"}
    return tuple(
        functools.reduce(lambda sql, w: sql.replace(w, own[w]), own, part) for part in _definitions("macros.sql")
    )


# PostgreSQL's numbers and short names of the types, and Redshift's own of those that PostgreSQL does not have.
_TYPE_NAMES = (
    "(16, 'bool', 'boolean'), (21, 'int2', 'smallint'), (23, 'int4', 'integer'), (20, 'int8', 'bigint'), "
    "(700, 'float4', 'real'), (701, 'float8', 'double precision'), (1700, 'numeric', 'numeric'), "
    "(1042, 'bpchar', 'character'), (1043, 'varchar', 'character varying'), (1082, 'date', 'date'), "
    "(1083, 'time', 'time without time zone'), (1266, 'timetz', 'time with time zone'), "
    "(1114, 'timestamp', 'timestamp without time zone'), (1184, 'timestamptz', 'timestamp with time zone'), "
    "(4000, 'super', 'super'), (6551, 'varbyte', 'binary varying')"
)

SETUP_STATEMENTS: tuple[str, ...] = (
    "CREATE SCHEMA IF NOT EXISTS public",
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.views (schema_name VARCHAR, view_name VARCHAR, sql VARCHAR, "
    "PRIMARY KEY (schema_name, view_name))",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.view_texts (schema_name VARCHAR, view_name VARCHAR, sql VARCHAR, "
    "PRIMARY KEY (schema_name, view_name))",
    # What history.py writes down.
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.query_log (query_id BIGINT, query_label VARCHAR, transaction_id BIGINT, "
    "session_id INTEGER, status VARCHAR, start_time TIMESTAMP, elapsed_time BIGINT, compile_time BIGINT, "
    "error_message VARCHAR, returned_rows BIGINT, query_text VARCHAR)",
    f"CREATE OR REPLACE VIEW {SCHEMA}.type_names AS SELECT * FROM (VALUES {_TYPE_NAMES}) AS t(oid, typname, long_name)",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.svv_roles (role_id INTEGER, role_name VARCHAR PRIMARY KEY, "
    "role_owner VARCHAR, external_id VARCHAR)",
    *_macro_definitions(),
    *_definitions("system_views.sql"),
)
