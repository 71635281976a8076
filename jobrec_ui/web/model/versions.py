"""Model versions on the admins' page: which is live, the history, the timeline, what was done with two that serve."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from jobrec_ui.models import Serving, VersionRecord, admin, records
from jobrec_ui.models.experiment import Figure
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.model import charts, version_compare, version_dialogs


def since(now: Serving, timezone: str | None) -> str:
    """Since when the live version is, and who made it so, why."""
    return f"Since {text.moment(now.deployed_at, timezone)}, by {text.plain(now.deployed_by)}: {text.plain(now.reason)}"


def history(versions: list[VersionRecord], now: Serving | None) -> None:
    """Every version in a table, the newest first."""
    user, timezone = session.require("admin"), st.context.timezone
    metrics = version_compare.metrics_of(user.role, versions)
    rows = []
    for one in versions:
        rows.append(
            {
                "version": one.version,
                "state": status(one, now),
                "when": text.moment(one.requested_at, timezone),
                "who": one.requested_by,
                "quality": version_compare.value(metrics, one, one.name, "ndcg_at_10"),
                "difference": version_compare.difference(metrics, one),
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
            "quality": st.column_config.TextColumn("NDCG@10", width=170),
            "difference": st.column_config.TextColumn("Against the live one", width=190),
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
    lines = [
        f"Version {row.version} from {text.moment(row.deployed_at, timezone)}, by {row.deployed_by}: {row.reason}"
        for row in rows.itertuples()
    ]
    drawn = rows.assign(
        **{
            column: [None if pd.isna(at) else text.in_zone(at, timezone).replace(tzinfo=None) for at in rows[column]]
            for column in ("deployed_at", "until")
        }
    )
    now = text.in_zone(datetime.now(UTC), timezone).replace(tzinfo=None)
    st.altair_chart(charts.deployment_timeline(drawn, now), alt="Which version was live when. " + ". ".join(lines))
    with st.expander("The same in words", icon=":material/notes:"):
        st.markdown("\n".join(f"- {text.plain(one)}" for one in reversed(lines)))


def change(versions: list[VersionRecord], now: Serving | None) -> Callable[[], None] | None:
    """Buttons that change what serves. Returns what opens the dialog of the one that was pressed.

    To be called last on the page: what is pressed in a dialog while the page is still drawn closes it.
    """
    session.require("admin")
    pressed: Callable[[], None] | None = None
    targets = admin.live_before(versions)
    ended = [one for one in versions if one.may_serve and (now is None or one.version != now.live)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Version",
            ended,
            format_func=lambda one: f"Version {one.version}",
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
        there = admin.rollback_targets(cached.connection.configured())
        if there:
            version_dialogs.roll_back(there[0], live)
        else:
            st.info("The models of the earlier versions are gone from the warehouse.", icon=":material/info:")


def _share(record: VersionRecord, now: Serving | None) -> None:
    if now is not None:
        version_dialogs.share(record, now.live, now.share if now.challenger == record.version else 0.0)


def shares(now: Serving) -> None:
    """What recruiters did with the lists of both versions that serve."""
    user = session.require("admin")
    assert now.challenger is not None
    found = cached.models.comparison(settings().warehouse_url, user.role, now)
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


def _figure(found: Figure, signed: bool = False) -> str:
    if pd.isna(found.value):
        return "not known yet"
    sign = "+" if signed else ""
    value, *interval = (f"{round(one, 2) + 0.0:{sign}.2f}" for one in (found.value, *(found.interval or ())))
    return f"{value} ({interval[0]} to {interval[1]})" if interval else value
