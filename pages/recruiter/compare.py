"""Compare: up to five candidates side by side for one posting."""

import streamlit as st

from jobrec_ui.web import address, cached, page, session, text
from jobrec_ui.web.match import candidate_actions, comparison

user = session.require("recruiter")
viewer = page.viewer(user)
versions, data = page.loaded()
url, data_version = page.warehouse_url(), data.version

posting_id = address.chosen("posting")
asked = tuple(dict.fromkeys(value for value in st.query_params.get_all("with") if address.is_id(value)))
people = (
    cached.matching.compare_candidates(
        url, data_version, posting_id, asked[: candidate_actions.MOST_COMPARED], viewer.blind
    )
    if posting_id and asked
    else None
)
if posting_id is None or people is None or people.empty:
    st.subheader("Nobody to compare yet", anchor=False)
    st.markdown("Open the list of a posting, tick two to five people there, and choose Compare.")
    st.page_link("pages/recruiter/match_candidates.py", label="Match candidates", icon=":material/person_search:")
    st.stop()

st.page_link(
    "pages/recruiter/match_candidates.py",
    label=text.plain(f"Back to the list for {people['posting_title'][0]}"),
    icon=":material/arrow_back:",
    query_params={"posting": posting_id},
)
if len(people) < len(asked):
    st.warning(
        f"{text.count(len(people), 'person is', 'people are')} shown of the {len(asked)} in this address: at most "
        f"{candidate_actions.MOST_COMPARED} fit, and who is no longer in the data is left out.",
        icon=":material/group_off:",
    )
ids = tuple(people["candidate_id"])
model = versions.for_posting(posting_id).ranker
with st.skeleton(height=300):
    explained = cached.matching.explain_all(url, data_version, model, posting_id, ids)

if versions.model is None:
    st.caption(f":material/text_compare: {page.BY_LIKENESS}")
comparison.people(people, {number: one.score for number, one in explained.items()}, posting_id)
comparison.skills(people["posting_skills"][0], people)
comparison.facts(people)
comparison.score_parts(people, {number: explained[number].reasons for number in ids})
decided = cached.desk.decided(url, viewer, posting_id, ids)
comparison.histories(people, cached.desk.past(url, data_version, viewer, ids), decided, user.username)
