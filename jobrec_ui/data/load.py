"""Loads the company's data: reads the files, checks them, and puts them into the warehouse in one transaction.

What a row says by itself is checked here, column by column; what takes other rows (ids that repeat, ids that nobody
knows, what is new or changed) is asked of the warehouse, in sql/data/.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from jobrec_ui.data import plan as plans
from jobrec_ui.data import undo
from jobrec_ui.data.check import check_rows
from jobrec_ui.data.mapping.apply import apply
from jobrec_ui.data.mapping.record import DataMapping, SheetMapping, find_for
from jobrec_ui.data.plan import Plan
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.reading import SourceFile, find_files, read_sheets
from jobrec_ui.data.reading.parquet import sheet_of
from jobrec_ui.data.rejections import write_reasons
from jobrec_ui.data.report import LoadReport, TableReport
from jobrec_ui.data.staged import Staged, join_of_ids
from jobrec_ui.data.tables import TABLES, TableSpec
from jobrec_ui.data.values.typed import readable
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Transaction, Warehouse, setup
from jobrec_ui.warehouse.progress import Progress, silent

_EXPECTED = "postings, candidates, interactions, demographics: as CSV, Excel, JSON or Parquet, also in a .zip or .gz"

Raws = Iterator[RawTable]


class _Preview(Exception):  # noqa: N818 - ends a transaction, is no failure
    """All is known that there is to know; nothing is to stay."""


def load(
    wh: Warehouse,
    directory: Path,
    *,
    mapping: DataMapping | None = None,
    reasons_file: Path | None = None,
    progress: Progress = silent,
) -> LoadReport:
    """Loads the files in ``directory``, read as ``mapping`` says or as they are understood.

    Rows with a known id replace the ones in the warehouse, others are added. Rejected rows are listed in
    ``reasons_file`` if there is any. All is loaded or nothing. Raises InputError if the files cannot be used,
    WarehouseError if the warehouse cannot take them (no space, for example).
    """
    try:
        os.listdir(directory)
    except OSError as error:
        raise InputError(f"The directory {directory} cannot be read ({error.strerror}).") from error
    with find_files([directory]) as files:
        plan = plans.make_plan(files, mapping, tables_with_rows(wh))
        if mapping is not None:
            plans.check_mapping(mapping, plan)
        _refuse_what_is_unclear(directory, plan)
        return load_plan(wh, plan, reasons_file=reasons_file, progress=progress)


def load_plan(
    wh: Warehouse, plan: Plan, *, reasons_file: Path | None = None, progress: Progress = silent, preview: bool = False
) -> LoadReport:
    """Loads what ``plan`` says of its files, as :func:`load` does; as a ``preview`` all is tried and nothing stays."""

    def raws() -> Raws:
        for file, mine in _in_loading_order(plan):
            progress(f"Reading {file.name} ({file.size / 1e6:,.1f} MB)")
            for sheet in read_sheets(file):
                if not sheet.rows_read:
                    sheet.notes.append("has a header but no rows")
                wanted = find_for(sheet, mine)
                if wanted is not None:
                    yield from apply(sheet, plan.mapping, wanted)
            file.check_unchanged()

    def check_unchanged() -> None:
        for file in plan.files:
            file.check_unchanged()

    notes = [f"{one.sheet.label}: {note}" for one in plan.held for note in plans.columns_in_words(one)]
    loaded = _Load(wh, reasons_file, progress, notes, time.monotonic()).run(raws(), check_unchanged, preview)
    return replace(loaded, not_read=plan.not_read)


def load_tables(
    wh: Warehouse,
    tables: Mapping[str, pa.Table],
    progress: Progress = silent,
    *,
    reasons_file: Path | None = None,
) -> LoadReport:
    """Loads pyarrow Tables by table name, as ``load`` does with files; rows are numbered from 1 in the reasons.

    Raises InputError if a table or a required column is not there, WarehouseError as ``load``.
    """
    unknown = sorted(set(tables) - set(TABLES))
    if unknown or not tables:
        raise InputError(f"Not a table of the company's data: {', '.join(unknown)}. Known: {', '.join(TABLES)}.")
    raws = (raw_from_table(spec, tables[name]) for name, spec in TABLES.items() if name in tables)
    return _Load(wh, reasons_file, progress, (), time.monotonic()).run(raws, lambda: None)


def _in_loading_order(plan: Plan) -> list[tuple[SourceFile, list[SheetMapping]]]:
    """The files that hold something, each with the mappings of its sheets; those of postings first."""
    order = list(TABLES)
    wanted = {file.name: [one.mapping for one in plan.held if one.sheet.file == file.name] for file in plan.files}
    found = [(file, wanted[file.name]) for file in plan.files if wanted[file.name]]
    return sorted(found, key=lambda one: min(order.index(table) for sheet in one[1] for table in sheet.holds))


def tables_with_rows(wh: Warehouse) -> set[str]:
    """The tables of the company's data that have rows, as of the latest load. Raises WarehouseError."""
    if "app.data_loads" not in setup.known_tables(wh):
        return set()
    version = data_version(wh)
    return {name for name in TABLES if version is not None and getattr(version, name)}


