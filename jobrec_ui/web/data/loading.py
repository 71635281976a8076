"""The last step of an import: try it, look at what it would do, load."""

from typing import Any

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.data.report import LoadReport, TableReport
from jobrec_ui.intake import admin
from jobrec_ui.jobs import job
from jobrec_ui.jobs.job import Job
from jobrec_ui.web import cached, outcome, session, text
from jobrec_ui.web.data import bring, draft
from jobrec_ui.web.data.counts import counted
from jobrec_ui.web.data.draft import Draft
from jobrec_ui.web.data.sheets import NOUNS
from jobrec_ui.web.guard import guard
from jobrec_ui.web.jobs.running import REFRESH_SECONDS, stop
from jobrec_ui.web.outcome import Outcome

WHERE = "import"
_SHOWN_CAUSES = 12


def steps(now: Draft) -> None:
    """The button that fits: check, then load; the progress of what runs; and what came of it."""
    if now.loading is not None:
        _running(now.loading, "Loading")
    elif now.checking is not None and now.checked is None:
        _running(now.checking, "Checking")
    elif now.checked is not None:
        effect(now.checked, now)
        st.button("Load", type="primary", icon=":material/upload:", key="import_load", on_click=_load)
    else:
        ready = bool(now.plan.held) and not any(one.mapping.missing() for one in now.plan.held)
        st.button(
            "Check the files",
            type="primary",
            icon=":material/fact_check:",
            key="import_check",
            disabled=not ready,
            on_click=_check,
            help="Reads everything and says what loading would do. Nothing is changed.",
        )


def of_others() -> None:
    """An import that runs but is not this session's: of another admin, or begun in a page that was closed since."""
    running, now = job.current(cached.connection.configured()), draft.current()
    own = (now.checking, now.loading) if now is not None else ()
    if running is None or not running.is_running or running.name != job.IMPORT or running in own:
        return
    _running(running, f"{text.plain(running.username)} is importing files")


@st.fragment(run_every=REFRESH_SECONDS)
def _running(running: Job[Any], what: str) -> None:
    """How far the job is. Looks again by itself, and draws the page anew when it is done."""
    with guard("The running import"):
        session.require("admin")
        if not running.is_running:
            _ended(running)
            st.rerun()
        done = running.progress
        st.progress(done.share, text=f"{what}: {text.plain(done.step)}")
        if running.can_stop:
            st.button("Stop", icon=":material/stop_circle:", key="import_stop", on_click=stop, args=(WHERE,))
            st.caption("All or nothing: what is stopped leaves nothing behind. Everybody can go on working meanwhile.")
        else:
            st.caption("The data are in; what lists are made of is made anew. Everybody can go on working meanwhile.")


def _ended(ended: Job[LoadReport]) -> None:
    """Keeps what came of a job for the page that is drawn next."""
    now = draft.current()
    if now is None or ended not in (now.checking, now.loading):
        cached.models.changed()
    elif ended.error is not None or ended.stopped:
        outcome.keep(WHERE, Outcome(ended.error or "Stopped. Nothing was loaded.", is_error=True))
        now.checking = now.loading = None
    elif ended is now.checking:
        now.checked = ended.result
    else:
        cached.models.changed()
        report = ended.result
        bring.start_over()
        if report is not None:
            outcome.keep(WHERE, Outcome(f"Loaded: {_in_words(report)}."))


def effect(report: LoadReport, now: Draft) -> None:
    """What loading would do, and what could not be read."""
    st.subheader("What loading will do", anchor=False)
    st.markdown(f"It brings **{_in_words(report)}**.")
    with st.grid(min(len(report.tables), 4)):
        for table in report.tables:
            with st.container(border=True):
                _metric(table)
    lost = sum(table.rejected for table in report.tables)
    unknown = sum(table.unknown_cells for table in report.tables)
    if lost or unknown:
        st.warning(
            f"{text.count(lost, 'row')} cannot be taken, and {text.count(unknown, 'cell')} will be left unknown.",
            icon=":material/warning:",
        )
        _causes(report)
        if now.reasons_file.exists():
            st.download_button(
                "All of them, with reasons",
                now.reasons_file.read_bytes(),
                file_name="not_read.csv",
                mime="text/csv",
                icon=":material/download:",
                key="import_reasons",
                on_click="ignore",
            )
    notes = [(table.file, note) for table in report.tables for note in table.notes]
    if notes:
        with st.expander(f"How the values were read ({len(notes)})", icon=":material/translate:"):
            st.markdown("\n".join(f"- {text.plain(file)}: {text.plain(note)}" for file, note in notes))


def _metric(table: TableReport) -> None:
    parts = [
        f"{table.changed:,} changed" * bool(table.changed),
        f"{table.unchanged:,} as before" * bool(table.unchanged),
    ]
    parts += [
        f"{table.rejected:,} rejected" * bool(table.rejected),
        f"{table.left_out:,} left out" * bool(table.left_out),
    ]
    st.metric(f"New {NOUNS[table.table].lower()}", f"{table.new:,}", help=table.file)
    st.caption(", ".join(part for part in parts if part) or text.count(table.rows_read, "row") + " read")


def _causes(report: LoadReport) -> None:
    causes = [(table.file, cause) for table in report.tables for cause in table.causes]
    st.dataframe(
        [
            {
                "File": file,
                "Column": cause["column"],
                "What is wrong": cause["why"],
                "Times": cause["count"],
                "First seen": f"{cause['value']} (line {cause['line']})",
                "What happens": "row turned away" if cause["loses_row"] else "left unknown",
            }
            for file, cause in causes[:_SHOWN_CAUSES]
        ],
        hide_index=True,
        height="content",
        alt="What could not be read, by cause",
    )


def _in_words(report: LoadReport) -> str:
    """``1,204 new people, 3 changed postings``."""
    parts = [
        counted(number, table.table, word)
        for table in report.tables
        for number, word in ((table.new, "new"), (table.changed, "changed"))
        if number
    ]
    return ", ".join(parts) or "nothing that is not there already"


def _check() -> None:
    def action(user: User) -> None:
        now = draft.current()
        if now is not None:
            now.checking = admin.check(cached.connection.configured(), user, now.plan, now.reasons_file)

    outcome.attempt(WHERE, action, role="admin")


def _load() -> None:
    def action(user: User) -> None:
        now = draft.current()
        if now is not None and now.loading is None:
            now.loading = admin.load(cached.connection.configured(), user, now.plan, now.reasons_file)

    outcome.attempt(WHERE, action, role="admin")
