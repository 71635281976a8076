"""What a load did, table by table, and the same in words."""

from dataclasses import dataclass, field
from pathlib import Path

from jobrec_ui.data.versions import DataVersion

_SHOWN_REASONS = 5


@dataclass(frozen=True)
class TableReport:
    """What happened to the rows of one file: `rows_read` = `new` + `changed` + `unchanged` + `rejected`.

    `notes` are remarks such as ignored columns; `reasons` the first rejected rows (file, line, column, value, why).
    """

    table: str
    file: str
    rows_read: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    notes: tuple[str, ...] = ()
    reasons: tuple[dict[str, str | int], ...] = ()


@dataclass(frozen=True)
class LoadReport:
    """What a load did. `reasons_file` lists all rejected rows; None if there are none, or none was asked for."""

    tables: tuple[TableReport, ...]
    version: DataVersion
    notes: tuple[str, ...] = ()
    reasons_file: Path | None = None
    seconds: float = field(default=0.0, compare=False)

    @property
    def rejected(self) -> int:
        """The number of rejected rows in all files."""
        return sum(table.rejected for table in self.tables)

    def text(self) -> str:
        """The report for a terminal."""
        head = ("", "rows read", "new", "changed", "unchanged", "rejected")
        body = [
            (one.file, *(f"{n:,}" for n in (one.rows_read, one.new, one.changed, one.unchanged, one.rejected)))
            for one in self.tables
        ]
        lines = _aligned([head, *body])
        notes = [f"{one.file}: {note}" for one in self.tables for note in one.notes] + list(self.notes)
        if notes:
            lines += ["", "Remarks", *(f"  {note}" for note in notes)]
        if self.rejected:
            lines += ["", "Rejected rows", *self._rejections()]
        as_of = f", as of {self.version.as_of:%Y-%m-%d %H:%M}" if self.version.as_of else ""
        lines += ["", f"Data version {self.version.version}{as_of}, loaded in {self.seconds:.1f} s."]
        return "\n".join(lines)

    def _rejections(self) -> list[str]:
        lines = []
        for one in self.tables:
            for reason in one.reasons[:_SHOWN_REASONS]:
                where = f"line {reason['line']}" + (f", {reason['column']}" if reason["column"] else "")
                value = f" {reason['value']!r}" if reason["value"] else ""
                lines.append(f"  {one.file}, {where}:{value} {reason['why']}")
            if one.rejected > _SHOWN_REASONS:
                lines.append(f"  {one.file}: … {one.rejected:,} rows in all")
        if self.reasons_file is not None:
            lines.append(f"  All of them, with reasons: {self.reasons_file}")
        elif any(one.rejected > _SHOWN_REASONS for one in self.tables):
            lines.append("  Load again with --reasons FILE to have them all listed; that changes nothing else.")
        return lines


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[position]) for row in rows) for position in range(len(rows[0]))]
    return [
        (
            row[0].ljust(widths[0])
            + "".join(cell.rjust(width + 2) for cell, width in zip(row[1:], widths[1:], strict=True))
        )
        for row in rows
    ]
