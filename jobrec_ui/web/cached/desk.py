"""Cached answers about shortlists, decisions, marks and news: for a few seconds, or until the list changes.

A list's answers are kept under its revision, which grows with every event, so that nobody sees an old list for longer
than the list itself is kept; who changed something themselves forgets it at once (:func:`changed`).
"""

from datetime import datetime

import pandas as pd
import streamlit as st

from jobrec_ui.access.roles import require_admin
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.desk import decisions, marks, news, shortlists
from jobrec_ui.desk import user_state as of_user
from jobrec_ui.desk.shortlists import Shortlist
from jobrec_ui.desk.user_state import UserState
from jobrec_ui.models import Ranker
from jobrec_ui.web.cached.connection import warehouse
from jobrec_ui.web.cached.shared import by_data_version

_SECONDS = 2

get_marks = by_data_version(marks.marks, seconds=600, entries=500)
past = by_data_version(marks.past, seconds=600, entries=500)


@st.cache_data(ttl=5, max_entries=500, show_spinner=False)
def user_state(url: str, username: str) -> UserState:
    """user_state.user_state, at most five seconds old."""
    return of_user.user_state(warehouse(url), username)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def decided(url: str, viewer: Viewer, posting_id: str, candidate_ids: tuple[str, ...]) -> pd.DataFrame:
    """marks.decided."""
    return marks.decided(warehouse(url), viewer, posting_id, candidate_ids)


@st.cache_data(ttl=_SECONDS, max_entries=500, show_spinner=False)
def lists(url: str, username: str) -> list[Shortlist]:
    """shortlists.lists."""
    return shortlists.lists(warehouse(url), username)


@st.cache_data(ttl=_SECONDS, max_entries=1000, show_spinner=False)
def shortlist(url: str, username: str, shortlist_id: str) -> Shortlist:
    """shortlists.get. Raises NotAllowed."""
    return shortlists.get(warehouse(url), username, shortlist_id)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def people(url: str, username: str, shortlist_id: str, revision: int, data_version: int) -> pd.DataFrame:
    """shortlists.people. Raises NotAllowed."""
    return shortlists.people(warehouse(url), username, shortlist(url, username, shortlist_id))


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def notes(url: str, username: str, shortlist_id: str, revision: int, candidate_id: str) -> pd.DataFrame:
    """shortlists.notes. Raises NotAllowed."""
    return shortlists.notes(warehouse(url), username, shortlist(url, username, shortlist_id), candidate_id)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def history(url: str, username: str, shortlist_id: str, revision: int, candidate_id: str | None) -> pd.DataFrame:
    """shortlists.history. Raises NotAllowed."""
    return shortlists.history(warehouse(url), username, shortlist(url, username, shortlist_id), candidate_id)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def shared_with(url: str, username: str, shortlist_id: str, revision: int) -> dict[str, str]:
    """shortlists.shared_with. Raises NotAllowed."""
    return shortlists.shared_with(warehouse(url), username, shortlist(url, username, shortlist_id))


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
@require_admin("see what others reported and exported")
def reports(url: str, role: str, blind: bool = False) -> pd.DataFrame:
    """decisions.reports. Raises NotAllowed for anybody but admins."""
    return decisions.reports(warehouse(url), blind=blind)


@st.cache_data(ttl=120, max_entries=500, show_spinner=False)
def new_matches(url: str, username: str, data: DataVersion, model: Ranker) -> pd.DataFrame:
    """news.new_matches, at most two minutes old: whoever looks at a list takes it off."""
    return news.new_matches(warehouse(url), username, data, model)


@st.cache_data(ttl=5, max_entries=50, show_spinner=False)
def has_looked(url: str, username: str) -> bool:
    """news.has_looked, at most five seconds old."""
    return news.has_looked(warehouse(url), username)


@st.cache_data(ttl=10, max_entries=500, show_spinner=False)
def changed_lists(url: str, username: str, since: datetime) -> pd.DataFrame:
    """news.changed_lists, at most ten seconds old."""
    return news.changed_lists(warehouse(url), username, since)


@st.cache_data(ttl=10, max_entries=500, show_spinner=False)
def model_news(url: str, since: datetime) -> pd.DataFrame:
    """news.model_news, at most ten seconds old."""
    return news.model_news(warehouse(url), since)


def changed(url: str, username: str, shortlist_id: str) -> None:
    """Forgets what was kept of a list that this user has just changed, so that they see it at once."""
    shortlist.clear(url, username, shortlist_id)
    lists.clear(url, username)
    user_state.clear(url, username)
