"""The start of a connection: TLS, the client's parameters, its password."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
import ssl
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from redshift_wire import messages
from redshift_wire.messages import Reader
from redshift_wire.refusals import login_refused

Method = Literal["md5", "sha256"]


@dataclass(frozen=True)
class Access:
    """Who may log in and how. protocol: the version that the server speaks at most, None: too old to say."""

    users: Mapping[str, str]
    method: Method = "sha256"
    protocol: int | None = 2
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True)
class Hello:
    """What the client said of itself at the start."""

    parameters: Mapping[str, str]

    @property
    def user(self) -> str:
        return self.parameters.get("user", "")

    def protocol(self, access: Access) -> int:
        """The version that both sides speak."""
        wanted = int(self.parameters.get("client_protocol_version", "0"))
        return 0 if access.protocol is None else min(wanted, access.protocol)


@dataclass(frozen=True)
class Cancel:
    """Not a session, but the wish to end another one's statement."""

    process: int
    secret: int


class GoneError(Exception):
    """The client has closed the connection."""


def exactly(connection: socket.socket, length: int) -> bytes:
    """So many bytes. Raises GoneError."""
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(length - len(parts))
        if not part:
            raise GoneError
        parts += part
    return bytes(parts)


def start(connection: socket.socket, access: Access) -> tuple[socket.socket, Hello | Cancel]:
    """The socket to go on with, in TLS if the client asked for it, and what it wants. Raises GoneError, OSError."""
    while True:
        (length,) = struct.unpack("!i", exactly(connection, 4))
        body = Reader(exactly(connection, length - 4))
        match body.number():
            case messages.SSL_REQUEST:
                connection.sendall(b"S" if access.tls else b"N")
                if access.tls:
                    connection = access.tls.wrap_socket(connection, server_side=True)
            case messages.CANCEL_REQUEST:
                process, secret = body.numbers("ii")
                return connection, Cancel(process, secret)
            case _:
                parameters = {}
                while (name := body.text()) != "":
                    parameters[name] = body.text()
                return connection, Hello(parameters)


def greeting(protocol: int, access: Access, process: int, secret: int) -> bytes:
    """What follows a good login."""
    said = {"client_encoding": "UTF8", "server_version": "8.0.2", "integer_datetimes": "on", "datashare_enabled": "on"}
    if access.protocol is not None:
        said["server_protocol_version"] = str(protocol)
    parts = [messages.parameter_status(name, value) for name, value in said.items()]
    return messages.authentication(0) + b"".join(parts) + messages.backend_key(process, secret)


def authenticate(connection: socket.socket, user: str, access: Access) -> None:
    """Asks for the password. Raises RefusedError."""
    password = access.users.get(user)
    right = _md5 if access.method == "md5" else _digest
    if not right(connection, user, secrets.token_hex(8) if password is None else password) or password is None:
        raise login_refused(user)


def _md5(connection: socket.socket, user: str, password: str) -> bool:
    salt = secrets.token_bytes(4)
    connection.sendall(messages.authentication(5, salt))
    kind, answer = _answer(connection)
    inner = hashlib.md5((password + user).encode()).hexdigest()
    right = "md5" + hashlib.md5(inner.encode() + salt).hexdigest()
    return kind == b"p" and hmac.compare_digest(answer, messages.text(right))


def _digest(connection: socket.socket, user: str, password: str) -> bool:
    """Redshift's own: SHA256(SHA256(password + salt) + server's nonce + client's nonce)."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16)
    connection.sendall(messages.digest_request(salt, nonce))
    kind, answer = _answer(connection)
    reader = Reader(answer)
    digest = reader.take(reader.number())
    client_nonce = reader.take(reader.number())
    right = hashlib.sha256(hashlib.sha256(password.encode() + salt).digest() + nonce + client_nonce).digest()
    return kind == b"d" and hmac.compare_digest(digest, right)


def _answer(connection: socket.socket) -> tuple[bytes, bytes]:
    kind, length = struct.unpack("!ci", exactly(connection, 5))
    return kind, exactly(connection, length - 4)
