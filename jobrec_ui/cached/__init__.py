"""The one module that caches. Pages ask here; the answers come from matching, models and accounts.

Streamlit's cache is shared by all users, so every function is at module level, takes all that its answer depends on as
hashed arguments (the warehouse's address, the filters, the model version, the data version; the role where it matters)
and returns data only. Loading data or promoting a model changes an argument, so nothing is ever cleared for everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from jobrec_ui import accounts, features, matching, models, setup
from jobrec_ui.candidate_filters import CandidateFilters, Viewer
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.errors import NotAllowed
from jobrec_ui.matching import PostingFilters
from jobrec_ui.models import ModelVersion, Serving
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse

Made = TypeVar("Made")


@dataclass(frozen=True)
class Versions:
    """What is in the warehouse now. None: nothing loaded, or no model trained.

    `model` is the live version, `serving` says which one serves a share of the postings beside it, `challenger`.
    """

    data: DataVersion | None
    model: ModelVersion | None
    serving: Serving | None = None
    challenger: ModelVersion | None = None

    def for_posting(self, posting_id: str) -> "Versions":
        """The same with the model that serves this posting."""
        if self.serving is None or self.challenger is None:
            return self
        serves = self.serving.version_for(posting_id)
        return replace(self, model=self.challenger) if serves == self.challenger.version else self


@st.cache_resource(max_entries=4, on_release=Warehouse.close)
def warehouse(url: str) -> Warehouse:
    """The warehouse behind ``url``, shared by all sessions. Raises WarehouseError.

    The app's own tables are made if they are missing, so that an empty warehouse reads as one without data.
    """
    opened = Warehouse(url)
    setup.make_app_tables(opened)
    return opened


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
def current_versions(url: str) -> Versions:
    """The live model and the loaded data, at most five seconds old. Raises WarehouseError."""
    now = models.in_use(warehouse(url))
    return Versions(now.data, now.live, now.serving, now.challenger)


@st.cache_data(ttl=600, max_entries=2000, show_spinner=False)
def find_postings(url: str, data_version: int, text: str, limit: int) -> pd.DataFrame:
    """matching.find_postings."""
    return matching.find_postings(warehouse(url), text, limit)


@st.cache_data(ttl=600, max_entries=2000, show_spinner=False)
def find_candidates(url: str, data_version: int, text: str, limit: int, blind: bool) -> pd.DataFrame:
    """matching.find_candidates."""
    return matching.find_candidates(warehouse(url), text, limit, blind)


@st.cache_data(ttl=600, max_entries=1000, show_spinner=False)
def get_posting(url: str, data_version: int, posting_id: str) -> dict | None:
    """matching.get_posting."""
    return matching.get_posting(warehouse(url), posting_id)


@st.cache_data(ttl=600, max_entries=1000, show_spinner=False)
def get_candidate(url: str, data_version: int, candidate_id: str, blind: bool) -> dict | None:
    """matching.get_candidate."""
    return matching.get_candidate(warehouse(url), candidate_id, blind)


@st.cache_data(ttl=600, max_entries=1000, show_spinner=False)
def get_history(url: str, data_version: int, candidate_id: str) -> pd.DataFrame:
    """matching.get_history."""
    return matching.get_history(warehouse(url), candidate_id)


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def rank_candidates(
    url: str,
    data: DataVersion,
    model: ModelVersion,
    posting_id: str,
    filters: CandidateFilters,
    limit: int,
    viewer: Viewer,
) -> pd.DataFrame:
    """matching.rank_candidates."""
    return matching.rank_candidates(
        warehouse(url), posting_id, model, filters, limit, viewer=viewer, candidates=data.candidates
    )


@st.cache_data(ttl=600, max_entries=500, show_spinner=False)
def rank_postings(
    url: str, data_version: int, model: ModelVersion, candidate_id: str, filters: PostingFilters, limit: int
) -> pd.DataFrame:
    """matching.rank_postings."""
    return matching.rank_postings(warehouse(url), candidate_id, model, filters, limit)


def made_once(asked: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What ``make`` makes, made once, and then the same object for everybody: to get it again costs nothing.

    ``asked`` is all that it depends on, who may see it included; their repr tells one from another. Nobody may change
    what comes back.
    """
    kept = shelf(repr(asked))
    if not kept:
        kept.append(make())
    made: Made = kept[0]
    return made


@st.cache_resource(ttl=600, max_entries=200, show_spinner=False)
def shelf(asked: str) -> list[Any]:
    """Where :func:`made_once` keeps what it made for ``asked``."""
    return []


@st.cache_data(ttl=600, max_entries=1000, show_spinner=False)
def explain(url: str, data_version: int, model: ModelVersion, posting_id: str, candidate_id: str) -> pd.DataFrame:
    """matching.explain."""
    return matching.explain(warehouse(url), posting_id, candidate_id, model)


@st.cache_data(ttl=3600, max_entries=1, show_spinner=False)
def feature_catalogue() -> pd.DataFrame:
    """Every feature's [name, label, sentence, unit]."""
    return features.catalogue()


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
def lockouts(url: str, role: str) -> pd.DataFrame:
    """accounts.lockouts, for admins. Raises NotAllowed for anybody else."""
    if role != "admin":
        raise NotAllowed("Only people with the role admin can see who was locked out.")
    return accounts.lockouts(warehouse(url), settings())
