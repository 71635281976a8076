"""A job that somebody starts, watches and stops, on whichever page."""

from typing import Any

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.jobs import admin, job, kinds
from jobrec_ui.jobs.job import Job
from jobrec_ui.jobs.records import Run
from jobrec_ui.web import cached, outcome, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.outcome import Outcome

REFRESH_SECONDS = 0.5
_ANYWAY = "--anyway"  # what the command is told to go on, by its own advice


def current() -> Job[Any] | None:
    """The job that runs in this process, no import."""
    running = job.current(cached.connection.configured())
    return running if running is not None and running.is_running and running.name in kinds.ALL else None


def watch(where: str) -> None:
    """The job that runs, if one does; what comes of it is told in ``where``."""
    running = current()
    if running is not None:
        _watched(running, where)


def button(name: str, label: str, where: str, last: Run | None, *, primary: bool = False) -> None:
    """Starts a job; and one to do so anyway, where the ``last`` run refused what such a run takes."""
    busy = current() is not None
    st.button(
        label,
        icon=":material/play_arrow:",
        type="primary" if primary else "secondary",
        key=f"run_{name}",
        disabled=busy,
        on_click=_run,
        args=(name, where),
    )
    if last is not None and last.state == "failed" and _ANYWAY in last.outcome:
        st.button(
            f"{label} anyway",
            icon=":material/warning:",
            key=f"run_{name}_anyway",
            disabled=busy,
            on_click=_run,
            args=(name, where, True),
            help="Takes the tables as they are now. People and postings that are gone from them leave the lists.",
        )


@st.fragment(run_every=REFRESH_SECONDS)
def _watched(running: Job[Any], where: str) -> None:
    """How far the job is. Looks again by itself, and draws the page anew when it is done."""
    with guard("The running job"):
        session.require("admin")
        if not running.is_running:
            _tell(running, where)
            st.rerun()
        done = running.progress
        with st.container(border=True):
            st.progress(done.share, text=f"{text.plain(running.username)} is {running.doing}. {text.plain(done.step)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    "Stop",
                    icon=":material/stop_circle:",
                    key=f"stop_{where}",
                    disabled=not running.can_stop,
                    on_click=stop,
                    args=(where,),
                )
                st.caption("It goes on if you close this page. Meanwhile everybody works with lists as they were.")


def _tell(ended: Job[Any], where: str) -> None:
    cached.jobs.changed()
    cached.models.changed()
    if ended.stopped:
        outcome.keep(where, Outcome("Stopped before it was done. Lists are as they were.", is_error=True))
    elif ended.error is not None:
        outcome.keep(where, Outcome(text.plain(ended.error), is_error=True))
    else:
        outcome.keep(where, Outcome(f"{kinds.ALL[ended.name].title}: {text.plain(ended.result)}"))


def _run(name: str, where: str, anyway: bool = False) -> None:
    def action(user: User) -> None:
        admin.run_now(cached.connection.configured(), user, name, anyway=anyway)
        cached.jobs.changed()

    outcome.attempt(where, action, role="admin")


def stop(where: str) -> None:
    """For callbacks: stops the work that runs, imports too; what comes of it is told in ``where``."""

    def action(user: User) -> Outcome:
        admin.stop(cached.connection.configured(), user)
        return Outcome("It stops at its next step.")

    outcome.attempt(where, action, role="admin")
