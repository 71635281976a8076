"""What may happen to a statement just before it runs: for RedshiftServer.harm."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Callable

from redshift_wire.client import Client
from redshift_wire.login import GoneError
from redshift_wire.refusals import RefusedError, cancelled, internal, serialization_conflict

Harm = Callable[[Client], None]


def cut(client: Client) -> None:
    """Resets the connection."""
    with contextlib.suppress(OSError):
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.socket.shutdown(client.socket, socket.SHUT_RDWR)  # the plain socket's: TLS would go on in clear text


def break_line(client: Client) -> None:
    """The line breaks before the statement has run."""
    cut(client)
    raise GoneError


def break_after(sent: int) -> Harm:
    """The statement runs; the line breaks when so many bytes of the answer have gone out."""

    def harm(client: Client) -> None:
        client.bytes_left = sent

    return harm


def slow(seconds: float) -> Harm:
    """The statement takes so long, or is cancelled at the session's statement_timeout."""

    def harm(client: Client) -> None:
        limit = client.backend.connection.session.settings.timeout / 1000
        time.sleep(min(seconds, limit or seconds))
        if limit and limit < seconds:
            raise cancelled(4_777_555)

    return harm


def refuse(refused: RefusedError) -> Harm:
    """The statement is refused."""

    def harm(_client: Client) -> None:
        raise refused

    return harm


conflict = refuse(serialization_conflict())
not_ready = refuse(internal("The ML model is not ready, check STV_ML_MODEL_INFO for its status.", 28008))
