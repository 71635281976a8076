"""Makes the rows of the tables out of a sheet, as its mapping says."""

from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.mapping.events import Events
from jobrec_ui.data.mapping.record import DataMapping, SheetMapping
from jobrec_ui.data.mapping.uses import PLACE_PARTS, uses
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.tables import TABLES, Kind, TableSpec
from jobrec_ui.data.values.lists import as_semicolons
from jobrec_ui.data.values.places import split_place
from jobrec_ui.data.values.typed import as_text, readable
from jobrec_ui.errors import InputError

Columns = dict[str, pa.ChunkedArray]


def apply(sheet: Sheet, mapping: DataMapping, sheet_mapping: SheetMapping) -> Iterator[RawTable]:
    """The rows of each table that the sheet holds, in loading order.

    Raises InputError if a column has a type that cannot be understood.
    """
    for name, spec in TABLES.items():
        if name not in sheet_mapping.holds:
            continue
        maker = _Maker(sheet, sheet_mapping, spec)
        if name == "interactions":
            yield Events(sheet, sheet_mapping, mapping.stages, maker.columns(("stage", "occurred_at"))).table()
        elif name == "demographics" and "declared" in sheet_mapping.used:
            yield _declared(maker)
        else:
            raw = maker.table()
            # In a sheet of applications a person stands on each of their lines.
            yield _merged(raw) if "interactions" in sheet_mapping.holds else raw


class _Maker:
    """Puts together the columns of one table."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, spec: TableSpec) -> None:
        self.sheet, self.mapping, self.spec = sheet, mapping, spec
        self.parts: dict[str, str] = {}

    def table(self) -> RawTable:
        columns = self.columns()
        return self.raw(columns, self.sheet.lines, self.sheet.rejections, self.sheet.rows_read, self.sheet.notes)

    def raw(
        self, columns: Columns, lines: np.ndarray, rejections: Rejections, rows_read: int, notes: list[str]
    ) -> RawTable:
        return RawTable(
            self.spec, self.sheet.label, columns, lines, rejections, rows_read, dict(self.parts), notes=list(notes)
        )

    def columns(self, but: Collection[str] = ()) -> Columns:
        """The columns of the table that the sheet has something for, ``but`` some."""
        made: Columns = {}
        for name, column in self.spec.by_name.items():
            found = self._sources(name)
            if not found or name in but:
                continue
            (part, between), *_ = [(part, between) for _, part, between in found]
            cells = [self._cells(source, column.name) for source, _, _ in found]
            if part:
                self.parts[name] = part
            if part in PLACE_PARTS:
                made[name] = _place_part(cells[0], part)
            elif len(cells) == 1:
                made[name] = cells[0]
            else:
                lists = [as_semicolons(one) for one in cells] if column.kind is Kind.LIST else cells
                made[name] = _joined(lists, between or " ")
        return made

    def _sources(self, target: str) -> list[tuple[str, str, str | None]]:
        """The columns of the sheet that fill ``target``: (name, part, what stands between), in the order of uses."""
        found = [
            (position, name, part, use.between)
            for name, wanted in self.mapping.columns.items()
            for position, use in enumerate(uses().values())
            if use.key in wanted
            for table, column, part in use.targets
            if (table, column) == (self.spec.name, target)
        ]
        return [(name, part, between) for _, name, part, between in sorted(found, key=lambda one: one[0])]

    def _cells(self, source: str, target: str) -> pa.ChunkedArray:
        values = self.sheet.columns[source]
        try:
            # Several columns become one, and a cell is taken apart, as texts.
            use_text = len(self._sources(target)) > 1 or self._sources(target)[0][1] != ""
            return as_text(values) if use_text else readable(self.spec.by_name[target], values)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
            kind = self.spec.by_name[target].kind.value
            raise InputError(
                f"{self.sheet.label}: column {source} has the type {values.type}, which cannot be read as {kind}."
            ) from error


def _joined(cells: list[pa.ChunkedArray], between: str) -> pa.ChunkedArray:
    trimmed = [pc.utf8_trim_whitespace(one) for one in cells]
    filled = [pc.if_else(pc.equal(one, ""), pa.scalar(None, pa.string()), one) for one in trimmed]
    return pc.binary_join_element_wise(*filled, between, null_handling="skip")


def _place_part(cells: pa.ChunkedArray, part: str) -> pa.ChunkedArray:
    distinct = pc.unique(cells).drop_null()
    found = pa.array([getattr(split_place(text), part) for text in distinct.to_pylist()], pa.string())
    return pa.chunked_array([found.take(pc.index_in(cells, value_set=distinct).combine_chunks())])


def _merged(raw: RawTable) -> RawTable:
    """One row for each id: of each column the last cell that is filled."""
    key = raw.table.key[0]
    texts = {name: as_text(cells) for name, cells in raw.columns.items()}
    table = pa.table({**texts, "line": pa.array(raw.lines, pa.int64())})
    others = [name for name in raw.columns if name != key]
    wanted: list[tuple[str, str, pc.FunctionOptions | None]] = [("line", "min", None)]
    wanted += [(name, "last", pc.ScalarAggregateOptions(skip_nulls=True)) for name in others]
    blank = pc.equal(pc.utf8_trim_whitespace(table[key]), "")
    known = table.filter(pc.and_(table[key].is_valid(), pc.invert(pc.fill_null(blank, True))))
    for name in others:
        filled = pc.not_equal(pc.utf8_trim_whitespace(known[name]), "")
        cells = pc.if_else(filled, known[name], pa.scalar(None, pa.string()))
        known = known.set_column(known.column_names.index(name), name, cells)
    grouped = known.group_by(key, use_threads=False).aggregate(wanted).sort_by("line_min")
    columns = {key: grouped[key], **{name: grouped[f"{name}_last"] for name in others}}
    lines = grouped["line_min"].to_numpy()
    return RawTable(
        raw.table,
        raw.source,
        columns,
        lines,
        Rejections(raw.source, raw.rejections.unit),
        len(lines),
        raw.parts,
        notes=list(raw.notes),
    )


def _declared(maker: _Maker) -> RawTable:
    """One row for each filled cell of the columns that are called what they declare."""
    sheet = maker.sheet
    people = maker.columns()["candidate_id"]
    made: list[pa.Table] = []
    for name, wanted in maker.mapping.columns.items():
        if "declared" in wanted:
            values = as_text(sheet.columns[name])
            filled = pc.and_(values.is_valid(), pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(values, "")), ""))
            attribute = pa.chunked_array([pa.array([name.lower()] * len(values), pa.string())])
            rows = pa.table({"candidate_id": people, "attribute": attribute, "value": values})
            made.append(rows.append_column("line", pa.array(sheet.lines, pa.int64())).filter(filled))
    table = pa.concat_tables(made, promote_options="permissive")
    columns = {name: table[name] for name in ("candidate_id", "attribute", "value")}
    return maker.raw(
        columns, table["line"].to_numpy(), Rejections(sheet.label, sheet.rejections.unit), table.num_rows, sheet.notes
    )
