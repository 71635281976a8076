"""One open database file: a single DuckDB instance per path and process, shared by every connection of every thread."""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import duckdb

from embedded_redshift import errors
from embedded_redshift.catalog import Relations
from embedded_redshift.history import History
from embedded_redshift.ml import store
from embedded_redshift.ml.models import Models
from embedded_redshift.trailing_blanks import Table, TrailingBlanks
from embedded_redshift.translate import SETUP_STATEMENTS, Translation

logger = logging.getLogger(__name__)

CACHED_TRANSLATIONS = 1000
EXIT_SECONDS = 5.0  # how long the end of the process waits for a training to notice

# Nothing but the database file may be reached through SQL: no other files, no Python variables, no downloads.
_CONFIG = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Above so many tables the order of joins is found greedily. The exact search (to 12) took longer than it saved: a
    # fifth of the time of a query with many joins over small tables.
    "approximate_join_order_threshold": "6",
}
# What an address may set after the question mark: redshift+local:///path.duckdb?threads=2&memory_limit=4GB
OPTIONS = ("threads", "memory_limit")


@dataclass(frozen=True)
class Prepared:
    """A translation, and what running it needs to know.

    statements: its statements, parsed: for a long one that takes as long as planning it. written: tables it changes.
    without_blanks: tables whose VARCHARs it takes to have no trailing blanks, as was so at ``clock``.
    """

    translation: Translation
    statements: tuple[duckdb.Statement, ...]
    written: frozenset[Table]
    without_blanks: frozenset[Table]
    clock: int


