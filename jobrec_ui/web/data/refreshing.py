"""Reading the company's own tables anew, where the app sees them through views."""

import streamlit as st

from jobrec_ui.web import cached, text
from jobrec_ui.web.data.loading import WHERE
from jobrec_ui.web.jobs import running


def refresh(url: str, role: str, timezone: str | None) -> None:
    """The button that refreshes, and what came of the last time; nothing where the data come from files."""
    if not cached.jobs.reads_views(url, role):
        return
    st.header("Your own tables", icon=":material/table_view:", anchor=False)
    st.markdown(
        "The app reads your tables through views. A refresh counts what they hold now, and makes from it what "
        "lists are ranked from; the figures above are those of the last one."
    )
    last = cached.jobs.overview(url, role).last_of("refresh")
    if last is not None and last.state not in ("running", "done"):
        st.warning(
            f"The refresh of {text.moment(last.began_at, timezone)} was not done: "
            f"{text.plain(last.outcome) or last.state}",
            icon=":material/warning:",
        )
    elif last is not None and last.state == "done":
        st.caption(f"Last refreshed on {text.moment(last.began_at, timezone)}: {text.plain(last.outcome)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        running.button("refresh", "Refresh", WHERE, last, primary=True)
        st.page_link("pages/admin/jobs.py", label="Every night by itself", icon=":material/schedule:")
