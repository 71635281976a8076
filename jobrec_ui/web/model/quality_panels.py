"""How a panel of the quality page is drawn: each in a fragment of its own, whatever becomes of the others."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from jobrec_ui import export
from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.quality import words
from jobrec_ui.quality.panels import CHANGES, DETAILS, OUTCOMES, PANELS, QUALITY, Panel
from jobrec_ui.web import cached, session, text
from jobrec_ui.web.guard import guard

__all__ = ["CHANGES", "DETAILS", "OUTCOMES", "QUALITY", "metrics_table", "model_card", "row"]


def row(panels: Sequence[Panel], url: str, data_version: int, version: int) -> None:
    """Panels about a model version side by side, as high as each other."""
    for column, panel in zip(st.columns(len(panels)), panels, strict=True):
        with column.container(border=True, height="stretch", key=f"panel_{panel.key}"):
            _draw(url, data_version, version, panel.key)


@st.fragment(parallel=True)
def _draw(url: str, data_version: int, version: int, key: str) -> None:
    """A panel: title, chart, the chart in words, and its file."""
    panel = PANELS[key]
    st.subheader(panel.title, anchor=False)
    with guard(panel.title):
        with st.spinner("Looking at it …"):
            rows = cached.quality.panel(url, data_version, version, key)
        if rows.empty:
            st.caption(panel.empty)
        else:
            _chart(panel, rows, version)


def _chart(panel: Panel, rows: pd.DataFrame, version: int) -> None:
    views = list(panel.views(rows))
    if not views:
        st.caption(panel.empty)
        return
    view = views[0]
    if len(views) > 1:
        chosen = st.segmented_control(
            panel.view_label, views, default=view, key=f"view_{panel.key}_{version}", label_visibility="collapsed"
        )
        view = chosen or view
    in_words = panel.alt(rows, view)
    if panel.tells:
        st.markdown(text.plain(panel.tells(rows, view)))
    st.altair_chart(panel.chart(rows, view), width="stretch", alt=in_words)
    st.caption(panel.sentence)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.popover("In words", icon=":material/article:", type="tertiary"):
            st.markdown(text.plain(in_words))
        download(panel, rows, version)


def download(panel: Panel, rows: pd.DataFrame, version: int) -> None:
    """A button that makes a CSV file of the panel's rows when it is clicked, and writes down who did so."""
    user = session.require("recruiter")

    def file() -> bytes:
        session.check(user, "recruiter")
        about = {"Model version": f"match_v{version}", "Exported (UTC)": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"}
        made = export.to_csv(rows, panel.columns, about)
        _write_down(user, "export of figures", version, f"{panel.key}, csv, {len(rows)} rows")
        return made

    st.download_button(
        "CSV",
        file,
        export.file_name("quality", panel.key, f"v{version}", day=datetime.now(UTC).date()),
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"csv_{panel.key}_{version}",
        help=f"The figures of “{panel.title}” as a file",
    )


def metrics_table(metrics: pd.DataFrame, version: int) -> None:
    """Every metric of every scorer on the version's holdout, with interval and difference, for admins."""
    rows = metrics[metrics["judged_for"] == version]
    shown = pd.DataFrame(
        {
            "Ordered by": [words.scorer_name(scorer, version) for scorer in rows["scorer"]],
            "Metric": [words.METRICS[name].technical for name in rows["metric"]],
            "Value": rows["value"],
            "Low": rows["low"],
            "High": rows["high"],
            "Difference": rows["difference"],
            "Difference low": rows["difference_low"],
            "Difference high": rows["difference_high"],
            "Postings": rows["postings"],
        }
    )
    with st.expander("All figures", icon=":material/table:"):
        st.dataframe(
            shown,
            hide_index=True,
            placeholder="",
            column_config={
                name: st.column_config.NumberColumn(format="%.3f")
                for name in ("Value", "Low", "High", "Difference", "Difference low", "Difference high")
            },
            alt="All metrics of this version, the one before and the baselines",
        )
        st.caption(
            "Intervals hold 95 of 100 draws of the postings (bootstrap). Differences are to the version that was live "
            "before, on the same draws; for log loss, Brier score and calibration error less is better."
        )


@st.fragment
def model_card(url: str, data_version: int, version: int) -> None:
    """A button that makes the model card, then one that hands it over. For admins."""
    with guard("The model card"):
        user = session.require("admin")
        st.markdown(
            "The **model card** is this page as one file for the records: data, period, features, metrics, limits."
        )
        if not st.button("Make the model card", icon=":material/description:", key=f"make_card_{version}"):
            return
        with st.spinner("Drawing all charts …"):
            made = cached.quality.model_card(url, user.role, data_version, version)

        def file() -> bytes:
            session.check(user, "admin")
            _write_down(user, "export of model card", version, "html")
            return made

        st.download_button(
            "Download it (HTML)",
            file,
            f"model-card-v{version}.html",
            "text/html",
            icon=":material/download:",
            on_click="ignore",
            key=f"card_{version}",
        )


def _write_down(user: User, action: str, version: int, detail: str) -> None:
    audit.record(cached.connection.configured(), user.username, action, f"match_v{version}", detail)
