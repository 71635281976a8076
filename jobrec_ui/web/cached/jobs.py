"""Cached answers about jobs, for the admins' pages. Raise NotAllowed for anybody else."""

from dataclasses import dataclass

import streamlit as st

from jobrec_ui.access.roles import require_admin
from jobrec_ui.jobs import records
from jobrec_ui.jobs.records import Run, SetSchedule
from jobrec_ui.warehouse import setup
from jobrec_ui.web.cached.connection import warehouse


@dataclass(frozen=True)
class Jobs:
    """The schedules that were ever set, by job, and the latest runs, the last first."""

    schedules: dict[str, SetSchedule]
    runs: list[Run]

    def last_of(self, job: str) -> Run | None:
        """The run of a job that began last."""
        return next((run for run in self.runs if run.job == job), None)


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
@require_admin("look at jobs")
def overview(url: str, role: str) -> Jobs:
    """What is on record about jobs, at most five seconds old."""
    wh = warehouse(url)
    return Jobs(records.schedules(wh), records.latest_runs(wh))


@st.cache_data(ttl=60, max_entries=8, show_spinner=False)
@require_admin("look at tables")
def reads_views(url: str, role: str) -> bool:
    """Whether the app reads tables of the company's own, through views."""
    found = setup.known_tables(warehouse(url))
    return any(kind == "VIEW" for table, kind in found.items() if table.startswith("hiring."))


def changed() -> None:
    """To be called after an action: what is on record is read anew, for everybody."""
    overview.clear()
