"""What the quality page asks, cached. The model and the data version are arguments: a promotion or a load asks anew."""

import pandas as pd
import streamlit as st

from jobrec_ui.access.roles import require_admin
from jobrec_ui.models import card
from jobrec_ui.quality import Verdict, figures
from jobrec_ui.quality.figures import OnRecord
from jobrec_ui.quality.panels import PANELS
from jobrec_ui.web.cached.connection import warehouse


@st.cache_data(ttl=60, max_entries=16, show_spinner=False)
def on_record(url: str, data_version: int, version: int) -> OnRecord:
    """figures.on_record, at most a minute old. Raises WarehouseError."""
    return figures.on_record(warehouse(url), version)


@st.cache_data(ttl=600, max_entries=300, show_spinner=False)
def figure(url: str, data_version: int, version: int, name: str) -> pd.DataFrame:
    """figures.ask, for a figure that is not on record. Raises WarehouseError, InputError."""
    return figures.ask(warehouse(url), name, version, on_record(url, data_version, version))


def panel(url: str, data_version: int, version: int, key: str) -> pd.DataFrame:
    """The rows of one panel about a model version. Raises WarehouseError, InputError."""
    shown = PANELS[key]
    return shown.shape(_rows_of(url, data_version, version, shown.figure), version)


def verdict(url: str, data_version: int, version: int) -> Verdict:
    """What figures.drift_verdict says, from the rows that the panels show. Raises WarehouseError."""
    return figures.verdict_from(lambda name: _rows_of(url, data_version, version, name))


def _rows_of(url: str, data_version: int, version: int, name: str) -> pd.DataFrame:
    kept = on_record(url, data_version, version).rows(name)
    return figure(url, data_version, version, name) if kept is None else kept


@st.cache_data(ttl=60, max_entries=8, show_spinner=False)
@require_admin("make a model card")
def model_card(url: str, role: str, data_version: int, version: int) -> bytes:
    """card.render, for admins. Raises NotAllowed for anybody else, WarehouseError."""
    return card.render(warehouse(url), version)
