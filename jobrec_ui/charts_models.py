"""Charts of the models' page, as Altair charts that follow the app's theme."""

from datetime import datetime

import altair as alt
import pandas as pd

LIVE, EARLIER = "live now", "live before"
_COLORS = {LIVE: "#2A9D8F", EARLIER: "#8FA3B0"}


def deployment_timeline(deployments: pd.DataFrame, now: datetime) -> alt.LayerChart:
    """Which version was live when: a bar for each time one was.

    ``deployments`` has [version, deployed_by, reason, deployed_at, until], until missing for the live one.
    Raises ValueError if nothing was ever live.
    """
    if deployments.empty:
        raise ValueError("Nothing was ever live.")
    rows = deployments.assign(
        name="Version " + deployments["version"].astype(str),
        when=[LIVE if pd.isna(until) else EARLIER for until in deployments["until"]],
        until=deployments["until"].fillna(pd.Timestamp(now)),
    )
    order = [f"Version {number}" for number in sorted(set(rows["version"]), reverse=True)]
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("deployed_at:T", title=None, axis=alt.Axis(tickCount=5, grid=False, labelOverlap=True)),
        tooltip=[
            alt.Tooltip("name:N", title="Live"),
            alt.Tooltip("deployed_at:T", title="From", format="%d %b %Y, %H:%M"),
            alt.Tooltip("until:T", title="Until", format="%d %b %Y, %H:%M"),
            alt.Tooltip("deployed_by:N", title="By"),
            alt.Tooltip("reason:N", title="Why"),
        ],
    )
    color = alt.Color(
        "when:N",
        scale=alt.Scale(domain=list(_COLORS), range=list(_COLORS.values())),
        legend=alt.Legend(title=None, orient="top"),
    )
    bars = base.mark_bar(cornerRadius=3, height=16).encode(x2="until:T", color=color)
    starts = base.mark_tick(thickness=3, size=22).encode(color=color)
    return alt.LayerChart(layer=[bars, starts]).properties(height=alt.Step(34))
