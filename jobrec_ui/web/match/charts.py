"""The charts of the pages, as Altair charts that follow the app's theme."""

import altair as alt
import pandas as pd

HELPS, HURTS = "speaks for", "speaks against"
# Told apart by people who see colours differently, and readable on light and on dark; the side of the bar and the sign
# of the number say the same.
_MUTED = "#6F7F8E"
_COLORS = {HELPS: "#2A9D8F", HURTS: "#D96F38"}


def signed(points: float) -> str:
    """``+2.1``, ``−0.4`` with a real minus sign, or ``0.0``."""
    rounded = f"{points:+.1f}"
    return "0.0" if rounded in ("+0.0", "-0.0") else rounded.replace("-", "−")


def contributions(reasons: pd.DataFrame, most: int = 8) -> alt.LayerChart:
    """Signed bars: how many points each of the ``most`` strongest reasons adds to or takes from the score.

    ``reasons`` has [label, display, contribution], contribution in score points (0 to 1), strongest first.
    Raises ValueError if there are no reasons.
    """
    if reasons.empty:
        raise ValueError("There are no reasons to draw.")
    rows = reasons.head(most)[["label", "display", "contribution"]].copy()
    rows["points"] = rows["contribution"].astype(float) * 100
    rows["effect"] = rows["points"].ge(0).map({True: HELPS, False: HURTS})
    rows["points_text"] = rows["points"].map(signed)
    reach = max(float(rows["points"].abs().max()) * 1.35, 1.0)  # room for the numbers beside the bars

    base = alt.Chart(rows).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=190, ticks=False, domain=False)),
        x=alt.X(
            "points:Q",
            title="Points of the match score",
            scale=alt.Scale(domain=[-reach, reach], nice=False),
            axis=alt.Axis(labelExpr="datum.value == 0 ? '0' : format(datum.value, '+d')", tickCount=5, grid=False),
        ),
        tooltip=[
            alt.Tooltip("label:N", title="What"),
            alt.Tooltip("display:N", title="Here"),
            alt.Tooltip("points_text:N", title="Points"),
        ],
    )
    color = alt.Color(
        "effect:N",
        scale=alt.Scale(domain=list(_COLORS), range=list(_COLORS.values())),
        legend=alt.Legend(title=None, orient="top"),
    )
    bars = base.mark_bar(cornerRadius=3, height=14).encode(color=color)
    numbers = base.encode(text="points_text:N")
    right = numbers.transform_filter("datum.points >= 0").mark_text(align="left", dx=4, fontSize=12, color=_MUTED)
    left = numbers.transform_filter("datum.points < 0").mark_text(align="right", dx=-4, fontSize=12, color=_MUTED)
    zero = alt.Chart(pd.DataFrame({"points": [0]})).mark_rule(color=_MUTED, strokeWidth=1).encode(x="points:Q")
    return alt.LayerChart(layer=[bars, zero, right, left]).properties(height=alt.Step(26))
