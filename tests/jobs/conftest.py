"""Warehouses for jobs: an empty one, one with a few people, and the zone of the server."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.data.load import load
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse, setup
from tests.foreign_export import write_export


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an installation."""
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("JOBREC_WAREHOUSE", raising=False)
    settings.cache_clear()
    settings().make_home()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def wh(home: Path) -> Iterator[Warehouse]:
    """An empty warehouse."""
    warehouse = Warehouse(local_url(home / "warehouse.duckdb"))
    setup.make_app_tables(warehouse)
    yield warehouse
    warehouse.close()


@pytest.fixture
def loaded(wh: Warehouse, tmp_path: Path) -> Warehouse:
    """A warehouse with 12 postings and 40 people, and no model."""
    folder = tmp_path / "export"
    folder.mkdir()
    write_export(folder, vacancies=12, people=40)
    load(wh, folder)
    models.refresh_features(wh)
    return wh


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server stands in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
