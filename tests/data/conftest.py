"""A warehouse and a directory to load from, fresh for each test."""

from pathlib import Path

import pytest

from jobrec_ui.warehouse import Warehouse


@pytest.fixture
def wh(tmp_path, reach):
    warehouse = Warehouse(reach(tmp_path / "warehouse.duckdb"))
    yield warehouse
    warehouse.close()


@pytest.fixture
def files(tmp_path):
    """Writes files by table name into a directory, and returns it."""
    directory = tmp_path / "files"
    directory.mkdir()

    def write(**tables: str | bytes) -> Path:
        for old in directory.iterdir():
            old.unlink()
        for name, content in tables.items():
            (directory / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return directory

    return write
