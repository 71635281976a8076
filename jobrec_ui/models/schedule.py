"""From which moments a training looks back, and which time is held out to judge it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobrec_ui.errors import InputError


@dataclass(frozen=True)
class Schedule:
    """When to look back from: label windows of the training cut-offs, and of the holdout. Half-open intervals.

    `history_from` is when the history begins.
    """

    history_from: datetime
    training: tuple[tuple[datetime, datetime], ...]
    holdout: tuple[datetime, datetime]


def plan(first: datetime, last: datetime, cutoffs: int = 5) -> Schedule:
    """When to look back from, for a history from ``first`` to ``last``.

    The last twelfth (at most 60 days) is the holdout. Before it lie the training ``cutoffs`` (1 to 7), a quarter apart,
    each with up to a year of outcomes after it; a short history has them closer together.
    Raises InputError if the history is shorter than four weeks.
    """
    span = last - first
    if span < timedelta(days=28):
        raise InputError(
            f"The history reaches over {span.days} days only. At least four weeks are needed to learn from."
        )
    end = last + timedelta(seconds=1)
    holdout_from = end - min(timedelta(days=60), span / 12)
    step = min(timedelta(days=91), span / 8)
    starts = [holdout_from - step * number for number in range(1, cutoffs + 1)]
    windows = [(start, min(holdout_from, start + 4 * step)) for start in starts]
    return Schedule(first, tuple(windows), (holdout_from, end))
