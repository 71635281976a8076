"""Which data the warehouse holds: every load makes a new version, and what is cached or trained says which it used."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from jobrec_ui.warehouse import Transaction, Warehouse


@dataclass(frozen=True)
class DataVersion:
    """A state of the company's data.

    `version` counts the loads from 1. `loaded_at` is when (UTC), `as_of` the latest moment that an interaction has, or
    None without interactions; the others are the numbers of rows that the warehouse held after the load.
    """

    version: int
    loaded_at: datetime
    as_of: datetime | None
    postings: int
    candidates: int
    interactions: int
    demographics: int


def data_version(warehouse: Warehouse | Transaction) -> DataVersion | None:
    """The latest version, or None before the first load. Raises WarehouseError if the schema is not there."""
    rows = warehouse.query("data/data_version")
    return None if rows.empty else from_row(rows.iloc[0])


def from_row(load: pd.Series) -> DataVersion:
    """From a row of app.data_loads."""
    return DataVersion(
        int(load["data_version"]),
        load["loaded_at"].to_pydatetime(),
        None if pd.isna(load["as_of"]) else load["as_of"].to_pydatetime(),
        *(int(load[table]) for table in ("postings", "candidates", "interactions", "demographics")),
    )
