"""What is loaded now, and the way to take the last load back."""

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.data.undo import LastLoad
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.intake import admin
from jobrec_ui.jobs import job
from jobrec_ui.web import cached, outcome, session, text
from jobrec_ui.web.data.counts import NOUNS, counted
from jobrec_ui.web.data.loading import WHERE
from jobrec_ui.web.guard import guard
from jobrec_ui.web.jobs.running import REFRESH_SECONDS
from jobrec_ui.web.outcome import Outcome


def figures(data: DataVersion, timezone: str | None) -> None:
    """How much there is, since when, and as of when lists are made."""
    with st.grid(4):
        st.metric("Candidates", f"{data.candidates:,}", border=True)
        st.metric("Postings", f"{data.postings:,}", border=True)
        st.metric("Stages reached", f"{data.interactions:,}", border=True)
        st.metric("Data version", data.version, border=True)
    as_of = f" Everything is ranked as of {text.moment(data.as_of, timezone)}." if data.as_of else ""
    st.caption(f"Loaded on {text.moment(data.loaded_at, timezone)}.{as_of}")


def undo(last: LastLoad | None) -> None:
    """The button that takes the last load back, after a question."""
    if last is None:
        return
    with st.popover("Undo the last load", icon=":material/undo:", key="undo_load"):
        st.markdown(f"The last load {_in_words(last)}. Taking it back leaves the data as they were before.")
        st.button("Take it back", type="primary", key="undo_load_sure", on_click=_take_back, args=(last.version,))


@st.fragment(run_every=REFRESH_SECONDS)
def taking_back() -> None:
    """The undoing that runs, if any. Draws the page anew when it is done."""
    with guard("The undoing"):
        session.require("admin")
        running = job.current(cached.connection.configured())
        if running is None or not running.is_running:
            st.session_state.pop("undoing", None)
            cached.models.changed()
            if running is not None and running.error:
                outcome.keep(WHERE, Outcome(running.error, is_error=True))
            else:
                outcome.keep(WHERE, Outcome("The last load is taken back."))
            st.rerun()
        st.progress(running.progress.share, text=text.plain(running.progress.step))


def _take_back(version: int) -> None:
    def action(user: User) -> None:
        admin.take_back(cached.connection.configured(), user, version)
        st.session_state["undoing"] = True

    outcome.attempt(WHERE, action, role="admin")


def _in_words(last: LastLoad) -> str:
    parts = [
        f"{did} {found}" for did, found in (("added", _all(last.added)), ("changed", _all(last.replaced))) if found
    ]
    return " and ".join(parts) or "changed nothing"


def _all(counts: dict[str, int]) -> str:
    """``12 postings, 40 people and 646 stages``."""
    *most, last = [counted(counts[name], name) for name in NOUNS if counts.get(name)] or [""]
    return " and ".join([", ".join(most), last]) if most else last
