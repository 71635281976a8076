"""Panels on time: whether the data moved since the training, and what became of the candidates that were shown."""

from collections.abc import Sequence

import pandas as pd

from jobrec_ui.quality import charts
from jobrec_ui.quality.panels.base import Panel, joined

_MOST_FEATURES = 12
THEN, NOW = "the year before the holdout", "the last 60 days"
STATES = ("hired", "in process", "waiting", "ended", "passed over")
_BANDS = {1: "Rank 1 to 5", 2: "Rank 6 to 10", 3: "Rank 11 to 20", 4: "Below rank 20"}


def _moved(frame: pd.DataFrame) -> pd.DataFrame:
    score = frame[frame["feature"] == "score"]
    rows = pd.concat([score, frame[frame["feature"] != "score"].head(_MOST_FEATURES)])
    return rows.assign(name=rows["label"], value=rows["psi"])


DRIFT = Panel(
    "drift",
    "Did the data move?",
    "How differently features and scores of today's pairs are spread than those it was judged on, what moved most "
    "first (population stability index: below 0.1 little, from 0.25 much). Chance alone may reach the short line; a "
    "bar that does not go beyond it is grey.",
    "feature_drift",
    lambda frame, view: charts.drift(_moved(frame)),
    lambda frame, view: joined(
        [
            f"{row.name}: {row.value:.2f}" + ("" if row.psi > row.chance else ", no more than chance may do")
            for row in _moved(frame).itertuples()
        ]
    ),
    {
        "feature": "Feature", "label": "Name", "psi": "PSI since judged", "chance": "By chance up to",
        "learned_psi": "PSI against all it learned from", "missing_then": "Missing then", "missing_now": "Missing now",
        "pairs": "Pairs now", "postings": "Postings now",
    },
    empty="How the data looked at the training of this version was not kept.",
)  # fmt: skip


def _stages(frame: pd.DataFrame) -> pd.DataFrame:
    parts = [
        frame.assign(period=period, share=frame[f"share_{key}"], count=frame[f"events_{key}"])
        for key, period in (("then", THEN), ("now", NOW))
    ]
    return pd.concat(parts).assign(name=lambda rows: rows["stage"].str.capitalize())


STAGES = Panel(
    "stages",
    "Do candidates reach other stages?",
    f"The share of each stage among all that were reached: {THEN}, and {NOW} of the data.",
    "stage_mix",
    lambda frame, view: charts.pairs_of_bars(_stages(frame), "Share of stages reached", (THEN, NOW)),
    lambda frame, view: joined(
        [f"{row.stage.capitalize()}: {row.share_then:.1%} then, {row.share_now:.1%} now" for row in frame.itertuples()]
    ),
    {"stage": "Stage", "events_then": "Times then", "events_now": "Times now", "share_then": "Share then",
     "share_now": "Share now"},
)  # fmt: skip


def _outcomes(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    return rows.assign(
        name=rows["band"].map(_BANDS), place=rows["state"].map({state: at for at, state in enumerate(STATES)})
    )


def _versions_shown(frame: pd.DataFrame) -> Sequence[str]:
    return [f"Version {version}" for version in sorted(frame["model_version"].unique(), reverse=True)]


def _of_version(frame: pd.DataFrame, view: str) -> pd.DataFrame:
    return frame[frame["model_version"] == int(view.removeprefix("Version "))]


def outcome_sentence(frame: pd.DataFrame, view: str) -> str:
    """How many were shown, taken up and hired, and of how many the end is still open."""
    rows = _of_version(frame, view)
    counts = rows.groupby("state")["candidates"].sum().to_dict()
    shown, taken = int(rows["candidates"].sum()), int(rows["shortlisted"].sum())
    still_open = counts.get("in process", 0) + counts.get("waiting", 0)
    return (
        f"{shown:,} candidates were shown; {taken:,} shortlisted or contacted, {counts.get('hired', 0):,} hired. "
        f"Of {still_open:,} the end is still open, so shares will move."
    )


def _outcome_words(frame: pd.DataFrame, view: str) -> str:
    """The sentence, and what became of those at each rank."""
    parts = [outcome_sentence(frame, view)]
    for band, rows in _of_version(frame, view).groupby("name", sort=False):
        states = ", ".join(f"{row.candidates:,} {row.state}" for row in rows.sort_values("place").itertuples())
        parts.append(f"{band}: {states}; {rows['shortlisted'].sum():,.0f} shortlisted or contacted")
    return joined(parts)


OUTCOMES = Panel(
    "outcomes",
    "What became of the candidates shown",
    "Everybody that recruiters saw in a list, by the best rank and the version that gave it. Who was not taken up "
    "counts as waiting while the posting is open, for up to 60 days.",
    "outcomes",
    lambda frame, view: charts.shares(_of_version(frame, view), STATES, "Share of those shown"),
    _outcome_words,
    {"model_version": "Version", "name": "Rank", "state": "What became of them", "candidates": "Candidates",
     "shortlisted": "Shortlisted or contacted", "postings": "Postings"},
    shape=_outcomes,
    views=_versions_shown,
    view_label="Ranked by",
    tells=outcome_sentence,
    empty="No list has been shown yet. As soon as recruiters open lists, what becomes of the candidates is told here.",
)  # fmt: skip
