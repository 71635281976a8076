"""The tables that models need, and the features that ranking reads, rebuilt from the company's data."""

from datetime import timedelta

from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.features import statuses
from jobrec_ui.warehouse import Warehouse, setup
from jobrec_ui.warehouse.progress import Progress, silent
from jobrec_ui.warehouse.purpose import at_least

SNAPSHOT = {"schema": "training"}  # the schema of features as of a date in the past


def outdated(wh: Warehouse) -> bool:
    """Whether another version of the app made the features: with other tables or columns. Raises WarehouseError."""
    there, wanted = setup.known_columns(wh), _wanted_columns()
    return any(there.get(table) != wanted[table] for table in wanted if table.startswith("features."))


def create_schema(wh: Warehouse) -> None:
    """Makes the tables of features, training and versions where they are missing.

    Derived ones that another version of the app made with other columns are made anew. Raises WarehouseError.
    """
    there, wanted = setup.known_columns(wh), _wanted_columns()
    for table in wanted:
        if there.get(table, wanted[table]) != wanted[table]:
            wh.execute("warehouse/setup/drop_table", names={"table": table})
    setup.make_tables(
        wh,
        [
            ("schema/posting_statuses", {}),
            *setup.DERIVED,
            ("schema/app_data_loads", {}),
            ("schema/app_models", {}),
            ("schema/app_decisions", {}),
            ("schema/app_quality", {}),
        ],
    )


def _wanted_columns() -> dict[str, list[str]]:
    return {table: columns for name, names in setup.DERIVED for table, columns in setup.columns(name, names).items()}


def refresh_features(wh: Warehouse, progress: Progress = silent) -> None:
    """Rebuilds what ranking reads from the company's data, as of the latest moment in it. All or nothing.

    Raises InputError without data, WarehouseError.
    """
    create_schema(wh)
    loaded = data_version(wh)
    if loaded is None:
        raise InputError("There is no data yet. Load some with `python -m jobrec_ui load DIR`.")
    # Just after the latest event, so that it counts as known. Without any event, any moment will do.
    as_of = (loaded.as_of or loaded.loaded_at) + timedelta(seconds=1)
    with at_least("training"), wh.transaction() as tx:
        progress("Reading postings and candidates")
        statuses.add_missing(tx)
        tx.execute("features/build_facts")
        tx.execute("features/build_decisions")
        tx.execute("features/build_words")
        tx.execute("matching/build_search")
        progress("Weighing words and history")
        tx.execute("features/set_clock", {"as_of": as_of}, {"schema": "features"})
        tx.execute("features/build_snapshot", names={"schema": "features"})