class Database:
    """The DuckDB instance of one file. Use :meth:`open` and :meth:`release`; the last release closes the file."""

    _open: ClassVar[dict[str, Database]] = {}
    _open_lock: ClassVar[threading.RLock] = threading.RLock()

    def __init__(self, path: str, options: Mapping[str, str]) -> None:
        self.path = path
        self.options = dict(options)
        self.broken = self._closed = False
        self.references = 0
        self.lock = threading.RLock()
        self.functions: dict[str, str] = {}
        self.blanks = TrailingBlanks()
        self.history = History()
        self._version = 0
        self._prepared: OrderedDict[tuple[str, int, tuple[str, ...]], Prepared] = OrderedDict()
        self.relations: Relations = {}
        self.root = _connect(path, options)
        try:
            _set_up(self.root)
            self.models = Models(self)
        except duckdb.Error as error:
            self.root.close()
            raise errors.from_duckdb(error) from error

    @classmethod
    def open(cls, path: str, options: Mapping[str, str] | None = None) -> Database:
        """The database at ``path``, created if there is none. Raises OperationalError if it cannot be opened."""
        key = os.path.realpath(Path(path).expanduser())
        with cls._open_lock:
            database = cls._open.get(key)
            if database is not None and database.broken:
                # DuckDB refuses everything after a fatal error; a new instance recovers from the file and its log.
                cls._open.pop(key).close()
                database = None
            if database is None:
                database = cls._open[key] = cls(key, options or {})
            database.references += 1
            return database

    def retain(self) -> None:
        """Keeps the file open until one more :meth:`release`."""
        with self._open_lock:
            self.references += 1

    def release(self) -> None:
        """Gives back what :meth:`open` or :meth:`retain` gave; the last one closes the file."""
        with self._open_lock:
            self.references -= 1
            if self.references == 0 and self._open.get(self.path) is self:
                del self._open[self.path]
                self.close()

    @classmethod
    def close_all(cls) -> None:
        """Ends what this process has open. Trainings are cut off: their models are FAILED when next seen."""
        with cls._open_lock:
            databases = list(cls._open.values())
        for database in databases:
            database.models.stop(EXIT_SECONDS)
            database.close()

    def close(self) -> None:
        """Writes everything to the file and lets go of it."""
        if not self.broken and not self._closed:
            self.write_history()
        self._closed = True
        self.root.close()

    def write_history(self) -> None:
        """Writes down what ran, for those who ask for it."""
        try:
            with self.lookup() as cursor:
                self.history.write(cursor)
        except (duckdb.Error, errors.Error) as error:
            logger.warning("The history could not be written: %s", type(error).__name__)

    def session(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection of its own for one DB-API connection: DuckDB refuses to share one between threads."""
        with self.lock:
            try:
                return self.root.cursor()
            except duckdb.Error as error:
                raise errors.InterfaceError("The embedded warehouse is closed.") from error

    def one_core_each(self) -> None:
        """Has each statement run on one core, unless the file was opened for a number of threads."""
        if "threads" not in self.options:
            with self.session() as cursor:
                cursor.execute("SET GLOBAL threads = 1")

    @contextmanager
    def lookup(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A DuckDB connection outside any transaction, for a moment."""
        cursor = self.session()
        try:
            yield cursor
        finally:
            cursor.close()

    @property
    def version(self) -> int:
        """Changes whenever a table, a view or a model may have changed; what was known before is dropped."""
        return self._version

    def catalog_changed(self) -> None:
        """Marks that tables, views or models changed."""
        with self.lock:
            self._version += 1
            self._prepared.clear()
            self.relations = {}  # another one: who asks meanwhile keeps what they find in the old one

    def cached(self, key: tuple[str, int, tuple[str, ...]]) -> Prepared | None:
        """The translation made before for (text, version, search path), if it is still kept."""
        with self.lock:
            prepared = self._prepared.get(key)
            if prepared is not None:
                self._prepared.move_to_end(key)
            return prepared

    def keep(self, key: tuple[str, int, tuple[str, ...]], prepared: Prepared) -> None:
        """Keeps a translation; the one unused for longest goes when there are too many."""
        with self.lock:
            if key[1] == self._version:
                self._prepared[key] = prepared
                while len(self._prepared) > CACHED_TRANSLATIONS:
                    self._prepared.popitem(last=False)


def _set_up(root: duckdb.DuckDBPyConnection) -> None:
    """Makes what translated statements need, unless the file has it from this version of the program."""
    root.execute("SET GLOBAL TimeZone = 'UTC'")
    statements = (*SETUP_STATEMENTS, *store.SETUP_STATEMENTS)
    fingerprint = hashlib.sha256("".join(statements).encode()).hexdigest()
    found = "SELECT comment FROM duckdb_tables() WHERE schema_name = '_redshift' AND table_name = 'views'"
    if root.execute(found).fetchall() != [(fingerprint,)]:
        note = f"COMMENT ON TABLE _redshift.views IS '{fingerprint}'"
        for statement in ("BEGIN", *statements, note, "COMMIT"):
            root.execute(statement)


def _connect(path: str, options: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """Raises OperationalError, whose message says why the file cannot be opened and what to do."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise errors.OperationalError(f"There is no folder {folder} for the warehouse file: make it or name another.")
    if Path(path).is_dir():
        raise errors.OperationalError(f"{path} is a folder. The warehouse address must name a file in it.")
    if not os.access(folder, os.W_OK) or (Path(path).exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise errors.OperationalError(
            f"The warehouse file {path} cannot be written: check its rights and its folder's."
        )
    try:
        return duckdb.connect(path, config={**_CONFIG, **options})
    except duckdb.Error as error:
        raise _cannot_open(path, error) from error


def _cannot_open(path: str, error: duckdb.Error) -> errors.Error:
    text = str(error)
    if "lock" in text:
        owner = re.search(r"PID (\d+)", text)
        who = f"process {owner[1]}" if owner else "another process"
        return errors.OperationalError(
            f"The warehouse file {path} is in use by {who}. Only one program can have it open: stop the other one "
            "(the app, a load, a training), or wait until it has finished.",
            "55006",
        )
    if "not a valid DuckDB" in text:
        return errors.OperationalError(
            f"{path} is not a warehouse file, or it is damaged. Name another path, or restore the file from a copy."
        )
    if "version" in text and isinstance(error, duckdb.SerializationException | duckdb.IOException):
        return errors.OperationalError(f"{path} was written by another version of the embedded warehouse.")
    logger.error("The file could not be opened: %s", text)
    return errors.OperationalError(f"The warehouse file {path} cannot be opened; the log says why.")


atexit.register(Database.close_all)
