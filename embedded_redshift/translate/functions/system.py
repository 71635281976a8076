"""System information functions (page c_System_functions)."""

from __future__ import annotations

from embedded_redshift.translate.function_table import Call, function
from embedded_redshift.translate.interface import DATABASE
from embedded_redshift.translate.moments import NOW
from embedded_redshift.translate.types import INTEGER, TIMESTAMP, TIMESTAMPTZ, TRIMMED, VARCHAR
from embedded_redshift.translate.values import Value, string


@function("getdate", args=0)
def _getdate(call: Call) -> Value:
    """The time of the statement in UTC, without fractions of a second (page r_GETDATE)."""
    return Value(f"date_trunc('second', {NOW})", TIMESTAMP)


@function("now", args=0, leader_only=True)
def _now(call: Call) -> Value:
    return Value("now()", TIMESTAMPTZ)


@function("current_schema", args=0, leader_only=True)
def _current_schema(call: Call) -> Value:
    return Value("current_schema()", TRIMMED)


@function("current_database", args=0)
def _current_database(call: Call) -> Value:
    return Value(string(DATABASE), TRIMMED)


@function("version", args=0, leader_only=True)
def _version(call: Call) -> Value:
    text = "PostgreSQL 8.0.2 compatible embedded stand-in for Amazon Redshift, on DuckDB "
    return Value(f"({string(text)} || version())", VARCHAR)


@function("pg_backend_pid", args=0)
def _pid(call: Call) -> Value:
    return Value("CAST(current_connection_id() AS INTEGER)", INTEGER)
