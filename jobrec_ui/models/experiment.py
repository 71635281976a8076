"""Two versions that serve at the same time: what recruiters did with the lists of each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from jobrec_ui.models.records import Serving
from jobrec_ui.quality import bootstrap
from jobrec_ui.warehouse import Warehouse

Interval = tuple[float, float] | None


@dataclass(frozen=True)
class Figure:
    """A figure of one version, or of the challenger less the live one; NaN without anything to take it from."""

    value: float
    interval: Interval


@dataclass(frozen=True)
class Side:
    """One version's part of the comparison.

    postings      opened by recruiters meanwhile; `waiting`: of these, without anybody shortlisted yet
    shortlisted   how many of the first ten of a posting were shortlisted, on average
    hours         from the first look to the first shortlisting: the median, of postings that came that far
    """

    version: int
    postings: int
    waiting: int
    shortlisted: Figure
    hours: Figure


@dataclass(frozen=True)
class Comparison:
    """The live version and the challenger, and the challenger less the live one."""

    live: Side
    challenger: Side
    shortlisted_difference: Figure
    hours_difference: Figure


def compare(wh: Warehouse, now: Serving) -> Comparison | None:
    """What became of the lists of both versions since the share began; None if one serves alone."""
    if now.challenger is None or now.share_since is None:
        return None
    question = {"live": now.live, "challenger": now.challenger, "since": now.share_since}
    return comparison(wh.query("models/compare_shares", question), now.live, now.challenger)


def comparison(rows: pd.DataFrame, live: int, challenger: int) -> Comparison:
    """From one row per posting: [model_version, shortlisted_of_top_10, hours_to_first]."""
    sides, draws = [], []
    for seed, version in enumerate((live, challenger)):
        of_version = rows[rows["model_version"] == version]
        counts = of_version["shortlisted_of_top_10"].to_numpy(dtype=float)
        hours = of_version["hours_to_first"].dropna().to_numpy(dtype=float)
        drawn = (bootstrap.drawn(counts, np.mean, seed), bootstrap.drawn(hours, np.median, seed))
        draws.append(drawn)
        shortlisted, took = _figure(counts, np.mean, drawn[0]), _figure(hours, np.median, drawn[1])
        sides.append(Side(version, len(counts), len(counts) - len(hours), shortlisted, took))
    return Comparison(
        sides[0],
        sides[1],
        _difference(sides[0].shortlisted, sides[1].shortlisted, draws[0][0], draws[1][0]),
        _difference(sides[0].hours, sides[1].hours, draws[0][1], draws[1][1]),
    )


def _figure(values: np.ndarray, statistic: bootstrap.Statistic, drawn: np.ndarray | None) -> Figure:
    return Figure(float(statistic(values)) if len(values) else float("nan"), _interval(drawn))


def _difference(live: Figure, challenger: Figure, of_live: np.ndarray | None, drawn: np.ndarray | None) -> Figure:
    both = None if of_live is None or drawn is None else drawn - of_live
    return Figure(challenger.value - live.value, _interval(both))


def _interval(drawn: np.ndarray | None) -> Interval:
    return None if drawn is None else bootstrap.between(drawn)
