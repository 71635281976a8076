"""The jobs that there are, in the order in which a night needs them: refresh, train, rank."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from jobrec_ui import models
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.jobs import lists
from jobrec_ui.jobs.job import Keep, Stopped
from jobrec_ui.jobs.schedule import Schedule
from jobrec_ui.matching import batches
from jobrec_ui.models import admin, lifecycle, need
from jobrec_ui.models.refresh import refresh
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.progress import Progress

TRAIN = "train"
OLD = timedelta(days=30)  # a training, so that the schedule wants another

_EVERY_DAY = tuple(range(1, 8))


@dataclass(frozen=True)
class Asked:
    """Who asked for a run: a user, or the schedule. ``anyway``: whatever a look at the tables says against it."""

    username: str
    by_schedule: bool
    anyway: bool = False


@dataclass(frozen=True)
class Kind:
    """A job.

    title, about   for people; ``doing``: what others are told somebody is at
    steps          about how many it takes
    proposed       the schedule that is offered first
    cron           the line that does the same where the app does not, without its time
    work           does it, and says in a sentence what came of it
    """

    name: str
    title: str
    about: str
    doing: str
    steps: Callable[[Warehouse], int]
    proposed: Schedule
    cron: str
    work: Callable[[Warehouse, Asked, Progress, Keep], str]


def _refresh(wh: Warehouse, asked: Asked, progress: Progress, keep: Keep) -> str:
    return refresh(wh, progress, anyway=asked.anyway).text()


def _rank(wh: Warehouse, asked: Asked, progress: Progress, keep: Keep) -> str:
    path, report = lists.write(wh, progress)
    lines = f"{report.written:,} lines for {report.rows_read - report.without_result:,} open postings"
    without = f"; {report.without_result:,} have no candidate who could be ranked" if report.without_result else ""
    return f"{lines} by {report.version}, in {path.name}{without}."


def _train(wh: Warehouse, asked: Asked, progress: Progress, keep: Keep) -> str:
    models.create_schema(wh)
    if asked.by_schedule and (reason := need.why_not(wh, if_drifted=True, if_older_than=OLD)):
        return reason
    number = models.request(wh, models.TrainingChoices(), asked.username)
    try:
        record = lifecycle.finish(wh, number, progress)
    except Stopped:
        open_still = models.version_record(wh, number)
        if open_still is not None and open_still.is_open:
            admin.stop_training(wh, admin.COMMAND_LINE, number, "the job that trained it was stopped")
        raise
    if record.state == "failed" and record.detail.startswith("Stopped by "):
        raise Stopped
    if record.state == "failed":
        raise InputError(f"Version {number} failed: {record.detail}")
    went_live = "is live" if record.state == "promoted" else "was held back"
    return f"Version {number} {went_live}: {record.detail}"


def _rank_steps(wh: Warehouse) -> int:
    if data_version(wh) is None:
        return 1
    return len(wh.query("matching/open_postings")) // batches.POSTINGS_PER_BATCH + 2


_ALL = (
    Kind(
        "refresh",
        "Refresh",
        "Reads your tables anew, and makes from them what lists are ranked from. For tables of your own that the app "
        "sees through views; after an import of files it is done already.",
        "reading the tables anew",
        lambda wh: 4,
        Schedule(_EVERY_DAY, time(2, 30)),
        "refresh",
        _refresh,
    ),
    Kind(
        TRAIN,
        "Train",
        "Trains a new version of the model, which goes live if it is better. By the schedule only if the data are no "
        f"longer like those of the last training, or if that is {OLD.days} days old.",
        "training a model",
        lambda wh: 8,
        Schedule((7,), time(3, 30)),
        f"models train --wait --if-drifted --if-older-than {OLD.days}d",
        _train,
    ),
    Kind(
        "rank",
        "Rank",
        f"Writes a file with the {lists.TOP} best candidates of every open posting, for other systems to read. The "
        f"last {lists.KEPT} files are kept.",
        "making the nightly lists",
        _rank_steps,
        Schedule(_EVERY_DAY, time(4, 30)),
        f"rank --top {lists.TOP} --out lists.csv",
        _rank,
    ),
)
ALL: dict[str, Kind] = {kind.name: kind for kind in _ALL}


def named(name: str) -> Kind:
    """The job of that name. Raises InputError if there is none."""
    if name not in ALL:
        raise InputError(f"There is no job {name!r}. There are: {', '.join(ALL)}.")
    return ALL[name]
