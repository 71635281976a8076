"""The charts of the quality page and the model card: without a width, and in colours for light and dark."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

# Told apart by people who see colours differently, readable on light and on dark; lines have dashes of their own too.
_COLORS = ("#2A9D8F", "#D96F38", "#5B8DEF", "#9B7FE6", "#7C8A96")
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [3, 4])
MAIN, MUTED = _COLORS[0], _COLORS[4]
_HEIGHT, _HEIGHT_WITH_LEGEND = 260, 380
_PERCENT = alt.Axis(format="%", tickCount=5)


def _who(frame: pd.DataFrame) -> dict[str, Any]:
    """Colour and dash by who scored, in the order of ``place``; one legend below the chart."""
    shown = frame.drop_duplicates("who").sort_values("place")
    names, places = shown["who"].tolist(), shown["place"].tolist()
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=250, symbolType="stroke")
    return {
        "color": alt.Color(
            "who:N", scale=alt.Scale(domain=names, range=[_COLORS[place] for place in places]), legend=legend
        ),
        "strokeDash": alt.StrokeDash(
            "who:N", scale=alt.Scale(domain=names, range=[_DASHES[place] for place in places]), legend=legend
        ),
    }


def lines(frame: pd.DataFrame, x: str, y: str, x_title: str, y_title: str, *, x_percent: bool = False) -> alt.Chart:
    """One line for each scorer; ``frame`` has [who, place, x, y], y a share."""
    return (
        alt.Chart(frame)
        .mark_line(strokeWidth=2, clip=True)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, axis=_PERCENT if x_percent else alt.Axis(tickCount=6, grid=False)),
            y=alt.Y(f"{y}:Q", title=y_title, axis=_PERCENT),
            order=f"{x}:Q",
            tooltip=[
                alt.Tooltip("who:N", title="Who"),
                alt.Tooltip(f"{x}:Q", title=x_title, format=".0%" if x_percent else "d"),
                alt.Tooltip(f"{y}:Q", title=y_title, format=".0%"),
            ],
            **_who(frame),
        )
        .properties(height=_HEIGHT_WITH_LEGEND)
    )


def versions(frame: pd.DataFrame, title: str, *, percent: bool) -> alt.LayerChart:
    """Each version's value with its interval, and what the best baseline gets on the same postings.

    ``frame`` has [version, value, low, high, postings, text].
    """
    form = ".0%" if percent else ".3f"
    base = alt.Chart(frame).encode(
        x=alt.X("name:N", title=None, sort=frame["name"].tolist(), axis=alt.Axis(labelAngle=0)),
        tooltip=[
            alt.Tooltip("name:N", title="Version"),
            alt.Tooltip("value:Q", title=title, format=form),
            alt.Tooltip("low:Q", title="At least", format=form),
            alt.Tooltip("high:Q", title="At most", format=form),
            alt.Tooltip("postings:Q", title="Postings"),
            alt.Tooltip("text:Q", title="Plain comparison of texts", format=form),
        ],
    )
    axis = _PERCENT if percent else alt.Axis(tickCount=5)
    y = alt.Y("value:Q", title=title, axis=axis, scale=alt.Scale(zero=True))
    spans = base.mark_rule(color=MAIN, strokeWidth=2).encode(y=alt.Y("low:Q", title=title, axis=axis), y2="high:Q")
    points = base.mark_point(color=MAIN, filled=True, size=90, opacity=1).encode(y=y)
    texts = base.mark_tick(color=_COLORS[2], thickness=2, size=26, opacity=1).encode(y=alt.Y("text:Q", title=title))
    return alt.LayerChart(layer=[texts, spans, points]).properties(height=_HEIGHT)


def intervals(frame: pd.DataFrame, title: str, *, percent: bool) -> alt.LayerChart:
    """A row for each name with a point and its interval; rows that are not ``sure`` are grey.

    ``frame`` has [name, value, low, high, sure, count], in the order to be shown.
    """
    form = ".0%" if percent else ".3f"
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "name:N", sort=frame["name"].tolist(), title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False)
        ),
        color=alt.condition("datum.sure", alt.value(MAIN), alt.value(MUTED)),
        opacity=alt.condition("datum.sure", alt.value(1), alt.value(0.55)),
        tooltip=[
            alt.Tooltip("name:N", title="Which"),
            alt.Tooltip("value:Q", title=title, format=form),
            alt.Tooltip("low:Q", title="At least", format=form),
            alt.Tooltip("high:Q", title="At most", format=form),
            alt.Tooltip("count:N", title="From"),
        ],
    )
    domain = [0, 1] if percent else [0, max(0.01, float(frame[["value", "high"]].max().max()) * 1.05)]
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=domain),
        "axis": _PERCENT if percent else alt.Axis(tickCount=5),
        "title": title,
    }
    spans = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", **x), x2="high:Q")
    points = base.mark_point(filled=True, size=80).encode(x=alt.X("value:Q", **x))
    return alt.LayerChart(layer=[spans, points]).properties(height=alt.Step(26))


def bars(frame: pd.DataFrame, title: str, form: str) -> alt.Chart:
    """A bar for each ``name``, ``value`` long; ``frame`` in the order to be shown."""
    return (
        alt.Chart(frame)
        .mark_bar(color=MAIN, cornerRadius=2, height=14)
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False)),
            x=alt.X("value:Q", title=title, axis=alt.Axis(format=form, tickCount=5)),
            tooltip=[alt.Tooltip("name:N", title="Which"), alt.Tooltip("value:Q", title=title, format=form)],
        )
        .properties(height=alt.Step(22))
    )


def columns(frame: pd.DataFrame, x_title: str, y_title: str, *, mark: float) -> alt.LayerChart:
    """A column for each ``x``, ``value`` high, with a line at ``mark``."""
    base = alt.Chart(frame).mark_bar(color=MAIN, cornerRadius=2)
    drawn = base.encode(
        x=alt.X("x:N", title=x_title, sort=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=y_title, axis=alt.Axis(tickCount=5)),
        tooltip=[
            alt.Tooltip("x:N", title=x_title),
            alt.Tooltip("value:Q", title=y_title, format=".1f"),
            alt.Tooltip("count:N", title="From"),
        ],
    )
    rule = alt.Chart(pd.DataFrame({"at": [mark]})).mark_rule(color=MUTED, strokeDash=[4, 3]).encode(y="at:Q")
    return alt.LayerChart(layer=[drawn, rule]).properties(height=_HEIGHT)


def calibration(frame: pd.DataFrame) -> alt.LayerChart:
    """What the scores say against what came to pass, with the line on which both are the same.

    ``frame`` has [who, place, mean_score, relevant_share, low, high, candidates].
    """
    share = alt.Scale(domain=[0, 1])
    x = alt.X("mean_score:Q", title="What the score says", axis=_PERCENT, scale=share)
    title = "Share that really was good"
    base = alt.Chart(frame).encode(
        x=x,
        tooltip=[
            alt.Tooltip("who:N", title="Who"),
            alt.Tooltip("mean_score:Q", title="Mean score", format=".0%"),
            alt.Tooltip("relevant_share:Q", title=title, format=".0%"),
            alt.Tooltip("candidates:Q", title="Candidates", format=",d"),
        ],
        **_who(frame),
    )
    exact = (
        alt.Chart(pd.DataFrame({"mean_score": [0, 1], "relevant_share": [0, 1]}))
        .mark_line(color=MUTED, strokeDash=[4, 3], strokeWidth=1)
        .encode(x=x, y="relevant_share:Q")
    )
    y = alt.Y("relevant_share:Q", title=title, axis=_PERCENT, scale=share)
    spans = base.mark_rule(strokeWidth=1).encode(y=alt.Y("low:Q", title=title, scale=share), y2="high:Q")
    drawn = base.mark_line(strokeWidth=2).encode(y=y)
    points = base.mark_point(filled=True, size=50).encode(y=y)
    return alt.LayerChart(layer=[exact, spans, drawn, points]).properties(height=_HEIGHT_WITH_LEGEND)


def strips(frame: pd.DataFrame, x_title: str) -> alt.Chart:
    """A row for each ``name``, stronger where more of its candidates are.

    ``frame`` has [name, low, high, share, strength, count].
    """
    return (
        alt.Chart(frame)
        .mark_rect(color=MAIN)
        .encode(
            x=alt.X("low:Q", title=x_title, axis=_PERCENT, scale=alt.Scale(domain=[0, 1])),
            x2="high:Q",
            y=alt.Y(
                "name:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False, grid=False)
            ),
            opacity=alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 1]), legend=None),
            tooltip=[
                alt.Tooltip("name:N", title="Outcome"),
                alt.Tooltip("low:Q", title="Score from", format=".0%"),
                alt.Tooltip("high:Q", title="to", format=".0%"),
                alt.Tooltip("share:Q", title="Share of them", format=".1%"),
                alt.Tooltip("count:Q", title="Candidates", format=",d"),
            ],
        )
        .properties(height=alt.Step(30))
    )


def pairs_of_bars(frame: pd.DataFrame, title: str, periods: Sequence[str]) -> alt.Chart:
    """Two bars for each ``name``, then and now. ``frame`` has [name, period, share, count]."""
    return (
        alt.Chart(frame)
        .mark_bar(cornerRadius=2)
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
            yOffset=alt.YOffset("period:N", sort=list(periods)),
            x=alt.X("share:Q", title=title, axis=_PERCENT),
            color=alt.Color(
                "period:N",
                scale=alt.Scale(domain=list(periods), range=[MUTED, MAIN]),
                legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=250),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Which"),
                alt.Tooltip("period:N", title="When"),
                alt.Tooltip("share:Q", title=title, format=".1%"),
                alt.Tooltip("count:Q", title="Count", format=",d"),
            ],
        )
        .properties(height=alt.Step(14))
    )


def shares(frame: pd.DataFrame, states: Sequence[str], title: str) -> alt.Chart:
    """A stacked bar for each ``name``. ``frame`` has [name, state, place, candidates]; states in their order."""
    colors = (_COLORS[0], _COLORS[2], _COLORS[3], _COLORS[1], MUTED)
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False)),
            x=alt.X("candidates:Q", stack="normalize", title=title, axis=_PERCENT),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=list(states), range=list(colors[: len(states)])),
                legend=alt.Legend(title=None, orient="bottom", columns=2),
            ),
            order="place:Q",
            tooltip=[
                alt.Tooltip("name:N", title="Rank"),
                alt.Tooltip("state:N", title="What became of them"),
                alt.Tooltip("candidates:Q", title="Candidates", format=",d"),
            ],
        )
        .properties(height=alt.Step(34))
    )


def drift(frame: pd.DataFrame) -> alt.LayerChart:
    """A bar for each ``name`` with its index, a tick at what chance may do, and lines at 0.1 and 0.25.

    A bar is grey that does not reach beyond its tick.

    ``frame`` has [name, value, chance, missing_then, missing_now], in the order to be shown.
    """
    reach = max(0.3, float(frame["value"].max()) * 1.05)
    rows = frame.assign(beyond=frame["value"] > frame["chance"])
    title = "Population stability index"
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("name:N", title="Feature"),
            alt.Tooltip("value:Q", title="Index", format=".2f"),
            alt.Tooltip("chance:Q", title="By chance up to", format=".2f"),
            alt.Tooltip("missing_then:Q", title="Missing then", format=".0%"),
            alt.Tooltip("missing_now:Q", title="Missing now", format=".0%"),
        ],
    )
    x: dict[str, Any] = {"title": title, "axis": alt.Axis(tickCount=5), "scale": alt.Scale(domain=[0, reach])}
    drawn = base.mark_bar(cornerRadius=2, height=14).encode(
        x=alt.X("value:Q", **x), color=alt.condition("datum.beyond", alt.value(_COLORS[1]), alt.value(MUTED))
    )
    by_chance = base.mark_tick(color=_COLORS[2], thickness=2, size=20, opacity=1, clip=True).encode(
        x=alt.X("chance:Q", **x)
    )
    limits = pd.DataFrame({"at": [0.1, 0.25]})
    rules = alt.Chart(limits).mark_rule(color=MUTED, strokeDash=[4, 3]).encode(x="at:Q")
    return alt.LayerChart(layer=[drawn, rules, by_chance]).properties(height=alt.Step(22))
