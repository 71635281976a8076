"""Model quality: how good the live model is, in a sentence and in pictures; whether its data moved; what came of it."""

import streamlit as st

from jobrec_ui.web import cached, page, session
from jobrec_ui.web.model import quality_panels, verdicts
from jobrec_ui.web.model.quality_panels import CHANGES, DETAILS, OUTCOMES, QUALITY

user = session.require("recruiter")
versions, data = page.loaded()
live = page.live_model(versions)
url = page.warehouse_url()
metrics = cached.quality.on_record(url, data.version, live.version).metrics
judged = sorted(metrics["judged_for"].unique(), reverse=True)

version = live.version
if user.role == "admin" and len(judged) > 1:
    version = st.selectbox(
        "Version",
        judged,
        index=judged.index(live.version) if live.version in judged else 0,
        format_func=lambda number: f"Version {number}" + (", live" if number == live.version else ""),
        key="quality_version",
        width=220,
    )

with st.container(border=True):
    verdicts.summary(metrics, version, is_live=version == live.version)
    st.caption(page.freshness(versions))

if version in judged:
    for pair in zip(QUALITY[::2], QUALITY[1::2], strict=True):
        quality_panels.row(pair, url, data.version, version)

st.header("Have the data moved?", icon=":material/monitoring:", anchor=False)
newer = judged[0] if version == live.version and judged and judged[0] > version else None
verdicts.drift_verdict(url, data.version, version, newer)
quality_panels.row(CHANGES, url, data.version, version)

st.header("What became of the candidates?", icon=":material/flag:", anchor=False)
quality_panels.row((OUTCOMES,), url, data.version, version)

if user.role == "admin":
    st.header("Details for admins", icon=":material/query_stats:", anchor=False)
    if version in judged:
        quality_panels.row(DETAILS, url, data.version, version)
        quality_panels.metrics_table(metrics, version)
    quality_panels.model_card(url, data.version, version)
