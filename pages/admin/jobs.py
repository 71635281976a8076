"""Jobs, for admins: refresh, train, rank: now or by a schedule; what came of the last runs; the nightly lists."""

import streamlit as st

from jobrec_ui.web import cached, outcome, page, session
from jobrec_ui.web.jobs import cards, history, running

user = session.require("admin")
url, timezone = page.warehouse_url(), st.context.timezone

outcome.show(cards.WHERE)
running.watch(cards.WHERE)
known = cached.jobs.overview(url, user.role)
st.markdown("What keeps the lists up to date. One job runs at a time; they can run while everybody works.")
with st.grid(3):
    cards.cards(known, timezone)
if cards.in_aws():
    cards.cron()

st.header("The last runs", icon=":material/history:", anchor=False)
history.runs(known.runs, timezone)

st.header("Nightly lists", icon=":material/checklist_rtl:", anchor=False)
history.files(user)
