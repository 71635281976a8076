"""Cached answers about model versions, for the admins' page. Raise NotAllowed for anybody else."""

from datetime import datetime

import pandas as pd
import streamlit as st

from jobrec_ui.access.roles import require_admin
from jobrec_ui.models import Readiness, Serving, TrainingChoices, VersionRecord, experiment, list_versions
from jobrec_ui.models import preview as previews
from jobrec_ui.models import readiness as readiness_of
from jobrec_ui.models.experiment import Comparison
from jobrec_ui.models.preview import Preview
from jobrec_ui.quality import figures
from jobrec_ui.quality.measure import difference as measured_difference
from jobrec_ui.web.cached.connection import current_versions, warehouse


@st.cache_data(ttl=10, max_entries=8, show_spinner=False)
@require_admin("look at model versions")
def versions(url: str, role: str, deployed_at: datetime | None) -> list[VersionRecord]:
    """models.list_versions, at most ten seconds old, and not older than the latest deployment."""
    return list_versions(warehouse(url))


@st.cache_data(ttl=1, max_entries=8, show_spinner=False)
@require_admin("look at model versions")
def versions_now(url: str, role: str) -> list[VersionRecord]:
    """The same for who watches a training: at most a second old."""
    return list_versions(warehouse(url))


@st.cache_data(ttl=600, max_entries=50, show_spinner=False)
@require_admin("look at model versions")
def metrics(url: str, role: str, latest: int, state: str) -> pd.DataFrame:
    """Every version's metrics, when the version ``latest`` has come to ``state``."""
    return figures.on_record(warehouse(url)).metrics


@st.cache_data(ttl=3600, max_entries=50, show_spinner=False)
@require_admin("look at model versions")
def difference(url: str, role: str, version: int, other: int) -> pd.DataFrame:
    """measure.difference: of two versions that were judged."""
    return measured_difference(warehouse(url), version, other)


@st.cache_data(ttl=600, max_entries=50, show_spinner=False)
@require_admin("look at model versions")
def preview(url: str, role: str, data_version: int, latest: int, choices: str) -> Preview:
    """models.preview of choices as JSON, after version ``latest``."""
    now = current_versions(url)
    known = versions(url, role, None if now.serving is None else now.serving.deployed_at)
    return previews.preview(warehouse(url), TrainingChoices.from_json(choices), known, now.data)


@st.cache_data(ttl=600, max_entries=8, show_spinner=False)
@require_admin("look at model versions")
def readiness(url: str, role: str, data_version: int) -> Readiness:
    """models.readiness with the usual choices, for the data version ``data_version``."""
    return readiness_of(warehouse(url), TrainingChoices())


@st.cache_data(ttl=30, max_entries=8, show_spinner=False)
@require_admin("look at model versions")
def comparison(url: str, role: str, now: Serving) -> Comparison | None:
    """What recruiters did with the lists of both versions that serve."""
    return experiment.compare(warehouse(url), now)


def changed() -> None:
    """To be called after an action: what serves and what is on record is read anew, for everybody."""
    current_versions.clear()
    versions.clear()
