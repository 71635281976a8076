"""Match candidates: pick a posting, see its best candidates with reasons, filter, export."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui import cached
from jobrec_ui.accounts import User
from jobrec_ui.cached import find
from jobrec_ui.candidate_filters import Viewer
from jobrec_ui.settings import settings
from jobrec_ui.ui import address, cards, chips, choosing, details, filter_area, frame, ranked, search, session, text
from jobrec_ui.ui.ranked import RankedList


@st.fragment(key=search.RESULT)
def below_the_title(blind: bool) -> None:
    """Picking a posting or a filter runs only this again. ``blind``: whether the page was drawn for a blind review."""
    with frame.part("Match candidates", "match_candidates"):
        user = session.require("recruiter")
        viewer = frame.viewer(user)
        if viewer.blind != blind:
            st.rerun()
        url, (_, data) = settings().warehouse_url, frame.loaded()
        posting_id = address.chosen("posting")
        posting = cached.get_posting(url, data.version, posting_id) if posting_id else None
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
    versions, data = frame.loaded()
    url, posting_id = settings().warehouse_url, posting["posting_id"]
    versions = versions.for_posting(posting_id)
    cards.posting_card(posting)
    wanted, limit = filter_area.draw(url, data.version, posting, viewer)
    chosen = chips.chips(wanted, find.user_state(url, viewer.username).list_labels)
    said_filters = [chip.said for chip in chosen]
    chips_area, head, results = st.container(), st.container(), st.container()

    with results.skeleton(height=420):
        model, asking = frame.live_model(versions), viewer.asking(wanted)

        def found() -> pd.DataFrame:
            return cached.rank_candidates(url, data, model, posting_id, wanted, limit, asking)

        def as_shown() -> RankedList:
            best = found()
            ids = tuple(best["candidate_id"])
            known = find.get_marks(url, data.version, viewer, posting_id, ids)
            # What was done with people may change who passes, so that they are part of the key.
            key = ranked.list_key("candidates", posting_id, (wanted, ids), limit, versions)
            return ranked.candidates_list(best, known, key)

        asked = ("candidates", url, data.version, model.name, posting_id, wanted, limit, viewer)
        shown = cached.made_once(asked, as_shown)

    if chosen:
        with chips_area:
            chips.show(chosen, find.filter_counts(url, data.version, posting_id, wanted, asking))
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
            st.caption(frame.freshness(versions))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            view = ranked.view_switch()
            subject = ranked.Subject("Posting", posting_id, posting["title"], said_filters, viewer.blind)
            ranked.download(shown, versions, subject, user)

    on_desk = choosing.Desk(shown, posting_id, posting["title"], model.version, viewer.blind)
    with results:
        choosing.ranked_area(
            on_desk,
            view,
            datetime.now(UTC).date(),
            lambda position: details.candidate_drawer(on_desk, position, versions),
        )
    choosing.log_view(on_desk, user, data.version, said_filters, found)
    if address.OPEN in st.query_params and address.opened(shown.ids) is None:
        st.caption("The candidate in this address is not in this list, as it is filtered now.")
        choosing.match_link(posting_id, st.query_params[address.OPEN])


below_the_title(frame.viewer(session.require("recruiter")).blind)
