"""Nightly lists: ranks candidates for a whole file of postings, or scores a whole file of pairs, in batches.

A batch is one statement in the warehouse; its rows go to the output as they come, so that memory does not grow with the
files. The output appears under its name only when it is complete.
"""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import numpy as np
import pandas as pd
import pyarrow as pa

from jobrec_ui import models
from jobrec_ui.data.check import ROW_INDEX, check_rows
from jobrec_ui.data.id_file import read_ids
from jobrec_ui.data.tables import INTERACTIONS, TableSpec
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.matching.ranking import retrieved
from jobrec_ui.models import LIKENESS, Ranker, Serving
from jobrec_ui.warehouse import Transaction, Warehouse
from jobrec_ui.warehouse.progress import Progress, silent

# Measured on 27 thousand postings and 12 thousand candidates: larger batches gain little time and cost memory.
POSTINGS_PER_BATCH = 40
PAIRS_PER_BATCH = 40_000
LARGEST_TOP = 10_000

_SHOWN_IDS = 5
_ids = INTERACTIONS.by_name
_POSTINGS = TableSpec(
    "postings to rank for", "a posting to rank candidates for", ("posting_id",), (_ids["posting_id"],)
)
_PAIRS = TableSpec(
    "pairs to score",
    "a posting and a candidate to score for it",
    ("posting_id", "candidate_id"),
    (_ids["posting_id"], _ids["candidate_id"]),
)


@dataclass(frozen=True)
class NightlyReport:
    """What a nightly run did with a file.

    version             the live version, and the one that served a share of the postings if one did; or likeness
    rows_read           rows in the file: those used, `repeated` and `rejected` (rows without a usable id)
    unknown_postings    ids that the warehouse does not know, each once; nothing is written for them
    unknown_candidates  the same, of candidates
    without_result      rows used for which nothing was written, because of an unknown id or for want of candidates
    written             rows in the output
    """

    version: str
    rows_read: int
    repeated: int
    rejected: int
    unknown_postings: tuple[str, ...]
    unknown_candidates: tuple[str, ...]
    without_result: int
    written: int
    reasons: tuple[str, ...] = field(default=())
    seconds: float = field(default=0.0, compare=False)

    def text(self) -> str:
        """The report for a terminal."""
        lines = [f"{self.rows_read:,} rows read, {self.written:,} written by {self.version}, in {self.seconds:.1f} s."]
        if self.repeated:
            lines.append(f"Repeated rows, used once: {self.repeated:,}")
        if self.rejected:
            lines.append(f"Rows left out: {self.rejected:,} ({_some(self.reasons, self.rejected)})")
        for kind, ids in (("Postings", self.unknown_postings), ("Candidates", self.unknown_candidates)):
            if ids:
                lines.append(f"{kind} that are not in the warehouse: {len(ids):,} ({_some(ids, len(ids))})")
        if self.without_result:
            lines.append(f"Rows without a result: {self.without_result:,}")
        return "\n".join(lines)


def _some(texts: Sequence[str], number: int) -> str:
    """The first of ``number`` texts."""
    return "; ".join(texts[:_SHOWN_IDS]) + ("; …" if number > _SHOWN_IDS else "")


@dataclass
class _Wanted:
    """The rows of a file that can be used, each once, and what was found out about the others."""

    rows: pd.DataFrame
    rows_read: int
    repeated: int
    rejected: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Serving:
    """Which version serves which posting, and the versions by their number; likeness while there is none."""

    now: Serving | None
    versions: Mapping[int, Ranker]

    @property
    def names(self) -> str:
        return " and ".join(version.name for version in self.versions.values())

    @property
    def first(self) -> int:
        """The version whose lists come first."""
        return LIKENESS.version if self.now is None else self.now.live

    def version_for(self, posting_id: str) -> int:
        """The version that serves a posting."""
        return self.first if self.now is None else self.now.version_for(posting_id)


