"""Two model versions beside each other on the admins' page: how far one is above the other, and all figures of both."""

from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.models import VersionRecord
from jobrec_ui.models.choices import MODEL_TYPES
from jobrec_ui.quality import words
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.model import charts

_BASELINES = ("text similarity", "popularity", "random")


def compare(versions: list[VersionRecord]) -> None:
    """Two versions side by side: metrics with intervals, what they were made from."""
    user = session.require("admin")
    metrics = metrics_of(user.role, versions)
    judged = [one for one in versions if one.version in set(metrics["judged_for"])]
    if not judged:
        st.caption("No version has been checked yet.")
        return
    by_number = {one.version: one for one in judged}
    first, second = _chosen(list(by_number), metrics)
    if first == second and len(by_number) > 1:
        st.info("Choose two different versions.", icon=":material/info:")
        return
    one, two = by_number[first], by_number[second]
    if first != second:
        with guard("The difference of two versions"):
            _differences(user.role, metrics, one, two)
    st.dataframe(
        _side_by_side(metrics, one, two),
        hide_index=True,
        height="content",
        column_config={"metric": st.column_config.TextColumn("Metric", width=140, pinned=True)},
        alt=f"Version {one.version} beside version {two.version}",
    )
    st.caption(_what_is_compared(one, two))


def _chosen(numbers: list[int], metrics: pd.DataFrame) -> tuple[int, int]:
    """Which two of the versions to compare, the newest first; the only one with itself."""
    latest = numbers[0]  # with a newer version the choice begins anew
    if len(numbers) == 1:
        st.caption("There is nothing to compare it with yet: only one version has been checked.")
        return latest, latest
    left, right = st.columns(2)
    with left:
        first = st.selectbox("Compare", numbers, format_func=_name, key=f"first_{latest}")
    with right:
        others = numbers[1:]
        rival = _judged_beside(metrics, latest)
        second = st.selectbox(
            "with",
            numbers,
            index=numbers.index(rival if rival in others else others[0]),
            format_func=_name,
            key=f"second_{latest}",
        )
    return first, second


def _judged_beside(metrics: pd.DataFrame, version: int) -> int | None:
    """The version that was live when ``version`` was judged, on the same postings."""
    scorers = set(metrics[metrics["judged_for"] == version]["scorer"]) - {f"match_v{version}"}
    return next((int(one.removeprefix("match_v")) for one in scorers if one.startswith("match_v")), None)


def _differences(role: str, metrics: pd.DataFrame, one: VersionRecord, two: VersionRecord) -> None:
    """How far the first is above the second: as measured at its training if both were, else on the common postings."""
    if _judged_beside(metrics, one.version) == two.version:
        rows = metrics[(metrics["judged_for"] == one.version) & (metrics["scorer"] == one.name)]
    else:
        with st.spinner("Comparing them on the same postings …"):
            rows = cached.models.difference(settings().warehouse_url, role, one.version, two.version)
    rows = rows[rows["metric"].isin(list(words.METRICS)) & rows["difference"].notna()]
    if rows.empty:
        st.caption("They were not checked on any common posting, so no difference can be drawn.")
        return
    abouts = [words.METRICS[metric] for metric in rows["metric"]]
    rows = rows.assign(
        name=[_metric_name(about) for about in abouts],
        verdict=[_verdict(row, about) for row, about in zip(rows.itertuples(), abouts, strict=True)],
        place=[list(words.METRICS).index(metric) for metric in rows["metric"]],
    ).sort_values("place")
    title = f"Version {one.version} less version {two.version}"
    lines = [f"{row.name} {_signed(row.difference)}, {row.verdict}" for row in rows.itertuples(index=False)]
    st.altair_chart(charts.differences(rows, title), alt=f"{title}: {'; '.join(lines)}.")
    st.caption(
        f"{title}, on the {text.count(int(rows['postings'].max()), 'posting')} on which both were checked; the line "
        "holds 95 of 100 draws of them, and is missing with fewer than five. On the dashed line both are the same."
    )


def _verdict(row: Any, about: words.Metric) -> str:
    """Whether a difference is beyond what chance may do."""
    if pd.isna(row.difference_low) or row.difference_low <= 0 <= row.difference_high:
        return charts.CHANCE
    return charts.BETTER if (row.difference > 0) == about.higher_is_better else charts.WORSE


def _metric_name(about: words.Metric) -> str:
    """``NDCG@10``, ``log loss ↓``: short, so that it fits beside a picture on a phone."""
    return about.technical + ("" if about.higher_is_better else " ↓")


def _name(version: int) -> str:
    return f"Version {version}"


def _signed(value: float) -> str:
    """``+0.012``, ``-0.004``, and ``0.000`` without a sign."""
    return f"{value:+.3f}" if f"{abs(value):.3f}" != "0.000" else "0.000"


def metrics_of(role: str, versions: list[VersionRecord]) -> pd.DataFrame:
    return cached.models.metrics(settings().warehouse_url, role, versions[0].version, versions[0].state)


def _side_by_side(metrics: pd.DataFrame, one: VersionRecord, two: VersionRecord) -> pd.DataFrame:
    rows = []
    for metric, about in words.METRICS.items():
        row = {
            "metric": _metric_name(about),
            f"Version {one.version}": value(metrics, one, one.name, metric),
            f"Version {two.version}": value(metrics, two, two.name, metric),
        }
        for baseline in _BASELINES:
            row[baseline.capitalize()] = value(metrics, one, baseline, metric)
        rows.append(row)
    return pd.DataFrame(rows)


def _measured(metrics: pd.DataFrame, record: VersionRecord, scorer: str, metric: str) -> pd.Series | None:
    """What a scorer got on the holdout of a version; None if it was not measured."""
    of_version = metrics[metrics["judged_for"] == record.version]
    found = of_version[(of_version["scorer"] == scorer) & (of_version["metric"] == metric)]
    return None if found.empty else found.iloc[0]


def value(metrics: pd.DataFrame, record: VersionRecord, scorer: str, metric: str) -> str:
    """``0.412 (0.380 to 0.450)``; empty if it was not measured."""
    row = _measured(metrics, record, scorer, metric)
    if row is None:
        return ""
    between = "" if pd.isna(row["low"]) else f" ({row['low']:.3f} to {row['high']:.3f})"
    return f"{row['value']:.3f}{between}"


def difference(metrics: pd.DataFrame, record: VersionRecord) -> str:
    """Of NDCG@10 to the version that was live when this one was checked."""
    row = _measured(metrics, record, record.name, "ndcg_at_10")
    if row is None or pd.isna(row["difference"]):
        return ""
    low, high = row["difference_low"], row["difference_high"]
    between = "" if pd.isna(low) else f" ({_signed(low)} to {_signed(high)})"
    return f"{_signed(row['difference'])}{between}"


def _what_is_compared(one: VersionRecord, two: VersionRecord) -> str:
    parts = [
        f"Version {each.version}: {MODEL_TYPES[each.choices.model_type].partition(':')[0]}, "
        f"{text.count(each.examples or 0, 'example')}, data version {each.data_version}, checked on "
        f"{text.day(each.holdout_from)} to {text.day(each.holdout_to)}."
        for each in ([one] if one.version == two.version else [one, two])
    ]
    if (one.holdout_from, one.holdout_to, one.data_version) != (two.holdout_from, two.holdout_to, two.data_version):
        parts.append("They were checked on different postings, so small differences say little.")
    parts.append(
        "In brackets: what 95 of 100 draws of the postings give. With ↓ less is better. The baselines are those of the "
        "first one."
    )
    return " ".join(parts)
