"""A warehouse that an import goes into, and the files of another system."""

from pathlib import Path

import pytest

from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse, setup
from tests.foreign_export import write_export


@pytest.fixture
def wh(tmp_path):
    """An empty warehouse."""
    warehouse = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
    setup.make_app_tables(warehouse)
    yield warehouse
    warehouse.close()


@pytest.fixture
def export(tmp_path) -> list[Path]:
    """The files of another system."""
    folder = tmp_path / "export"
    folder.mkdir()
    return write_export(folder, vacancies=12, people=40)
