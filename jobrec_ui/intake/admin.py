"""What admins do with the company's data: try a load, load, take the last load back.

Each looks at the role of who asks by itself, and both what was done and who was refused are in the audit log.
"""

from pathlib import Path

from jobrec_ui import models
from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.access.roles import require_admin
from jobrec_ui.data import undo
from jobrec_ui.data.load import load_plan, tables_with_rows
from jobrec_ui.data.plan import Plan, make_plan
from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.report import LoadReport
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.errors import InputError
from jobrec_ui.intake import mappings
from jobrec_ui.jobs import job
from jobrec_ui.jobs.job import Job, Keep
from jobrec_ui.warehouse import Warehouse, setup
from jobrec_ui.warehouse.progress import Progress

# Reading and checking each sheet; comparing, two steps of features.
_STEPS_FOR_ALL = 4


@require_admin("import", "files")
def propose(wh: Warehouse, user: User, files: list[SourceFile]) -> Plan:
    """What the files hold, by what was decided for such files before. Raises NotAllowed, InputError, WarehouseError."""
    return make_plan(files, mappings.known_mapping(wh), tables_with_rows(wh))


@require_admin("import", "files")
def check(wh: Warehouse, user: User, plan: Plan, reasons_file: Path) -> Job[LoadReport]:
    """Tries a load in the background; nothing of it stays. All that cannot be read is listed in ``reasons_file``.

    Raises NotAllowed, InputError if another import is running.
    """

    def work(progress: Progress, keep: Keep) -> LoadReport:
        return load_plan(wh, plan, reasons_file=reasons_file, progress=progress, preview=True)

    return job.start(wh, Job(work, _steps(plan) + 1, user.username))


@require_admin("import", "files")
def load(wh: Warehouse, user: User, plan: Plan, reasons_file: Path) -> Job[LoadReport]:
    """Loads in the background, makes the features, and keeps the mapping.

    Raises NotAllowed, InputError if another import is running.
    """

    def work(progress: Progress, keep: Keep) -> LoadReport:
        report = load_plan(wh, plan, reasons_file=reasons_file, progress=progress)
        keep()
        counts = ", ".join(f"{one.new + one.changed:,} {one.table}" for one in report.tables)
        audit.record(wh, user.username, "data loaded", f"data version {report.version.version}", counts)
        setup.make_tables(wh, [("schema/app_mappings", {})])
        mappings.keep(wh, plan.mapping, user.username)
        models.refresh_features(wh, progress)
        return report

    return job.start(wh, Job(work, _steps(plan) + _STEPS_FOR_ALL, user.username))


@require_admin("take back", "the load of data version {version}")
def take_back(wh: Warehouse, user: User, version: int) -> Job[DataVersion]:
    """Takes back the last load in the background, and makes the features.

    Raises NotAllowed, InputError if another import is running, or that load is not the last any more.
    """
    found = undo.last_load(wh)
    if found is None or found.version != version:
        raise InputError(undo.TOO_LATE.format(version=version))

    def work(progress: Progress, keep: Keep) -> DataVersion:
        progress("Taking the load back")
        made = undo.take_back(wh, version)
        keep()
        audit.record(wh, user.username, "load taken back", f"data version {version}")
        models.refresh_features(wh, progress)
        return made

    return job.start(wh, Job(work, _STEPS_FOR_ALL, user.username))


def _steps(plan: Plan) -> int:
    return len(plan.files) + sum(len(one.mapping.holds) for one in plan.held)
