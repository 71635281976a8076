"""What happens to those who are put forward: stages with dates in order, until they are hired, rejected or give up.

A pair meets early in the time that the posting is open. Then, with z as in `truth.py`:

    applied      1 / (1 + exp(-(0.35 z + 1.0)))
    shortlisted  1 / (1 + exp(-(z - bias + mood)))    mood: of the posting, normal with deviation 0.4
                 but 5 in 100 have a referral and are shortlisted with 0.6 whatever z, and for 6 in 100 the decision
                 is routine: with 0.25 whatever z
    interviewed  1 / (1 + exp(-(0.4 z + 0.6)))
    offered      1 / (1 + exp(-(0.5 z - 0.6)))
    hired        0.8, while there are places left, and nobody twice within half a year

Whoever stops after applying is rejected, withdraws or never hears again. A posting closes when all its places are
filled; who is still in the running then is rejected. Who is hired elsewhere withdraws.
"""

from dataclasses import dataclass

import numpy as np

from jobrec_ui.data.demo.arrays import Bools, Floats, Ints
from jobrec_ui.data.demo.names import WOMAN
from jobrec_ui.data.demo.openings import Openings
from jobrec_ui.data.demo.people import DAYS, People
from jobrec_ui.data.demo.pool import PairList
from jobrec_ui.data.demo.truth import BIAS_AGAINST_WOMEN, LACKS, Affinity

VIEWED, APPLIED, SHORTLISTED, INTERVIEWED, OFFERED, HIRED, REJECTED, WITHDRAWN = range(8)
# Median days from the stage before.
WAIT = {APPLIED: 0.8, SHORTLISTED: 5.0, INTERVIEWED: 7.0, OFFERED: 6.0, HIRED: 4.0}
REFERRED, SHORTLISTED_IF_REFERRED = 0.05, 0.6
ROUTINE, SHORTLISTED_BY_ROUTINE = 0.06, 0.25
ACCEPTS = 0.8
REST_AFTER_HIRE = 180.0
# Groups of reasons, as the catalogue names them.
REASON_GROUPS = ("other", "filled", "closed", "withdrawn", "elsewhere", *LACKS)
OTHER, FILLED, CLOSED, GAVE_UP, ELSEWHERE, FIRST_LACK = range(6)
NO_REASON = -1


@dataclass
class Journeys:
    """What became of pairs.

    `times` (pairs x 6) is the day of each stage up to hired, NaN where not reached; `seen` and `applied_on_record`
    say whether the view and the application are on record; `end` is REJECTED, WITHDRAWN or -1 (neither), at day
    `end_time`, for a reason group.
    """

    pairs: PairList
    times: Floats
    seen: Bools
    applied_on_record: Bools
    end: Ints
    end_time: Floats
    reason: Ints


