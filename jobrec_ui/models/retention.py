"""Which models stay in the warehouse: the last few, and every one that was ever live. The record always stays."""

from jobrec_ui.models.records import VersionRecord, list_versions, serving
from jobrec_ui.warehouse import Warehouse


def retain(wh: Warehouse, keep: int) -> list[int]:
    """Removes the models of old versions that were never live, all but the last ``keep`` versions; returns which.

    Raises WarehouseError.
    """
    now = serving(wh)
    spared = set() if now is None else {now.live, now.challenger}
    old = [
        one
        for one in list_versions(wh)[keep:]
        if not (one.is_open or one.dropped or one.deployments or one.version in spared)
    ]
    for one in old:
        remove_model(wh, one, f"Not among the last {keep} versions, and never live.")
    return [one.version for one in old]


def remove_model(wh: Warehouse, record: VersionRecord, reason: str) -> None:
    """Removes a version's model and typical values, and writes down why. Raises WarehouseError."""
    wh.run("models/drop_model", names={"model": f"ml.{record.name}"})
    wh.execute("models/drop_typical", names={"typical": f"ml.{record.name}_typical"})
    wh.execute("models/add_event", {"version": record.version, "state": "dropped", "detail": reason})
