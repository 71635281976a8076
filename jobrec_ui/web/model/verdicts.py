"""What there is to say of a version: how good it is; whether its data moved: nothing to do, look at this, retrain."""

import pandas as pd
import streamlit as st

from jobrec_ui.quality import drift, words
from jobrec_ui.web import cached, text
from jobrec_ui.web.guard import guard

_SHOWN = {
    drift.NOTHING: ("Nothing to do", "green", ":material/check_circle:"),
    drift.LOOK: ("Look at this", "orange", ":material/visibility:"),
    drift.RETRAIN: ("Retrain", "red", ":material/model_training:"),
}


def summary(metrics: pd.DataFrame, version: int, is_live: bool) -> None:
    """How good a version is, in sentences, beside the one before."""
    st.markdown(words.summary(metrics, version, is_live=is_live))
    if better := words.comparison(metrics, version):
        st.markdown(better)


@st.fragment(parallel=True)
def drift_verdict(url: str, data_version: int, version: int, newer: int | None) -> None:
    """The verdict about a model version. ``newer``: one that was trained since and is not live."""
    with guard("The verdict on drift"):
        with st.spinner("Comparing today's data with those of the training …"):
            verdict = cached.quality.verdict(url, data_version, version)
        name, color, icon = _SHOWN[verdict.state]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(name, icon=icon, color=color)  # type: ignore[arg-type]
            st.markdown("  \n".join(text.plain(reason) for reason in verdict.reasons))
        if newer is not None and verdict.state != drift.NOTHING:
            st.caption(f"Version {newer} was trained since, and is not live.")
