"""Reads a Parquet file; its columns keep the types that their writer chose."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.reading.sheet import ROW, Sheet, distinct_names
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.errors import InputError


def read_parquet(source: SourceFile, limit: int | None = None) -> Sheet:
    """The rows of a Parquet file, the first ``limit`` of them (None = all). Raises InputError if it is none."""
    try:
        with pq.ParquetFile(source.path) as parquet:
            if limit is None:
                table = parquet.read()
            else:
                table = pa.Table.from_batches([*_first_batch(parquet, limit)], parquet.schema_arrow)
    except (pa.ArrowException, OSError) as error:
        reason = "it is empty" if source.size == 0 else "it is damaged, or not a Parquet file"
        raise InputError(f"{source.name} cannot be read: {reason}. Write it again, and load again.") from error
    return sheet_of(table, source.name)


def sheet_of(table: pa.Table, name: str) -> Sheet:
    """A table that is in memory as a sheet; ``name`` is what messages call it."""
    columns = dict(zip(distinct_names(table.column_names), table.columns, strict=True))
    return Sheet(name, "", columns, np.arange(1, table.num_rows + 1), Rejections(name, ROW), table.num_rows)


def _first_batch(parquet: pq.ParquetFile, limit: int) -> list[pa.RecordBatch]:
    return [batch for batch, _ in zip(parquet.iter_batches(limit), range(1), strict=False)]
