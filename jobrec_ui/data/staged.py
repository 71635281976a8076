"""The rows of one table on their way into the warehouse, whatever sheets they come from, each with its place there."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from jobrec_ui.data.check import ROW_INDEX
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.report import TableReport
from jobrec_ui.data.tables import TableSpec
from jobrec_ui.errors import InputError
from jobrec_ui.warehouse import Transaction

_LISTED = 10
# Fewer ids than these may all be unknown by chance.
_FEW_IDS = 5
_UNKNOWN_ID = "unknown id: no accepted row of this load has it, and the warehouse does not have it"


class Staged:
    """The rows of one table; ``parts`` are the sheets they come from, each with its good rows (check.py)."""

    def __init__(self, spec: TableSpec, parts: Sequence[tuple[RawTable, pa.Table]]) -> None:
        self.spec = spec
        self._raws = [raw for raw, _ in parts]
        self._starts = np.concatenate([[0], np.cumsum([len(raw.lines) for raw in self._raws])]).astype(np.int64)
        self._rows = [rows for _, rows in parts]
        self._repeated_in_line = 0
        self._repeated: set[tuple[str, int]] = set()  # sheets and lines

    @property
    def source(self) -> str:
        """The sheets that the rows come from, for messages."""
        return " and ".join(dict.fromkeys(raw.source for raw in self._raws))

    def rows(self) -> pa.Table:
        """All good rows with every column of the table, empty where a sheet lacks it, each with its ROW_INDEX."""
        schema = self.spec.arrow_schema.append(pa.field(ROW_INDEX, pa.int64()))
        made = [
            _all_columns(schema, rows, int(start)) for rows, start in zip(self._rows, self._starts[:-1], strict=True)
        ]
        self._rows.clear()
        return pa.concat_tables([schema.empty_table(), *made])

    def reject(self, rejected: pd.DataFrame) -> None:
        """Notes the rows that the warehouse turned away: row_index, column_name, cell, why, other_row."""
        for row in rejected.itertuples():
            raw, line = self._place(int(row.row_index))
            why = _UNKNOWN_ID
            if not pd.isna(row.other_row):
                other, other_line = self._place(int(row.other_row))
                where = f"{raw.rejections.unit} {other_line}" + ("" if other is raw else f" of {other.source}")
                if other is raw and other_line == line:  # one row of a file that tells the same stage twice
                    self._repeated_in_line += 1
                    continue
                why = (
                    f"repeats {where}"
                    if row.why == "repeats"
                    else f"has the id of {where} but other content; that {raw.rejections.unit} was taken"
                )
                if row.why == "repeats":
                    self._repeated.add((raw.source, line))
            raw.rejections.add(line, str(row.column_name), str(row.cell or ""), why)

    def _place(self, index: int) -> tuple[RawTable, int]:
        part = int(np.searchsorted(self._starts, index, side="right")) - 1
        return self._raws[part], int(self._raws[part].lines[index - self._starts[part]])

    def rejections(self) -> list[Rejections]:
        """What could not be read, sheet by sheet."""
        return list({id(raw.rejections): raw.rejections for raw in self._raws}.values())

    def report(self, counts: Mapping[str, int]) -> TableReport:
        """What became of the rows; ``counts`` of those new, changed, unchanged."""
        read = sum(raw.rows_read for raw in self._raws) - self._repeated_in_line
        rejections = self.rejections()
        listed = [entry for one in rejections for entry in one.listed(limit=_LISTED)]
        return TableReport(
            table=self.spec.name,
            file=self.source,
            rows_read=read,
            rejected=read - sum(counts.values()),
            unknown_cells=sum(one.unknown_cells() for one in rejections),
            lost=tuple(raw.source for raw in self._raws if self._is_lost(raw)),
            left_out=sum(raw.left_out for raw in self._raws),
            notes=tuple(dict.fromkeys(note for raw in self._raws for note in raw.notes)),
            reasons=tuple(listed[:_LISTED]),
            causes=tuple(cause for one in rejections for cause in one.causes()),
            **counts,
        )

    def _is_lost(self, raw: RawTable) -> bool:
        """Whether every row of a sheet was rejected; what only repeats another sheet is not lost."""
        wrong = [line for line in raw.rejections.lines().tolist() if (raw.source, line) not in self._repeated]
        return raw.rows_read > 0 and bool(np.isin(raw.lines, wrong).all())


def _all_columns(schema: pa.Schema, rows: pa.Table, start: int) -> pa.Table:
    columns = [
        rows[field.name].cast(field.type) if field.name in rows.column_names else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    index = pa.compute.add(rows[ROW_INDEX], start)
    return pa.table([*columns[:-1], index], schema=schema)


def join_of_ids(
    tx: Transaction,
    staged: Staged,
    owners: Staged | None,
    id_column: str,
    owner: str,
    names: Mapping[str, str | Sequence[str]],
) -> None:
    """Raises InputError where none of the ids in a column are known: those of another system, most likely."""
    found = tx.query("data/unknown_ids", names=names).iloc[0]
    mentioned, unknown = int(found["mentioned"]), int(found["unknown"])
    if unknown < mentioned or mentioned < _FEW_IDS:
        return
    what = id_column.removesuffix("_id")
    there = owners.source if owners is not None else "the warehouse"
    if pd.isna(found["known_example"]):
        raise InputError(
            f"{staged.source} names {mentioned:,} {what}s, but there are no {owner} yet. Load their file with it."
        )
    raise InputError(
        f"None of the {mentioned:,} {what} ids of {staged.source} are in {there}: they look like "
        f"{found['unknown_example']} and {found['known_example']}. Nothing was loaded: export both with the same ids."
    )
