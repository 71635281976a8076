"""When a job is due: at the server's time of day, also where the clocks change."""

import time as clock
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.errors import InputError
from jobrec_ui.jobs import schedule

EVERY_DAY = range(1, 8)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))
SCHEDULES = st.builds(schedule.make, st.sets(st.integers(1, 7), min_size=1).map(sorted), st.times())


@given(SCHEDULES, MOMENTS)
def test_is_due_at_its_time_on_one_of_its_days_and_within_a_week(made, now):
    last, following = made.last_due(now), made.next_due(now)
    assert now - timedelta(days=7, hours=2) < last <= now < following <= now + timedelta(days=7, hours=2)
    assert made.last_due(following) == following
    assert made.next_due(last) == following


@pytest.mark.usefixtures("berlin")
class TestInBerlin:
    def test_the_time_is_the_servers(self):
        made = schedule.make(EVERY_DAY, time(3, 30))
        assert made.last_due(datetime(2026, 1, 15, 12)) == datetime(2026, 1, 15, 2, 30)
        assert made.last_due(datetime(2026, 7, 15, 12)) == datetime(2026, 7, 15, 1, 30)

    def test_the_day_is_the_servers(self):
        made = schedule.make([3], time(0, 15))  # Wednesdays; in UTC that is Tuesday evening
        assert made.next_due(datetime(2026, 12, 1, 20)) == datetime(2026, 12, 1, 23, 15)

    def test_once_where_the_time_comes_twice_or_never(self):
        made = schedule.make(EVERY_DAY, time(2, 30))
        assert made.next_due(datetime(2026, 10, 24, 12)) == datetime(2026, 10, 25, 0, 30)
        assert made.next_due(datetime(2026, 10, 25, 0, 30)) == datetime(2026, 10, 26, 1, 30)
        assert made.next_due(datetime(2026, 3, 28, 12)) == datetime(2026, 3, 29, 0, 30)
        assert made.next_due(datetime(2026, 3, 29, 0, 30)) == datetime(2026, 3, 30, 0, 30)

    def test_the_zone_has_a_name(self):
        assert schedule.zone() == clock.strftime("%Z") + (
            " (UTC+02:00)" if clock.localtime().tm_isdst else " (UTC+01:00)"
        )


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([7, 1, 2, 3, 4, 5, 6], "every day at 03:30"),
        ([1, 2, 3, 4, 5], "Monday to Friday at 03:30"),
        ([4, 1], "Mondays and Thursdays at 03:30"),
        ([1, 3, 7], "Mondays, Wednesdays and Sundays at 03:30"),
        ([7], "Sundays at 03:30"),
    ],
)
def test_in_words(days, says):
    assert schedule.make(days, time(3, 30, 12)).in_words() == says


def test_without_a_day_there_is_none():
    with pytest.raises(InputError, match="Choose at least one day"):
        schedule.make([], time(3))