def _logistic(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def _shortlisting(rng: np.random.Generator, z: Floats, mood: Floats, woman: Bools) -> tuple[Bools, Bools]:
    """Who of the applicants is shortlisted, and who came by a referral."""
    size = len(z)
    chance = _logistic(z - BIAS_AGAINST_WOMEN * woman + mood)
    referred = rng.random(size) < REFERRED
    chance = np.where(rng.random(size) < ROUTINE, SHORTLISTED_BY_ROUTINE, chance)
    chance = np.where(referred, SHORTLISTED_IF_REFERRED, chance)
    return rng.random(size) < chance, referred


def _stage_times(rng: np.random.Generator, pairs: PairList, reached: Bools) -> Floats:
    """Days of the stages: a view early in the possible time, then waits that vary widely."""
    times = np.full((len(pairs), HIRED + 1), np.nan)
    times[:, VIEWED] = pairs.earliest + (pairs.latest - pairs.earliest) * rng.beta(1.0, 2.2, len(pairs))
    for stage in range(APPLIED, HIRED + 1):
        wait = WAIT[stage] * rng.lognormal(0.0, 0.6, len(pairs))
        times[:, stage] = np.where(reached[:, stage], times[:, stage - 1] + wait, np.nan)
    return times


class Funnel:
    """Takes pairs through the stages, block by block in the order in which postings open; remembers who was hired.

    It changes `openings.closed` of the postings that get filled.
    """

    def __init__(self, affinity: Affinity, openings: Openings, people: People) -> None:
        self._affinity, self._openings, self._people = affinity, openings, people
        self._hired_on = np.full(len(people), -np.inf)
        self.filled = np.zeros(len(openings), dtype=bool)

    def run(self, rng: np.random.Generator, pairs: PairList) -> Journeys:
        """The journeys of the pairs of a block of postings."""
        z = self._affinity.logit(pairs.posting, pairs.candidate).astype(float)
        size = len(pairs)
        mood = rng.normal(0, 0.4, len(self._openings))[pairs.posting]
        shortlisted, referred = _shortlisting(rng, z, mood, self._people.gender[pairs.candidate] == WOMAN)
        reached = np.ones((size, HIRED + 1), dtype=bool)
        reached[:, APPLIED] = (rng.random(size) < _logistic(0.35 * z + 1.0)) | referred
        reached[:, SHORTLISTED] = shortlisted
        reached[:, INTERVIEWED] = rng.random(size) < _logistic(0.4 * z + 0.6)
        reached[:, OFFERED] = rng.random(size) < _logistic(0.5 * z - 0.6)
        reached[:, HIRED] = rng.random(size) < ACCEPTS
        reached = np.logical_and.accumulate(reached, axis=1)
        times = _stage_times(rng, pairs, reached)
        # Nobody applies for a posting within half a year of a new job that an earlier block gave them.
        fresh = times[:, VIEWED] - self._hired_on[pairs.candidate]
        rows = np.flatnonzero((fresh < 0) | (fresh > REST_AFTER_HIRE))
        pairs, times, referred = pairs.keep(rows), times[rows], referred[rows]
        self._close_and_hire(pairs, times)
        return self._finish(rng, pairs, times, referred)

    def _close_and_hire(self, pairs: PairList, times: Floats) -> None:
        """Takes back the hires that cannot be, and closes the postings that are filled."""
        end = np.minimum(self._openings.closed, DAYS)[pairs.posting]
        times[times >= end[:, None]] = np.nan
        rows: Ints = np.flatnonzero(~np.isnan(times[:, HIRED]))
        rows = rows[np.argsort(times[rows, HIRED], kind="stable")]
        before = self._hired_on[pairs.candidate[rows]]
        rested = np.abs(times[rows, HIRED] - before) > REST_AFTER_HIRE
        first = np.zeros(len(rows), dtype=bool)
        first[np.unique(pairs.candidate[rows], return_index=True)[1]] = True
        rows = self._within_places(pairs, rows[first & rested])
        lost = np.ones(len(pairs), dtype=bool)
        lost[rows] = False
        times[lost, HIRED] = np.nan
        self._hired_on[pairs.candidate[rows]] = times[rows, HIRED]
        hires = np.bincount(pairs.posting[rows], minlength=len(self._openings))
        self.filled |= hires > 0
        full = (hires >= self._openings.places) & (hires > 0)
        last = np.zeros(len(self._openings))
        np.maximum.at(last, pairs.posting[rows], times[rows, HIRED])
        self._openings.closed[full] = np.minimum(np.floor(last[full]) + 1, self._openings.closed[full])

    def _within_places(self, pairs: PairList, rows: Ints) -> Ints:
        """Of the hires, in the order of their days, those for which the posting has places."""
        order = np.argsort(pairs.posting[rows], kind="stable")
        posting = pairs.posting[rows][order]
        number = np.arange(len(rows)) - np.searchsorted(posting, posting)
        return rows[np.sort(order[number < self._openings.places[posting]])]

    def _finish(self, rng: np.random.Generator, pairs: PairList, times: Floats, referred: Bools) -> Journeys:
        """Cuts what lies behind the end of a posting or a hire elsewhere, and says how each journey ended."""
        hired_here = ~np.isnan(times[:, HIRED])
        hire = self._hired_on[pairs.candidate]
        closing = np.minimum(self._openings.closed[pairs.posting], DAYS)
        elsewhere = ~hired_here & (hire > times[:, VIEWED]) & (hire + 0.5 < closing)
        limit = np.where(elsewhere, np.minimum(closing, hire + 0.5), closing)
        # A hire this block made may lie before other pairs' first meeting: those never met.
        resting = ~hired_here & (times[:, VIEWED] >= hire) & (times[:, VIEWED] < hire + REST_AFTER_HIRE)
        times[times >= limit[:, None]] = np.nan
        rows = np.flatnonzero(~np.isnan(times[:, VIEWED]) & ~resting)
        pairs, times, referred, limit = pairs.keep(rows), times[rows], referred[rows], limit[rows]
        end, end_time, reason = self._ends(rng, pairs, times, limit, elsewhere[rows])
        on_record = (rng.random(len(rows)) < 0.78) & ~referred
        sourced = ~np.isnan(times[:, SHORTLISTED]) & (rng.random(len(rows)) < 0.08)
        applied = ~np.isnan(times[:, APPLIED])
        return Journeys(pairs, times, ~applied | (on_record & ~sourced), applied & ~sourced, end, end_time, reason)

    def _ends(
        self, rng: np.random.Generator, pairs: PairList, times: Floats, limit: Floats, elsewhere: Bools
    ) -> tuple[Ints, Floats, Ints]:
        size = len(pairs)
        applied, hired = ~np.isnan(times[:, APPLIED]), ~np.isnan(times[:, HIRED])
        last = np.nanmax(times, axis=1)
        how = rng.random(size)
        end = np.where(how < 0.60, REJECTED, np.where(how < 0.70, WITHDRAWN, -1))
        end_time = last + np.where(end == REJECTED, 6.0, 4.0) * rng.lognormal(0.0, 0.7, size)
        lack, named = self._affinity.main_lack(pairs.posting, pairs.candidate)
        reason = np.where(end == WITHDRAWN, GAVE_UP, np.where(named & (how < 0.40), FIRST_LACK + lack, OTHER))
        # Who is still in the running when the posting closes is told so, mostly; who has a new job says so.
        over = end_time >= limit
        closed = self._openings.closed[pairs.posting] <= DAYS
        is_rejected_at_the_end = over & closed & ~elsewhere & (how < 0.75)
        reason = np.where(is_rejected_at_the_end, np.where(self.filled[pairs.posting], FILLED, CLOSED), reason)
        left = over & elsewhere
        end = np.where(left, WITHDRAWN, np.where(is_rejected_at_the_end, REJECTED, np.where(over, -1, end)))
        reason = np.where(left, ELSEWHERE, reason)
        end_time = np.where(over, limit, end_time)
        end = np.where(applied & ~hired, end, -1)
        return end, end_time, np.where(end < 0, NO_REASON, reason)
