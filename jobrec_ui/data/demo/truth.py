"""The hidden truth: how well a candidate suits a posting. Everything that happens in the demo follows from it.

For a posting p and a candidate c

    z(p, c) = 2.7
            - 2.3 (1 - coverage)     weighted share of p's true needs among c's true skills, 0 to 1
            - 1.7 (1 - similarity)   of p's role with c's first or second occupation, 0 to 1
            - 0.75 under - 0.4 over  levels that c is below or above p's level (0 to 4)
            - 0.45 place             0 in the same city, else ln(1 + km / 50), at most 2.5, and 0.5 more abroad;
                                     remote: 0 in the country, 0.5 abroad
            - 2.0 pay                log of c's wish over p's offer, if above 0, at most 1
            - 0.5 language           languages that p asks for and c does not speak
            - 0.3 education          levels that c's education is below p's
            + 0.5 taste              scalar product of two hidden 3-vectors, of p's company and of c, over sqrt(3)

and the true probability that a recruiter who sees c's full file shortlists c for p is 1 / (1 + exp(-z)). "True" skills,
levels and wishes: the tables show them with gaps and noise. Then come noise, popularity and chance: who is put
forward at all, by referral or by routine, is described in `funnel.py`.

Demographics are independent of all this, except that age follows experience and that, as a stated bias for the
fairness audit to find, a woman's z is lowered by BIAS_AGAINST_WOMEN when it is decided whether she is shortlisted.
"""

import numpy as np

from jobrec_ui.data.demo.arrays import Bools, Floats, Ints
from jobrec_ui.data.demo.catalogue import Catalogue
from jobrec_ui.data.demo.openings import NEEDS, Companies, Openings
from jobrec_ui.data.demo.people import TASTES, People

BASE, COVERAGE, SIMILARITY = 2.7, 2.3, 1.7
UNDER, OVER = 0.75, 0.4
PLACE, PAY, LANGUAGE, EDUCATION, TASTE = 0.45, 2.0, 0.5, 0.3, 0.5
FARTHEST, ABROAD = 2.5, 0.5
BIAS_AGAINST_WOMEN = 0.3

# The parts of z that can be held against somebody: columns of `Affinity.lacks`.
LACKS = ("skills", "junior", "senior", "place", "pay", "language")


class Affinity:
    """Computes z for pairs of posting and candidate, given as two arrays of row numbers."""

    def __init__(self, catalogue: Catalogue, companies: Companies, openings: Openings, people: People) -> None:
        self._catalogue, self._companies = catalogue, companies
        self._openings, self._people = openings, people
        self._offer = usual_pay(catalogue, openings.role, openings.level) + openings.offer
        self._wish = usual_pay(catalogue, people.role, people.level) + people.wish

    def logit(self, posting: Ints, candidate: Ints) -> Floats:
        """z of each pair."""
        lacks = self._lacks(posting, candidate)
        z = BASE - lacks.sum(axis=1)
        z -= SIMILARITY * (1 - self.similarity(posting, candidate))
        below = self._openings.education[posting] - self._people.education[candidate]
        z -= EDUCATION * np.maximum(below, 0)
        company = self._openings.company[posting]
        return z + TASTE / np.sqrt(TASTES) * np.einsum(
            "ij,ij->i", self._companies.taste[company], self._people.taste[candidate]
        )

    def probability(self, posting: Ints, candidate: Ints) -> Floats:
        """The true match probability of each pair."""
        return 1 / (1 + np.exp(-self.logit(posting, candidate).astype(float)))

    def main_lack(self, posting: Ints, candidate: Ints) -> tuple[Ints, Bools]:
        """The column of LACKS that costs each pair most, and whether it costs enough to be named as a reason."""
        lacks = self._lacks(posting, candidate)
        worst = lacks.argmax(axis=1)
        return worst, lacks[np.arange(len(worst)), worst] > 0.7

    def coverage(self, posting: Ints, candidate: Ints) -> Floats:
        """Weighted share of the posting's needs that the candidate meets, 0 to 1."""
        needs, weight = self._openings.needs, self._openings.need_weight
        met = np.zeros(len(posting), dtype=np.float32)
        for column in range(NEEDS):
            skill = np.maximum(needs[:, column], 0)[posting]
            word = self._people.skills[candidate, skill >> 6]
            met += weight[:, column][posting] * ((word >> (skill & 63).astype(np.uint64)) & np.uint64(1))
        return met

    def similarity(self, posting: Ints, candidate: Ints) -> Floats:
        """Similarity of the posting's role to the nearer occupation of the candidate, 0 to 1."""
        table, role, second = self._catalogue.roles.similarity, self._people.role, self._people.second_role[candidate]
        wanted = self._openings.role[posting]
        return np.maximum(table[wanted, role[candidate]], np.where(second >= 0, table[wanted, second], 0.0))

    def _lacks(self, posting: Ints, candidate: Ints) -> Floats:
        gap = self._openings.level[posting] - self._people.level[candidate]
        lacks = np.empty((len(posting), len(LACKS)), dtype=np.float32)
        lacks[:, 0] = COVERAGE * (1 - self.coverage(posting, candidate))
        lacks[:, 1] = UNDER * np.maximum(gap, 0)
        lacks[:, 2] = OVER * np.maximum(-gap, 0)
        lacks[:, 3] = PLACE * self._place(posting, candidate)
        lacks[:, 4] = PAY * np.clip(self._wish[candidate] - self._offer[posting], 0, 1)
        missing = self._openings.languages[posting] & ~self._people.languages[candidate]
        lacks[:, 5] = LANGUAGE * np.bitwise_count(missing)
        return lacks

    def _place(self, posting: Ints, candidate: Ints) -> Floats:
        places = self._catalogue.places
        here, there = self._openings.city[posting], self._people.city[candidate]
        abroad = places.city_country[here] != places.city_country[there]
        near = np.minimum(np.log1p(places.distance / 50), FARTHEST)[here, there]
        return np.where(self._openings.remote[posting], 0.0, near) + ABROAD * abroad


def usual_pay(catalogue: Catalogue, role: Ints, level: Floats | Ints) -> Floats:
    """Log of the usual yearly pay in the United States, in dollars, of a role at a level (0 to 4)."""
    factors = np.log([word["pay"] for word in catalogue.words["level"]])
    return np.log(catalogue.roles.pay[role]) + np.interp(level, np.arange(len(factors)), factors)
