"""Who is put forward for a posting: drawn by occupation, country and popularity, then chosen by how well they suit."""

from dataclasses import dataclass

import numpy as np

from jobrec_ui.data.demo.arrays import Floats, Ints, choose
from jobrec_ui.data.demo.catalogue import Catalogue
from jobrec_ui.data.demo.openings import Openings
from jobrec_ui.data.demo.people import People
from jobrec_ui.data.demo.truth import Affinity

# How people come upon a posting: through their occupation (in the country, anywhere), a related one, or by chance.
OWN_HERE, OWN, RELATED_HERE, RELATED, ANYBODY = range(5)
WAYS = (0.30, 0.20, 0.20, 0.12, 0.18)
DRAWS_PER_PLACE = 5
EXTRA_DRAWS = 60
# How much suiting counts among those who come upon a posting, and being in search of work while it is open.
SUITING, SEARCHING = 0.8, 1.6


@dataclass(frozen=True)
class PairList:
    """Pairs of posting and candidate (row numbers), and the days between which they may have met."""

    posting: Ints
    candidate: Ints
    earliest: Floats
    latest: Floats

    def __len__(self) -> int:
        return len(self.posting)

    def keep(self, rows: Ints) -> "PairList":
        """The given rows only."""
        return PairList(self.posting[rows], self.candidate[rows], self.earliest[rows], self.latest[rows])


class Pool:
    """Draws candidates with probability proportional to their activity, within an occupation and a country."""

    def __init__(self, catalogue: Catalogue, people: People) -> None:
        self._roles, self._countries = len(catalogue.roles.share), len(catalogue.places.countries)
        second = np.flatnonzero(people.second_role >= 0)
        who = np.concatenate([np.arange(len(people)), second])
        role = np.concatenate([people.role, people.second_role[second]]).astype(np.int32)
        key = role * self._countries + catalogue.places.city_country[people.city[who]]
        order = np.argsort(key, kind="stable")
        self._who = who[order].astype(np.int32)
        self._weight = np.concatenate([[0.0], np.cumsum(people.activity[self._who], dtype=float)])
        self._start = np.searchsorted(key[order], np.arange(self._roles * self._countries + 1))
        related = catalogue.roles.similarity**2 * catalogue.roles.share
        np.fill_diagonal(related, 0.0)
        # One row after the other, so that a single search finds the related role of any role.
        self._related = np.cumsum(related / related.sum(axis=1, keepdims=True)).reshape(related.shape)

    def draw(self, rng: np.random.Generator, role: Ints, country: Ints) -> Ints:
        """One candidate for each posting's role and country; -1 where there is nobody active."""
        way = choose(rng, WAYS, len(role))
        related = (way == RELATED) | (way == RELATED_HERE)
        role = np.where(related, self._related_role(rng, role), role)
        here = (way == OWN_HERE) | (way == RELATED_HERE)
        first = np.where(here, role * self._countries + country, role * self._countries)
        last = np.where(here, first + 1, first + self._countries)
        first[way == ANYBODY], last[way == ANYBODY] = 0, len(self._start) - 1
        low, high = self._weight[self._start[first]], self._weight[self._start[last]]
        at = np.searchsorted(self._weight, low + rng.random(len(role)) * (high - low), side="right") - 1
        return np.where(high > low, self._who[np.minimum(at, len(self._who) - 1)], -1)

    def _related_role(self, rng: np.random.Generator, role: Ints) -> Ints:
        found = np.searchsorted(self._related.ravel(), role + rng.random(len(role)), side="right")
        return np.clip(found - role * self._roles, 0, self._roles - 1)


def put_forward(
    rng: np.random.Generator,
    catalogue: Catalogue,
    pool: Pool,
    affinity: Affinity,
    openings: Openings,
    people: People,
    postings: Ints,
    wanted: Ints,
) -> PairList:
    """About `wanted[i]` distinct candidates for each of `postings` (row numbers), none before they joined."""
    posting = np.repeat(postings, wanted * DRAWS_PER_PLACE + EXTRA_DRAWS)
    country = catalogue.places.city_country[openings.city]
    drawn = pool.draw(rng, openings.role[posting].astype(np.int64), country[posting].astype(np.int64))
    # Sorting is many times faster here than np.unique, which hashes.
    pair = np.sort((posting.astype(np.int64) * len(people) + drawn)[drawn >= 0])
    posting, candidate = np.divmod(pair[np.diff(pair, prepend=-1) > 0], len(people))
    pairs = _meeting(openings, people, posting, candidate)
    pairs = pairs.keep(np.flatnonzero(pairs.earliest < pairs.latest))
    score = SUITING * affinity.logit(pairs.posting, pairs.candidate) + rng.gumbel(size=len(pairs))
    score += SEARCHING * (people.searching_to[pairs.candidate] > openings.opened[pairs.posting])
    order = np.lexsort((-score, pairs.posting))
    number = np.searchsorted(postings, pairs.posting[order])
    first = np.searchsorted(pairs.posting[order], postings)
    rank = np.arange(len(order)) - first[number]
    return pairs.keep(np.sort(order[rank < wanted[number]]))


def _meeting(openings: Openings, people: People, posting: Ints, candidate: Ints) -> PairList:
    """When each pair can meet: while the posting is open, after the candidate joined; if possible, in their search."""
    opened, closed = openings.opened[posting], openings.closed[posting]
    earliest = np.maximum(opened, people.searching_from[candidate]).astype(float)
    search_ends = people.searching_to[candidate]
    latest = np.where(search_ends > earliest + 2, np.minimum(closed, search_ends), closed).astype(float)
    return PairList(posting, candidate, earliest, latest)
