"""Values on their way into columns: conversion to the column's type, and the check that they fit."""

from __future__ import annotations

from embedded_redshift.translate import super_values
from embedded_redshift.translate.casts import cast, text_of
from embedded_redshift.translate.macros import macro
from embedded_redshift.translate.types import Type, duckdb_type
from embedded_redshift.translate.values import Value, reject, string


def assign(value: Value, kind: Type, column: str) -> str:
    """SQL of the value as a column of the type stores it. Too long texts are an error, not cut."""
    if value.sql == "NULL":
        return "NULL"
    if kind.is_super:
        return super_values.to_json(value).sql
    if kind.is_string:
        return _assign_text(value, kind, column)
    if value.type.is_unknown:
        return f"CAST({value.sql} AS {duckdb_type(kind)})"
    if value.type.quoted or value.type.is_super:
        return cast(value, kind).sql
    if not _compatible(value.type, kind):
        reject(f'column "{column}" is of type {kind} but expression is of type {value.type}')
    if value.type.name == kind.name and not kind.is_decimal:
        return value.sql
    return f"CAST({value.sql} AS {duckdb_type(kind)})"


def _compatible(source: Type, target: Type) -> bool:
    if source.is_number and target.is_number:
        return True
    if source.is_temporal and target.is_temporal:
        return True
    return source.name == target.name


def _assign_text(value: Value, kind: Type, column: str) -> str:
    if value.type.name == "boolean":
        reject(f'column "{column}" is of type {kind} but expression is of type boolean')
    text = text_of(value)
    limit = kind.size or 256
    if text.literal is not None and len(text.literal.encode()) <= limit:
        return text.sql if kind.name == "varchar" else string(text.literal.rstrip(" "))
    if kind.name == "char":
        return macro("fit", f"rtrim({text.sql}, ' ')", str(limit), string(str(kind)))
    if text.type.is_string and text.type.size is not None and text.type.size <= limit:
        return text.sql
    return macro("fit", text.sql, str(limit), string(str(kind)))
