"""Retrain, for admins: train a new version, see what became of the others, promote, roll back, compare."""

import streamlit as st

from jobrec_ui.web import cached, page, session
from jobrec_ui.web.model import training, version_compare, version_dialogs, versions

user = session.require("admin")
loaded, data = page.loaded()
url, now = page.warehouse_url(), loaded.serving
known = cached.models.versions(url, user.role, None if now is None else now.deployed_at)
version_dialogs.say_what_was_done()

if now is None:
    st.info("There is no model yet. Train the first one below.", icon=":material/info:")
else:
    st.markdown(f"**Version {now.live}** is live. {versions.since(now, st.context.timezone)}")

st.header("Train a new version", icon=":material/model_training:", anchor=False)
training.show_error()
if any(one.is_open for one in known):
    training.running()
else:
    training.form(data.version, known)

if known:
    st.header("Versions", icon=":material/history:", anchor=False)
    versions.history(known, now)
    open_dialog = versions.change(known, now)
    if now is not None and now.challenger is not None:
        st.header("Two versions at the same time", icon=":material/call_split:", anchor=False)
        versions.shares(now)
    st.header("What was live when", icon=":material/timeline:", anchor=False)
    versions.timeline(known)
    st.header("Compare two versions", icon=":material/compare_arrows:", anchor=False)
    version_compare.compare(known)
    if open_dialog is not None:
        open_dialog()
