"""A card for each job: what it is for, when it runs by itself, how its last run ended, and what an admin can do."""

from datetime import time

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.jobs import admin, clock, kinds, records, schedule
from jobrec_ui.jobs.kinds import Kind
from jobrec_ui.jobs.records import Run, SetSchedule
from jobrec_ui.web import cached, outcome, text
from jobrec_ui.web.cached.jobs import Jobs
from jobrec_ui.web.jobs import running
from jobrec_ui.web.outcome import Outcome

WHERE = "jobs"
# The icon and the colour of a state, beside its word.
STATES = {
    "running": (":material/sync:", "blue"),
    "done": (":material/check_circle:", "green"),
    "failed": (":material/error:", "red"),
    "stopped": (":material/stop_circle:", "gray"),
    "cut short": (":material/power_off:", "orange"),
}
CUT_SHORT = "The app ended before it was done. Lists are as they were."


def cards(known: Jobs, timezone: str | None) -> None:
    """The cards, those of a night's first job first."""
    keeps_schedules = clock.is_running(cached.connection.configured())
    for kind in kinds.ALL.values():
        with st.container(border=True, height="stretch", key=f"job_{kind.name}"):
            st.markdown(f"**{kind.title}**")
            st.caption(kind.about)
            if not in_aws():
                _when(kind, known.schedules.get(kind.name), timezone, keeps_schedules)
            last = known.last_of(kind.name)
            _last(last, timezone)
            with st.container(horizontal=True):
                running.button(kind.name, "Run now", WHERE, last)
                if not in_aws():
                    _form(kind, known.schedules.get(kind.name))


def in_aws() -> bool:
    """Whether the warehouse is a Redshift, where cron does the work."""
    return cached.connection.configured().in_aws


def cron() -> None:
    """The lines with which a machine of the company's does the same."""
    st.header("By itself: with cron", icon=":material/schedule:", anchor=False)
    st.markdown(
        "On Amazon Redshift any machine that reaches the warehouse can run the jobs, and the app need not be on. These "
        "lines run them every night, in this order; the folder and the user are yours to change:"
    )
    command = "cd /srv/jobrec && .venv/bin/python -m jobrec_ui"
    lines = [
        f"{kind.proposed.at:%-M %-H} * * *  jobrec  {command} {kind.cron} > /dev/null" for kind in kinds.ALL.values()
    ]
    st.code("\n".join(lines), language=None, wrap_lines=True)


def _when(kind: Kind, known: SetSchedule | None, timezone: str | None, keeps_schedules: bool) -> None:
    if known is None or known.schedule is None:
        st.markdown(":material/schedule: Only when somebody asks.")
        return
    words = known.schedule.in_words()
    following = text.moment(known.schedule.next_due(records.utc_now()), timezone)
    st.markdown(
        f":material/schedule: {words[0].upper()}{words[1:]}, the server's time, {schedule.zone()}. "
        + (f"Next: {following}." if keeps_schedules else "")
    )
    if not keeps_schedules:
        st.warning(
            "This process keeps no schedules: the app does while it is served by `python -m jobrec_ui run`.",
            icon=":material/warning:",
        )


def _last(run: Run | None, timezone: str | None) -> None:
    if run is None:
        st.markdown(":material/history: It has not run yet.")
        return
    icon, color = STATES[run.state]
    said = text.plain(run.outcome) or (CUT_SHORT if run.state == "cut short" else "")
    words = "Running since" if run.state == "running" else f"Last run {run.state},"
    st.markdown(f"{icon} :{color}[{words}] {text.moment(run.began_at, timezone)}. {said}")


def _form(kind: Kind, known: SetSchedule | None) -> None:
    """The schedule to set, behind a button."""
    proposed = (known.schedule if known else None) or kind.proposed
    name = kind.name
    with st.popover("Schedule", icon=":material/edit_calendar:", key=f"schedule_{name}"):
        st.toggle("Runs by itself", value=known is None or known.schedule is not None, key=f"schedule_on_{name}")
        st.pills(
            "Days",
            range(1, 8),
            selection_mode="multi",
            default=list(proposed.days),
            format_func=lambda day: schedule.DAYS[day - 1][:3],
            key=f"schedule_days_{name}",
        )
        st.time_input(
            f"Time, as the clock of the server has it ({schedule.zone()})",
            value=proposed.at,
            step=900,
            key=f"schedule_at_{name}",
        )
        st.button("Save", type="primary", key=f"schedule_save_{name}", on_click=_save, args=(name,))


def _save(name: str) -> None:
    def action(user: User) -> Outcome:
        days: list[int] = st.session_state[f"schedule_days_{name}"]
        at: time | None = st.session_state[f"schedule_at_{name}"]
        wanted = None
        if st.session_state[f"schedule_on_{name}"]:
            wanted = schedule.make(days, at or kinds.named(name).proposed.at)
        admin.set_schedule(cached.connection.configured(), user, name, wanted)
        cached.jobs.changed()
        title = kinds.named(name).title
        return Outcome(f"{title} runs {wanted.in_words()}." if wanted else f"{title} runs only when somebody asks.")

    outcome.attempt(WHERE, action, role="admin")
