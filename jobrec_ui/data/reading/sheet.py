"""What a reader hands on: one table of cells, as it stands in its file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from jobrec_ui.data.rejections import Rejections

ROW, LINE = "row", "line"


@dataclass
class Sheet:
    """One table of a file before anything is known about it.

    `file` is what messages call the file, `part` the spreadsheet's sheet or the JSON list ("" where a file is one
    table). `columns` by name, all of one length: strings, or whatever type the file itself has. `lines`: for each row
    where it stands, from 1. `rows_read` also counts the rows that could not be taken apart, which are in
    `rejections` only. `header_runs_on`: a name in the header goes over several lines, as after a quote left open.
    """

    file: str
    part: str
    columns: dict[str, pa.ChunkedArray]
    lines: np.ndarray
    rejections: Rejections
    rows_read: int
    header_runs_on: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The file and, where it holds several tables, which of them."""
        return f"{self.file}, {self.part}" if self.part else self.file

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        return tuple(self.columns)


def distinct_names(names: Sequence[str]) -> list[str]:
    """Each name once and none blank: "Skill", "Skill (2)", "column 3"."""
    made: list[str] = []
    seen: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        shown = " ".join(name.replace("\ufeff", "").split()) or f"column {position}"
        seen[shown] = seen.get(shown, 0) + 1
        made.append(shown if seen[shown] == 1 else f"{shown} ({seen[shown]})")
    return made