def rank(wh: Warehouse, postings_file: Path, out: Path, top: int = 100, progress: Progress = silent) -> NightlyReport:
    """Writes the ``top`` best candidates of each posting in the file (a posting_id column) to the CSV file ``out``.

    Columns: posting_id, candidate_id, rank (1 = best), score (0 to 1), model_version; sorted by posting and rank within
    each batch. A posting is ranked by the version that serves it: first come those of the live one.
    Without a model likeness ranks. Raises InputError for a file or number that cannot be used, or without data;
    WarehouseError.
    """
    _refuse_too_many(top)
    started = time.monotonic()
    _refuse_to_overwrite(postings_file, out)
    serving = _serving(wh)
    return _ranked(wh, serving, _read(_POSTINGS, postings_file, progress), out, top, progress, started)


def rank_open(wh: Warehouse, out: Path, top: int = 100, progress: Progress = silent) -> NightlyReport:
    """The same for every posting that is open today. Raises InputError also if none is."""
    _refuse_too_many(top)
    started = time.monotonic()
    serving = _serving(wh)
    progress("Looking which postings are open")
    rows = wh.query("matching/open_postings")
    if rows.empty:
        raise InputError("No posting is open today, so there is nothing to rank.")
    return _ranked(wh, serving, _Wanted(rows, len(rows), 0, 0, ()), out, top, progress, started)


