"""Loads the company's data: reads the files, checks them, and puts them into the warehouse in one transaction.

What a row says by itself is checked here, column by column; what takes other rows (ids that repeat, ids that nobody
knows, what is new or changed) is asked of the warehouse, in sql/data/.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from jobrec_ui.data.check import LINE_NUMBER, check_rows
from jobrec_ui.data.csv_exact import read_exactly
from jobrec_ui.data.csv_fast import read_fast
from jobrec_ui.data.csv_format import detect_format
from jobrec_ui.data.header import match_header
from jobrec_ui.data.parquet_file import raw_from_columns, read_parquet
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.rejections import write_reasons
from jobrec_ui.data.report import LoadReport, TableReport
from jobrec_ui.data.sources import Source, find_sources
from jobrec_ui.data.tables import TABLES, TableSpec
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Transaction, Warehouse, setup
from jobrec_ui.warehouse.progress import Progress, silent

# Which table has to know an id that another one mentions.
_OWNERS = {"posting_id": "postings", "candidate_id": "candidates"}


def load(
    wh: Warehouse, directory: Path, *, reasons_file: Path | None = None, progress: Progress = silent
) -> LoadReport:
    """Loads the files in ``directory``: rows with a known id replace the ones in the warehouse, others are added.

    Rejected rows are listed in ``reasons_file`` if there is any. All is loaded or nothing. Raises InputError if the
    files cannot be used, WarehouseError if the warehouse cannot take them (no space, for example).
    """
    started = time.monotonic()
    sources = find_sources(directory)

    def read(source: Source) -> RawTable:
        progress(f"Reading {source.path.name} ({source.fingerprint[0] / 1e6:,.1f} MB)")
        raw = read_file(source)
        source.check_unchanged()
        return raw

    def check_unchanged() -> None:
        for source in sources.files:
            source.check_unchanged()

    batches = {source.table.name: (lambda source=source: read(source)) for source in sources.files}
    loaded = _Load(wh, reasons_file, progress, sources.notes, started)
    return loaded.run(batches, before_commit=check_unchanged)


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
    batches = {
        name: (lambda name=name: _raw_from_table(TABLES[name], tables[name])) for name in TABLES if name in tables
    }
    return _Load(wh, reasons_file, progress, (), time.monotonic()).run(batches, before_commit=lambda: None)


def read_file(source: Source) -> RawTable:
    """The rows of a file, whatever its encoding and layout. Raises InputError if it cannot be read."""
    try:
        if source.is_parquet:
            return read_parquet(source)
        layout = detect_format(source)
        raw = read_fast(source, layout) or read_exactly(source, layout)
    except OSError as error:
        raise InputError(f"{source.path.name} cannot be read ({error.strerror}).") from error
    if raw.rows_read == 0:
        raw.notes.append("has a header but no rows")
    return raw


def _raw_from_table(spec: TableSpec, table: pa.Table) -> RawTable:
    header = match_header(table.column_names, spec, spec.name)
    columns = {name: table.column(position) for name, position in header.positions.items()}
    return raw_from_columns(spec, columns, spec.name, list(header.notes))


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
        self._raw: dict[str, RawTable] = {}
        self._reports: list[TableReport] = []

    def run(self, batches: Mapping[str, Callable[[], RawTable]], before_commit: Callable[[], None]) -> LoadReport:
        """Reads each batch just before it is staged, so that one file at a time is in memory."""
        try:
            with self._wh.transaction() as tx:
                _refuse_views(setup.make_tables(tx, [("schema/hiring", {}), ("schema/app_data_loads", {})]))
                tx.execute("data/prepare")
                for name, spec in TABLES.items():
                    self._stage(tx, spec, batches.get(name))
                self._progress("Writing to the warehouse")
                for name in self._raw:
                    self._replace(tx, TABLES[name])
                tx.execute("data/record_load")
                tx.execute("data/clear_staging")
                version = data_version(tx)
                before_commit()
                written = self._write_reasons()
        except WarehouseError as error:
            raise WarehouseError(f"Nothing was loaded: {error}{_hint(str(error))}") from error
        if version is None:
            raise WarehouseError("The load was not recorded.")
        seconds = time.monotonic() - self._started
        return LoadReport(tuple(self._reports), version, self._notes, written, seconds)

    def _stage(self, tx: Transaction, spec: TableSpec, batch: Callable[[], RawTable] | None) -> None:
        """Brings the good rows of a file to the warehouse; a table without a file gets an empty staging table."""
        if batch is None:
            tx.stage(spec.name, _staging_schema(spec).empty_table())
            return
        raw = batch()
        self._progress(f"Checking {raw.rows_read:,} rows of {raw.rejections.file}")
        tx.stage(spec.name, _all_columns(spec, check_rows(raw)))
        names = {"staged": f"staging.{spec.name}", "key": spec.key, "columns": spec.names}
        shown_id = spec.key[0] if len(spec.key) == 1 else "candidate_id"
        tx.execute("data/reject_repeated_ids", {"column_name": shown_id}, {**names, "shown_id": shown_id})
        for id_column, owner in _OWNERS.items():
            if id_column in spec.by_name and owner != spec.name:
                owners = {"staged_owners": f"staging.{owner}", "stored_owners": f"hiring.{owner}"}
                tx.execute("data/reject_unknown_ids", {"column_name": id_column}, {**names, "id": id_column, **owners})
        rejected = tx.query("data/rejected_rows")
        for (column, why), rows in rejected.groupby(["column_name", "why"], sort=False):
            raw.rejections.add_many(rows["line_number"].to_numpy(), column, pa.array(rows["cell"], pa.string()), why)
        if len(rejected):
            tx.execute("data/remove_rejected_rows", names={"staged": f"staging.{spec.name}"})
        self._raw[spec.name] = raw

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
        tx.execute(f"data/remove_replaced_{spec.name}")
        tx.execute("data/add_rows", names=names)
        written, changed = int(left["all_rows"]), int(left["known_rows"])
        raw = self._raw[spec.name]
        self._reports.append(
            TableReport(
                table=spec.name,
                file=raw.rejections.file,
                rows_read=raw.rows_read,
                new=written - changed,
                changed=changed,
                unchanged=good - written,
                rejected=len(raw.rejections.lines()),
                notes=tuple(raw.notes),
                reasons=tuple(raw.rejections.listed(limit=10)),
            )
        )

    def _write_reasons(self) -> Path | None:
        """Lists the rejected rows before the commit: a load whose reasons cannot be told does not take place."""
        if self._reasons_file is None or not any(report.rejected for report in self._reports):
            return None
        write_reasons(self._reasons_file, (raw.rejections for raw in self._raw.values()))
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


def _staging_schema(spec: TableSpec) -> pa.Schema:
    return spec.arrow_schema.append(pa.field(LINE_NUMBER, pa.int64()))


def _all_columns(spec: TableSpec, rows: pa.Table) -> pa.Table:
    """``rows`` with every column of the table, empty where the file lacks it, so that one statement fits all files."""
    columns = [
        rows[field.name].cast(field.type) if field.name in rows.column_names else pa.nulls(rows.num_rows, field.type)
        for field in _staging_schema(spec)
    ]
    return pa.table(columns, schema=_staging_schema(spec))


def _hint(message: str) -> str:
    """What to do about a disk that is full, or a file that its owner may not let grow any further."""
    full = any(sign in message for sign in ("No space left", "File too large", "Disk quota exceeded"))
    return " Free some space on that disk, and load again." if full and "free some space" not in message else ""
