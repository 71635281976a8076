"""The last runs of jobs, and the files of the nightly lists."""

import functools

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.jobs import admin, kinds, lists
from jobrec_ui.jobs.records import Run
from jobrec_ui.web import cached, session, text
from jobrec_ui.web.jobs.cards import CUT_SHORT
from jobrec_ui.web.model.training import duration

_SHOWN = 20


def runs(known: list[Run], timezone: str | None) -> None:
    """The last runs, the latest first."""
    if not known:
        st.caption("No job has run yet.")
        return
    st.dataframe(
        [
            {
                "Job": kinds.ALL[run.job].title if run.job in kinds.ALL else run.job,
                "How it ended": run.state,
                "Began": text.moment(run.began_at, timezone),
                "Took": "" if run.seconds is None else duration(run.seconds),
                "Asked for by": run.asked_by,
                "What came of it": run.outcome or (CUT_SHORT if run.state == "cut short" else ""),
            }
            for run in known[:_SHOWN]
        ],
        hide_index=True,
        height="content",
        column_config={"What came of it": st.column_config.TextColumn(width="large")},
        alt="The last runs of jobs",
    )


def files(user: User) -> None:
    """The nightly lists, to take."""
    found = lists.files()
    if not found:
        st.caption(f"There are none yet. They are kept in {lists.folder()} on the server.")
        return
    st.caption(f"The ids, ranks and scores of the {lists.TOP} best candidates of every posting that was open.")
    for path in found:
        st.download_button(
            path.name,
            functools.partial(_content, user, path.name),
            file_name=path.name,
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"list_{path.name}",
        )


def _content(user: User, name: str) -> bytes:
    session.check(user, "admin")
    return admin.nightly_list(cached.connection.configured(), user, name)
