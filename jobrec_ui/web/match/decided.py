"""What was decided about somebody for a posting: who did what, when and why, with the way back from one's own."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from jobrec_ui.web import text

_MOST = 10


def lines(found: pd.DataFrame, username: str, take_back: Callable[[str], None] | None = None) -> None:
    """Draws the rows of marks.decided about one person, the latest first. With ``take_back`` (of an event) there is a
    button on what the user decided on a ranked list; what was done on a shortlist is taken back there.
    """
    for row in found.head(_MOST).to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            at = text.moment(row["decided_at"], st.context.timezone)
            st.markdown(f"{in_words(row)} :gray[{at}]", width="stretch")
            if take_back and row["username"] == username and text.is_missing(row["shortlist_id"]):
                st.button(
                    "Take back",
                    key=f"decided_{row['event_id']}",
                    type="tertiary",
                    on_click=take_back,
                    args=(row["event_id"],),
                )
    if len(found) > _MOST:
        st.caption(f"The latest {_MOST} of {len(found)}.")


def in_words(row: dict) -> str:
    """A row of marks.decided as a sentence, for Markdown."""
    on_list = "" if text.is_missing(row["list_name"]) else f" “{text.plain(row['list_name'])}”"
    what = {
        "shortlisted": f"put them on the list{on_list}",
        "removed": f"took them off the list{on_list}",
        "stage": f"moved them to {text.plain(row['stage'])} on the list{on_list}",
        "rejected": "rejected them" + (f" on the list{on_list}" if on_list else ""),
        "contacted": "contacted them",
        "not_for_posting": "found that they are not for this posting",
    }[row["decision"]]
    why = "" if text.is_missing(row["reason"]) else f": {text.plain(row['reason'])}"
    return f"{text.plain(row['username'])} {what}{why}"
