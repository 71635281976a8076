"""Finds the files of a load, takes archives apart, and notices when a file changes while it is read."""

import gzip
import os
import shutil
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Protocol

from jobrec_ui.data.reading.forms import Form, form_of
from jobrec_ui.errors import InputError

# What archives may grow to on disk, all together: more is a mistake, or somebody's joke.
LARGEST_UNPACKED = 8 << 30
MOST_FILES = 1000
_CHUNK = 1 << 20

# Size, time of change, and identity of a file. ctime cannot be set back, unlike mtime.
Fingerprint = tuple[int, int, int, int]


@dataclass(frozen=True)
class SourceFile:
    """A file of a load: `name` is what messages call it, `path` where its bytes are, `form` what they are."""

    name: str
    path: Path
    form: Form
    fingerprint: Fingerprint

    @property
    def size(self) -> int:
        """Bytes."""
        return self.fingerprint[0]

    def check_unchanged(self) -> None:
        """Raises InputError if the file is not what it was when the load began."""
        if _fingerprint(self.path, self.name) != self.fingerprint:
            raise InputError(
                f"{self.name} changed while it was read. Nothing was loaded: wait until whatever writes it has "
                "finished, and load again."
            )


@contextmanager
def find_files(places: Sequence[Path]) -> Iterator[list[SourceFile]]:
    """The files at ``places``, which are files or folders, in order of name; archives are taken apart meanwhile.

    Hidden files and folders within folders are passed over. Raises InputError if a place cannot be read, or an archive
    is damaged or too large.
    """
    with TemporaryDirectory(prefix="jobrec-") as scratch:
        room = _Room(Path(scratch))
        found = [file for place in places for path in _paths(place) for file in _opened(path.name, path, room)]
        yield found


def single_file(path: Path) -> SourceFile:
    """The file at ``path`` by itself. Raises InputError if there is no such file."""
    return _source(path.name, path)


def _paths(place: Path) -> list[Path]:
    try:
        if not place.is_dir():
            return [place]
        return [place / name for name in sorted(os.listdir(place)) if name[0] != "." and not (place / name).is_dir()]
    except OSError as error:
        raise InputError(f"The directory {place} cannot be read ({error.strerror}).") from error


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Room:
    """Where archives are taken apart, with bounds on what they may grow to."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._left = LARGEST_UNPACKED
        self._files = 0

    def keep(self, name: str, content: "_Readable") -> Path:
        """Writes ``content`` into a file of its own. Raises InputError if it is too much."""
        self._files += 1
        if self._files > MOST_FILES:
            raise InputError(f"{name}: the archive holds more than {MOST_FILES:,} files. Load fewer at a time.")
        # Of the name only the suffix is kept: an archive may hold any name.
        path = self._directory / f"{self._files}{PurePosixPath(name).suffix[:12]}"
        with path.open("wb") as out:
            while chunk := content.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise InputError(
                        f"{name}: unpacked it is larger than {LARGEST_UNPACKED >> 30} GB. Load it in parts."
                    )
                if shutil.disk_usage(self._directory).free < 2 * _CHUNK:
                    raise InputError(f"{name} cannot be unpacked: the disk is full. Free some space, and load again.")
                out.write(chunk)
        return path


def _opened(name: str, path: Path, room: _Room, depth: int = 0) -> Iterator[SourceFile]:
    source = _source(name, path)
    archive = {Form.ZIP: _unzipped, Form.GZIP: _gunzipped}.get(source.form)
    if archive is None or depth > 1:  # an archive within an archive within an archive is nobody's export
        yield source
        return
    try:
        for inner, unpacked in archive(source, room):
            yield from _opened(inner, unpacked, room, depth + 1)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{name} cannot be unpacked: it is damaged, or locked with a password.") from error


def _unzipped(source: SourceFile, room: _Room) -> Iterator[tuple[str, Path]]:
    with zipfile.ZipFile(source.path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
        names = Counter(PurePosixPath(entry.filename).name for entry in entries)
        for entry in entries:
            inner = PurePosixPath(entry.filename)
            # Where the folders alone tell two files apart, they are part of the name.
            shown = inner.name if names[inner.name] == 1 else "/".join(inner.parts)
            with archive.open(entry) as content:
                yield f"{source.name}/{shown}", room.keep(inner.name, content)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _gunzipped(source: SourceFile, room: _Room) -> Iterator[tuple[str, Path]]:
    inner = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
    with gzip.open(source.path) as content:
        yield inner, room.keep(inner, content)


def _source(name: str, path: Path) -> SourceFile:
    fingerprint = _fingerprint(path, name)
    try:
        return SourceFile(name, path, form_of(path), fingerprint)
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}).") from error


def _fingerprint(path: Path, name: str) -> Fingerprint:
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}).") from error
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{name} is not a file that can be read.")
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
