"""What a load did, table by table, and the same in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jobrec_ui.data.reading.read import NotRead
from jobrec_ui.data.rejections import REJECTED
from jobrec_ui.data.versions import DataVersion

_SHOWN_REASONS = 5


@dataclass(frozen=True)
class TableReport:
    """What happened to the rows for one table: `rows_read` = `new` + `changed` + `unchanged` + `rejected`.

    `file`: the sheets they came from. `unknown_cells` were left unknown in rows that were taken; `left_out` are the
    rows that the mapping leaves out; `lost` names the sheets of which every row was rejected, and not for repeating
    others. `notes` are remarks such as how lists were read; `reasons` the first entries of what could not be read
    (file, line, column, value, why, what was done); `causes` each cause once, with its count.
    """

    table: str
    file: str
    rows_read: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    unknown_cells: int = 0
    left_out: int = 0
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: tuple[dict[str, str | int], ...] = ()
    causes: tuple[dict[str, str | int | bool], ...] = ()


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    `reasons_file` lists all that could not be read; None if there is nothing, or none was asked for. `not_read`: the
    files and sheets that were passed over.
    """

    tables: tuple[TableReport, ...]
    version: DataVersion
    notes: tuple[str, ...] = ()
    reasons_file: Path | None = None
    seconds: float = field(default=0.0, compare=False)
    not_read: tuple[NotRead, ...] = ()

    @property
    def rejected(self) -> int:
        """The number of rejected rows in all files."""
        return sum(table.rejected for table in self.tables)

    @property
    def lost_files(self) -> tuple[str, ...]:
        """The files of which nothing could be taken: every row was rejected, or they could not be read."""
        lost = [sheet for one in self.tables for sheet in one.lost]
        return (*lost, *(one.file for one in self.not_read if one.broken))

    def text(self) -> str:
        """The report for a terminal."""
        head = ("", "rows read", "new", "changed", "unchanged", "rejected")
        body = [
            (one.file, *(f"{n:,}" for n in (one.rows_read, one.new, one.changed, one.unchanged, one.rejected)))
            for one in self.tables
        ]
        lines = _aligned([head, *body])
        notes = [*self.notes, *(f"{one.file}: {note}" for one in self.tables for note in one.notes)]
        if notes:
            lines += ["", "Remarks", *(f"  {note}" for note in notes)]
        if self.not_read:
            lines += ["", "Not read", *(f"  {one.file}: {one.why}" for one in self.not_read)]
        if self.rejected:
            lines += ["", "Rejected rows", *self._causes(loses_row=True)]
        if any(one.unknown_cells for one in self.tables):
            lines += ["", "Cells left unknown", *self._causes(loses_row=False)]
        lines += self._where_all_are()
        as_of = f", as of {self.version.as_of:%Y-%m-%d %H:%M}" if self.version.as_of else ""
        lines += ["", f"Data version {self.version.version}{as_of}, loaded in {self.seconds:.1f} s."]
        return "\n".join(lines)

    def _causes(self, *, loses_row: bool) -> list[str]:
        """The entries of what could not be read, the first of each file."""
        lines = []
        for one in self.tables:
            entries = [reason for reason in one.reasons if (reason["what was done"] == REJECTED) == loses_row]
            lines += [f"  {in_words(reason)}" for reason in entries[:_SHOWN_REASONS]]
            count = one.rejected if loses_row else one.unknown_cells
            if count > _SHOWN_REASONS:
                lines.append(f"  {one.file}: … {count:,} {'rows' if loses_row else 'cells'} in all")
        return lines

    def _where_all_are(self) -> list[str]:
        if self.reasons_file is not None:
            return [f"  All of them, with reasons: {self.reasons_file}"]
        if any(max(one.rejected, one.unknown_cells) > _SHOWN_REASONS for one in self.tables):
            return ["  Load again with --reasons FILE to have them all listed; that changes nothing else."]
        return []


def in_words(reason: Mapping[str, str | int]) -> str:
    """An entry of what could not be read, on one line."""
    where = f"{reason['unit']} {reason['line']}" + (f", {reason['column']}" if reason["column"] else "")
    value = f" {reason['value']!r}" if reason["value"] else ""
    return f"{reason['file']}, {where}:{value} {reason['why']}"


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[position]) for row in rows) for position in range(len(rows[0]))]
    return [
        (
            row[0].ljust(widths[0])
            + "".join(cell.rjust(width + 2) for cell, width in zip(row[1:], widths[1:], strict=True))
        )
        for row in rows
    ]
