"""What the pages ask about shortlists and decisions, cached for a few seconds or until the list changes.

A list's answers are kept under its revision, which grows with every event, so that nobody sees an old list for longer
than the list itself is kept; who changed something themselves forgets it at once (:func:`changed`).
"""

import pandas as pd
import streamlit as st

from jobrec_ui import audit, decisions, shortlists
from jobrec_ui.cached import find, warehouse
from jobrec_ui.errors import NotAllowed
from jobrec_ui.shortlists import Shortlist

_SECONDS = 2


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
def reports(url: str, role: str, blind: bool = False) -> pd.DataFrame:
    """decisions.reports, for admins. Raises NotAllowed for anybody else."""
    _for_admins(role)
    return decisions.reports(warehouse(url), blind=blind)


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
def audit_log(url: str, role: str) -> pd.DataFrame:
    """audit.latest, for admins. Raises NotAllowed for anybody else."""
    _for_admins(role)
    return audit.latest(warehouse(url))


def changed(url: str, username: str, shortlist_id: str) -> None:
    """Forgets what was kept of a list that this user has just changed, so that they see it at once."""
    shortlist.clear(url, username, shortlist_id)
    lists.clear(url, username)
    find.user_state.clear(url, username)


def _for_admins(role: str) -> None:
    if role != "admin":
        raise NotAllowed("Only people with the role admin can see what others reported and exported.")
