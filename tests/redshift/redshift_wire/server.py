"""Listens on loopback, serves each client in a thread of its own, counts what goes by, and does harm when told to."""

from __future__ import annotations

import contextlib
import itertools
import re
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from embedded_redshift import errors
from redshift_wire import messages
from redshift_wire.backend import Backend, Descriptions
from redshift_wire.client import Client
from redshift_wire.harm import Harm, cut
from redshift_wire.login import Access, Cancel, GoneError, Hello, authenticate, greeting, start
from redshift_wire.refusals import RefusedError, refusal
from redshift_wire.system import Process


@dataclass
class Counts:
    """What went over the wire. A round trip: the client waits for an answer. Logins are not among them."""

    round_trips: int = 0
    sent: int = 0
    received: int = 0
    logins: int = 0


@dataclass
class _Fault:
    pattern: re.Pattern[str]
    harm: Harm
    times: int
    done: int = field(default=0)


class RedshiftServer:
    """A stand-in for a Redshift cluster whose database is an embedded warehouse's file."""

    def __init__(self, path: Path, access: Access) -> None:
        self.path = path
        self.access = access
        self.port = 0
        self.counts = Counts()
        self.statements: list[str] = []  # every statement run, in order
        self.labels: set[str] = set()  # every query group that one ran under
        self._lock = threading.Lock()
        self._listening: socket.socket | None = None
        self._clients: dict[int, tuple[int, Client, Backend]] = {}  # by process number: secret, client, session
        self._starting: set[socket.socket] = set()  # connections that have not said yet what they want
        self._threads: list[threading.Thread] = []
        self._numbers = itertools.count(1_073_742_000)
        self._faults: list[_Fault] = []
        self._descriptions: Descriptions = {}

    # -- running -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to listen, on the same port as before if it was started before."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(64)
        self.port = listening.getsockname()[1]
        self._listening = listening
        self._in_thread(self._accept, listening)

    def stop(self) -> None:
        """Stops listening and cuts every connection, as a cluster that goes down."""
        if self._listening is not None:
            with contextlib.suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        self.cut_all()
        for starting in list(self._starting):
            with contextlib.suppress(OSError):
                starting.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=20)
        self._threads = []

    def url(
        self, user: str | None = None, password: str | None = None, query: str = "", host: str = "localhost"
    ) -> str:
        """A SQLAlchemy address; for the first of the users unless another is named."""
        name = user or next(iter(self.access.users))
        secret = password or self.access.users[name]
        end = f"?{query}" if query else ""
        return f"redshift+redshift_connector://{quote(name)}:{quote(secret)}@{host}:{self.port}/dev{end}"

    # -- looking on ----------------------------------------------------------------------------------------------

    def count(self, **more: int) -> None:
        """Adds to :attr:`counts`."""
        with self._lock:
            for name, number in more.items():
                setattr(self.counts, name, getattr(self.counts, name) + number)

    @contextlib.contextmanager
    def counted(self) -> Iterator[Counts]:
        """What goes by in the meantime, filled in at the end."""
        before, during = replace(self.counts), Counts()
        yield during
        for name, number in vars(before).items():
            setattr(during, name, getattr(self.counts, name) - number)

    @property
    def connections(self) -> int:
        """How many clients are connected."""
        return len(self._clients)

    # -- harm ----------------------------------------------------------------------------------------------------

    def harm(self, pattern: str, harm: Harm, times: int = 1) -> None:
        """Does ``harm`` to the next ``times`` statements that ``pattern`` is found in, just before they run."""
        self._faults.append(_Fault(re.compile(pattern, re.IGNORECASE | re.DOTALL), harm, times))

    def heal(self) -> None:
        """No more harm."""
        self._faults.clear()

    def cut_all(self) -> None:
        """Cuts every connection."""
        for _secret, client, backend in list(self._clients.values()):
            with contextlib.suppress(errors.Error):
                backend.connection.cancel()
            cut(client)

    def at_execute(self, sql: str, client: Client) -> None:
        """Called before a statement runs."""
        with self._lock:
            self.statements.append(sql)
            self.labels.add(client.backend.connection.session.settings.label)
            fault = next((one for one in self._faults if one.done < one.times and one.pattern.search(sql)), None)
            if fault is not None:
                fault.done += 1
        if fault is not None:
            fault.harm(client)

    # -- clients -------------------------------------------------------------------------------------------------

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._in_thread(self._serve, connection)

    def _serve(self, plain: socket.socket) -> None:
        with contextlib.suppress(GoneError, OSError), contextlib.closing(plain):
            self._starting.add(plain)
            try:
                connection, wish = start(plain, self.access)
            finally:
                self._starting.discard(plain)
            with contextlib.closing(connection):
                if isinstance(wish, Cancel):
                    self._cancel(wish.process, wish.secret)
                    return
                try:
                    self._session(connection, wish)
                except RefusedError as refused:
                    connection.sendall(messages.error(refused.fields))

    def _session(self, connection: socket.socket, hello: Hello) -> None:
        authenticate(connection, hello.user, self.access)
        number, secret, protocol = next(self._numbers), secrets.randbits(31), hello.protocol(self.access)
        try:
            backend = Backend(str(self.path), Process(number, self._cancel, self.labels), self._descriptions)
        except errors.Error as error:
            raise refusal(error, 0) from error
        with contextlib.closing(backend):
            self.count(logins=1)
            connection.sendall(greeting(protocol, self.access, number, secret))
            client = Client(connection, backend, protocol, self)
            self._clients[number] = (secret, client, backend)
            try:
                client.serve()
            finally:
                self._clients.pop(number, None)
                client.close()

    def _cancel(self, process: int, secret: int | None = None) -> bool:
        found = self._clients.get(process)
        if found is None or secret not in (None, found[0]):
            return False
        found[2].connection.cancel()
        return True

    def _in_thread(self, target: Callable[[socket.socket], None], connection: socket.socket) -> None:
        thread = threading.Thread(target=target, args=(connection,), daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()
