"""A warehouse with postings and candidates to put on lists; nothing is ranked here."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from jobrec_ui.data.load import load_tables
from jobrec_ui.warehouse import Warehouse

CANDIDATES = [f"c{number}" for number in range(1, 121)]


@pytest.fixture(scope="package")
def wh(reach: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Two postings, 120 candidates, and the tables of lists and decisions. Every test makes lists of its own."""
    warehouse = Warehouse(reach(tmp_path_factory.mktemp("lists") / "warehouse.duckdb"))
    names = [f"Name of {candidate}" for candidate in CANDIDATES]
    load_tables(
        warehouse,
        {
            "postings": pa.table({"posting_id": ["p1", "p2"], "title": ["Baker", "Nurse"]}),
            "candidates": pa.table({"candidate_id": CANDIDATES, "name": names}),
        },
    )
    warehouse.execute("schema/app_shortlists")
    warehouse.execute("schema/app_decisions")
    warehouse.execute("schema/app_blind")
    yield warehouse
    warehouse.close()
