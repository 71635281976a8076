"""Redshift's system tables: which there are here, and which are Redshift's alone.

Those that are given are views in the engine's own schema (system_views.sql).
"""

from __future__ import annotations

from importlib import resources

from sqlglot import exp

from embedded_redshift.translate.values import reject

# By the name in information_schema, the view behind it.
INFORMATION_SCHEMA = {
    "columns": "columns",
    "schemata": "schemata",
    "tables": "tables",
    "views": "views_of_information_schema",
}
# What the engine itself writes down as it runs.
LOGGED = frozenset({"sys_query_history", "sys_serverless_usage"})
GIVEN = LOGGED | frozenset(
    {
        "pg_attribute",
        "pg_class",
        "pg_database",
        "pg_group",
        "pg_namespace",
        "pg_table_def",
        "pg_tables",
        "pg_type",
        "pg_user",
        "pg_user_info",
        "pg_views",
        "stv_ml_model_info",
        "svv_all_columns",
        "svv_all_schemas",
        "svv_all_tables",
        "svv_columns",
        "svv_ml_model_info",
        "svv_redshift_columns",
        "svv_redshift_databases",
        "svv_redshift_schemas",
        "svv_redshift_tables",
        "svv_roles",
        "svv_table_info",
        "svv_tables",
        "svv_user_info",
    }
)
_LISTED = resources.files("embedded_redshift.translate").joinpath("redshift_tables.txt").read_text("utf-8")
_BY_PREFIX = [line.split() for line in _LISTED.splitlines() if not line.startswith("#")]
REDSHIFT_TABLES = frozenset(f"{prefix}_{name}" for prefix, *names in _BY_PREFIX for name in names)


def system_view(schema: str | None, name: str, node: exp.Expr) -> str | None:
    """The view in the engine's schema that stands for a system table; None for a name that is none.

    Raises RedshiftSyntaxError for a system table that only Redshift has.
    """
    if schema == "information_schema":
        if name not in INFORMATION_SCHEMA:
            listed = ", ".join(word.upper() for word in INFORMATION_SCHEMA)
            reject(f"information_schema.{name} is not in the embedded warehouse, which has {listed} of it", node)
        return INFORMATION_SCHEMA[name]
    if schema not in (None, "pg_catalog"):
        return None
    if name in GIVEN:
        return name
    if name in REDSHIFT_TABLES:
        reject(f"{name} is a system table of Amazon Redshift that is not in the embedded warehouse", node)
    return None
