"""Nightly lists: the best candidates of every open posting, as files in the folder of the installation."""

from datetime import datetime
from pathlib import Path

from jobrec_ui.errors import InputError
from jobrec_ui.matching import batches
from jobrec_ui.matching.batches import NightlyReport
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.progress import Progress

TOP = 100  # candidates of a posting
KEPT = 7  # files; older ones go
_FOLDER = "lists"


def write(wh: Warehouse, progress: Progress) -> tuple[Path, NightlyReport]:
    """Ranks candidates for every open posting into a new file, and removes old ones.

    Raises InputError if nothing is open, or if the file cannot be written; WarehouseError.
    """
    path = _made_folder() / f"ranked_{datetime.now():%Y-%m-%d_%H%M%S}.csv"
    report = batches.rank_open(wh, path, TOP, progress)
    for old in files()[KEPT:]:
        old.unlink(missing_ok=True)
    return path, report


def files() -> list[Path]:
    """The files that are there, the latest first."""
    return sorted(folder().glob("ranked_*.csv"), reverse=True)


def read(name: str) -> bytes:
    """What the file ``name`` of :func:`files` holds. Raises InputError if it is not among them any more."""
    found = next((one for one in files() if one.name == name), None)
    try:
        if found is not None:
            return found.read_bytes()
    except OSError:
        pass
    raise InputError(f"The list {name} is not there any more: only the last {KEPT} are kept.")


def folder() -> Path:
    """Where they are."""
    return settings().home / _FOLDER


def _made_folder() -> Path:
    settings().make_home()
    made = folder()
    try:
        made.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {made} cannot be made ({error.strerror}).") from error
    return made
