"""Match postings: pick a candidate, see the open postings that fit best with reasons, filter, export."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from jobrec_ui.web import address, cached, cards, page, session
from jobrec_ui.web.match import beginning, drawer, posting_filters, ranked_list, search
from jobrec_ui.web.match.download import Subject
from jobrec_ui.web.match.ranked_list import RankedList
from jobrec_ui.web.page import Viewer
from jobrec_ui.web.session import User


@st.fragment(key=search.RESULT)
def below_the_title(blind: bool) -> None:
    """Picking somebody or a filter runs only this again. ``blind``: whether the page was drawn for a blind review."""
    with page.part("Match postings", "match_postings"):
        url = page.warehouse_url()
        user, viewer, candidate = beginning.pick(
            "candidate",
            blind,
            find=lambda number, viewer, version: cached.matching.get_candidate(url, version, number, viewer.blind),
            search=lambda viewer, version, suggest: search.candidate_search(
                url, version, suggest=suggest, blind=viewer.blind
            ),
            gone="There is no candidate with the number in this address. They may have been removed. Find somebody "
            "below.",
        )
        if candidate is not None:
            show_postings(user, viewer, candidate)


def show_postings(user: User, viewer: Viewer, candidate: Mapping[str, Any]) -> None:
    """The candidate, the filters, and the postings that pass them."""
    versions, data = page.loaded()
    url, candidate_id = page.warehouse_url(), candidate["candidate_id"]
    cards.candidate_card(candidate)
    values = cached.matching.filter_values(url, data.version)
    wanted, limit = posting_filters.posting_filters(values["place"], values["seniority"])
    filters_in_words = posting_filters.describe_posting_filters(wanted)
    head, results = st.container(), st.container()

    with results.skeleton(height=420):
        model = versions.ranker

        def as_shown() -> RankedList:
            found = cached.matching.rank_postings(url, data.version, model, candidate_id, wanted, limit)
            return ranked_list.postings_list(
                found, ranked_list.list_key("postings", candidate_id, wanted, limit, versions)
            )

        asked = ("postings", url, data.version, model.name, candidate_id, wanted, limit)
        shown = cached.shared.same_object(asked, as_shown)

    if not shown.ids:
        with head:
            st.subheader("No postings fit", anchor=False)
            st.markdown(
                "No posting passes all filters. Take one away, or look at closed postings too."
                if filters_in_words
                else "No open posting shares any words, skills or history with this candidate."
            )
        return
    subject = Subject("Candidate", candidate_id, candidate["name"] or candidate_id, filters_in_words, viewer.blind)
    layout = beginning.list_head(head, shown, "posting", versions, subject, user)

    with results:
        position = ranked_list.show(shown, layout, datetime.now(UTC).date())
    if position is not None:
        drawer.posting_drawer(shown, position, candidate_id, versions)
    elif address.OPEN in st.query_params:
        st.caption("The posting in this address is not in this list, as it is filtered now.")


below_the_title(page.viewer(session.require("recruiter")).blind)
