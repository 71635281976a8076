"""The interactions table: the journeys as rows of stage and time, in the order in which they happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from jobrec_ui.data.demo.adverts import posting_ids
from jobrec_ui.data.demo.arrays import Floats, Ints, Ragged
from jobrec_ui.data.demo.funnel import APPLIED, HIRED, NO_REASON, REASON_GROUPS, SHORTLISTED, VIEWED, Journeys
from jobrec_ui.data.demo.profiles import SECONDS_PER_DAY, candidate_ids
from jobrec_ui.data.tables import INTERACTIONS, STAGES

MINUTE = 60
REASON_MISSING = 0.25


@dataclass(frozen=True)
class Records:
    """Rows of interactions as numbers: row numbers of posting and candidate, stage, seconds since the start, reason."""

    posting: Ints
    candidate: Ints
    stage: Ints
    seconds: Ints
    reason: Ints  # position in the reasons; -1: none

    def __len__(self) -> int:
        return len(self.posting)


def reasons(words: dict[str, Any]) -> Ragged:
    """The texts of reasons by reason group."""
    return Ragged.of([words["reason"][name] for name in REASON_GROUPS])


def _office_hours(days: Floats, start: date) -> Floats:
    """Seconds since the start for what recruiters do: 8 to 18 o'clock, weekends moved to the Friday before."""
    whole = np.floor(days)
    weekday = (start.weekday() + whole) % 7
    weekend = weekday > 4
    hour = np.where(weekend, 18.0, 8 + 10 * (days - whole))
    return (whole - np.where(weekend, weekday - 4, 0)) * SECONDS_PER_DAY + hour * 3600


def _waking_hours(days: Floats) -> Floats:
    """Seconds since the start for what candidates do: 6 to 23 o'clock on any day."""
    whole = np.floor(days)
    return whole * SECONDS_PER_DAY + (6 + 17 * (days - whole)) * 3600


def as_records(rng: np.random.Generator, journeys: Journeys, texts: Ragged, start: date) -> Records:
    """The rows of the journeys that are on record; times strictly ascend within a journey."""
    size = len(journeys.pairs)
    seconds = np.full((size, HIRED + 2), np.nan)
    on_record = ~np.isnan(journeys.times)
    on_record[:, VIEWED] &= journeys.seen
    on_record[:, APPLIED] &= journeys.applied_on_record
    on_record = np.column_stack([on_record, journeys.end >= 0])
    latest = np.full(size, -np.inf)
    for stage in range(HIRED + 2):
        days = journeys.end_time if stage > HIRED else journeys.times[:, stage]
        at = _office_hours(days, start) if stage >= SHORTLISTED else _waking_hours(days)
        at = np.maximum(at, latest + MINUTE)
        seconds[:, stage] = at
        latest = np.where(on_record[:, stage], at, latest)
    row, column = np.nonzero(on_record)
    ended = column > HIRED
    named = ended & (journeys.reason[row] != NO_REASON) & (rng.random(len(row)) >= REASON_MISSING)
    text = texts.index(np.maximum(journeys.reason[row], 0), rng.random(len(row)))
    return Records(
        posting=journeys.pairs.posting[row].astype(np.int32),
        candidate=journeys.pairs.candidate[row].astype(np.int32),
        stage=np.where(ended, journeys.end[row], column).astype(np.int8),
        seconds=seconds[row, column].astype(np.int64),
        reason=np.where(named, text, -1).astype(np.int16),
    )


def interactions_table(parts: list[Records], texts: Ragged, start: date) -> pa.Table:
    """The interactions table, ordered by time."""
    names = ("posting", "candidate", "stage", "seconds", "reason")
    posting, candidate, stage, seconds, reason = (np.concatenate([getattr(p, name) for p in parts]) for name in names)
    order = np.lexsort((stage, candidate, posting, seconds))
    posting, candidate, stage, reason = posting[order], candidate[order], stage[order], reason[order]
    times = (np.datetime64(start, "s") + seconds[order].astype("timedelta64[s]")).astype("datetime64[us]")
    columns = [
        posting_ids(posting),
        candidate_ids(candidate),
        pa.array(STAGES).take(pa.array(stage)),
        pa.array(times),
        texts.values.take(pa.array(reason, mask=reason < 0)),
    ]
    return pa.table(columns, schema=INTERACTIONS.arrow_schema)
