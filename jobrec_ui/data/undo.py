"""Takes back the last load: what it replaced comes back, what it added goes.

What that takes is kept in the staging schema until the next load.
"""

from dataclasses import dataclass

from jobrec_ui.data.tables import TABLES, TableSpec
from jobrec_ui.data.versions import DataVersion, data_version
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.warehouse import Transaction, Warehouse, setup
from jobrec_ui.warehouse.sqlfiles import Names

TOO_LATE = "The load of data version {version} cannot be taken back any more: the data was changed after it."


@dataclass(frozen=True)
class LastLoad:
    """The load that can be taken back: by table how many rows it added, and how many it replaced."""

    version: int
    added: dict[str, int]
    replaced: dict[str, int]


def forget(tx: Transaction) -> None:
    """Forgets how to take back the load before. Raises WarehouseError."""
    tx.execute("data/undo/forget")


def remember(tx: Transaction, spec: TableSpec) -> None:
    """Keeps what a load is about to replace in a table, and which rows it writes. Raises WarehouseError."""
    tx.execute("data/undo/remember", names={**_names(spec), "staged": f"staging.{spec.name}"})


def remember_load(tx: Transaction) -> None:
    """Keeps which load it was, once it is recorded. Raises WarehouseError."""
    tx.execute("data/undo/remember_load")


def last_load(wh: Warehouse | Transaction) -> LastLoad | None:
    """The load that can be taken back: the last, if nothing has changed the data since. Raises WarehouseError."""
    if "staging.undo_load" not in setup.known_tables(wh):
        return None
    rows = wh.query("data/undo/last")
    if rows.empty:
        return None
    counts = {str(row.table_name): (int(row.rows_added), int(row.rows_replaced)) for row in rows.itertuples()}
    added, replaced = ({name: pair[position] for name, pair in counts.items()} for position in (0, 1))
    return LastLoad(int(rows["data_version"].iloc[0]), added, replaced)


def take_back(wh: Warehouse, version: int) -> DataVersion:
    """Takes back the load that made the data version ``version``; the data gets a new version. All or nothing.

    Raises InputError if it is not the last load any more, WarehouseError.
    """

    def work(tx: Transaction) -> DataVersion:
        found = last_load(tx)
        if found is None or found.version != version:
            raise InputError(TOO_LATE.format(version=version))
        for spec in TABLES.values():
            names = _names(spec)
            tx.execute(f"data/remove_{spec.name}", names={f"incoming_{spec.name}": names["written"]})
            tx.execute("data/add_rows", names={**names, "staged": names["before"]})
        tx.execute("data/record_load")
        forget(tx)
        made = data_version(tx)
        if made is None:
            raise WarehouseError("The load was not recorded.")
        return made

    return wh.atomically(work)


def _names(spec: TableSpec) -> Names:
    return {
        "stored": f"hiring.{spec.name}",
        "before": f"staging.undo_{spec.name}",
        "written": f"staging.written_{spec.name}",
        "key": spec.key,
        "columns": spec.names,
    }
