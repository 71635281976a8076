"""What is on record about jobs in the warehouse: when each runs by itself, and which ran with what outcome."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time

import pandas as pd

from jobrec_ui.jobs.schedule import Schedule
from jobrec_ui.models.claims import active_claims
from jobrec_ui.warehouse import Warehouse

# The number under which a job is claimed, so that no two processes are at one: no model version has it.
CLAIM = -2
# Who asks where nobody does.
THE_SCHEDULE = "the schedule"

_MOST_BYTES = 4096


@dataclass(frozen=True)
class SetSchedule:
    """The schedule of a job, who set it and when (UTC); None in the place of it if it was switched off."""

    schedule: Schedule | None
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Run:
    """A run of a job. Times are in UTC.

    state      running, done, failed, stopped, or cut short: its process ended before it did
    due_at     when the schedule wanted it; None where somebody asked
    outcome    what came of it, in a sentence
    """

    job: str
    state: str
    asked_by: str
    due_at: datetime | None
    began_at: datetime
    ended_at: datetime | None
    outcome: str

    @property
    def seconds(self) -> float | None:
        """How long it took; None if it has not ended."""
        return None if self.ended_at is None else (self.ended_at - self.began_at).total_seconds()


def utc_now() -> datetime:
    """Now, as the warehouse writes moments down: in UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def schedules(wh: Warehouse) -> dict[str, SetSchedule]:
    """Of each job that ever had a schedule. Raises WarehouseError."""
    return {str(row["job"]): _set_schedule(row) for row in wh.query("jobs/schedules").to_dict("records")}


def set_schedule(wh: Warehouse, job: str, schedule: Schedule | None, previous: Schedule, username: str) -> None:
    """Writes down when a job runs from now on; None: no longer, and ``previous`` is what it would run by again.

    Raises WarehouseError.
    """
    kept = schedule or previous
    row = {
        "job": job,
        "is_on": schedule is not None,
        "days": ",".join(map(str, kept.days)),
        "at_time": f"{kept.at:%H:%M}",
        "set_by": username,
    }
    wh.execute("jobs/set_schedule", row)


def latest_due(wh: Warehouse) -> dict[str, datetime]:
    """Up to which moment of its schedule each job was begun. Raises WarehouseError."""
    rows = wh.query("jobs/latest_due")
    return {str(job): pd.Timestamp(due).to_pydatetime() for job, due in zip(rows["job"], rows["due_at"], strict=True)}


def latest_runs(wh: Warehouse, limit: int = 100) -> list[Run]:
    """The runs that began last, the latest first. Raises WarehouseError."""
    rows = wh.query("jobs/runs", {"limit": limit})
    somebody_works = rows["state"].isna().any() and bool(active_claims(wh, CLAIM))
    made = []
    for row in rows.to_dict("records"):
        state = row["state"]
        if pd.isna(state):  # one job runs at a time: of those without an end the latest
            state, somebody_works = ("running" if somebody_works else "cut short"), False
        made.append(
            Run(
                str(row["job"]),
                str(state),
                str(row["asked_by"]),
                _moment(row["due_at"]),
                row["began_at"].to_pydatetime(),
                _moment(row["ended_at"]),
                "" if pd.isna(row["outcome"]) else str(row["outcome"]),
            )
        )
    return made


@dataclass(frozen=True)
class Begun:
    """A run that is on record as begun, to be ended once."""

    wh: Warehouse
    run_id: str
    job: str
    asked_by: str
    due_at: datetime | None

    def end(self, state: str, outcome: str) -> None:
        """Writes down how it ended. Raises WarehouseError."""
        _add(self, state, outcome.encode()[:_MOST_BYTES].decode(errors="ignore"))


def begin(wh: Warehouse, job: str, asked_by: str, due_at: datetime | None) -> Begun:
    """Writes down that a run begins. Raises WarehouseError."""
    begun = Begun(wh, uuid.uuid4().hex, job, asked_by, due_at)
    _add(begun, "begun", None)
    return begun


def _add(run: Begun, event: str, outcome: str | None) -> None:
    row = {
        "run_id": run.run_id,
        "job": run.job,
        "event": event,
        "due_at": run.due_at,
        "asked_by": run.asked_by,
        "outcome": outcome,
    }
    run.wh.execute("jobs/add_event", row)


def _set_schedule(row: dict) -> SetSchedule:
    days = tuple(int(day) for day in str(row["days"]).split(","))
    schedule = Schedule(days, time.fromisoformat(str(row["at_time"])))
    return SetSchedule(schedule if row["is_on"] else None, str(row["set_by"]), row["set_at"].to_pydatetime())


def _moment(value: pd.Timestamp) -> datetime | None:
    return None if pd.isna(value) else value.to_pydatetime()
