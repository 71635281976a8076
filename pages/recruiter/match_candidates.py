"""Match candidates: pick a posting, see its best candidates with reasons, filter, export."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.settings import settings
from jobrec_ui.web import address, cached, page, session, text
from jobrec_ui.web.match import candidate_actions, cards, drawer, filter_area, filter_chips, ranked_list, search
from jobrec_ui.web.match.ranked_list import RankedList


@st.fragment(key=search.RESULT)
def below_the_title(blind: bool) -> None:
    """Picking a posting or a filter runs only this again. ``blind``: whether the page was drawn for a blind review."""
    with page.part("Match candidates", "match_candidates"):
        user = session.require("recruiter")
        viewer = page.viewer(user)
        if viewer.blind != blind:
            st.rerun()
        url, (_, data) = settings().warehouse_url, page.loaded()
        posting_id = address.chosen("posting")
        posting = cached.matching.get_posting(url, data.version, posting_id) if posting_id else None
        if "posting" in st.query_params and posting is None:
            st.warning(
                "There is no posting with the number in this address. It may have been removed. Find another one "
                "below.",
                icon=":material/search_off:",
            )
        search.posting_search(url, data.version, suggest=posting is None)
        if posting is not None:
            show_candidates(user, viewer, posting)


def show_candidates(user: User, viewer: Viewer, posting: Mapping[str, Any]) -> None:
    """The posting, the filters, and the candidates who pass them."""
    versions, data = page.loaded()
    url, posting_id = settings().warehouse_url, posting["posting_id"]
    versions = versions.for_posting(posting_id)
    cards.posting_card(posting)
    wanted, limit = filter_area.draw(url, data.version, posting, viewer)
    chosen = filter_chips.chips(wanted, cached.desk.user_state(url, viewer.username).list_labels)
    filters_in_words = [chip.words for chip in chosen]
    chips_area, head, results = st.container(), st.container(), st.container()

    with results.skeleton(height=420):
        model, asking = page.live_model(versions), wanted.asked_for(viewer)

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
    with head, st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.subheader(f"Best {text.count(len(shown.ids), 'candidate')}", anchor=False)
            st.caption(page.freshness(versions))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            view = ranked_list.view_switch()
            subject = ranked_list.Subject("Posting", posting_id, posting["title"], filters_in_words, viewer.blind)
            ranked_list.download(shown, versions, subject, user)

    on_desk = candidate_actions.Desk(shown, posting_id, posting["title"], model.version, viewer.blind)
    with results:
        candidate_actions.ranked_area(
            on_desk,
            view,
            datetime.now(UTC).date(),
            lambda position: drawer.candidate_drawer(on_desk, position, versions),
        )
    candidate_actions.log_view(on_desk, user, data.version, filters_in_words, found)
    if address.OPEN in st.query_params and address.opened(shown.ids) is None:
        st.caption("The candidate in this address is not in this list, as it is filtered now.")
        candidate_actions.match_link(posting_id, st.query_params[address.OPEN])


below_the_title(page.viewer(session.require("recruiter")).blind)
