"""Match postings: pick a candidate, see the open postings that fit best with reasons, filter, export."""

from datetime import UTC, datetime

import streamlit as st

from jobrec_ui import cached
from jobrec_ui.cached import find
from jobrec_ui.settings import settings
from jobrec_ui.ui import address, cards, details, filters, frame, ranked, search, session, text

user = session.require("recruiter")
viewer = frame.viewer(user)
versions, data = frame.loaded()
url, data_version = settings().warehouse_url, data.version

candidate_id = address.chosen("candidate")
candidate = cached.get_candidate(url, data_version, candidate_id, viewer.blind) if candidate_id else None

if "candidate" in st.query_params and candidate is None:
    st.warning(
        "There is no candidate with the number in this address. They may have been removed. Find somebody below.",
        icon=":material/search_off:",
    )
search.candidate_search(url, data_version, suggest=candidate is None, blind=viewer.blind)
if candidate is None or candidate_id is None:
    st.stop()

cards.candidate_card(candidate)
values = find.filter_values(url, data_version)
wanted, limit = filters.posting_filters(values["place"], values["seniority"])

head, results = st.container(), st.container()
with results.skeleton(height=420):
    model = frame.live_model(versions)
    found = cached.rank_postings(url, data_version, model, candidate_id, wanted, limit)
    shown = ranked.postings_list(found, key=ranked.list_key("postings", candidate_id, wanted, limit, versions))

with head:
    if found.empty:
        st.subheader("No postings fit", anchor=False)
        st.markdown(
            "No posting passes all filters. Take one away, or look at closed postings too."
            if filters.describe_posting_filters(wanted)
            else "No open posting shares any words, skills or history with this candidate."
        )
        st.stop()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.subheader(f"Best {text.count(len(found), 'posting')}", anchor=False)
            st.caption(frame.freshness(versions))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            view = ranked.view_switch()
            said_filters = filters.describe_posting_filters(wanted)
            name = candidate["name"] or candidate_id
            subject = ranked.Subject("Candidate", candidate_id, name, said_filters, viewer.blind)
            ranked.download(shown, versions, subject, user)

with results:
    position = ranked.show(shown, view, datetime.now(UTC).date())
if position is None and address.OPEN in st.query_params:
    st.caption("The posting in this address is not in this list, as it is filtered now.")
if position is not None:
    details.posting_drawer(shown, position, candidate_id, versions)
