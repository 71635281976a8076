"""One run of a job: claimed, so that no other process is at one, and on record with how it ended."""

import contextlib
from datetime import datetime

from jobrec_ui import logs
from jobrec_ui.errors import InputError, JobrecError, WarehouseError
from jobrec_ui.jobs import job, records
from jobrec_ui.jobs.job import Job, Keep, Stopped
from jobrec_ui.jobs.kinds import Asked, Kind
from jobrec_ui.jobs.records import Begun
from jobrec_ui.models.claims import Claim, claimed
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.progress import Progress

ELSEWHERE = "Another process of the app is at a job in this warehouse. Wait until that is done."


def begin(
    wh: Warehouse, kind: Kind, username: str, due_at: datetime | None = None, *, anyway: bool = False
) -> Job[str]:
    """Begins a run in the background; what came of it is its result, a sentence. ``due_at``: of the schedule, in UTC;
    ``anyway``: whatever a look at the tables says against it.

    Nothing is done, and nothing on record, where another process was at that due run before. Raises InputError if this
    process is at other work in the warehouse, WarehouseError.
    """

    def work(progress: Progress, keep: Keep) -> str:
        with claimed(wh, records.CLAIM) as claim:
            if claim is None:
                raise InputError(ELSEWHERE)
            if due_at is not None and records.latest_due(wh).get(kind.name, datetime.min) >= due_at:
                return ""
            begun = records.begin(wh, kind.name, username, due_at)
            asked = Asked(username, by_schedule=due_at is not None, anyway=anyway)
            return _recorded(begun, kind, asked, claim, progress, keep)

    return job.start(wh, Job(work, kind.steps(wh), username, kind.name, kind.doing))


def _recorded(begun: Begun, kind: Kind, asked: Asked, claim: Claim, progress: Progress, keep: Keep) -> str:
    """Does the work; however it ends is written down."""

    def tell(step: str) -> None:
        progress(step)
        claim.progress = step

    try:
        outcome = kind.work(begun.wh, asked, tell, keep)
    except Stopped:
        _end(begun, "stopped", "Stopped before it was done. Lists are as they were.")
        raise
    except JobrecError as error:
        _end(begun, "failed", str(error))
        raise
    except Exception as error:
        reference = logs.unforeseen(f"job {kind.name}", error)
        said = f"Something went wrong that should not. The log has it under the number {reference}."
        _end(begun, "failed", said)
        raise JobrecError(said) from error
    begun.end("done", outcome)
    return outcome


def _end(begun: Begun, state: str, outcome: str) -> None:
    with contextlib.suppress(WarehouseError):  # what went wrong before is what is told
        begun.end(state, outcome)
