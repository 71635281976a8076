"""When a job runs by itself: at a time of day in the zone of the server, on some days of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from jobrec_ui.errors import InputError

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = range(1, 8)
_WORKING_DAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Schedule:
    """At ``at``, on ``days`` (1 = Monday to 7 = Sunday, in order). Make one with :func:`make`."""

    days: tuple[int, ...]
    at: time

    def last_due(self, now: datetime) -> datetime:
        """The latest moment up to ``now`` at which the job is due. Both in UTC, without a zone.

        Where the clocks go forward over the time, it is due an hour before; where it comes twice, at the first.
        """
        return max(moment for moment in self._around(now) if moment <= now)

    def next_due(self, now: datetime) -> datetime:
        """The first moment after ``now`` at which it is due."""
        return min(moment for moment in self._around(now) if moment > now)

    def in_words(self) -> str:
        """``every day at 03:30``, ``Monday to Friday at 03:30``, ``Mondays and Thursdays at 03:30``."""
        names = [f"{DAYS[day - 1]}s" for day in self.days]
        *others, last = names
        days = f"{', '.join(others)} and {last}" if others else last
        if len(names) == len(DAYS):
            days = "every day"
        elif self.days == _WORKING_DAYS:
            days = "Monday to Friday"
        return f"{days} at {self.at:%H:%M}"

    def _around(self, now: datetime) -> list[datetime]:
        """When it is due in the week before ``now``, and in the one after."""
        today = now.replace(tzinfo=UTC).astimezone().date()
        days = (today + timedelta(days=away) for away in range(-8, 9))
        return [self._moment(day) for day in days if day.isoweekday() in self.days]

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, self.at).astimezone(UTC).replace(tzinfo=None)


def make(days: Sequence[int], at: time) -> Schedule:
    """A schedule. Raises InputError without a day."""
    chosen = tuple(day for day in _WEEK if day in days)
    if not chosen:
        raise InputError("Choose at least one day, or switch the schedule off.")
    return Schedule(chosen, at.replace(second=0, microsecond=0, tzinfo=None))


def zone() -> str:
    """What the zone of the server is called, with its distance from UTC: ``CET (UTC+01:00)``."""
    here = datetime.now().astimezone()
    away = here.strftime("%z")  # +0100
    return "UTC" if here.tzname() == "UTC" else f"{here.tzname()} (UTC{away[:3]}:{away[3:5]})"
