"""What a database needs before translated statements can run in it: schemas, the table of views, macros."""

from __future__ import annotations

from importlib import resources

SCHEMA = "_redshift"


def macro(name: str, *arguments: str) -> str:
    """A call of one of the macros of macros.sql."""
    return f"{SCHEMA}.{name}({', '.join(arguments)})"


def _macro_definitions() -> tuple[str, ...]:
    text = resources.files("jobrec_ui.local.translate").joinpath("macros.sql").read_text("utf-8")
    code = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    return tuple(part.strip() for part in code.split(";\n") if part.strip())


SETUP_STATEMENTS: tuple[str, ...] = (
    "CREATE SCHEMA IF NOT EXISTS public",
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.views (schema_name VARCHAR, view_name VARCHAR, sql VARCHAR, "
    "PRIMARY KEY (schema_name, view_name))",
    # Late-binding views among the rest, as Redshift's information_schema has them.
    f"CREATE VIEW IF NOT EXISTS {SCHEMA}.tables AS SELECT * FROM information_schema.tables UNION ALL BY NAME "
    "SELECT current_database() AS table_catalog, schema_name AS table_schema, view_name AS table_name, "
    f"'VIEW' AS table_type FROM {SCHEMA}.views",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.svv_roles (role_id INTEGER, role_name VARCHAR PRIMARY KEY, "
    "role_owner VARCHAR, external_id VARCHAR)",
    *_macro_definitions(),
)
