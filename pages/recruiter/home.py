"""Home: what needs the recruiter today, a card for each kind of news. Links of older days are sent on from here."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from jobrec_ui.web import cached, first_steps, home_cards, page, session, text
from jobrec_ui.web.page import loaded, warehouse_url

user = session.require("recruiter")
for name, target in (("posting", "match_candidates"), ("candidate", "match_postings")):
    if name in st.query_params:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        st.switch_page(f"pages/recruiter/{target}.py", query_params=query)

url = warehouse_url()
if user.may_act_as("admin"):
    first_steps.show(user, url)
versions, data = loaded()
if "last_visit" not in st.session_state:
    visited = st.session_state["last_visit"] = cached.desk.user_state(url, user.username).last_visit
    # Once a session, so that the answers can be kept.
    st.session_state["news_since"] = visited or datetime.now(UTC).replace(tzinfo=None) - timedelta(days=7)
    home_cards.record_visit(user)
last_visit, since = st.session_state["last_visit"], st.session_state["news_since"]

st.markdown(f"**Good to see you, {text.plain(user.name)}.** {home_cards.since(last_visit)}")
matches, rest = st.container(border=True), st.columns(2)
lists, models = (column.container(border=True) for column in rest)
with lists:
    home_cards.lists(cached.desk.changed_lists(url, user.username, since))
with models:
    home_cards.models(cached.desk.model_news(url, since))
with matches, st.skeleton(height=220):
    found = cached.desk.new_matches(url, user.username, data, versions.ranker)
with matches:
    if versions.model is None:
        st.caption(f":material/text_compare: {page.BY_LIKENESS}")
    home_cards.matches(found, lambda: cached.matching.find_postings(url, data.version, "", 5))
