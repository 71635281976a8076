"""What the quality page asks, cached. The model and the data version are arguments: a promotion or a load asks anew."""

import pandas as pd
import streamlit as st

from jobrec_ui import cached
from jobrec_ui.errors import NotAllowed
from jobrec_ui.quality import Verdict, card, drift
from jobrec_ui.quality.panels import PANELS


@st.cache_data(ttl=600, max_entries=300, show_spinner=False)
def panel(url: str, data_version: int, version: int, key: str) -> pd.DataFrame:
    """The rows of one panel about a model version. Raises WarehouseError, InputError."""
    return PANELS[key].load(cached.warehouse(url), version)


@st.cache_data(ttl=60, max_entries=8, show_spinner=False)
def metrics(url: str) -> pd.DataFrame:
    """Every version's metrics, at most a minute old. Raises WarehouseError."""
    return cached.warehouse(url).query("quality/metrics")


@st.cache_data(ttl=600, max_entries=50, show_spinner=False)
def verdict(url: str, data_version: int, version: int) -> Verdict:
    """What quality.drift_verdict says, from the rows that the panels show. Raises WarehouseError."""
    moved, stages = (panel(url, data_version, version, key) for key in ("drift", "stages"))
    return drift.verdict(moved, stages, drift.weights(cached.warehouse(url), version))


@st.cache_data(ttl=60, max_entries=8, show_spinner=False)
def model_card(url: str, data_version: int, version: int, role: str) -> bytes:
    """card.render, for admins. Raises NotAllowed for anybody else, WarehouseError."""
    if role != "admin":
        raise NotAllowed("Only people with the role admin can make a model card.")
    return card.render(cached.warehouse(url), version)
