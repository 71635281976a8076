"""Copies of the warehouses that tests share, to work on, and what their tables hold."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse


@contextmanager
def opened_copy(file: Path, folder: Path, reach: Callable[[Path], str] = local_url) -> Iterator[Warehouse]:
    """A copy of the warehouse in ``file``, made in ``folder`` and open meanwhile."""
    path = folder / "warehouse.duckdb"
    shutil.copyfile(file, path)
    warehouse = Warehouse(reach(path))
    try:
        yield warehouse
    finally:
        warehouse.close()


def ask(wh: Warehouse, sql: str, **values: Any) -> pd.DataFrame:
    """Rows of any query, for looking at what the tables hold."""
    with wh.engine.connect() as connection:
        result = connection.execute(sa.text(sql), values)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))
