"""Panels on the scores themselves: how they separate, whether they can be taken at their word, what moves them."""

from typing import Any

import numpy as np
import pandas as pd

from jobrec_ui.quality import bootstrap, charts
from jobrec_ui.quality.panels.base import Panel, joined, with_names

_MOST_FEATURES = 15


def _with_start(frame: pd.DataFrame) -> pd.DataFrame:
    """The curve of each scorer begins where nothing is above the threshold."""
    starts = frame.drop_duplicates("who").assign(found=0.0, false_alarms=0.0, precision_above=np.nan, threshold=np.nan)
    return pd.concat([starts, frame], ignore_index=True).sort_values("place", kind="stable")


def _at_share(column: str, at: float, shown_column: str, sentence: str) -> Any:
    def tell(frame: pd.DataFrame, view: str) -> str:
        parts = []
        for who, rows in frame.groupby("who", sort=False):
            nearest = rows.iloc[(rows[column] - at).abs().argmin()]
            parts.append(f"{who}: {sentence.format(nearest[shown_column])}")
        return joined(parts)

    return tell


ROC = Panel(
    "roc",
    "Good ones found against false alarms",
    "Going down the scores of all pairs together: how many good candidates are above, how many others too. (ROC)",
    "curve_roc",
    lambda frame, view: charts.lines(
        _with_start(frame), "false_alarms", "found", "Others above the threshold", "Good ones above it", x_percent=True
    ),
    _at_share("false_alarms", 0.1, "found", "{:.0%} of the good ones are above a tenth of the others"),
    {
        "who": "Ordered by",
        "threshold": "Threshold",
        "false_alarms": "False positive rate",
        "found": "True positive rate",
    },
)
PR = Panel(
    "pr",
    "How pure the top is",
    "Going down the scores: of all that are above, how many are good, the more of the good ones are found.",
    "curve_roc",
    lambda frame, view: charts.lines(
        frame, "found", "precision_above", "Good ones found", "Of those above, good", x_percent=True
    ),
    _at_share("found", 0.5, "precision_above", "when half of the good ones are found, {:.0%} of those above are good"),
    {"who": "Ordered by", "threshold": "Threshold", "found": "Recall", "precision_above": "Precision"},
)


def _with_intervals(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    low, high = bootstrap.wilson(*(rows[name].to_numpy(dtype=float) for name in ("relevant_share", "candidates")))
    return with_names(rows.assign(low=low, high=high), version)


CALIBRATION = Panel(
    "calibration",
    "Can a score be taken at its word?",
    "Candidates by tenths of the score: the share that really applied or was put forward. On the dashed line both are "
    "the same. The share depends on how many others are drawn for each posting, and more are drawn here than to learn "
    "from, so it may lie below the line: what counts is that it rises.",
    "calibration",
    lambda frame, view: charts.calibration(frame),
    lambda frame, view: joined(
        [
            f"{row.who}, scores around {row.mean_score:.0%}: {row.relevant_share:.0%} of {row.candidates:,} were good"
            for row in frame[frame["place"] == 0].itertuples()
        ]
    ),
    {"who": "Scored by", "tenth": "Tenth", "candidates": "Candidates", "relevant": "Good ones",
     "mean_score": "Mean score", "relevant_share": "Share that was good", "low": "Low", "high": "High"},
    shape=_with_intervals,
)  # fmt: skip


def _by_outcome(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    totals = rows.groupby("label")["candidates"].transform("sum")
    rows = rows.assign(
        name=[_outcome(label, stage) for label, stage in zip(rows["label"], rows["stage"], strict=True)],
        low=rows["twentieth"] / 20,
        high=(rows["twentieth"] + 1) / 20,
        share=rows["candidates"] / totals,
        count=rows["candidates"],
    )
    rows["strength"] = rows["share"] / rows.groupby("label")["share"].transform("max")
    rows["name"] = [f"{name} ({total:,})" for name, total in zip(rows["name"], totals, strict=True)]
    return rows.sort_values(["label", "twentieth"], ascending=[False, True], ignore_index=True)


def _outcome(label: float, stage: Any) -> str:
    if isinstance(stage, str):
        return stage.capitalize()
    return "Nothing happened" if label == 0 else f"Target {label:g}"


def _outcome_words(frame: pd.DataFrame, view: str) -> str:
    middle = (frame["low"] + frame["high"]) / 2 * frame["count"]
    means = middle.groupby(frame["name"], sort=False).sum() / frame.groupby("name", sort=False)["count"].sum()
    return joined([f"{name}: mean score about {mean:.0%}" for name, mean in means.items()])


BY_OUTCOME = Panel(
    "scores_by_outcome",
    "Scores by what came of it",
    "Where the scores of candidates lie by the furthest they then got; in brackets how many. Further down the list of "
    "outcomes, the strong colour should lie further to the left.",
    "scores_by_outcome",
    lambda frame, view: charts.strips(frame, "Score"),
    _outcome_words,
    {
        "name": "Outcome",
        "low": "Score from",
        "high": "Score to",
        "count": "Candidates",
        "share": "Share of the outcome",
    },
    shape=_by_outcome,
)


IMPORTANCE = Panel(
    "importance",
    "What the model goes by",
    f"Which features move the scores most, on average over the pairs it learned from: the first {_MOST_FEATURES}.",
    "importance",
    lambda frame, view: charts.bars(
        frame.head(_MOST_FEATURES).assign(name=frame["label"], value=frame["share"]), "Share of all movement", ".0%"
    ),
    lambda frame, view: joined([f"{row.label}: {row.share:.1%}" for row in frame.head(_MOST_FEATURES).itertuples()]),
    {"feature": "Feature", "label": "Name", "topic": "Topic", "share": "Share"},
)
