"""Shortlists: one's own and shared lists; one list with its people, stages, notes and files."""

import streamlit as st

from jobrec_ui.web import address, cached, page, session, text
from jobrec_ui.web.lists import menu, overview, people_table, person

user = session.require("recruiter")
versions, data = page.loaded()
url = page.warehouse_url()

shortlist = overview.chosen(user)
if shortlist is None:
    overview.overview(user)
    st.stop()

st.button(
    "All lists",
    icon=":material/arrow_back:",
    type="tertiary",
    key="all_lists",
    on_click=address.choose,
    args=("list", None),
)
with st.container(horizontal=True, vertical_alignment="center"):
    with st.container(gap=None, width="content"):
        st.subheader(text.plain(shortlist.name), anchor=False)
        marks = [f":gray-badge[:material/person: {text.plain(shortlist.owner)}’s list]"]
        if not shortlist.may_edit:
            marks.append(":gray-badge[:material/visibility: you may read it]")
        if shortlist.is_archived:
            marks.append(":orange-badge[:material/inventory_2: in the archive]")
        st.markdown(" ".join(marks))
    menu.menu(shortlist, user, versions)
if shortlist.posting_id:
    st.page_link(
        "pages/recruiter/match_candidates.py",
        label=text.plain(f"For {shortlist.posting_title or shortlist.posting_id}"),
        icon=":material/work:",
        query_params={"posting": shortlist.posting_id},
    )

opened = st.query_params.get(address.OPEN)
people_table.people_area(shortlist.shortlist_id, data.version, opened)
asked = (url, user.username, shortlist.shortlist_id, shortlist.revision, data.version)
if opened is not None and opened in set((people := cached.desk.people(*asked))["candidate_id"]):
    person.drawer(shortlist.shortlist_id, opened, people, data.version)
else:
    people_table.watch(shortlist, opened)
