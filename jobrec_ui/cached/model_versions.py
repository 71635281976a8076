"""Cached answers about model versions, for the admins' page. Raise NotAllowed for anybody else."""

import pandas as pd
import streamlit as st

from jobrec_ui.cached import warehouse
from jobrec_ui.errors import NotAllowed
from jobrec_ui.models import TrainingChoices, VersionRecord, experiment, list_versions, records, serving
from jobrec_ui.models import preview as previews
from jobrec_ui.models.experiment import Comparison
from jobrec_ui.models.preview import Preview


@st.cache_data(ttl=2, max_entries=8, show_spinner=False)
def versions(url: str, role: str) -> list[VersionRecord]:
    """models.list_versions, at most two seconds old."""
    _for_admins(role)
    return list_versions(warehouse(url))


@st.cache_data(ttl=2, max_entries=8, show_spinner=False)
def deployments(url: str, role: str) -> pd.DataFrame:
    """models.records.deployments, at most two seconds old."""
    _for_admins(role)
    return records.deployments(warehouse(url))


@st.cache_data(ttl=600, max_entries=100, show_spinner=False)
def metrics(url: str, role: str, version: int, state: str) -> pd.DataFrame:
    """models.records.metrics_of a version that came to ``state``."""
    _for_admins(role)
    return records.metrics_of(warehouse(url), version)


@st.cache_data(ttl=600, max_entries=50, show_spinner=False)
def preview(url: str, role: str, data_version: int, latest: int, choices: str) -> Preview:
    """models.preview of choices as JSON, after version ``latest``."""
    _for_admins(role)
    return previews.preview(warehouse(url), TrainingChoices.from_json(choices))


@st.cache_data(ttl=30, max_entries=8, show_spinner=False)
def comparison(url: str, role: str, live: int, challenger: int) -> Comparison | None:
    """What recruiters did with the lists of both versions that serve."""
    _for_admins(role)
    now = serving(warehouse(url))
    return None if now is None else experiment.compare(warehouse(url), now)


def changed() -> None:
    """To be called after an action: what serves and what is on record is read anew, for everybody."""
    from jobrec_ui.cached import current_versions

    current_versions.clear()
    versions.clear()
    deployments.clear()


def _for_admins(role: str) -> None:
    if role != "admin":
        raise NotAllowed("Only people with the role admin can look at model versions.")
