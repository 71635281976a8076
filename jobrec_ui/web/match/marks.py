"""Marks of candidates in a list: a sign and words, so that nothing is said by colour alone."""

import pandas as pd
import streamlit as st

from jobrec_ui.desk import marks
from jobrec_ui.warehouse import deferred
from jobrec_ui.web import cached, text

_RECORDED = "details_recorded"


def by_candidate(known: pd.DataFrame) -> dict[str, list[str]]:
    """What marks.marks found, in words: a list for each candidate who has marks."""
    marks_of: dict[str, list[str]] = {}
    for row in known.itertuples(index=False):
        found = [] if text.is_missing(row.lists) else [f"☰ On list {name}" for name in row.lists.splitlines()]
        if not text.is_missing(row.rejected_by):
            found.append(f"✕ Rejected by {row.rejected_by}")
        if not text.is_missing(row.unfit_by):
            found.append(f"⊘ Not for this posting says {row.unfit_by}")
        if not text.is_missing(row.contacted_by):
            found.append(f"✉ Contacted by {row.contacted_by} {text.day(row.contacted_at)}")
        if not text.is_missing(row.rejected_for):
            found.append(f"✕ Rejected for {row.rejected_for}")
        if not text.is_missing(row.seen_at):
            found.append(f"◉ Seen by you {text.day(row.seen_at)}")
        marks_of[str(row.candidate_id)] = found
    return marks_of


def seen(url: str, username: str, posting_id: str, candidate_id: str) -> None:
    """Writes down, once in a session, that the details were opened."""
    recorded = st.session_state.setdefault(_RECORDED, set())
    if (posting_id, candidate_id) in recorded:
        return
    recorded.add((posting_id, candidate_id))
    wh = cached.connection.warehouse(url)
    deferred.write("Details opened", lambda: marks.record_seen(wh, username, posting_id, candidate_id))
