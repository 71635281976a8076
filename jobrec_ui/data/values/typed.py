"""Brings the values of files that have types of their own (Parquet) to where cells are read."""

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.tables import Column, Kind


def readable(column: Column, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values as strings to be read like those of a text file, or in the column's own type.

    Raises pa.ArrowException for a type that cannot be understood.
    """
    values = _plain(values)
    kind = values.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if column.kind is Kind.NUMBER and is_number:
        return values.cast(pa.float64(), safe=False)
    if column.kind is Kind.BOOLEAN and pa.types.is_boolean(kind):
        return values
    if column.kind in (Kind.DATE, Kind.TIMESTAMP) and pa.types.is_temporal(kind):
        return _moment(column.kind, values)
    if pa.types.is_struct(kind) and column.kind is not Kind.LIST:
        raise pa.ArrowTypeError(f"nested type {kind}")
    return as_text(values)


def as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values as a text file would have them; lists as JSON. Raises pa.ArrowException."""
    values = _plain(values)
    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_nested(kind):
        if pa.types.is_struct(kind):
            raise pa.ArrowTypeError(f"nested type {kind}")
        return pa.chunked_array([pa.array([_json(cell) for cell in values.to_pylist()], pa.string())])
    if pa.types.is_floating(kind):
        # What pandas makes of whole numbers when some are missing: 17.0 stands for 17.
        whole = pc.all(pc.equal(values, pc.floor(values))).as_py()
        values = values.cast(pa.int64()) if whole is not False and _fits_int64(values) else values
    return values.cast(pa.string())


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_nan(values), pa.scalar(None, values.type), values)
    return values


def _json(cell: Any) -> str | None:
    return None if not cell else json.dumps(cell, ensure_ascii=False, default=str)


def _moment(wanted: Kind, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times with a zone become the local day where a day is wanted, and UTC where a moment is wanted."""
    kind = values.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        values = pc.local_timestamp(values) if wanted is Kind.DATE else values.cast(pa.timestamp(kind.unit))
    return values.cast(pa.date32() if wanted is Kind.DATE else pa.timestamp("us"), safe=False)


def _fits_int64(values: pa.ChunkedArray) -> bool:
    extremes = pc.min_max(values).as_py()
    return extremes["min"] is None or (extremes["min"] > -(2.0**53) and extremes["max"] < 2.0**53)
