"""Redshift's types on the wire: their numbers, sizes and modifiers, and values as text or in binary.

The binary forms are those that redshift_connector reads at protocol version 2.
"""

from __future__ import annotations

import datetime as dt
import decimal
import json
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

NULL = b"\xff\xff\xff\xff"
EPOCH = dt.datetime(2000, 1, 1)
_EPOCH_DAYS = 10_957
_EPOCH_MICROSECONDS = _EPOCH_DAYS * 86_400_000_000

UNKNOWN = 705


@dataclass(frozen=True)
class WireType:
    """A type of a result's column. binary: (struct format, how many bytes) for values of a fixed size."""

    name: str
    oid: int
    size: int
    modifier: int = -1
    arrow: pa.DataType | None = None
    packing: str | None = None


_TYPES = {
    one.name: one
    for one in (
        WireType("boolean", 16, 1, arrow=pa.bool_(), packing="?"),
        WireType("smallint", 21, 2, arrow=pa.int16(), packing="h"),
        WireType("integer", 23, 4, arrow=pa.int32(), packing="i"),
        WireType("bigint", 20, 8, arrow=pa.int64(), packing="q"),
        WireType("real", 700, 4, arrow=pa.float32(), packing="f"),
        WireType("double precision", 701, 8, arrow=pa.float64(), packing="d"),
        WireType("date", 1082, 4, arrow=pa.date32(), packing="i"),
        WireType("time", 1083, 8, arrow=pa.time64("us"), packing="q"),
        WireType("timestamp", 1114, 8, arrow=pa.timestamp("us"), packing="q"),
        WireType("timestamptz", 1184, 8, arrow=pa.timestamp("us", "UTC"), packing="q"),
        WireType("super", 4000, -1),
        WireType("unknown", UNKNOWN, -2, arrow=pa.string()),
    )
}


def wire_type(redshift_type: str) -> WireType:
    """The type of that name. Raises LookupError for one that this server does not send."""
    words = re.fullmatch(r'"?([a-z ]+?)"?\s*(?:\(([\d, ]+)\))?', redshift_type.lower())
    if words is None:
        raise LookupError(f"No wire type for {redshift_type!r}")
    name, sizes = words[1], [int(size) for size in (words[2] or "").split(",") if size.strip()]
    match name:
        case "varchar" | "character varying" | "text":
            return WireType("varchar", 1043, -1, (sizes or [65535])[0] + 4, pa.string())
        case "char" | "bpchar" | "character":
            return WireType("char", 1042, -1, (sizes or [1])[0] + 4, pa.string())
        case "numeric" | "decimal":
            precision, scale = sizes if len(sizes) == 2 else ((sizes or [18])[0], 0)
            return WireType("numeric", 1700, -1, (precision << 16 | scale) + 4, pa.decimal128(precision, scale))
        case "null":
            return _TYPES["unknown"]
        case "timestamp without time zone":
            return _TYPES["timestamp"]
        case _ if name in _TYPES:
            return _TYPES[name]
    raise LookupError(f"No wire type for {redshift_type!r}")


# -- results ------------------------------------------------------------------------------------------------------


def rows(table: pa.Table, types: Iterable[WireType], formats: Iterable[int]) -> Iterator[bytes]:
    """A DataRow message for each row."""
    columns = [_cells(column, kind, form) for column, kind, form in zip(table.columns, types, formats, strict=True)]
    head = struct.pack("!h", len(columns))
    for cells in zip(*columns, strict=True):
        body = head + b"".join(cells)
        yield b"D" + struct.pack("!i", len(body) + 4) + body


def _cells(column: pa.ChunkedArray, kind: WireType, form: int) -> list[bytes]:
    """Each value with its length before it."""
    if kind.arrow is not None and column.type != kind.arrow:
        column = column.cast(kind.arrow)
    if form == 0 or kind.packing is None:
        return [NULL if value is None else _counted(write(value)) for value, write in _texts(column, kind, form)]
    pack = struct.Struct("!i" + kind.packing).pack
    size = struct.calcsize("!" + kind.packing)
    return [NULL if value is None else pack(size, value) for value in _plain(column, kind).to_pylist()]


