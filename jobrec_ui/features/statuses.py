"""Which words of a posting's status mean that it is open, and which that it is not, in the languages that are spoken.

They stand in sql/features/posting_statuses.csv and are added to hiring.posting_statuses with every build of the
features; sql/features/read_statuses.sql reads what postings say by them.
"""

import csv
import json

import pandas as pd

from jobrec_ui.warehouse import Transaction, Warehouse, sqlfiles

_FILE = sqlfiles.SQL_ROOT / "features" / "posting_statuses.csv"


def known() -> dict[str, bool]:
    """The words, and whether a posting is open that has one as its status."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            status.strip(): row["is_open"] == "true"
            for row in csv.DictReader(file)
            for status in row["statuses"].split(";")
        }


def add_missing(tx: Transaction) -> None:
    """Adds those that the warehouse lacks; what the company changed stays. Raises WarehouseError."""
    rows = [{"status": status, "is_open": is_open} for status, is_open in known().items()]
    tx.execute("features/add_statuses", {"statuses": json.dumps(rows, ensure_ascii=False)})


def unknown(wh: Warehouse) -> pd.DataFrame:
    """The statuses of which nobody knows whether they mean open or closed: status, postings (how many have it).

    Where a status is unknown, the closing day decides. Raises WarehouseError.
    """
    return wh.query("data/unknown_statuses")
