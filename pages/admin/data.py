"""Data, for admins: what is loaded, and the import of the company's files, from any export to the first ranked list."""

import streamlit as st

from jobrec_ui.web import cached, outcome, page, session, text
from jobrec_ui.web.data import bring, current, draft, loading, refreshing, sheets, stages
from jobrec_ui.web.jobs import running

user = session.require("admin")
url = page.warehouse_url()
versions = cached.connection.current_versions(url)

outcome.show(loading.WHERE)
running.watch(loading.WHERE)
if versions.data is not None:
    current.figures(versions.data, st.context.timezone)
    if st.session_state.get("undoing"):
        current.taking_back()
    else:
        current.undo(cached.data.last_load(url, user.role, versions.data.version))
    if versions.model is None:
        st.info(page.NO_MODEL, icon=":material/model_training:")
        st.markdown(text.plain(cached.models.readiness(url, user.role, versions.data.version).sentence))
        st.page_link("pages/admin/retrain.py", label="Train the first model", icon=":material/model_training:")

refreshing.refresh(url, user.role, st.context.timezone)
st.header("Import files", icon=":material/upload_file:", anchor=False)
st.markdown(
    "Drop the exports of your applicant system here: postings, people, applications, whatever they are called. "
    "The app looks what they hold, and nothing is changed before you say so."
)
if not st.session_state.get("undoing"):
    loading.of_others()
bring.files(user)
now = draft.current()
if now is not None:
    st.subheader("What the files hold", anchor=False)
    sheets.cards(now)
    stages.words(now)
    loading.steps(now)
