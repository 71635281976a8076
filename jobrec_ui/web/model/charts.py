"""Charts of the models' page, as Altair charts that follow the app's theme."""

from datetime import datetime, timedelta

import altair as alt
import pandas as pd

LIVE, EARLIER = "live now", "live before"
BETTER, WORSE, CHANCE = "better", "worse", "may be chance"
_COLORS = {LIVE: "#2A9D8F", EARLIER: "#8FA3B0"}
_DIFFERENCES = {BETTER: "#2A9D8F", WORSE: "#D96F38", CHANCE: "#7C8A96"}
_SHAPES = ("triangle-right", "triangle-left", "circle")


def deployment_timeline(deployments: pd.DataFrame, now: datetime) -> alt.LayerChart:
    """Which version was live when: a bar for each time one was.

    ``deployments`` has [version, deployed_by, reason, deployed_at, until], until missing for the live one; all times,
    and ``now``, are the reader's. Raises ValueError if nothing was ever live.
    """
    if deployments.empty:
        raise ValueError("Nothing was ever live.")
    rows = deployments.assign(
        name="Version " + deployments["version"].astype(str),
        when=[LIVE if pd.isna(until) else EARLIER for until in deployments["until"]],
        until=[now if pd.isna(until) else until for until in deployments["until"]],
    )
    spans_days = now - rows["deployed_at"].min() > timedelta(days=4)
    order = [f"Version {number}" for number in sorted(set(rows["version"]), reverse=True)]
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X(
            "deployed_at:T",
            title=None,
            axis=alt.Axis(
                tickCount=5, grid=False, labelOverlap=True, format="%d %b %Y" if spans_days else "%d %b, %H:%M"
            ),
        ),
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


def differences(frame: pd.DataFrame, title: str) -> alt.LayerChart:
    """How far one version is above another in each metric, with its interval and a line where both are the same.

    ``frame`` has [name, difference, difference_low, difference_high, verdict], verdict one of BETTER, WORSE and CHANCE.
    """
    numbers = frame[["difference", "difference_low", "difference_high"]].astype(float)
    reach = float(numbers.abs().max().max()) * 1.1 or 0.01
    frame = frame.assign(**{name: numbers[name] for name in numbers})
    verdicts = list(_DIFFERENCES)
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=140, ticks=False, domain=False)),
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=verdicts, range=list(_DIFFERENCES.values())),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="Metric"),
            alt.Tooltip("difference:Q", title="Difference", format="+.3f"),
            alt.Tooltip("difference_low:Q", title="At least", format="+.3f"),
            alt.Tooltip("difference_high:Q", title="At most", format="+.3f"),
            alt.Tooltip("verdict:N", title="It is"),
        ],
    )
    scale, axis = alt.Scale(domain=[-reach, reach], nice=False), alt.Axis(format="+.2f", tickCount=5)
    spans = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("difference_low:Q", title=title, scale=scale, axis=axis), x2="difference_high:Q"
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=alt.X("difference:Q", title=title, scale=scale, axis=axis),
        shape=alt.Shape("verdict:N", scale=alt.Scale(domain=verdicts, range=list(_SHAPES)), legend=None),
    )
    same = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color="#7C8A96", strokeDash=[4, 3]).encode(x="at:Q")
    return alt.LayerChart(layer=[same, spans, points]).properties(height=alt.Step(24))
