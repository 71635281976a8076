"""From which moments a training looks back, and which time is held out to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobrec_ui.errors import InputError

SHORTEST_HISTORY = timedelta(days=28)
# A record that was put together in a few days says nothing of what came before what.
SHORTEST_SPREAD = timedelta(days=7)
_HELD_OUT = 1 / 12
_STEP = 1 / 8
_STEPS_AHEAD = 4


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
    if span < SHORTEST_HISTORY:
        raise InputError(
            f"The history reaches over {span.days} days only. At least four weeks are needed to learn from."
        )
    end = _after(last)
    holdout_from = end - min(timedelta(days=60), span * _HELD_OUT)
    step = min(timedelta(days=91), span * _STEP)
    starts = [holdout_from - step * number for number in range(1, cutoffs + 1)]
    windows = [(start, min(holdout_from, start + _STEPS_AHEAD * step)) for start in starts]
    return Schedule(first, tuple(windows), (holdout_from, end))


def shares(cutoffs: int) -> list[float]:
    """Which parts of all pairs (0 to 1) lie before the holdout and before each training cut-off of
    :func:`plan_by_pairs`, the latest first.
    """
    return [1 - _HELD_OUT - _STEP * number for number in range(cutoffs + 1)]


def plan_by_pairs(first: datetime, last: datetime, moments: Sequence[datetime]) -> Schedule | None:
    """The same plan, counted in pairs instead of days: where most of them came about in a part of the history only.

    ``moments``: when the parts of :func:`shares` had come about. None if these are too close together.
    """
    windows = [
        (start, moments[max(0, number - _STEPS_AHEAD)])
        for number, start in enumerate(moments[1:], start=1)
        if first < start < moments[max(0, number - _STEPS_AHEAD)]
    ]
    if not windows or moments[0] - first < SHORTEST_SPREAD:
        return None
    return Schedule(first, tuple(windows), (moments[0], _after(last)))


def _after(last: datetime) -> datetime:
    """The end of a half-open interval that ``last`` is in."""
    return last + timedelta(seconds=1)
