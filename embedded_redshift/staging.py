"""Bulk rows in: an Arrow table becomes a table of the warehouse, as COPY would make it."""

from __future__ import annotations

import contextlib
import uuid

import duckdb
import pyarrow as pa
import pyarrow.types as pat

from embedded_redshift import errors

# Redshift has no unsigned types: each becomes the next wider signed one.
_UNSIGNED = {
    pa.uint8(): pa.int16(),
    pa.uint16(): pa.int32(),
    pa.uint32(): pa.int64(),
    pa.uint64(): pa.decimal128(20, 0),
}


def stage(cursor: duckdb.DuckDBPyConnection, schema: str, table: str, rows: pa.Table) -> None:
    """Makes ``schema.table`` anew with ``rows``, its columns named in lower case.

    Raises DataError for a column of a type that Redshift has no table column for, or for two columns of one name.
    """
    source = f"stage_{uuid.uuid4().hex}"
    target = f"{_quoted(schema)}.{_quoted(table)}"
    cursor.register(source, _as_redshift(rows))
    try:
        cursor.execute(f"DROP TABLE IF EXISTS {target}")
        cursor.execute(f"CREATE TABLE {target} AS SELECT * FROM {source}")
    finally:
        with contextlib.suppress(duckdb.Error):  # a transaction that failed has forgotten it; its error is what counts
            cursor.unregister(source)


def _quoted(identifier: str) -> str:
    return '"' + identifier.lower().replace('"', '""') + '"'


def _as_redshift(rows: pa.Table) -> pa.Table:
    names = [name.lower() for name in rows.column_names]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise errors.DataError(f'column "{min(doubled)}" specified more than once')
    fields = [pa.field(name, _column_type(name, field.type)) for name, field in zip(names, rows.schema, strict=True)]
    return rows.rename_columns(names).cast(pa.schema(fields), safe=False)


def _column_type(name: str, found: pa.DataType) -> pa.DataType:
    if pat.is_dictionary(found):
        found = found.value_type
    if found in _UNSIGNED:
        return _UNSIGNED[found]
    if pat.is_int8(found):
        return pa.int16()
    if pat.is_float16(found):
        return pa.float32()
    if pat.is_null(found):
        return pa.string()
    if pat.is_timestamp(found):
        return pa.timestamp("us", found.tz)
    if pat.is_nested(found) or pat.is_binary(found) or pat.is_large_binary(found) or pat.is_duration(found):
        raise errors.DataError(f'column "{name}" has the type {found}, which a staged table cannot hold')
    return found
