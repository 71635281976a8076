"""One client after its login: takes its messages in turn, keeps its statements, sends what they give."""

from __future__ import annotations

import contextlib
import itertools
import socket
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from embedded_redshift import errors
from redshift_wire import messages, values
from redshift_wire.backend import Backend, Prepared
from redshift_wire.login import GoneError
from redshift_wire.messages import Bind, Reader
from redshift_wire.refusals import RefusedError, refusal

if TYPE_CHECKING:
    from redshift_wire.server import RedshiftServer

_query_numbers = itertools.count(4_777_555)
_BLOCK = 1 << 16


class Client:
    """One connection, served until it ends."""

    def __init__(self, connection: socket.socket, backend: Backend, protocol: int, server: RedshiftServer) -> None:
        self.socket = connection
        self._from = connection.makefile("rb")
        self.backend = backend
        self._protocol = protocol
        self._server = server
        self._statements: dict[str, Prepared] = {}
        self._portals: dict[str, tuple[Prepared, Bind]] = {}
        self._out = bytearray()
        self.bytes_left: int | None = None  # how much is still sent before the line breaks

    def serve(self) -> None:
        """Answers until the client goes. Raises GoneError, OSError."""
        skipping = False  # after an error, everything up to the next Sync
        self._send(messages.ready(self.backend.status))
        self._flush()
        while True:
            kind, body = self._next()
            if kind == b"X":
                return
            if kind == b"S":
                skipping = False
                self._send(messages.ready(self.backend.status))
                self._server.count(round_trips=1)
                self._flush()
            elif kind == b"H":
                self._flush()
            elif kind == b"Q":
                self._simple(Reader(body).text())
            elif not skipping:
                skipping = not self._guarded(kind, body)

    def close(self) -> None:
        """Closes the connection, which waits for the file made of it."""
        with contextlib.suppress(OSError):
            self._from.close()
        self.socket.close()

    def _next(self) -> tuple[bytes, bytes]:
        head = self._from.read(5)
        if len(head) < 5:
            raise GoneError
        kind, length = struct.unpack("!ci", head)
        body = self._from.read(length - 4)
        self._server.count(received=length + 1)
        return kind, body

    def _guarded(self, kind: bytes, body: bytes) -> bool:
        """Carries out one message of the extended protocol; False if it was refused."""
        handlers = {b"P": self._parse, b"D": self._describe, b"B": self._bind, b"E": self._execute, b"C": self._close}
        with self._telling() as told:
            handlers[kind](body)
        return not told

    @contextlib.contextmanager
    def _telling(self) -> Iterator[list[RefusedError]]:
        """Sends what goes wrong to the client; it is in the list then."""
        told: list[RefusedError] = []
        try:
            yield told
        except RefusedError as refused:
            told.append(refused)
        except errors.Error as error:
            cause = error.__cause__  # this server's own refusal in the midst of a translation, at the engine's border
            told.append(cause if isinstance(cause, RefusedError) else refusal(error, next(_query_numbers)))
        except (GoneError, OSError):
            raise
        except Exception as error:  # a fault of this server: the test is to see it, not to wait
            told.append(RefusedError("XX000", f"redshift_wire failed: {error!r}"))
        if told:
            self._refuse(told[0])

    def _refuse(self, refused: RefusedError) -> None:
        self._send(messages.error(refused.fields))
        if refused.fatal:
            self._flush()
            raise GoneError

    # -- the extended protocol -----------------------------------------------------------------------------------

    def _parse(self, body: bytes) -> None:
        reader = Reader(body)
        name, sql = reader.text(), reader.text()
        types = tuple(reader.numbers("i" * reader.number("h")))
        self._statements[name] = self.backend.prepare(sql, types)
        self._send(messages.PARSE_COMPLETE)

    def _describe(self, body: bytes) -> None:
        reader = Reader(body)
        of, name = reader.take(1), reader.text()
        if of == b"P":
            prepared, bind = self._portals[name]
            self._send(self._row_description(prepared, bind.formats))
            return
        prepared = self._statement(name)
        self._send(messages.parameter_description(prepared.types))
        self._send(self._row_description(prepared, ()))

    def _bind(self, body: bytes) -> None:
        bind = Bind.read(body)
        self._portals[bind.portal] = (self._statement(bind.statement), bind)
        self._send(messages.BIND_COMPLETE)

    def _execute(self, body: bytes) -> None:
        prepared, bind = self._portals[Reader(body).text()]
        bound = [values.bound(oid, form, raw) for oid, (form, raw) in zip(prepared.types, bind.values, strict=True)]
        self._run(prepared, bound, bind.formats)

    def _close(self, body: bytes) -> None:
        reader = Reader(body)
        kept = self._statements if reader.take(1) == b"S" else self._portals
        kept.pop(reader.text(), None)  # type: ignore[attr-defined]
        self._send(messages.CLOSE_COMPLETE)

    def _statement(self, name: str) -> Prepared:
        if name not in self._statements:
            raise RefusedError("26000", f'prepared statement "{name}" does not exist')
        return self._statements[name]

    # -- the simple protocol -------------------------------------------------------------------------------------

    def _simple(self, sql: str) -> None:
        """One statement, everything as text. Redshift takes several at once; no client of ours sends them."""
        with self._telling():
            prepared = self.backend.prepare(sql, ())
            if prepared.columns is not None:
                self._send(self._row_description(prepared, ()))
            self._run(prepared, [], ())
        self._send(messages.ready(self.backend.status))
        self._server.count(round_trips=1)
        self._flush()

    # -- running and sending -------------------------------------------------------------------------------------

    def _run(self, prepared: Prepared, bound: list[object], formats: tuple[int, ...]) -> None:
        if not prepared.sql.strip(" \n;"):
            self._send(messages.EMPTY_QUERY)
            return
        with self.backend.connection.session.guarded():  # what is refused ends its transaction
            self._server.at_execute(prepared.sql, self)
        outcome = self.backend.run(prepared, bound)
        if outcome.rows is not None and prepared.columns is not None:
            kinds = [kind for _name, kind in prepared.columns]
            for row in values.rows(outcome.rows, kinds, _formats(formats, len(kinds))):
                self._send(row)
        self._send(messages.command_complete(outcome.tag))

    def _row_description(self, prepared: Prepared, formats: tuple[int, ...]) -> bytes:
        if prepared.columns is None:
            return messages.NO_DATA
        return messages.row_description(prepared.columns, _formats(formats, len(prepared.columns)), self._protocol)

    def _send(self, data: bytes) -> None:
        self._out += data
        if len(self._out) >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        data, self._out = bytes(self._out), bytearray()
        if self.bytes_left is not None:
            data = data[: self.bytes_left]
            self.bytes_left -= len(data)
        self._server.count(sent=len(data))
        self.socket.sendall(data)
        if self.bytes_left == 0:
            raise GoneError


def _formats(formats: tuple[int, ...], count: int) -> tuple[int, ...]:
    """One format for each column: none given means text, one given means all."""
    return formats if len(formats) == count else (formats or (0,))[:1] * count
