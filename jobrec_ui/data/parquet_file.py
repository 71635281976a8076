"""Reads a Parquet file, whatever types its writer chose: numbers as ids, lists for skills, times with zones."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jobrec_ui.data.header import match_header
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.sources import Source
from jobrec_ui.data.tables import Column, Kind, TableSpec
from jobrec_ui.errors import InputError


def read_parquet(source: Source) -> RawTable:
    """The rows of a Parquet file. Raises InputError if it is none, or a column has a type that cannot be understood."""
    file = source.path.name
    try:
        with pq.ParquetFile(source.path) as parquet:
            names = parquet.schema_arrow.names
            header = match_header(names, source.table, file)
            table = parquet.read(columns=[names[position] for position in header.positions.values()])
    except (pa.ArrowException, OSError) as error:
        reason = "it is empty" if source.fingerprint[0] == 0 else "it is damaged, or not a Parquet file"
        raise InputError(f"{file} cannot be read: {reason}. Write it again, and load again.") from error
    columns = {name: table.column(names[position]) for name, position in header.positions.items()}
    return raw_from_columns(source.table, columns, file, list(header.notes))


def raw_from_columns(table: TableSpec, columns: dict[str, pa.ChunkedArray], name: str, notes: list[str]) -> RawTable:
    """Columns of any type as rows to be checked, numbered from 1; ``name`` is what messages call them.

    Raises InputError if a column has a type that cannot be understood.
    """
    rows = len(next(iter(columns.values())))
    readable = {}
    for column_name, values in columns.items():
        column = table.by_name[column_name]
        try:
            readable[column_name] = _readable(column, values)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
            raise InputError(
                f"{name}: column {column_name} has the type {values.type}, which cannot be read as {column.kind.value}."
            ) from error
    return RawTable(table, readable, np.arange(1, rows + 1), Rejections(name), rows, notes)


def _readable(column: Column, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values as strings to be read like those of a text file, or in the column's own type."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    kind = values.type
    if pa.types.is_floating(kind):
        values = pc.if_else(pc.is_nan(values), pa.scalar(None, kind), values)
    if column.kind is Kind.NUMBER and (pa.types.is_integer(kind) or pa.types.is_floating(kind) or _is_decimal(kind)):
        return values.cast(pa.float64(), safe=False)
    if column.kind is Kind.BOOLEAN and pa.types.is_boolean(kind):
        return values
    if column.kind in (Kind.DATE, Kind.TIMESTAMP) and pa.types.is_temporal(kind):
        return _moment(column.kind, values)
    return _text(values)


def _moment(wanted: Kind, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times with a zone become the local day where a day is wanted, and UTC where a moment is wanted."""
    kind = values.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        values = pc.local_timestamp(values) if wanted is Kind.DATE else values.cast(pa.timestamp(kind.unit))
    return values.cast(pa.date32() if wanted is Kind.DATE else pa.timestamp("us"), safe=False)


def _text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = values.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        joined = [pc.binary_join(chunk.cast(pa.list_(pa.string())), "; ") for chunk in values.chunks]
        return pa.chunked_array(joined, pa.string())
    if pa.types.is_nested(kind):
        raise pa.ArrowTypeError(f"nested type {kind}")
    if pa.types.is_floating(kind):
        # What pandas makes of whole numbers when some are missing: 17.0 stands for 17.
        whole = pc.all(pc.equal(values, pc.floor(values))).as_py()
        values = values.cast(pa.int64()) if whole is not False and _fits_int64(values) else values
    return values.cast(pa.string())


def _fits_int64(values: pa.ChunkedArray) -> bool:
    extremes = pc.min_max(values).as_py()
    return extremes["min"] is None or (extremes["min"] > -(2.0**53) and extremes["max"] < 2.0**53)


def _is_decimal(kind: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(kind))
