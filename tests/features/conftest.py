"""Warehouses of small hand-made companies, with their features ready."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.data.load import load_tables
from jobrec_ui.warehouse import Warehouse
from tests.features.tiny_company import CANDIDATES, EVENTS, POSTINGS, Events, Rows, as_tables


@pytest.fixture(scope="session")
def make_company(
    reach: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Warehouse]]:
    """Builds a warehouse from postings, candidates and events (of the tiny company unless given)."""
    made: list[Warehouse] = []

    def make(postings: Rows = POSTINGS, candidates: Rows = CANDIDATES, events: Events = EVENTS) -> Warehouse:
        warehouse = Warehouse(reach(tmp_path_factory.mktemp("company") / "warehouse.duckdb"))
        made.append(warehouse)
        load_tables(warehouse, as_tables(postings, candidates, events))
        models.refresh_features(warehouse)
        return warehouse

    yield make
    for warehouse in made:
        warehouse.close()


@pytest.fixture(scope="session")
def company(make_company: Callable[..., Warehouse]) -> Warehouse:
    """The tiny company. For reading only."""
    return make_company()
