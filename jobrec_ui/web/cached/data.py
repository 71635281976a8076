"""Cached answers about the company's data, for the admins' page. Raise NotAllowed for anybody else."""

import streamlit as st

from jobrec_ui.access.roles import require_admin
from jobrec_ui.data import undo
from jobrec_ui.data.undo import LastLoad
from jobrec_ui.web.cached.connection import warehouse


@st.cache_data(ttl=60, max_entries=8, show_spinner=False)
@require_admin("look at loads")
def last_load(url: str, role: str, data_version: int) -> LastLoad | None:
    """undo.last_load, when the data have the version ``data_version``."""
    return undo.last_load(warehouse(url))
