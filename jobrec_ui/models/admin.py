"""What admins do with versions: ask for a training, stop it, promote, roll back, drop, let one serve a share.

Each looks at the role of who asks by itself, and both what was done and who was refused are in the audit log.
"""

from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.access.reason import checked_reason
from jobrec_ui.access.roles import require_admin
from jobrec_ui.errors import InputError
from jobrec_ui.models import lifecycle
from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.models.records import VersionRecord, deployments, list_versions, model_name, serving, version_record
from jobrec_ui.models.retention import remove_model
from jobrec_ui.warehouse import Transaction, Warehouse

# Who acts at the machine's own prompt, or by cron.
COMMAND_LINE = User("command line", "command line", "admin", "")
MAX_REASON_BYTES = 1000


@require_admin("train", "a new version")
def request_training(wh: Warehouse, user: User, choices: TrainingChoices) -> int:
    """Asks for a training and returns the version's number. Raises NotAllowed, and as lifecycle.request does."""
    number = lifecycle.request(wh, choices, user.username)
    audit.record(wh, user.username, "training requested", model_name(number), "; ".join(choices.in_words()))
    return number


@require_admin("stop", "match_v{version}")
def stop_training(wh: Warehouse, user: User, version: int, reason: str) -> None:
    """Ends the training of a version that is on its way; it counts as failed, with who ended it and why.

    Raises NotAllowed, InputError if it is not on its way, WarehouseError.
    """
    reason = _why(reason)
    record = _known(wh, version)
    if not record.is_open:
        raise InputError(f"Version {version} is not on its way any more: it is {record.state}.")
    # In this order: who sends CREATE MODEL at this moment looks at the record afterwards, and takes the model back.
    detail = f"Stopped by {user.username}: {reason}"
    wh.execute("models/add_event", {"version": version, "state": "failed", "detail": detail})
    wh.run("models/drop_model", names={"model": f"ml.{record.name}"})
    audit.record(wh, user.username, "training stopped", record.name, reason)


@require_admin("promote", "match_v{version}")
def promote(wh: Warehouse, user: User, version: int, reason: str) -> None:
    """Makes a version live, whatever the holdout says. Raises NotAllowed, InputError if it cannot, WarehouseError."""
    _deploy(wh, user, _known(wh, version), _why(reason), "model promoted")


@require_admin("roll back", "the live version")
def rollback(wh: Warehouse, user: User, reason: str, version: int | None = None) -> int:
    """Makes what was live before live again: the last such version, or ``version``. Returns which.

    Raises NotAllowed, InputError if there is none, WarehouseError.
    """
    reason = _why(reason)
    earlier = rollback_targets(wh)
    if not earlier:
        raise InputError("There is no earlier version to roll back to: none was live before whose model still exists.")
    target = next((one for one in earlier if version in (None, one.version)), None)
    if target is None:
        known = ", ".join(str(one.version) for one in earlier)
        raise InputError(f"Version {version} is none to roll back to. Live before, and still there: {known}.")
    _deploy(wh, user, target, f"Rolled back: {reason}", "model rolled back")
    return target.version


def rollback_targets(wh: Warehouse) -> list[VersionRecord]:
    """What was live before the live version, the last first, and whose model still exists. Raises WarehouseError."""
    return [one for one in live_before(list_versions(wh)) if _is_there(wh, one.version)]


def live_before(versions: list[VersionRecord]) -> list[VersionRecord]:
    """What was live before the live version, the last first, and, as far as the record goes, still has a model.

    Who goes back to a version leaves all behind that came after it.
    """
    way: list[int] = []
    for version in deployments(versions)["version"]:
        if version in way:
            del way[way.index(version) :]
        way.append(version)
    by_number = {one.version: one for one in versions}
    return [by_number[version] for version in reversed(way[:-1]) if not by_number[version].dropped]


@require_admin("drop", "match_v{version}")
def drop(wh: Warehouse, user: User, version: int, reason: str) -> None:
    """Removes a version's model from the warehouse; its record stays.

    Raises NotAllowed, InputError for a version that serves or is on its way, WarehouseError.
    """
    reason = _why(reason)
    record, now = _known(wh, version), serving(wh)
    if now is not None and version in (now.live, now.challenger):
        raise InputError(f"Version {version} serves recruiters now. Let another one serve first.")
    if record.is_open:
        raise InputError(f"Version {version} is on its way ({record.state}). Stop the training first.")
    if record.dropped:
        raise InputError(f"Version {version} has been dropped already.")
    remove_model(wh, record, f"Dropped by {user.username}: {reason}")
    audit.record(wh, user.username, "model dropped", record.name, reason)


@require_admin("set the share of", "match_v{version}")
def set_share(wh: Warehouse, user: User, version: int, share: float, reason: str) -> None:
    """Lets a version serve a share (0 to 1) of the postings beside the live one; 0 ends that.

    Raises NotAllowed, InputError if it cannot, WarehouseError.
    """
    reason = _why(reason)
    if not 0 <= share <= 1:
        raise InputError(f"A share of the postings is between 0 and 1, not {share:g}.")
    record, now = _known(wh, version), serving(wh)
    if now is None or now.live == version:
        raise InputError(f"Version {version} cannot share with itself: choose one that is not live.")
    if share > 0:
        _require_model(wh, record)
    row = {"version": version, "share": float(share), "set_by": user.username, "reason": reason}
    wh.execute("models/add_share", row)
    audit.record(wh, user.username, "model share set", record.name, f"{share:.0%}: {reason}")


def _known(wh: Warehouse, version: int) -> VersionRecord:
    record = version_record(wh, version)
    if record is None:
        raise InputError(f"There is no version {version}.")
    return record


def _why(reason: str) -> str:
    return checked_reason(reason, MAX_REASON_BYTES, "Say why: the reason is kept with the change.")


def _deploy(wh: Warehouse, user: User, record: VersionRecord, reason: str, action: str) -> None:
    now = serving(wh)
    if now is not None and now.live == record.version:
        raise InputError(f"Version {record.version} is live already.")
    _require_model(wh, record)

    def write(tx: Transaction) -> None:
        deployment = {"version": record.version, "deployed_by": user.username, "reason": reason}
        tx.execute("models/add_deployment", deployment)
        event = {"version": record.version, "state": "promoted", "detail": f"By {user.username}: {reason}"}
        tx.execute("models/add_event", event)
        audit.record(tx, user.username, action, record.name, reason)

    wh.atomically(write)


def _require_model(wh: Warehouse, record: VersionRecord) -> None:
    """Raises InputError unless the version's model can score."""
    if not record.may_serve:
        state = "dropped" if record.dropped else record.state
        raise InputError(f"Version {record.version} cannot serve: it is {state}.")
    if not _is_there(wh, record.version):
        raise InputError(f"The model of version {record.version} is not in the warehouse any more. Train a new one.")


def _is_there(wh: Warehouse, version: int) -> bool:
    found = lifecycle.described(wh, version)
    return found is not None and found.is_ready
