"""Match candidates: pick a posting, see its best candidates with reasons, filter, export."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.web import address, cached, cards, page, session
from jobrec_ui.web.match import beginning, candidate_actions, drawer, filter_area, filter_chips, ranked_list, search
from jobrec_ui.web.match.download import Subject
from jobrec_ui.web.match.ranked_list import RankedList
from jobrec_ui.web.page import Viewer
from jobrec_ui.web.session import User


@st.fragment(key=search.RESULT)
def below_the_title(blind: bool) -> None:
    """Picking a posting or a filter runs only this again. ``blind``: whether the page was drawn for a blind review."""
    with page.part("Match candidates", "match_candidates"):
        url = page.warehouse_url()
        user, viewer, posting = beginning.pick(
            "posting",
            blind,
            find=lambda number, _, version: cached.matching.get_posting(url, version, number),
            search=lambda _, version, suggest: search.posting_search(url, version, suggest=suggest),
            gone="There is no posting with the number in this address. It may have been removed. Find another one "
            "below.",
        )
        if posting is not None:
            show_candidates(user, viewer, posting)


def show_candidates(user: User, viewer: Viewer, posting: Mapping[str, Any]) -> None:
    """The posting, the filters, and the candidates who pass them."""
    versions, data = page.loaded()
    url, posting_id = page.warehouse_url(), posting["posting_id"]
    versions = versions.for_posting(posting_id)
    cards.posting_card(posting)
    wanted, limit = filter_area.draw(url, data.version, posting, viewer)
    chosen = filter_chips.chips(wanted, cached.desk.user_state(url, viewer.username).list_labels)
    filters_in_words = [chip.words for chip in chosen]
    chips_area, head, results = st.container(), st.container(), st.container()

    with results.skeleton(height=420):
        model, asking = versions.ranker, wanted.asked_for(viewer)

        def found() -> pd.DataFrame:
            return cached.matching.rank_candidates(url, data, model, posting_id, wanted, limit, asking)

        def as_shown() -> RankedList:
            best = found()
            ids = tuple(best["candidate_id"])
            known = cached.desk.get_marks(url, data.version, viewer, posting_id, ids)
            # What was done with people may change who passes, so that they are part of the key.
            key = ranked_list.list_key("candidates", posting_id, (wanted, ids), limit, versions)
            return ranked_list.candidates_list(best, known, key)

        asked = ("candidates", url, data.version, model.name, posting_id, wanted, limit, viewer)
        shown = cached.shared.same_object(asked, as_shown)

    if chosen:
        with chips_area:
            filter_chips.show(chosen, cached.matching.filter_counts(url, data.version, posting_id, wanted, asking))
    if not shown.ids:
        with head:
            st.subheader("No candidates fit", anchor=False)
            st.markdown(
                "Nobody passes all filters. Take one away, for example a skill that everybody must have."
                if chosen
                else "No candidate shares any words, skills or history with this posting."
            )
        return
    subject = Subject("Posting", posting_id, posting["title"], filters_in_words, viewer.blind)
    layout = beginning.list_head(head, shown, "candidate", versions, subject, user)

    context = candidate_actions.ListContext(shown, posting_id, posting["title"], model.version, viewer.blind)
    with results:
        candidate_actions.ranked_area(
            context,
            layout,
            datetime.now(UTC).date(),
            lambda position: drawer.candidate_drawer(context, position, versions),
        )
    candidate_actions.log_list(context, user, data.version, filters_in_words, found)
    if address.OPEN in st.query_params and address.opened(shown.ids) is None:
        st.caption("The candidate in this address is not in this list, as it is filtered now.")
        candidate_actions.match_link(posting_id, st.query_params[address.OPEN])


below_the_title(page.viewer(session.require("recruiter")).blind)
