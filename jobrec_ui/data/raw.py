"""The rows of one sheet for one table, before their cells are read: each column of the table as it stands there."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.tables import TableSpec


@dataclass
class RawTable:
    """The rows of one sheet before they are checked.

    `columns`: by name, all of one length, of strings or of whatever type the file has. `parts`: what of a cell is
    wanted where it is not all of it (values/columns.py). `lines`: for each row where it stands in the file, from 1.
    `rows_read` also counts the rows that could not be taken apart, which are in `rejections` only; `left_out` those
    that the mapping leaves out. `source`: what messages call the sheet.
    """

    table: TableSpec
    source: str
    columns: dict[str, pa.ChunkedArray]
    lines: np.ndarray
    rejections: Rejections
    rows_read: int
    parts: dict[str, str] = field(default_factory=dict)
    left_out: int = 0
    notes: list[str] = field(default_factory=list)
