"""Cached answers about filters, searches, marks and blind review. The same rules as in jobrec_ui/cached/__init__.py."""

from datetime import datetime

import pandas as pd
import streamlit as st

from jobrec_ui import blind, cached, evidence, marks, matching, today
from jobrec_ui.candidate_filters import CandidateFilters, Viewer
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.errors import NotAllowed
from jobrec_ui.matching import Explained
from jobrec_ui.models import ModelVersion
from jobrec_ui.user_state import UserState
from jobrec_ui.user_state import user_state as of_user


@st.cache_data(ttl=3600, max_entries=8, show_spinner=False)
def filter_values(url: str, data_version: int, blind: bool = False) -> dict[str, list[str]]:
    """matching.filter_values."""
    return matching.filter_values(cached.warehouse(url), blind)


@st.cache_data(ttl=600, max_entries=1000, show_spinner=False)
def filter_counts(
    url: str, data_version: int, posting_id: str, filters: CandidateFilters, viewer: Viewer
) -> pd.DataFrame:
    """matching.filter_counts."""
    return matching.filter_counts(cached.warehouse(url), posting_id, filters, viewer)


@st.cache_data(ttl=5, max_entries=500, show_spinner=False)
def user_state(url: str, username: str) -> UserState:
    """user_state.user_state, at most five seconds old."""
    return of_user(cached.warehouse(url), username)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def get_marks(
    url: str, data_version: int, viewer: Viewer, posting_id: str, candidate_ids: tuple[str, ...]
) -> pd.DataFrame:
    """marks.marks."""
    return marks.marks(cached.warehouse(url), viewer, posting_id, candidate_ids)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def decided(url: str, viewer: Viewer, posting_id: str, candidate_ids: tuple[str, ...]) -> pd.DataFrame:
    """marks.decided."""
    return marks.decided(cached.warehouse(url), viewer, posting_id, candidate_ids)


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
def blind_latest(url: str, role: str) -> pd.DataFrame:
    """blind.latest, for admins. Raises NotAllowed for anybody else."""
    if role != "admin":
        raise NotAllowed("Only people with the role admin can see who reviewed blind.")
    return blind.latest(cached.warehouse(url))


@st.cache_data(ttl=120, max_entries=500, show_spinner=False)
def new_matches(url: str, username: str, data: DataVersion, model: ModelVersion) -> pd.DataFrame:
    """today.new_matches, at most two minutes old: whoever looks at a list takes it off."""
    return today.new_matches(cached.warehouse(url), username, data, model)


@st.cache_data(ttl=10, max_entries=500, show_spinner=False)
def changed_lists(url: str, username: str, since: datetime) -> pd.DataFrame:
    """today.changed_lists, at most ten seconds old."""
    return today.changed_lists(cached.warehouse(url), username, since)


@st.cache_data(ttl=10, max_entries=500, show_spinner=False)
def model_news(url: str, since: datetime) -> pd.DataFrame:
    """today.model_news, at most ten seconds old."""
    return today.model_news(cached.warehouse(url), since)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def compare_candidates(
    url: str, data_version: int, posting_id: str, candidate_ids: tuple[str, ...], blind: bool
) -> pd.DataFrame:
    """matching.compare_candidates."""
    return matching.compare_candidates(cached.warehouse(url), posting_id, candidate_ids, blind)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def explain_all(
    url: str, data_version: int, model: ModelVersion, posting_id: str, candidate_ids: tuple[str, ...]
) -> dict[str, Explained]:
    """matching.explain_all."""
    return matching.explain_all(cached.warehouse(url), posting_id, candidate_ids, model)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def past(url: str, data_version: int, viewer: Viewer, candidate_ids: tuple[str, ...]) -> marks.Past:
    """marks.past."""
    return marks.past(cached.warehouse(url), viewer, candidate_ids)


@st.cache_data(ttl=600, max_entries=1000, show_spinner=False)
def shared_words(url: str, data_version: int, posting_id: str, candidate_id: str) -> dict[str, float]:
    """evidence.shared_words."""
    return evidence.shared_words(cached.warehouse(url), posting_id, candidate_id)
