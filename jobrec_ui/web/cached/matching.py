"""Cached answers about postings, candidates, rankings and filters: matching's, with an address for the warehouse."""

import pandas as pd
import streamlit as st

from jobrec_ui import matching
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.features import catalogue
from jobrec_ui.matching import PostingFilters, quotes
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.models import Ranker
from jobrec_ui.web.cached.connection import warehouse
from jobrec_ui.web.cached.shared import by_data_version

_MINUTES = 600

find_postings = by_data_version(matching.find_postings, seconds=_MINUTES, entries=2000)
find_candidates = by_data_version(matching.find_candidates, seconds=_MINUTES, entries=2000)
closest_postings = by_data_version(matching.closest_postings, seconds=_MINUTES, entries=1000)
closest_candidates = by_data_version(matching.closest_candidates, seconds=_MINUTES, entries=1000)
get_posting = by_data_version(matching.get_posting, seconds=_MINUTES, entries=1000)
get_candidate = by_data_version(matching.get_candidate, seconds=_MINUTES, entries=1000)
get_history = by_data_version(matching.get_history, seconds=_MINUTES, entries=1000)
filter_values = by_data_version(matching.filter_values, seconds=3600, entries=8)
filter_counts = by_data_version(matching.filter_counts, seconds=_MINUTES, entries=1000)
compare_candidates = by_data_version(matching.compare_candidates, seconds=_MINUTES, entries=500)
shared_words = by_data_version(quotes.shared_words, seconds=_MINUTES, entries=1000)


@st.cache_data(ttl=_MINUTES, max_entries=500, show_spinner=False)
def rank_candidates(
    url: str,
    data: DataVersion,
    model: Ranker,
    posting_id: str,
    filters: CandidateFilters,
    limit: int,
    viewer: Viewer,
) -> pd.DataFrame:
    """matching.rank_candidates."""
    return matching.rank_candidates(
        warehouse(url), posting_id, model, filters, limit, viewer=viewer, candidates=data.candidates
    )


@st.cache_data(ttl=_MINUTES, max_entries=500, show_spinner=False)
def rank_postings(
    url: str, data_version: int, model: Ranker, candidate_id: str, filters: PostingFilters, limit: int
) -> pd.DataFrame:
    """matching.rank_postings."""
    return matching.rank_postings(warehouse(url), candidate_id, model, filters, limit)


@st.cache_data(ttl=_MINUTES, max_entries=1000, show_spinner=False)
def explain(url: str, data_version: int, model: Ranker, posting_id: str, candidate_id: str) -> pd.DataFrame:
    """matching.explain."""
    return matching.explain(warehouse(url), posting_id, candidate_id, model)


@st.cache_data(ttl=_MINUTES, max_entries=500, show_spinner=False)
def explain_all(
    url: str, data_version: int, model: Ranker, posting_id: str, candidate_ids: tuple[str, ...]
) -> dict[str, matching.Explained]:
    """matching.explain_all."""
    return matching.explain_all(warehouse(url), posting_id, candidate_ids, model)


@st.cache_data(ttl=3600, max_entries=1, show_spinner=False)
def feature_catalogue() -> pd.DataFrame:
    """Every feature's [name, label, sentence, unit]."""
    return catalogue.features()
