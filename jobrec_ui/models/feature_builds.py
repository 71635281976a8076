"""For which data, and by which statements, the features were made; and making them anew when they are not those of now.

Whoever loads data commits the rows first and makes the features then, so a process may die in between. Therefore the
features say what they were made for (app.feature_builds, written in their transaction), and whoever needs them looks.
"""

import functools
import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.features import statuses
from jobrec_ui.models.claims import Claim, claimed
from jobrec_ui.models.tables import create_schema, outdated
from jobrec_ui.warehouse import Warehouse, setup, sqlfiles
from jobrec_ui.warehouse.progress import Progress, silent
from jobrec_ui.warehouse.purpose import at_least

CLAIM = -1  # the number under which making the features is claimed: no version has it
_PAUSE = 0.5  # seconds between two looks whether somebody else is done
_MADE_BY = (
    "schema/features", "schema/snapshot", "features/build_facts", "features/build_words", "matching/build_search",
    "features/build_snapshot",
)  # fmt: skip


@dataclass(frozen=True)
class Build:
    """The features as they are: made for this data version, by statements with this digest."""

    data_version: int
    made_by: str


@functools.cache
def this_app() -> str:
    """The digest of the statements and words by which this app makes features; comments do not count."""
    texts = "\n".join(re.sub(r"--[^\n]*", "", sqlfiles.read(name)) for name in _MADE_BY)
    return hashlib.md5(" ".join(f"{texts} {statuses.known()}".split()).encode(), usedforsecurity=False).hexdigest()


def is_current(build: Build | None, newest_data: int) -> bool:
    """Whether these are the features of the data version ``newest_data``, made by this app's statements."""
    return build == Build(newest_data, this_app())


def why_stale(wh: Warehouse) -> str | None:
    """Why the features are not those of the data, in words; None if they are, or if there are no data.

    Raises WarehouseError.
    """
    found = wh.query("features/latest_build")
    if found.empty:
        return None
    newest, made_for = int(found["loaded_version"][0]), found["made_for"][0]
    if pd.isna(made_for):
        return f"The features of data version {newest} were never finished"
    if found["made_by"][0] != this_app() or outdated(wh):
        return "Another version of the app made the features"
    if int(made_for) != newest:
        return f"The features were made for data version {int(made_for)}, and data version {newest} is loaded"
    return None


def ensure_features(wh: Warehouse, progress: Progress = silent) -> None:
    """Makes the features anew if they are not those of the data. Raises WarehouseError."""
    setup.make_app_tables(wh)
    if (why := why_stale(wh)) is not None:
        progress(f"{why}: making them anew")
        refresh_features(wh, progress)


def refresh_features(wh: Warehouse, progress: Progress = silent) -> None:
    """Rebuilds what ranking reads from the company's data, as of the latest moment in it. All or nothing.

    One at a time: who has to wait for somebody else uses what they made, if that is of the latest data.
    Raises InputError without data, WarehouseError.
    """
    create_schema(wh)
    if data_version(wh) is None:
        raise InputError("There is no data yet. Load some with `python -m jobrec_ui load DIR`.")
    with _turn(wh, progress) as claim:
        if claim is not None:

            def report(step: str) -> None:
                claim.report(step)
                progress(step)

            _build(wh, report)


@contextmanager
def _turn(wh: Warehouse, progress: Progress) -> Iterator[Claim | None]:
    """The right to make the features; None if somebody else has made them meanwhile."""
    waited = False
    while True:
        with claimed(wh, CLAIM) as claim:
            if claim is not None:
                yield None if waited and why_stale(wh) is None else claim
                return
        if not waited:
            progress("Somebody else is making the features: waiting for them")
        waited = True
        time.sleep(_PAUSE)


def _build(wh: Warehouse, progress: Progress) -> None:
    with at_least("training"), wh.transaction() as tx:
        loaded = data_version(tx)
        assert loaded is not None
        # Just after the latest event, so that it counts as known. Without any event, any moment will do.
        as_of = (loaded.as_of or loaded.loaded_at) + timedelta(seconds=1)
        progress("Reading postings and candidates")
        statuses.add_missing(tx)
        tx.execute("features/build_facts")
        tx.execute("features/build_decisions")
        tx.execute("features/build_words")
        tx.execute("matching/build_search")
        progress("Weighing words and history")
        tx.execute("features/set_clock", {"as_of": as_of}, {"schema": "features"})
        tx.execute("features/build_snapshot", names={"schema": "features"})
        tx.execute("features/record_build", {"data_version": loaded.version, "made_by": this_app()})
