"""SUPER values: navigation, conversion to and from JSON."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import SUPER, Type
from embedded_redshift.translate.values import Value, reject, string


def attribute(value: Value, key: str) -> Value:
    """value.key; missing keys and values that are no objects give NULL, as in Redshift's lax mode."""
    if value.type.form != "json":
        return Value("CAST(NULL AS JSON)", SUPER)
    path = '$."' + key.replace('"', '\\"') + '"'
    return Value(f"json_extract({value.sql}, {string(path)})", SUPER)


def subscript(value: Value, index: Value, node: exp.Expr) -> Value:
    """value[index]: from 0; a string index is an attribute."""
    if index.literal is not None and index.type.is_string:
        return attribute(value, index.literal)
    if isinstance(node, exp.Neg) or (index.type.is_number and not index.type.is_integer):
        reject("an index into a SUPER array must be a whole number that is not negative", node)
    if value.type.form == "list":
        return Value(f"({value.sql})[CAST({index.sql} AS BIGINT) + 1]", Type("super", form="text"))
    if value.type.form == "text":
        return Value("CAST(NULL AS JSON)", SUPER)
    if index.literal is not None:
        return Value(f"json_extract({value.sql}, '$[{index.literal}]')", SUPER)
    return Value(f"json_extract({value.sql}, '$[' || CAST({index.sql} AS BIGINT) || ']')", SUPER)


def items(value: Value) -> tuple[str, Type]:
    """SQL of the DuckDB list of a SUPER array's elements, and the elements' type."""
    if value.type.form == "list":
        return value.sql, Type("super", form="text")
    if value.type.form == "text":
        return f"[{value.sql}]", Type("super", form="text")
    return macro("super_items", value.sql), SUPER


def to_json(value: Value) -> Value:
    """The value as a SUPER held in JSON, as assigning it to a SUPER column does."""
    if value.type.is_super and value.type.form == "json":
        return value
    if value.sql == "NULL":
        return Value("CAST(NULL AS JSON)", SUPER)
    if value.type.is_temporal or value.type.name in ("interval", "varbyte"):
        reject(f"cannot cast type {value.type} to super")
    return Value(f"to_json({value.sql})", SUPER)


def as_sql_null(value: Value) -> str:
    """SQL that is NULL where IS NULL holds for the SUPER value (a JSON null is one, too)."""
    if value.type.is_super and value.type.form == "json":
        return f"NULLIF(json_type({value.sql}), 'NULL')"
    return value.sql


def sort_keys(value: Value) -> list[str]:
    """What a SUPER is sorted by: first the type of its value, then the value."""
    if value.type.form != "json":
        return [value.sql]
    text = f"CAST({value.sql} AS VARCHAR)"
    return [
        macro("super_rank", value.sql),
        macro("super_number", value.sql),
        f"COALESCE({macro('super_string', value.sql)}, {text})",
    ]
