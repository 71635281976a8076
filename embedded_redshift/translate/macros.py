"""What a database needs before translated statements can run in it: schemas, the table of views, macros."""

from __future__ import annotations

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


def _macro_definitions() -> tuple[str, ...]:
    text = resources.files("embedded_redshift.translate").joinpath("macros.sql").read_text("utf-8")
    code = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    code = code.replace("error('", f"error('{OWN_WORDS}")
    return tuple(part.strip() for part in code.split(";\n") if part.strip())


SETUP_STATEMENTS: tuple[str, ...] = (
    "CREATE SCHEMA IF NOT EXISTS public",
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.views (schema_name VARCHAR, view_name VARCHAR, sql VARCHAR, "
    "PRIMARY KEY (schema_name, view_name))",
    # Redshift's information_schema: late-binding views are among the rest, and types have other names.
    f"CREATE OR REPLACE VIEW {SCHEMA}.tables AS SELECT table_catalog, table_schema, table_name, table_type "
    "FROM information_schema.tables UNION ALL "
    f"SELECT current_database(), schema_name, view_name, 'VIEW' FROM {SCHEMA}.views",
    f"CREATE OR REPLACE VIEW {SCHEMA}.columns AS SELECT table_catalog, table_schema, table_name, column_name, "
    "ordinal_position, column_default, is_nullable, CASE data_type WHEN 'VARCHAR' THEN 'character varying' "
    "WHEN 'DOUBLE' THEN 'double precision' WHEN 'FLOAT' THEN 'real' WHEN 'JSON' THEN 'super' "
    "WHEN 'TIMESTAMP' THEN 'timestamp without time zone' WHEN 'BLOB' THEN 'binary varying' "
    "ELSE lower(regexp_replace(data_type, '^DECIMAL.*', 'numeric')) END AS data_type FROM information_schema.columns",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.svv_roles (role_id INTEGER, role_name VARCHAR PRIMARY KEY, "
    "role_owner VARCHAR, external_id VARCHAR)",
    *_macro_definitions(),
)
