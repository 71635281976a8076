"""Panels on how well candidates are ordered: over versions, beside baselines, at each depth, for kinds of postings."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from jobrec_ui.quality import charts, words
from jobrec_ui.quality.figures import METRICS
from jobrec_ui.quality.panels.base import Panel, joined, with_names

SHOWN_METRICS = ("ndcg_at_10", "precision_at_10", "recall_at_10", "auc")
FEW_POSTINGS = 10
_SEGMENTS = {
    "area": "Area of work",
    "place": "Place",
    "seniority": "Seniority",
    "language": "Language asked for",
    "candidate": "New and known people",
}
_CANDIDATES = {"new": "New: nothing known from before", "known": "Known from earlier postings"}


def _metric_views(frame: pd.DataFrame) -> Sequence[str]:
    return [words.METRICS[name].name for name in SHOWN_METRICS if name in set(frame["metric"])]


def _metric(view: str) -> str:
    return next(key for key, metric in words.METRICS.items() if metric.name == view)


# ---- versions --------------------------------------------------------------------------------------------------------


def _of_versions(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    own = rows[rows["scorer"] == "match_v" + rows["judged_for"].astype(str)]
    text = rows[rows["scorer"] == words.TEXT][["judged_for", "metric", "value"]].rename(columns={"value": "text"})
    return own.merge(text, on=["judged_for", "metric"], how="left").assign(
        name="Version " + own["judged_for"].astype(str).to_numpy()
    )


def _versions_chart(frame: pd.DataFrame, view: str) -> Any:
    name = _metric(view)
    return charts.versions(frame[frame["metric"] == name], view, percent=words.METRICS[name].percent)


def _versions_words(frame: pd.DataFrame, view: str) -> str:
    metric = words.METRICS[_metric(view)]
    rows = frame[frame["metric"] == _metric(view)]
    return joined(
        [
            f"{view} of {row.name}: {metric.text(row.value)}{_span(metric, row)}, from {row.postings} postings"
            for row in rows.itertuples(index=False)
        ]
    )


def _span(metric: words.Metric, row: Any) -> str:
    return "" if pd.isna(row.low) else f" ({metric.text(row.low)} to {metric.text(row.high)})"


VERSIONS = Panel(
    "versions",
    "Quality over versions",
    "Each version on the postings held out at its training; the line is where the truth lies in 95 of 100 cases, the "
    "short bar what a plain comparison of texts gets on the same postings. Holdouts differ, so compare with the bar.",
    METRICS,
    _versions_chart,
    _versions_words,
    {
        "judged_for": "Version", "metric": "Metric", "value": "Value", "low": "Low", "high": "High",
        "text": "Text similarity", "postings": "Postings", "holdout_from": "Holdout from", "holdout_to": "Holdout to",
    },
    shape=_of_versions,
    views=_metric_views,
    view_label="Measure",
)  # fmt: skip


# ---- baselines -------------------------------------------------------------------------------------------------------


def _of_scorers(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    return with_names(rows[rows["judged_for"] == version], version)


def _scorers(frame: pd.DataFrame, view: str) -> pd.DataFrame:
    rows = frame[frame["metric"] == _metric(view)]
    return rows.assign(name=rows["who"], sure=True, count=[f"{postings} postings" for postings in rows["postings"]])


def _baselines_words(frame: pd.DataFrame, view: str) -> str:
    metric = words.METRICS[_metric(view)]
    return joined(
        [
            f"{view}, {row.who}: {metric.text(row.value)}{_span(metric, row)}"
            for row in _scorers(frame, view).itertuples()
        ]
    )


BASELINES = Panel(
    "baselines",
    "Compared with simpler ways",
    "The same postings ordered by the model, by the version that was live then, and in three plain ways.",
    METRICS,
    lambda frame, view: charts.intervals(
        _scorers(frame, view), view, percent=words.METRICS[_metric(view)].percent
    ),
    _baselines_words,
    {
        "who": "Ordered by", "metric": "Metric", "value": "Value", "low": "Low", "high": "High",
        "difference": "Difference to the live version", "difference_low": "Difference low",
        "difference_high": "Difference high", "postings": "Postings",
    },
    shape=_of_scorers,
    views=_metric_views,
    view_label="Measure",
)  # fmt: skip


# ---- the first k -----------------------------------------------------------------------------------------------------


def _at_depth_words(column: str, what: str) -> Any:
    def tell(frame: pd.DataFrame, view: str) -> str:
        rows = frame[frame["depth"] == min(10, frame["depth"].max())]
        return joined([f"{what} {row.depth}, {row.who}: {getattr(row, column):.0%}" for row in rows.itertuples()])

    return tell


RECALL = Panel(
    "recall",
    "Found in the first so many",
    "How many of a posting's good candidates one has seen after looking at the first 1, 2, … 50. (recall at k)",
    "curve_at_k",
    lambda frame, view: charts.lines(frame, "depth", "recall", "Looked at", "Good candidates found"),
    _at_depth_words("recall", "Good candidates found in the first"),
    {"who": "Ordered by", "depth": "Looked at", "recall": "Good candidates found", "postings": "Postings"},
)
PRECISION = Panel(
    "precision",
    "Good ones among the first so many",
    "How many of the first 1, 2, … 50 really applied or were put forward. (precision at k)",
    "curve_at_k",
    lambda frame, view: charts.lines(frame, "depth", "precision_at_depth", "Looked at", "Of them good"),
    _at_depth_words("precision_at_depth", "Good ones among the first"),
    {"who": "Ordered by", "depth": "Looked at", "precision_at_depth": "Of them good", "postings": "Postings"},
)


# ---- lift ------------------------------------------------------------------------------------------------------------


def _lift(frame: pd.DataFrame) -> pd.DataFrame:
    own = frame[frame["place"] == 0]
    return own.assign(
        x=[_tenth(tenth) for tenth in own["tenth"]],
        value=own["lift"],
        count=[f"{candidates:,} candidates" for candidates in own["candidates"]],
    )


def _tenth(number: int) -> str:
    return "Top" if number == 1 else "Last" if number == 10 else str(number)


LIFT = Panel(
    "lift",
    "How much better than chance",
    "Each list cut into tenths, best first: how many times as many good candidates as in a random tenth. (lift)",
    "lift",
    lambda frame, view: charts.columns(_lift(frame), "Tenth of the list", "Times chance", mark=1),
    lambda frame, view: joined(
        [f"Tenth {row.tenth}: {row.lift:.1f} times chance" for row in _lift(frame).itertuples()]
    ),
    {"who": "Ordered by", "tenth": "Tenth", "candidates": "Candidates", "relevant": "Good ones", "lift": "Lift",
     "found_so_far": "Found so far"},
)  # fmt: skip


# ---- segments --------------------------------------------------------------------------------------------------------


def _with_labels(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    known = {("candidate", value): label for value, label in _CANDIDATES.items()}
    return rows.assign(label=[known.get(key, key[1]) for key in zip(rows["kind"], rows["value"], strict=True)])


def _segment_rows(frame: pd.DataFrame, view: str) -> pd.DataFrame:
    kind = next(key for key, name in _SEGMENTS.items() if name == view)
    rows = frame[frame["kind"] == kind]
    return rows.assign(
        name=[f"{row.label} ({row.postings})" for row in rows.itertuples()],
        value=rows["auc"],
        sure=rows["postings"] >= FEW_POSTINGS,
        count=[f"{row.postings} postings, {row.relevant} good candidates" for row in rows.itertuples()],
    )


def _segments_words(frame: pd.DataFrame, view: str) -> str:
    return joined(
        [
            f"{row.label}: {row.auc:.0%} from {row.postings} postings"
            + ("" if row.sure else ", too few to read much into it")
            for row in _segment_rows(frame, view).itertuples()
        ]
    )


SEGMENTS = Panel(
    "segments",
    "For which postings and people",
    "How often a good candidate is placed above another one, by kind; in brackets the number of postings, and the line "
    f"holds 95 of 100 draws of them. Grey rows have fewer than {FEW_POSTINGS} postings: mostly noise.",
    "segments",
    lambda frame, view: charts.intervals(_segment_rows(frame, view), "Right order of two", percent=True),
    _segments_words,
    {"kind": "Kind", "label": "Value", "postings": "Postings", "relevant": "Good candidates", "auc": "AUC",
     "low": "Low", "high": "High", "found_in_first_ten": "Found in the first ten"},
    shape=_with_labels,
    views=lambda frame: [name for kind, name in _SEGMENTS.items() if kind in set(frame["kind"])],
    view_label="By",
)  # fmt: skip