def _ranked(
    wh: Warehouse, serving: _Serving, wanted: _Wanted, out: Path, top: int, progress: Progress, started: float
) -> NightlyReport:
    rows = _shared_out(wanted.rows, serving)
    wanted.rows = _of_one_version_each(rows.assign(batch=np.arange(len(rows)) // POSTINGS_PER_BATCH))
    params = {"top": top, **retrieved(wh, top)}
    written, answered = 0, 0
    with _replacing(out) as file, _staged(wh, "wanted_postings", wanted.rows.drop(columns="version")) as tx:
        unknown = tx.query("matching/unknown_postings")
        file.write("posting_id,candidate_id,rank,score,model_version\n")
        for number, batch in wanted.rows.groupby("batch", sort=True):
            version = serving.versions[batch["version"].iloc[0]]
            ranked = tx.query("matching/rank_batch", {**params, "batch": number}, version.slots(), scores=True)
            ranked.assign(model_version=version.name).to_csv(file, index=False, header=False)
            written += len(ranked)
            answered += ranked["posting_id"].nunique()
            progress(f"Ranked {batch.index[-1] + 1:,} of {len(wanted.rows):,} postings")
    return _report(wanted, serving, unknown["posting_id"], (), len(wanted.rows) - answered, written, started)


def score(wh: Warehouse, pairs_file: Path, out: Path, progress: Progress = silent) -> NightlyReport:
    """Writes the score of each pair in the file (columns posting_id, candidate_id) to the CSV file ``out``.

    Columns: posting_id, candidate_id, score (0 to 1); the pairs of a posting follow one another, in the file's order,
    first those of the postings that the live version serves.
    Raises InputError for a file that cannot be used, or without data; WarehouseError.
    """
    started = time.monotonic()
    _refuse_to_overwrite(pairs_file, out)
    serving = _serving(wh)
    wanted = _read(_PAIRS, pairs_file, progress)
    wanted.rows = _of_one_version_each(_by_posting(_shared_out(wanted.rows, serving)))
    written = done = 0
    with _replacing(out) as file, _staged(wh, "wanted_pairs", wanted.rows.drop(columns="version")) as tx:
        unknown = tx.query("matching/unknown_pairs")
        file.write("posting_id,candidate_id,score\n")
        for number, batch in wanted.rows.groupby("batch", sort=True):
            version = serving.versions[batch["version"].iloc[0]]
            scored = tx.query("matching/score_batch", {"batch": number}, version.slots(), scores=True)
            ordered = batch[["posting_id", "candidate_id"]].merge(scored, on=["posting_id", "candidate_id"])
            ordered.to_csv(file, index=False, header=False)
            written += len(ordered)
            done += len(batch)
            progress(f"Scored {done:,} of {len(wanted.rows):,} pairs")
    postings = unknown.loc[unknown["posting_unknown"].astype(bool), "posting_id"].unique()
    candidates = unknown.loc[unknown["candidate_unknown"].astype(bool), "candidate_id"].unique()
    return _report(wanted, serving, postings, candidates, len(wanted.rows) - written, written, started)


def _serving(wh: Warehouse) -> _Serving:
    models.create_schema(wh)
    now = models.serving(wh)
    if now is None and data_version(wh) is None:
        raise InputError(
            "There are no data to rank, and no model to score with. Load data with `python -m jobrec_ui load DIR`."
        )
    if now is None:
        return _Serving(None, {LIKENESS.version: LIKENESS})
    found = [models.get_version(wh, number) for number in (now.live, now.challenger) if number is not None]
    return _Serving(now, {one.version: one for one in found if one is not None})


def _shared_out(rows: pd.DataFrame, serving: _Serving) -> pd.DataFrame:
    """The rows with the ``version`` that serves their posting, first those of the live one."""
    serves = {posting: serving.version_for(posting) for posting in rows["posting_id"].unique()}
    shared = rows.assign(version=rows["posting_id"].map(serves))
    return shared.sort_values("version", key=lambda of: of != serving.first, kind="stable", ignore_index=True)


def _of_one_version_each(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with batches in which no two versions are."""
    return rows.assign(batch=rows.groupby(["batch", "version"], sort=False).ngroup())


def _refuse_too_many(top: int) -> None:
    if not 1 <= top <= LARGEST_TOP:
        raise InputError(f"Between 1 and {LARGEST_TOP:,} candidates can be listed for each posting, not {top:,}.")


def _refuse_to_overwrite(asked: Path, out: Path) -> None:
    if asked.resolve() == out.resolve():
        raise InputError(f"{out} would overwrite what it is made from. Name another file with --out.")


def _read(spec: TableSpec, path: Path, progress: Progress) -> _Wanted:
    """Reads a file of ids as the loader reads its files: any encoding and delimiter, other columns ignored."""
    progress(f"Reading {path.name}")
    raw = read_ids(spec, path)
    checked = check_rows(raw)
    rows = pd.DataFrame(checked.drop_columns([ROW_INDEX]).to_pandas(), columns=list(spec.key))
    repeated = rows.duplicated()
    reasons = tuple(
        f"line {one['line']}, {one['column'] or 'row'} {one['why']}" for one in raw.rejections.listed(limit=_SHOWN_IDS)
    )
    used = rows[~repeated].reset_index(drop=True)
    return _Wanted(used, raw.rows_read, int(repeated.sum()), len(raw.rejections.lines()), reasons)


def _by_posting(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with those of a posting together, and a ``batch`` number that no posting has two of."""
    codes, _ = pd.factorize(pairs["posting_id"])
    ordered = pairs.iloc[np.argsort(codes, kind="stable")].reset_index(drop=True)
    ends = np.cumsum(np.bincount(codes)) if len(codes) else np.zeros(0, np.int64)
    batches = (ends - 1) // PAIRS_PER_BATCH
    return ordered.assign(batch=batches[np.sort(codes)])


@contextmanager
def _staged(wh: Warehouse, table: str, rows: pd.DataFrame) -> Iterator[Transaction]:
    """A transaction in which staging.<table> has the rows: one view of the data for all batches, nothing left over."""
    with wh.transaction() as tx:
        tx.stage(table, pa.Table.from_pandas(rows, preserve_index=False))
        yield tx
        tx.execute("matching/drop_wanted")


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A file to write that takes the place of ``path`` when all of it is written. Raises InputError if it cannot be."""
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with open(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}). Name another file, or make room.") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _report(
    wanted: _Wanted,
    serving: _Serving,
    unknown_postings: Iterable[str],
    unknown_candidates: Iterable[str],
    without_result: int,
    written: int,
    started: float,
) -> NightlyReport:
    return NightlyReport(
        version=serving.names,
        rows_read=wanted.rows_read,
        repeated=wanted.repeated,
        rejected=wanted.rejected,
        reasons=wanted.reasons,
        unknown_postings=tuple(unknown_postings),
        unknown_candidates=tuple(unknown_candidates),
        without_result=without_result,
        written=written,
        seconds=time.monotonic() - started,
    )