def raw_from_table(spec: TableSpec, table: pa.Table) -> RawTable:
    sheet = sheet_of(table, spec.name)
    lacking = [name for name in spec.required if name not in sheet.columns]
    if lacking:
        raise InputError(f"{spec.name} lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}.")
    columns = {
        name: readable(spec.by_name[name], cells) for name, cells in sheet.columns.items() if name in spec.by_name
    }
    return RawTable(spec, spec.name, columns, sheet.lines, sheet.rejections, sheet.rows_read)


def _refuse_what_is_unclear(directory: Path, plan: Plan) -> None:
    """Raises InputError if there is nothing to load, or a sheet was guessed rather than recognised."""
    if not plan.held:
        about = "".join(f" {one.file}: {one.why}." for one in plan.not_read[:10])
        raise InputError(f"{directory} holds no file to load. Expected: {_EXPECTED}.{about}")
    for proposal in plan.held:
        if proposal.doubt:
            raise InputError(
                f"{proposal.sheet.label} is taken for {proposal.why}; but {proposal.doubt}. Nothing was loaded. Have "
                f"the proposal written with `python -m jobrec_ui load {directory} --propose mapping.toml`, change what "
                "is wrong, and load with `--mapping mapping.toml`."
            )


class _Load:
    """One load on its way through the warehouse."""

    def __init__(
        self, wh: Warehouse, reasons_file: Path | None, progress: Progress, notes: Sequence[str], started: float
    ) -> None:
        self._wh = wh
        self._reasons_file = reasons_file
        self._progress = progress
        self._notes = (*notes, *_way_in(wh))
        self._started = started
        self._staged: dict[str, Staged] = {}
        self._reports: list[TableReport] = []

    def run(self, raws: Iterable[RawTable], before_commit: Callable[[], None], preview: bool = False) -> LoadReport:
        """Reads all, brings it to the warehouse, and writes what is new or changed."""
        parts = self._checked(raws)
        report: LoadReport | None = None
        try:
            with self._wh.transaction() as tx:
                report = self._in_transaction(tx, parts, before_commit, preview)
                if preview:
                    raise _Preview
        except _Preview:
            pass
        except WarehouseError as error:
            raise WarehouseError(f"Nothing was loaded: {error}{_hint(str(error))}") from error
        if report is None:
            raise WarehouseError("The load was not recorded.")
        return report

    def _checked(self, raws: Iterable[RawTable]) -> dict[str, list[tuple[RawTable, pa.Table]]]:
        """The good rows of each sheet, typed, by table."""
        parts: dict[str, list[tuple[RawTable, pa.Table]]] = {name: [] for name in TABLES}
        for raw in raws:
            self._progress(f"Checking {len(raw.lines):,} rows of {raw.source}")
            parts[raw.table.name].append((raw, check_rows(raw)))
        return parts

    def _in_transaction(
        self,
        tx: Transaction,
        parts: Mapping[str, list[tuple[RawTable, pa.Table]]],
        before_commit: Callable[[], None],
        preview: bool,
    ) -> LoadReport:
        _refuse_views(setup.make_tables(tx, [("schema/hiring", {}), ("schema/app_data_loads", {})]))
        tx.execute("data/prepare")
        for name, spec in TABLES.items():
            self._stage(tx, spec, parts[name])
        self._progress("Comparing with the warehouse" if preview else "Writing to the warehouse")
        undo.forget(tx)
        for name in self._staged:
            self._replace(tx, TABLES[name])
        tx.execute("data/record_load")
        undo.remember_load(tx)
        tx.execute("data/clear_staging")
        version = data_version(tx)
        if version is None:
            raise WarehouseError("The load was not recorded.")
        before_commit()
        written = self._write_reasons()
        seconds = time.monotonic() - self._started
        return LoadReport(tuple(self._reports), version, self._notes, written, seconds)

    def _stage(self, tx: Transaction, spec: TableSpec, parts: list[tuple[RawTable, pa.Table]]) -> None:
        """Brings the good rows of a table to the warehouse; one without a file gets an empty staging table."""
        staged = Staged(spec, parts)
        tx.stage(spec.name, staged.rows())
        if not parts:
            return
        shown_id = spec.key[0] if len(spec.key) == 1 else "candidate_id"
        names = {"staged": f"staging.{spec.name}", "key": spec.key, "columns": spec.names}
        tx.execute("data/reject_repeated_ids", {"column_name": shown_id}, {**names, "shown_id": shown_id})
        for id_column, owner in spec.references:
            owners = {"staged_owners": f"staging.{owner}", "stored_owners": f"hiring.{owner}"}
            join_of_ids(tx, staged, self._staged.get(owner), id_column, owner, {**names, "id": id_column, **owners})
            tx.execute("data/reject_unknown_ids", {"column_name": id_column}, {**names, "id": id_column, **owners})
        rejected = tx.query("data/rejected_rows")
        staged.reject(rejected)
        if len(rejected):
            tx.execute("data/remove_rejected_rows", names={"staged": f"staging.{spec.name}"})
        self._staged[spec.name] = staged

    def _replace(self, tx: Transaction, spec: TableSpec) -> None:
        """Puts what is new or changed into the table, and counts it."""
        names = {
            "staged": f"staging.{spec.name}",
            "stored": f"hiring.{spec.name}",
            "key": spec.key,
            "columns": spec.names,
        }
        good = int(tx.query("data/count_rows", names=names)["all_rows"].iloc[0])
        tx.execute("data/remove_unchanged_rows", names=names)
        left = tx.query("data/count_rows", names=names).iloc[0]
        undo.remember(tx, spec)
        tx.execute(f"data/remove_{spec.name}", names={f"incoming_{spec.name}": f"staging.{spec.name}"})
        tx.execute("data/add_rows", names=names)
        written, changed = int(left["all_rows"]), int(left["known_rows"])
        counts = {"new": written - changed, "changed": changed, "unchanged": good - written}
        self._reports.append(self._staged[spec.name].report(counts))

    def _write_reasons(self) -> Path | None:
        """Lists what could not be read before the commit: a load whose reasons cannot be told does not take place."""
        if self._reasons_file is None or not any(report.rejected or report.unknown_cells for report in self._reports):
            return None
        write_reasons(self._reasons_file, (one for staged in self._staged.values() for one in staged.rejections()))
        return self._reasons_file


def _refuse_views(there: Mapping[str, str]) -> None:
    """Raises InputError where views stand for tables: rows cannot be added to them."""
    views = [name for name in TABLES if there.get(f"hiring.{name}") == "VIEW"]
    if views:
        raise InputError(
            f"hiring.{views[0]} is a view on the company's own tables, so no file can be loaded into it. "
            "`python -m jobrec_ui refresh` reads what the views show."
        )


def _way_in(wh: Warehouse) -> list[str]:
    """What to know about how rows come to this warehouse."""
    if not wh.in_aws or settings().aws.s3_bucket:
        return []
    return [
        "No S3 bucket is configured, so the rows went into Redshift by INSERT, which is the slow way: minutes for each "
        "100,000. With JOBREC_S3_BUCKET or [aws] s3_bucket they go by COPY."
    ]


def _hint(message: str) -> str:
    """What to do about a disk that is full, or a file that its owner may not let grow any further."""
    full = any(sign in message for sign in ("No space left", "File too large", "Disk quota exceeded"))
    return " Free some space on that disk, and load again." if full and "free some space" not in message else ""
