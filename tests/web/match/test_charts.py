"""The chart of reasons: which bars it draws, and on which side of zero; and that of two versions."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from jobrec_ui.web.match import charts
from jobrec_ui.web.model import charts as model_charts

REASONS = pd.DataFrame(
    {
        "label": ["Skills met", "Distance", "Pay"],
        "display": ["4 of 5", "80 km", "8% more"],
        "contribution": [0.21, -0.094, 0.004],
    }
)


def test_bars_are_signed_points_with_their_side_said_in_words() -> None:
    rows = charts.contributions(REASONS).layer[0].data
    assert rows["points"].round(6).tolist() == [21.0, -9.4, 0.4]
    assert rows["points_text"].tolist() == ["+21.0", "−9.4", "+0.4"]
    assert rows["effect"].tolist() == [charts.HELPS, charts.HURTS, charts.HELPS]


def test_the_strongest_reasons_are_kept_in_their_order() -> None:
    rows = charts.contributions(REASONS, most=2).layer[0].data
    assert rows["label"].tolist() == ["Skills met", "Distance"]
    assert charts.contributions(REASONS).to_dict()["layer"][0]["encoding"]["y"]["sort"] is None


def test_zero_is_in_the_middle_and_every_bar_fits() -> None:
    low, high = charts.contributions(REASONS).to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low == -high
    assert high > 21.0


def test_no_reasons_no_chart() -> None:
    with pytest.raises(ValueError, match="no reasons"):
        charts.contributions(REASONS.head(0))


@pytest.mark.parametrize(("days", "form"), [(2, "%d %b, %H:%M"), (90, "%d %b %Y")])
def test_the_timeline_reaches_to_now_and_says_days_or_hours(days: int, form: str) -> None:
    began = datetime(2026, 5, 1, 8)
    rows = pd.DataFrame({"version": [1, 2], "deployed_by": "ann", "reason": "better", "until": [began, None]})
    now = began + timedelta(days=days)
    drawn = model_charts.deployment_timeline(rows.assign(deployed_at=[began, began]), now)
    bars = drawn.data
    assert bars["when"].tolist() == [model_charts.EARLIER, model_charts.LIVE]
    assert bars["until"].tolist() == [began, now]
    assert drawn.to_dict()["layer"][0]["encoding"]["x"]["axis"]["format"] == form


@pytest.mark.parametrize("interval", [(-0.02, 0.08), (None, None)])
def test_differences_of_versions_fit_with_and_without_intervals(interval: tuple[float | None, float | None]) -> None:
    rows = pd.DataFrame({"name": ["AUC"], "difference": [0.03], "verdict": [model_charts.CHANCE]})
    rows["difference_low"], rows["difference_high"] = interval
    drawn = model_charts.differences(rows, "Version 3 less version 2").to_dict()
    low, high = drawn["layer"][2]["encoding"]["x"]["scale"]["domain"]
    assert low == -high
    assert high > max(0.03, interval[1] or 0)


def test_a_signed_nought_has_no_sign() -> None:
    assert [charts.signed(points) for points in (2.14, -0.41, -0.04, 0.0)] == ["+2.1", "−0.4", "0.0", "0.0"]
