"""The drawer that opens beside a list: one match with its facts, its reasons and the candidate's history."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.errors import InputError
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, cards, session, text
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.guard import guard
from jobrec_ui.web.match import candidate_actions, decided, marks, quotes, ranked_list
from jobrec_ui.web.match.candidate_actions import ListContext
from jobrec_ui.web.match.ranked_list import RankedList

_WIDTH = 620


def candidate_drawer(context: ListContext, position: int, versions: Versions) -> None:
    """Opens the drawer with the candidate at ``position``."""
    shown, posting_id = context.shown, context.posting_id
    candidate_id, row = shown.ids[position], shown.rows.iloc[position].to_dict()

    def body() -> None:
        user = session.require("recruiter")
        viewer = candidate_actions.rerun_if_blind_changed(context, user)
        url, data = settings().warehouse_url, versions.data
        assert data is not None
        marks.seen(url, user.username, posting_id, candidate_id)
        candidate = cached.matching.get_candidate(url, data.version, candidate_id, viewer.blind)
        if candidate is None:
            raise InputError("This candidate is no longer in the data. Load the page again.")
        if not text.is_missing(candidate.get("headline")):
            st.markdown(text.plain(candidate["headline"]))
        _match(row)
        if row["marks"]:
            st.markdown(text.badges(row["marks"], "violet", most=30))
        candidate_actions.bar(context, [candidate_id], "drawer")
        found = cached.desk.decided(url, viewer, posting_id, (candidate_id,))
        decided.lines(found, user.username, functools.partial(candidate_actions.take_back, context, candidate_id))
        cards.candidate_facts(candidate)
        quotes.show(url, data.version, posting_id, candidate)
        candidate_actions.report_reason(context, candidate_id, _reasons(posting_id, candidate_id, versions))
        if not text.is_missing(candidate.get("summary")):
            with st.expander("Summary", icon=":material/description:"):
                st.text(str(candidate["summary"]))
        st.header("Earlier postings", anchor=False)
        cards.history(cached.matching.get_history(url, data.version, candidate_id))
        _page_link("pages/recruiter/match_postings.py", "Postings for this candidate", {"candidate": candidate_id})

    _open(shown, candidate_id, row["name"], ":material/person:", body)


def posting_drawer(shown: RankedList, position: int, candidate_id: str, versions: Versions) -> None:
    """Opens the drawer with the posting at ``position``."""
    posting_id, row = shown.ids[position], shown.rows.iloc[position].to_dict()

    def body() -> None:
        session.require("recruiter")
        data = versions.data
        assert data is not None
        posting = cached.matching.get_posting(settings().warehouse_url, data.version, posting_id)
        if posting is None:
            raise InputError("This posting is no longer in the data. Load the page again.")
        _match(row)
        cards.posting_facts(posting)
        _reasons(posting_id, candidate_id, versions)
        if not text.is_missing(posting.get("description")):
            with st.expander("Description", icon=":material/description:"):
                st.text(str(posting["description"]))
        _page_link("pages/recruiter/match_candidates.py", "Candidates for this posting", {"posting": posting_id})

    _open(shown, posting_id, row["title"], ":material/work:", body)


def _open(shown: RankedList, identifier: str, title: Any, icon: str, body: Callable[[], None]) -> None:
    def guarded() -> None:
        with guard("The details of a match"):
            body()

    drawer = st.dialog(
        text.plain(title),
        width=_WIDTH,
        position="right",
        icon=icon,
        on_dismiss=functools.partial(ranked_list.close, shown, identifier),
    )
    drawer(guarded)()


def _match(row: Mapping[str, Any]) -> None:
    with st.grid(3, min_column_width=96):
        st.metric("Score", f"{row['score']:.0f}", border=True)
        st.metric("Rank", f"{row['rank']}", border=True)
        st.metric("Pipeline", row["pipeline"] or "No", border=True)
    if row["matched"]:
        st.markdown(":small[:gray[Matched skills]] " + text.badges(row["matched"], "green", most=30))
    if row["missing"]:
        st.markdown(":small[:gray[Missing skills]] " + text.badges(row["missing"], "orange", most=30))


def _reasons(posting_id: str, candidate_id: str, versions: Versions) -> pd.DataFrame:
    """Draws why the pair has its score, and returns it."""
    # Here, not at the top: reasons draws charts, and altair takes half a second to load.
    from jobrec_ui.web.match import reasons

    st.header("Why this score", anchor=False)
    data, model = versions.data, versions.ranker
    assert data is not None
    with st.skeleton(height=220):
        why = cached.matching.explain(settings().warehouse_url, data.version, model, posting_id, candidate_id)
    reasons.show_reasons(why, by_likeness=versions.model is None)
    return why


def _page_link(page: str, label: str, query: dict[str, str]) -> None:
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=query)
