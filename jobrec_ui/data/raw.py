"""What a reader hands on: a file's known columns as they stand in it, each row with its place in the file."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from jobrec_ui.data.rejections import Rejections
from jobrec_ui.data.tables import TableSpec


@dataclass
class RawTable:
    """The rows of one file before they are checked.

    `columns`: by name, all of one length, of strings (from CSV) or of whatever type Parquet has. `lines`: for each row
    the line of the file on which it starts (CSV), or its number (Parquet), from 1. `rows_read` also counts the rows
    that could not be taken apart, which are in `rejections` only.
    """

    table: TableSpec
    columns: dict[str, pa.ChunkedArray]
    lines: np.ndarray
    rejections: Rejections
    rows_read: int
    notes: list[str] = field(default_factory=list)
