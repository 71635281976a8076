"""The messages of the PostgreSQL 3 protocol, as Redshift lays them out."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redshift_wire.values import WireType

SSL_REQUEST, CANCEL_REQUEST = 80877103, 80877102

PARSE_COMPLETE = b"1\x00\x00\x00\x04"
BIND_COMPLETE = b"2\x00\x00\x00\x04"
CLOSE_COMPLETE = b"3\x00\x00\x00\x04"
NO_DATA = b"n\x00\x00\x00\x04"
EMPTY_QUERY = b"I\x00\x00\x00\x04"
SEARCHABLE = 1 << 12
NULLABLE = 1


def message(kind: bytes, body: bytes = b"") -> bytes:
    """One message: its kind, its length, its content."""
    return kind + struct.pack("!i", len(body) + 4) + body


def authentication(code: int, more: bytes = b"") -> bytes:
    return message(b"R", struct.pack("!i", code) + more)


def digest_request(salt: bytes, nonce: bytes) -> bytes:
    """Redshift's own AUTH_REQ_DIGEST with SHA-256, which has the number 0."""
    parts = struct.pack("!ii", 0, len(salt)) + salt + struct.pack("!i", len(nonce)) + nonce
    return authentication(13, parts)


def parameter_status(name: str, value: str) -> bytes:
    return message(b"S", text(name) + text(value))


def backend_key(process: int, secret: int) -> bytes:
    return message(b"K", struct.pack("!ii", process, secret))


def ready(status: bytes) -> bytes:
    """Ready for the next statement; status I: no transaction, T: in one, E: in one that failed."""
    return message(b"Z", status)


def command_complete(tag: str) -> bytes:
    return message(b"C", text(tag))


def error(fields: Mapping[str, str]) -> bytes:
    """The letters of ``fields`` are the protocol's: S severity, C SQLSTATE, M message, D detail, …"""
    return message(b"E", b"".join(letter.encode() + text(value) for letter, value in fields.items()) + b"\x00")


def parameter_description(oids: Sequence[int]) -> bytes:
    return message(b"t", struct.pack(f"!h{len(oids)}i", len(oids), *oids))


def row_description(columns: Sequence[tuple[str, WireType]], formats: Sequence[int], protocol: int) -> bytes:
    """From version 1 on, each column also tells its schema, table, column and catalog, and flags."""
    parts = [struct.pack("!h", len(columns))]
    for (name, kind), form in zip(columns, formats, strict=True):
        parts.append(text(name) + struct.pack("!ihihih", 0, 0, kind.oid, kind.size, kind.modifier, form))
        if protocol >= 1:
            parts.append(text("") + text("") + text(name) + text("") + struct.pack("!h", NULLABLE | SEARCHABLE))
    return message(b"T", b"".join(parts))


def text(value: str) -> bytes:
    return value.encode() + b"\x00"


class Reader:
    """Takes the content of a client's message apart."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    @property
    def more(self) -> bool:
        return self._at < len(self._body)

    def take(self, length: int) -> bytes:
        found = self._body[self._at : self._at + length]
        self._at += length
        return found

    def text(self) -> str:
        end = self._body.index(b"\x00", self._at)
        found = self.take(end - self._at)
        self._at += 1
        return found.decode()

    def numbers(self, form: str) -> tuple[int, ...]:
        """Numbers as struct names them: ``h`` of two bytes, ``i`` of four."""
        return struct.unpack("!" + form, self.take(struct.calcsize("!" + form)))

    def number(self, form: str = "i") -> int:
        return self.numbers(form)[0]

    def counted(self, form: str) -> tuple[int, ...]:
        """A count of two bytes, and so many numbers."""
        return self.numbers(form * self.number("h"))


@dataclass(frozen=True)
class Bind:
    """A Bind message: the statement to run, the values with their formats, the formats wanted for the result."""

    portal: str
    statement: str
    values: tuple[tuple[int, bytes | None], ...]
    formats: tuple[int, ...]

    @classmethod
    def read(cls, body: bytes) -> Bind:
        reader = Reader(body)
        portal, statement = reader.text(), reader.text()
        formats = reader.counted("h")
        count = reader.number("h")
        values = []
        for at in range(count):
            length = reader.number()
            form = formats[at] if len(formats) > 1 else (formats or (0,))[0]
            values.append((form, None if length == -1 else reader.take(length)))
        return cls(portal, statement, tuple(values), reader.counted("h"))
