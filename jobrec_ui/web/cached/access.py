"""Cached answers about who did what, for admins."""

import pandas as pd
import streamlit as st

from jobrec_ui.access import accounts, audit, blind_review
from jobrec_ui.access.roles import require_admin
from jobrec_ui.settings import settings
from jobrec_ui.web.cached.connection import warehouse


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
@require_admin("see who was locked out")
def lockouts(url: str, role: str) -> pd.DataFrame:
    """accounts.lockouts. Raises NotAllowed for anybody but admins."""
    return accounts.lockouts(warehouse(url), settings())


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
@require_admin("see who reviewed blind")
def blind_latest(url: str, role: str) -> pd.DataFrame:
    """blind_review.latest. Raises NotAllowed for anybody but admins."""
    return blind_review.latest(warehouse(url))


@st.cache_data(ttl=5, max_entries=8, show_spinner=False)
@require_admin("see what others reported and exported")
def audit_log(url: str, role: str) -> pd.DataFrame:
    """audit.latest. Raises NotAllowed for anybody but admins."""
    return audit.latest(warehouse(url))
