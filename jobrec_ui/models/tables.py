"""The tables that models need: of features, of trainings and of versions."""

from jobrec_ui.warehouse import Warehouse, setup

SNAPSHOT = {"schema": "training"}  # the schema of features as of a date in the past
OF_NO_DATA = 0  # in the place of a data version, for features that stand empty


def outdated(wh: Warehouse) -> bool:
    """Whether another version of the app made the features: with other tables or columns. Raises WarehouseError."""
    there, wanted = setup.known_columns(wh), _wanted_columns()
    return any(there.get(table) != wanted[table] for table in wanted if table.startswith("features."))


def create_schema(wh: Warehouse) -> None:
    """Makes the tables of features, training and versions where they are missing.

    Derived ones that another version of the app made with other columns are made anew, and stand empty: then it is on
    record that the features are those of no data. Raises WarehouseError.
    """
    there, wanted = setup.known_columns(wh), _wanted_columns()
    unfit = [table for table in wanted if there.get(table) != wanted[table]]
    for table in unfit:
        if table in there:
            wh.execute("warehouse/setup/drop_table", names={"table": table})
    setup.make_tables(
        wh,
        [
            ("schema/posting_statuses", {}),
            *setup.DERIVED,
            ("schema/app_data_loads", {}),
            ("schema/app_features", {}),
            ("schema/app_models", {}),
            ("schema/app_decisions", {}),
            ("schema/app_quality", {}),
        ],
    )
    if any(table.startswith("features.") for table in unfit):
        wh.execute("features/record_build", {"data_version": OF_NO_DATA, "made_by": "nobody"})


def _wanted_columns() -> dict[str, list[str]]:
    return {table: columns for name, names in setup.DERIVED for table, columns in setup.columns(name, names).items()}
