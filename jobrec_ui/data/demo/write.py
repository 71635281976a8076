"""Writes the demo company's tables to a directory, as the loader reads them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet

from jobrec_ui.errors import InputError


def _write_csv(table: pa.Table, path: Path) -> None:
    # Whole seconds: the fraction is always zero and only lengthens the file.
    fields = [f.with_type(pa.timestamp("s")) if pa.types.is_timestamp(f.type) else f for f in table.schema]
    csv.write_csv(table.cast(pa.schema(fields)), path)


def _write_parquet(table: pa.Table, path: Path) -> None:
    parquet.write_table(table, path, compression="zstd")


WRITERS: Mapping[str, Callable[[pa.Table, Path], None]] = {"csv": _write_csv, "parquet": _write_parquet}


def write_demo(tables: Mapping[str, pa.Table], directory: str | Path, file_format: str = "parquet") -> list[Path]:
    """Write each table to `directory`/name.parquet (or .csv) and return the paths; a file appears when complete.

    Raises InputError for an unknown format or a directory that cannot be written.
    """
    if file_format not in WRITERS:
        raise InputError(f"Demo files cannot be written as {file_format!r}. Choose one of: {', '.join(WRITERS)}.")
    folder = Path(directory)
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            path = folder / f"{name}.{file_format}"
            partial = path.with_suffix(f".{file_format}.partial")
            WRITERS[file_format](table, partial)
            os.replace(partial, path)
            paths.append(path)
    except OSError as error:
        raise InputError(
            f"The demo files cannot be written to {folder} ({error.strerror}). Choose another directory."
        ) from error
    return paths
