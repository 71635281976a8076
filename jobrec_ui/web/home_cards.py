"""The cards of the home page, each with what it says when there is nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.desk import news
from jobrec_ui.warehouse import deferred
from jobrec_ui.web import cached, text

_CANDIDATES, _LISTS = "pages/recruiter/match_candidates.py", "pages/recruiter/shortlists.py"

# State of a model version: icon and what it says.
_STATES: Mapping[str, tuple[str, str]] = {
    "requested": ("schedule", "was asked for"),
    "training": ("model_training", "is training"),
    "ready": ("check", "is trained and waits to be judged"),
    "evaluated": ("rule", "was judged"),
    "promoted": ("rocket_launch", "was promoted"),
    "held back": ("pause_circle", "was held back: it is not better than the live one"),
    "failed": ("error", "failed"),
    "live": ("rocket_launch", "is live"),
}


def record_visit(user: User) -> None:
    """Writes down, soon, that the user looks in."""
    wh = cached.connection.configured()
    deferred.write("A visit", lambda: news.record_visit(wh, user.username))


def since(last_visit: datetime | None) -> str:
    """Which time the news is about."""
    if last_visit is None:
        return "This is what happened in the last week."
    return f"This is new since your last visit on {text.moment(last_visit, st.context.timezone)}."


def matches(found: pd.DataFrame, newest: Callable[[], pd.DataFrame]) -> None:
    """The user's postings with strong new matches; the newest postings for who has none yet."""
    st.subheader("New strong matches", anchor=False)
    if found.empty:
        st.markdown("You have not looked at a posting yet. Start with one of the newest:")
        for row in newest().to_dict("records"):
            _posting_link(row)
        return
    fresh = found[found["new_matches"] > 0]
    if fresh.empty:
        st.markdown(":material/task_alt: Nobody new among the best ten of your postings. You are up to date.")
    for row in fresh.to_dict("records"):
        with st.container(gap=None):
            _posting_link(row)
            st.caption(_fresh(row))
    rest = found[found["new_matches"] == 0]
    if not rest.empty:
        st.caption("Your other postings, with nobody new" if not fresh.empty else "Your postings")
        for row in rest.to_dict("records"):
            _posting_link(row)


def lists(found: pd.DataFrame) -> None:
    """Shortlists that others changed."""
    st.subheader("Lists others changed", anchor=False)
    if found.empty:
        st.markdown(":material/task_alt: Nobody else changed a list that you see.")
        st.page_link(_LISTS, label="Your shortlists", icon=":material/checklist:")
    for row in found.to_dict("records"):
        others = int(row["people"]) - 1
        who = text.plain(row["username"]) + (f" and {text.count(others, 'other')}" if others else "")
        with st.container(gap=None):
            st.page_link(
                _LISTS,
                label=text.plain(row["name"]),
                icon=":material/checklist:",
                query_params={"list": row["shortlist_id"]},
            )
            moment = text.moment(row["changed_at"], st.context.timezone)
            st.caption(f"{text.count(int(row['changes']), 'change')} by {who}, the last on {moment}")


def models(found: pd.DataFrame) -> None:
    """Trainings and models that changed."""
    st.subheader("Models", anchor=False)
    if found.empty:
        st.markdown(":material/task_alt: The model is the one you know. Lists are ranked as before.")
    for row in found.to_dict("records"):
        icon, what = _STATES.get(str(row["state"]), ("info", str(row["state"])))
        by = "" if text.is_missing(row["username"]) else f", made so by {text.plain(row['username'])}"
        st.markdown(
            f":material/{icon}: **Version {int(row['version'])}** {text.plain(what)}{by}  \n"
            f":small[:gray[{text.moment(row['occurred_at'], st.context.timezone)}]]"
        )


def _posting_link(row: Mapping[str, Any]) -> None:
    company = "" if text.is_missing(row.get("company")) else f", {text.plain(row['company'])}"
    st.page_link(
        _CANDIDATES,
        label=text.plain(row["title"]) + company,
        icon=":material/work:",
        query_params={"posting": row["posting_id"]},
    )


def _fresh(row: Mapping[str, Any]) -> str:
    new = int(row["new_matches"])
    score = f"{row['best_score'] * 100:.0f}"
    sentence = f"{new} of the best ten {'is' if new == 1 else 'are'} new to you, with a score of up to {score}"
    return sentence if text.is_missing(row["seen_at"]) else f"{sentence}; you last looked on {text.day(row['seen_at'])}"
