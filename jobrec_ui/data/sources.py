"""Finds the files of a load in its directory, and notices when one of them changes while it is read."""

import difflib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from jobrec_ui.data.tables import TABLES, TableSpec
from jobrec_ui.errors import InputError

SUFFIXES = (".csv", ".parquet")
_EXPECTED = "postings, candidates, interactions, demographics, each as .csv or .parquet"

# Size, time of change, and identity of a file. ctime cannot be set back, unlike mtime.
Fingerprint = tuple[int, int, int, int]


@dataclass(frozen=True)
class Source:
    """A file with the rows of one table, as it was when the load began."""

    table: TableSpec
    path: Path
    fingerprint: Fingerprint

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet rather than delimited text."""
        return self.path.suffix.lower() == ".parquet"

    def check_unchanged(self) -> None:
        """Raises InputError if the file is not what it was when the load began."""
        if _fingerprint(self.path) != self.fingerprint:
            raise InputError(
                f"{self.path.name} changed while it was read. Nothing was loaded: wait until whatever writes it has "
                "finished, and load again."
            )


@dataclass(frozen=True)
class Sources:
    """What a directory holds for a load: the files, in loading order, and remarks about files that look misnamed."""

    files: tuple[Source, ...]
    notes: tuple[str, ...]


def find_sources(directory: Path) -> Sources:
    """The files in ``directory`` that a load reads; the case of their names does not matter.

    Raises InputError if the directory cannot be read, holds no such file, or holds two for one table.
    """
    try:
        names = sorted(os.listdir(directory))
    except OSError as error:
        raise InputError(f"The directory {directory} cannot be read ({error.strerror}).") from error
    files = []
    for table in TABLES.values():
        matching = [name for name in names if name.lower() in {table.name + suffix for suffix in SUFFIXES}]
        if len(matching) > 1:
            raise InputError(f"{directory} holds {' and '.join(matching)}: keep the one that is to be loaded.")
        files += [Source(table, directory / name, _fingerprint(directory / name)) for name in matching]
    notes = _misnamed(names, {source.table.name for source in files})
    if not files:
        raise InputError(
            f"{directory} holds no file to load. Expected: {_EXPECTED}." + "".join(f" {note}" for note in notes)
        )
    return Sources(tuple(files), tuple(notes))


def single_source(table: TableSpec, path: Path) -> Source:
    """The file at ``path``, whatever its name, as rows of ``table``. Raises InputError if there is no such file."""
    return Source(table, path, _fingerprint(path))


def _misnamed(names: list[str], found: set[str]) -> list[str]:
    missing = [table for table in TABLES if table not in found]
    notes = []
    for name in names:
        stem, suffix = os.path.splitext(name.lower())
        close = difflib.get_close_matches(stem, missing, n=1, cutoff=0.75)
        if close and (stem != close[0] or suffix in (".txt", ".tsv", ".xlsx", ".xls", ".json")):
            notes.append(f"{name} was not read: name it {close[0]}.csv (or .parquet) if it is meant to be.")
    return notes


def _fingerprint(path: Path) -> Fingerprint:
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}).") from error
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path.name} is not a file that can be read.")
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