def _plain(column: pa.ChunkedArray, kind: WireType) -> pa.ChunkedArray:
    """Dates as days since 2000, points in time as microseconds since then."""
    match kind.name:
        case "date":
            return pc.subtract(column.cast(pa.int32()), _EPOCH_DAYS)
        case "timestamp" | "timestamptz":
            return pc.subtract(column.cast(pa.int64()), _EPOCH_MICROSECONDS)
        case "time":
            return column.cast(pa.int64())
    return column


def _texts(column: pa.ChunkedArray, kind: WireType, form: int) -> Iterator[tuple[Any, Callable[[Any], bytes]]]:
    write = _binary_numeric(kind) if kind.name == "numeric" and form == 1 else _written
    return ((value, write) for value in column.to_pylist())


def _counted(value: bytes) -> bytes:
    return struct.pack("!i", len(value)) + value


def _written(value: Any) -> bytes:
    match value:
        case str():
            return value.encode()
        case bool():
            return b"t" if value else b"f"
        case dt.datetime():
            return value.isoformat(" ").encode()
        case dt.date() | dt.time():
            return value.isoformat().encode()
        case decimal.Decimal():
            return format(value, "f").encode()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return repr(value).encode()


def _binary_numeric(kind: WireType) -> Callable[[decimal.Decimal], bytes]:
    """The number without its point, in 8 bytes, or in 16 where the precision is above 18."""
    precision, scale = (kind.modifier - 4) >> 16, (kind.modifier - 4) & 0xFFFF
    length = 8 if precision <= 18 else 16
    return lambda value: int(value.scaleb(scale, _WIDE)).to_bytes(length, "big", signed=True)


_WIDE = decimal.Context(prec=50)

# -- values bound by the client -----------------------------------------------------------------------------------

_BINARY: dict[int, Callable[[bytes], Any]] = {
    16: lambda raw: raw == b"\x01",
    21: lambda raw: struct.unpack("!h", raw)[0],
    23: lambda raw: struct.unpack("!i", raw)[0],
    20: lambda raw: struct.unpack("!q", raw)[0],
    701: lambda raw: struct.unpack("!d", raw)[0],
    1114: lambda raw: EPOCH + dt.timedelta(microseconds=struct.unpack("!q", raw)[0]),
    1184: lambda raw: (EPOCH + dt.timedelta(microseconds=struct.unpack("!q", raw)[0])).replace(tzinfo=dt.UTC),
}
_TEXT: dict[int, Callable[[str], Any]] = {
    16: lambda text: text == "t",
    20: int, 21: int, 23: int, 701: float, 1700: decimal.Decimal,
    1082: dt.date.fromisoformat, 1083: dt.time.fromisoformat,
    1114: dt.datetime.fromisoformat, 1184: dt.datetime.fromisoformat,
}  # fmt: skip
# Any value of the type: a statement is described before it has its values. A text may stand for anything: NULL.
_SAMPLES: dict[int, Any] = {
    16: False, 21: 0, 23: 0, 20: 1 << 40, 701: 0.5, 1700: decimal.Decimal("9999999999.00000000"), 1082: EPOCH.date(),
    1083: EPOCH.time(), 1114: EPOCH, 1184: EPOCH.replace(tzinfo=dt.UTC),
}  # fmt: skip


def bound(oid: int, form: int, raw: bytes | None) -> Any:
    """The Python value that a client bound."""
    if raw is None:
        return None
    if form == 1 and oid in _BINARY:
        return _BINARY[oid](raw)
    return _TEXT.get(oid, str)(raw.decode())


def sample(oid: int) -> Any:
    """Some value of that type."""
    return _SAMPLES.get(oid)
