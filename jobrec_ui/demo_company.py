"""Builds the demo company: makes its data, loads it like anybody's, and trains the first model version."""

from collections.abc import Callable
from datetime import date

from jobrec_ui import models
from jobrec_ui.data.demo import make_demo
from jobrec_ui.data.load import load_tables
from jobrec_ui.models import ModelVersion
from jobrec_ui.warehouse import Warehouse


def build(
    wh: Warehouse,
    *,
    candidates: int = 5000,
    postings: int = 300,
    interactions: int = 60000,
    seed: int = 20,
    until: date | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> ModelVersion:
    """Fills an empty warehouse and returns the live version. The arguments are those of `make_demo`.

    Raises InputError for impossible sizes, WarehouseError.
    """
    progress(f"Making up a company: {candidates:,} candidates, {postings:,} postings, {interactions:,} interactions")
    tables = make_demo(candidates=candidates, postings=postings, interactions=interactions, seed=seed, until=until)
    load_tables(wh, tables, progress)
    models.refresh_features(wh, progress)
    return models.train(wh, requested_by="demo", progress=progress)
