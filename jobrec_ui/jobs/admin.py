"""What admins do with jobs: run one now, stop it, set when it runs by itself, take a nightly list.

Each looks at the role of who asks by itself, and both what was done and who was refused are in the audit log.
"""

from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.access.roles import require_admin
from jobrec_ui.errors import InputError
from jobrec_ui.jobs import job, kinds, lists, records, run
from jobrec_ui.jobs.job import Job
from jobrec_ui.jobs.schedule import Schedule
from jobrec_ui.models import admin as models_admin
from jobrec_ui.models import open_version
from jobrec_ui.warehouse import Warehouse


@require_admin("run", "the job {name}")
def run_now(wh: Warehouse, user: User, name: str, *, anyway: bool = False) -> Job[str]:
    """Begins a job in the background; ``anyway``: whatever a look at the tables says against it.

    Raises NotAllowed, InputError if other work is under way, WarehouseError.
    """
    begun = run.begin(wh, kinds.named(name), user.username, anyway=anyway)
    audit.record(wh, user.username, "job begun", name, "anyway" if anyway else "")
    return begun


@require_admin("stop", "the job that runs")
def stop(wh: Warehouse, user: User) -> None:
    """Stops the job that runs in this process, at its next step. Raises NotAllowed, InputError if none runs."""
    running = job.current(wh)
    if running is None or not running.can_stop:
        raise InputError("There is nothing to stop any more.")
    running.stop()
    audit.record(wh, user.username, "job stopped", running.name)
    if running.name == kinds.TRAIN and (version := open_version(wh)) is not None:  # a training is one long step
        models_admin.stop_training(wh, user, version.version, "its job was stopped")


@require_admin("set the times of", "the job {name}")
def set_schedule(wh: Warehouse, user: User, name: str, schedule: Schedule | None) -> None:
    """Sets when a job runs by itself; None: no longer. Raises NotAllowed, InputError, WarehouseError."""
    kind = kinds.named(name)
    records.set_schedule(wh, name, schedule, kind.proposed, user.username)
    audit.record(wh, user.username, "job scheduled", name, schedule.in_words() if schedule else "no longer by itself")


@require_admin("take", "the list {name}")
def nightly_list(wh: Warehouse, user: User, name: str) -> bytes:
    """The file of a nightly list. Raises NotAllowed, InputError if it is gone, WarehouseError."""
    content = lists.read(name)
    audit.record(wh, user.username, "export of nightly lists", name)
    return content
