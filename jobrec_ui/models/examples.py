"""The examples of a training: how many there would be, and gathering them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from jobrec_ui.errors import InputError
from jobrec_ui.models import shortage
from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.models.schedule import SHORTEST_HISTORY, Schedule, plan, plan_by_pairs, shares
from jobrec_ui.models.shortage import MIN_EXAMPLES
from jobrec_ui.models.tables import SNAPSHOT
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.progress import Progress

_OTHERS, _HOLDOUT_OTHERS = 60, 200  # drawn for each posting


@dataclass(frozen=True)
class Expected:
    """What a training would learn from and be judged on."""

    schedule: Schedule
    postings: int
    examples: int
    positives: int
    holdout_postings: int
    holdout_examples: int
    holdout_positives: int

    @property
    def is_enough(self) -> bool:
        """Whether something can be learnt from so few examples."""
        return self.examples >= MIN_EXAMPLES and self.positives > 0


@dataclass(frozen=True)
class Readiness:
    """Whether there is enough to learn from, in a sentence: how much, or why not and what mends it."""

    is_enough: bool
    sentence: str


@dataclass(frozen=True)
class _Window:
    """A look back from `as_of`, at what happened until `until`."""

    number: int
    as_of: datetime
    until: datetime
    is_holdout: bool
    others_per_posting: int
    negatives_per_positive: int

    @property
    def seed(self) -> str:
        """Of the others drawn: those held out are the same whatever is learnt from."""
        return "holdout" if self.is_holdout else str(self.number)


def expected(wh: Warehouse, choices: TrainingChoices) -> Expected:
    """Counts what a training would find, without gathering it.

    Raises InputError if that is too little to learn from, WarehouseError.
    """
    found = []
    for schedule in _schedules(wh, choices):
        one = _counted(wh, schedule, choices)
        if one.is_enough and one.holdout_positives:
            return one
        found.append(one)
    best = max(found, key=lambda one: (one.is_enough, one.examples), default=None)
    if best is None or not best.is_enough:
        raise InputError(shortage.why(wh, best.examples if best else 0, best.positives if best else 0))
    return best


def readiness(wh: Warehouse, choices: TrainingChoices) -> Readiness:
    """Whether a training with these choices can be had now. Raises WarehouseError."""
    try:
        found = expected(wh, choices)
    except InputError as error:
        return Readiness(False, str(error))
    return Readiness(
        True,
        f"There is enough to learn from: {found.examples:,} examples on {found.postings:,} postings, "
        f"{found.positives:,} of them of candidates who did well.",
    )


def schedule_of(wh: Warehouse, choices: TrainingChoices) -> Schedule:
    """When a training looks back from. Raises InputError if there is too little to learn from, WarehouseError."""
    return expected(wh, choices).schedule


def require_enough(wh: Warehouse, examples: int, positives: int) -> None:
    """Raises InputError, with the cause, if nothing can be learnt from so few examples; WarehouseError."""
    if examples < MIN_EXAMPLES or not positives:
        raise InputError(shortage.why(wh, examples, positives))


def _schedules(wh: Warehouse, choices: TrainingChoices) -> Iterator[Schedule]:
    """By the calendar; then, where that gives too little, by when pairs came about."""
    reach = wh.query("models/time_range").iloc[0]
    if not reach["relevant_events"]:
        return
    first, last = reach["first_at"].to_pydatetime(), reach["last_at"].to_pydatetime()
    if last - first < SHORTEST_HISTORY:
        return
    yield plan(first, last, choices.cutoffs)
    moments = wh.query("models/pair_moments", {"shares": json.dumps(shares(choices.cutoffs))})["moment"]
    if (by_pairs := plan_by_pairs(first, last, [moment.to_pydatetime() for moment in moments])) is not None:
        yield by_pairs


def _counted(wh: Warehouse, schedule: Schedule, choices: TrainingChoices) -> Expected:
    windows = json.dumps([vars(window) for window in _windows(schedule, choices)], default=str)
    rows = wh.query("models/count_windows", {"windows": windows}).set_index("is_holdout")
    learnt, held_out = (
        [int(rows.loc[is_holdout, name]) for name in ("postings", "examples", "positives")]
        for is_holdout in (False, True)
    )
    return Expected(schedule, *learnt, *held_out)


def gather(wh: Warehouse, choices: TrainingChoices, progress: Progress) -> Schedule:
    """Fills training.examples: for each cut-off what was known before it and what came after.

    Raises InputError if there is nothing to learn from, WarehouseError.
    """
    schedule = schedule_of(wh, choices)
    windows = list(_windows(schedule, choices))
    wh.execute("features/build_decisions")  # those made since the features were built
    wh.execute("models/clear_examples")
    for window in windows:
        progress(f"Gathering examples as of {window.as_of:%d %B %Y} ({window.number} of {len(windows)})")
        with wh.transaction() as tx:
            tx.execute("features/set_clock", {"as_of": window.as_of}, SNAPSHOT)
            tx.execute("features/build_snapshot", names=SNAPSHOT)
            tx.execute("models/label_pairs", {**vars(window), "seed": window.seed})
        wh.execute("models/add_examples", {"is_holdout": window.is_holdout}, SNAPSHOT)
    wh.execute("models/name_holdout")
    return schedule


def _windows(schedule: Schedule, choices: TrainingChoices) -> Iterator[_Window]:
    """The choices are for what is learnt from; the holdout is the same for all, so that versions can be compared."""
    for number, (as_of, until) in enumerate(schedule.training, start=1):
        yield _Window(number, as_of, until, False, _OTHERS, choices.negatives_per_positive)
    yield _Window(len(schedule.training) + 1, *schedule.holdout, True, _HOLDOUT_OTHERS, 0)
