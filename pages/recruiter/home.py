"""Home: what needs the recruiter today, a card for each kind of news. Links of older days are sent on from here."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from jobrec_ui import afterwards, cached, today
from jobrec_ui.cached import find
from jobrec_ui.settings import settings
from jobrec_ui.ui import frame, news, session, text

user = session.require("recruiter")
for name, page in (("posting", "match_candidates"), ("candidate", "match_postings")):
    if name in st.query_params:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        st.switch_page(f"pages/recruiter/{page}.py", query_params=query)

versions, data = frame.loaded()
url = settings().warehouse_url
if "last_visit" not in st.session_state:
    visited = st.session_state["last_visit"] = find.user_state(url, user.username).last_visit
    # Once a session, so that the answers can be kept.
    st.session_state["news_since"] = visited or datetime.now(UTC).replace(tzinfo=None) - timedelta(days=7)
    wh = cached.warehouse(url)
    afterwards.write("A visit", lambda: today.record_visit(wh, user.username))
last_visit, since = st.session_state["last_visit"], st.session_state["news_since"]

st.markdown(f"**Good to see you, {text.plain(user.name)}.** {news.since(last_visit)}")
matches, rest = st.container(border=True), st.columns(2)
lists, models = (column.container(border=True) for column in rest)
with lists:
    news.lists(find.changed_lists(url, user.username, since))
with models:
    news.models(find.model_news(url, since))
with matches, st.skeleton(height=220):
    model = frame.live_model(versions)
    found = find.new_matches(url, user.username, data, model)
with matches:
    news.matches(found, lambda: cached.find_postings(url, data.version, "", 5))
