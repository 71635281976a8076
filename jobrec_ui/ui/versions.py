"""Model versions on the admins' page: which is live, the history, the timeline, and two of them side by side."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from jobrec_ui import cached, charts_models
from jobrec_ui.cached import model_versions
from jobrec_ui.models import Serving, VersionRecord, actions, records
from jobrec_ui.models.choices import MODEL_TYPES
from jobrec_ui.models.experiment import Figure
from jobrec_ui.settings import settings
from jobrec_ui.ui import session, text, version_dialogs
from jobrec_ui.ui.guard import guard

_METRICS = {
    "ndcg_at_10": "Order of the first ten (NDCG@10)",
    "ndcg_at_5": "Order of the first five (NDCG@5)",
    "ndcg_at_20": "Order of the first twenty (NDCG@20)",
    "mrr": "Place of the first good one (MRR)",
    "recall_at_10": "Recall among the first ten",
    "recall_at_50": "Recall among the first fifty",
    "precision_at_10": "Precision among the first ten",
    "auc": "Right order of two (AUC)",
    "average_precision": "Average precision",
    "log_loss": "Log loss (lower is better)",
    "brier": "Brier score (lower is better)",
    "calibration_error": "Calibration error (lower is better)",
}
_BASELINES = ("text similarity", "popularity", "random")


def since(now: Serving, timezone: str | None) -> str:
    """Since when the live version is, and who made it so, why."""
    return f"Since {text.moment(now.deployed_at, timezone)}, by {text.plain(now.deployed_by)}: {text.plain(now.reason)}"


def history(versions: list[VersionRecord], now: Serving | None) -> None:
    """Every version in a table, the newest first."""
    user, timezone = session.require("admin"), st.context.timezone
    metrics = _metrics(user.role, versions)
    rows = []
    for one in versions:
        rows.append(
            {
                "version": one.version,
                "state": status(one, now),
                "when": text.moment(one.requested_at, timezone),
                "who": one.requested_by,
                "quality": _value(metrics, one, one.name, "ndcg_at_10"),
                "difference": _difference(metrics, one),
                "why": one.detail,
                "note": one.choices.note,
                "choices": "; ".join(one.choices.in_words()) or "the defaults",
                "examples": "" if one.examples is None else f"{one.examples:,}",
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "version": st.column_config.NumberColumn("Version", width=70, pinned=True),
            "state": st.column_config.TextColumn("State", width=110),
            "when": st.column_config.TextColumn("Asked for", width=150),
            "who": st.column_config.TextColumn("By", width=110),
            "quality": st.column_config.TextColumn("NDCG@10", width=80),
            "difference": st.column_config.TextColumn("Against the live one", width=180),
            "why": st.column_config.TextColumn("Why", width=420),
            "note": st.column_config.TextColumn("Note", width=160),
            "choices": st.column_config.TextColumn("Choices", width=200),
            "examples": st.column_config.TextColumn("Examples", width=90),
        },
        height="content" if len(rows) <= 12 else 460,
        alt="All versions of the model, the newest first",
    )


def status(record: VersionRecord, now: Serving | None) -> str:
    """What a version is now, in a word or two."""
    if now is not None and record.version == now.live:
        return "live"
    if now is not None and record.version == now.challenger:
        return f"serves {now.share:.0%}"
    if record.dropped:
        return "dropped"
    return "live before" if record.state == "promoted" else record.state


def timeline(versions: list[VersionRecord]) -> None:
    """Which version was live when, as a picture and in words."""
    session.require("admin")
    timezone, rows = st.context.timezone, records.deployments(versions)
    if rows.empty:
        return
    said = [
        f"Version {row.version} from {text.moment(row.deployed_at, timezone)}, by {row.deployed_by}: {row.reason}"
        for row in rows.itertuples()
    ]
    now = datetime.now(UTC).replace(tzinfo=None)
    st.altair_chart(charts_models.deployment_timeline(rows, now), alt="Which version was live when. " + ". ".join(said))
    with st.expander("The same in words", icon=":material/notes:"):
        st.markdown("\n".join(f"- {text.plain(one)}" for one in reversed(said)))


def change(versions: list[VersionRecord], now: Serving | None) -> Callable[[], None] | None:
    """Buttons that change what serves. Returns what opens the dialog of the one that was pressed.

    To be called last on the page: what is pressed in a dialog while the page is still drawn closes it.
    """
    session.require("admin")
    pressed: Callable[[], None] | None = None
    targets = [] if now is None else actions.live_before(versions, now)
    ended = [one for one in versions if one.may_serve and (now is None or one.version != now.live)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Version",
            ended,
            format_func=lambda one: _name(one.version),
            key=f"version_{ended[0].version if ended else 0}",  # with a newer version the choice begins anew
            placeholder="There is no other version",
            disabled=not ended,
            width=260,
        )
        live = None if now is None else now.live
        buttons: list[tuple[str, str, str, Callable[[VersionRecord], None]]] = [
            ("Make it live", ":material/publish:", "promote_version", lambda one: version_dialogs.promote(one, live)),
            ("Share of postings", ":material/call_split:", "share_version", lambda one: _share(one, now)),
            ("Drop it", ":material/delete:", "drop_version", version_dialogs.drop),
        ]
        for label, icon, key, open_dialog in buttons:
            if st.button(label, icon=icon, key=key, disabled=chosen is None) and chosen is not None:
                pressed = functools.partial(open_dialog, chosen)
        if (
            st.button(
                f"Roll back to version {targets[0].version}" if targets else "Roll back",
                icon=":material/undo:",
                key="roll_back",
                disabled=not targets,
            )
            and live is not None
        ):
            pressed = functools.partial(_roll_back, live)
    if not targets:
        st.caption("There is nothing to roll back to: no earlier version was live whose model still exists.")
    return pressed


def _roll_back(live: int) -> None:
    """Only now is the warehouse asked which models it still has."""
    with guard("Rolling back"):
        there = actions.rollback_targets(cached.warehouse(settings().warehouse_url))
        if there:
            version_dialogs.roll_back(there[0], live)
        else:
            st.info("The models of the earlier versions are gone from the warehouse.", icon=":material/info:")


def _share(record: VersionRecord, now: Serving | None) -> None:
    if now is not None:
        version_dialogs.share(record, now.live, now.share if now.challenger == record.version else 0.0)


def compare(versions: list[VersionRecord]) -> None:
    """Two versions side by side: metrics with intervals, what they were made from."""
    user = session.require("admin")
    metrics = _metrics(user.role, versions)
    judged = [one for one in versions if one.version in set(metrics["judged_for"])]
    if not judged:
        st.caption("No version has been checked yet.")
        return
    numbers = [one.version for one in judged]
    latest = numbers[0]  # with a newer version the choice begins anew
    left, right = st.columns(2)
    with left:
        first = st.selectbox("Compare", numbers, format_func=_name, key=f"first_{latest}")
    with right:
        other = min(1, len(numbers) - 1)
        second = st.selectbox("with", numbers, index=other, format_func=_name, key=f"second_{latest}")
    if first == second and len(numbers) > 1:
        st.info("Choose two different versions.", icon=":material/info:")
        return
    by_number = {one.version: one for one in judged}
    one, two = by_number[first], by_number[second]
    st.dataframe(
        _side_by_side(metrics, one, two),
        hide_index=True,
        height="content",
        column_config={"metric": st.column_config.TextColumn("On the time held out", width=270, pinned=True)},
        alt=f"Version {one.version} beside version {two.version}",
    )
    st.caption(_what_is_compared(one, two))


def shares(now: Serving) -> None:
    """What recruiters did with the lists of both versions that serve."""
    user = session.require("admin")
    assert now.challenger is not None
    found = model_versions.comparison(settings().warehouse_url, user.role, now)
    if found is None:
        return
    st.markdown(
        f"Version {now.challenger} serves {now.share:.0%} of the postings since "
        f"{text.moment(now.share_since, st.context.timezone)}, version {now.live} the others."
    )
    sides = (found.live, found.challenger)
    rows = [
        ("Postings opened", *(f"{one.postings:,}" for one in sides), ""),
        ("Of these nobody shortlisted yet", *(f"{one.waiting:,}" for one in sides), ""),
        (
            "Shortlisted of the first ten",
            *(_figure(one.shortlisted) for one in sides),
            _figure(found.shortlisted_difference, signed=True),
        ),
        (
            "Hours to the first shortlisting",
            *(_figure(one.hours) for one in sides),
            _figure(found.hours_difference, signed=True),
        ),
    ]
    columns = ["", f"Version {now.live} (live)", f"Version {now.challenger}", "Difference"]
    shown = pd.DataFrame(rows, columns=columns)
    st.table(shown, hide_index=True, alt="What recruiters did with the lists of both versions")
    st.caption("In brackets: what 95 of 100 draws of as many postings give; missing with fewer than five postings.")


def _name(version: int) -> str:
    return f"Version {version}"


def _signed(value: float) -> str:
    """``+0.012``, ``-0.004``, and ``0.000`` without a sign."""
    return f"{value:+.3f}" if f"{abs(value):.3f}" != "0.000" else "0.000"


def _figure(found: Figure, signed: bool = False) -> str:
    if pd.isna(found.value):
        return "not known yet"
    sign = "+" if signed else ""
    between = "" if found.interval is None else f" ({found.interval[0]:{sign}.2f} to {found.interval[1]:{sign}.2f})"
    return f"{found.value:{sign}.2f}{between}"


def _metrics(role: str, versions: list[VersionRecord]) -> pd.DataFrame:
    return model_versions.metrics(settings().warehouse_url, role, versions[0].version, versions[0].state)


def _side_by_side(metrics: pd.DataFrame, one: VersionRecord, two: VersionRecord) -> pd.DataFrame:
    rows = []
    for metric, name in _METRICS.items():
        row = {
            "metric": name,
            f"Version {one.version}": _value(metrics, one, one.name, metric),
            f"Version {two.version}": _value(metrics, two, two.name, metric),
        }
        for baseline in _BASELINES:
            row[baseline.capitalize()] = _value(metrics, one, baseline, metric)
        rows.append(row)
    return pd.DataFrame(rows)


def _measured(metrics: pd.DataFrame, record: VersionRecord, scorer: str, metric: str) -> pd.Series | None:
    """What a scorer got on the holdout of a version; None if it was not measured."""
    of_version = metrics[metrics["judged_for"] == record.version]
    found = of_version[(of_version["scorer"] == scorer) & (of_version["metric"] == metric)]
    return None if found.empty else found.iloc[0]


def _value(metrics: pd.DataFrame, record: VersionRecord, scorer: str, metric: str) -> str:
    """``0.412 (0.380 to 0.450)``; empty if it was not measured."""
    row = _measured(metrics, record, scorer, metric)
    if row is None:
        return ""
    between = "" if pd.isna(row["low"]) else f" ({row['low']:.3f} to {row['high']:.3f})"
    return f"{row['value']:.3f}{between}"


def _difference(metrics: pd.DataFrame, record: VersionRecord) -> str:
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
        for each in (one, two)
    ]
    if (one.holdout_from, one.holdout_to, one.data_version) != (two.holdout_from, two.holdout_to, two.data_version):
        parts.append("They were checked on different postings, so small differences say little.")
    parts.append("In brackets: what 95 of 100 draws of the postings give. The baselines are those of the first one.")
    return " ".join(parts)
