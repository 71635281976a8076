"""The postings as they truly are (hidden): the companies, what each posting needs and pays, when it is open."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from jobrec_ui.data.demo.arrays import Bools, Floats, Ints, choose
from jobrec_ui.data.demo.catalogue import CORE, NONE, Catalogue
from jobrec_ui.data.demo.people import DAYS, LEVEL_SHARE, TASTES, skill_probability

NEEDS = 10
POSTINGS_PER_COMPANY = 8
FEWEST_COMPANIES = 12


@dataclass(frozen=True)
class Companies:
    """The hiring companies; `taste` (M x TASTES) is what their recruiters like beyond the formal criteria."""

    industry: Ints
    city: Ints
    share: Floats
    taste: Floats


@dataclass
class Openings:
    """Hidden truth about P postings; days count from the start of the two years, levels from 0 to 4."""

    company: Ints
    role: Ints
    industry: Ints
    stack: Ints
    level: Ints
    city: Ints
    remote: Bools
    education: Ints
    languages: Ints  # one bit per language of the catalogue
    offer: Floats  # log of the highest pay offered, against what is usual
    needs: Ints  # P x NEEDS skill ids, -1 for none
    need_weight: Floats  # P x NEEDS, each row sums to 1
    places: Ints  # how many people are to be hired
    opened: Floats
    closed: Floats  # when it closes unless it is filled before; after DAYS: still open

    def __len__(self) -> int:
        return len(self.company)


def make_companies(catalogue: Catalogue, rng: np.random.Generator, postings: int) -> Companies:
    """Companies of all industries; a few post much, most post little."""
    size = max(FEWEST_COMPANIES, postings // POSTINGS_PER_COMPANY)
    order = rng.permutation(size)
    return Companies(
        industry=choose(rng, catalogue.industries.share[:-1], size),
        city=choose(rng, catalogue.places.city_share, size),
        share=1.0 / (order + 4.0),
        taste=rng.standard_normal((size, TASTES)).astype(np.float32),
    )


def _roles(catalogue: Catalogue, rng: np.random.Generator, industry: Ints) -> Ints:
    roles, shared = catalogue.roles, len(catalogue.industries.keys)
    group = np.where(rng.random(len(industry)) < catalogue.industries.share[shared], shared, industry)
    role = np.empty(len(industry), dtype=np.int16)
    for number in range(shared + 1):
        rows = np.flatnonzero(group == number)
        role[rows] = choose(rng, np.where(roles.industry == number, roles.share, 0.0), len(rows))
    return role


def _cities(catalogue: Catalogue, rng: np.random.Generator, home: Ints) -> Ints:
    """Two of three postings are where the company is, the others elsewhere in its country."""
    places = catalogue.places
    city = home.copy()
    away = rng.random(len(home)) < 0.33
    for country in range(len(places.countries)):
        rows = np.flatnonzero(away & (places.city_country[home] == country))
        city[rows] = choose(rng, np.where(places.city_country == country, places.city_share, 0.0), len(rows))
    return city


def _needs(catalogue: Catalogue, rng: np.random.Generator, role: Ints, stack: Ints) -> tuple[Ints, Floats]:
    origin = catalogue.roles.origin[role]
    asked = rng.random(origin.shape) < skill_probability(origin, stack, np.full(len(role), 2.5))
    must = (origin == CORE) | (origin == stack[:, None])
    weight = np.where(must & (rng.random(origin.shape) < 0.7), 1.0, 0.4) * (asked & (origin != NONE))
    weight[:, 0] = np.maximum(weight[:, 0], 0.4)
    best = np.argsort(-weight, axis=1, kind="stable")[:, :NEEDS]
    weight = np.take_along_axis(weight, best, axis=1)
    ids = np.where(weight > 0, np.take_along_axis(catalogue.roles.skills[role], best, axis=1), -1)
    return ids.astype(np.int16), (weight / weight.sum(axis=1, keepdims=True)).astype(np.float32)


def _languages(catalogue: Catalogue, rng: np.random.Generator, city: Ints) -> Ints:
    home = catalogue.places.language[catalogue.places.city_country[city]].astype(np.int64)
    words = catalogue.words["languages"]
    foreign = np.array([catalogue.languages.index(name) for name in words["foreign"]])
    learned = foreign[choose(rng, words["foreign_share"], len(city))]
    wanted: Ints = np.where(rng.random(len(city)) < 0.85, np.int64(1) << home, 0)
    return np.bitwise_or(wanted, np.where(rng.random(len(city)) < 0.3, np.int64(1) << learned, 0))


def _opening_days(rng: np.random.Generator, size: int) -> Floats:
    """Sorted; business doubles over the two years."""
    # The inverse of the distribution function of a density that rises in a line from 2/3 to 4/3.
    drawn = np.sort(rng.random(size))
    return np.floor(DAYS * (np.sqrt(1 + 3 * drawn) - 1))


def on_weekday(days: Floats, start: date) -> Floats:
    """Whole days since `start`, those on a weekend moved back to the Friday before."""
    weekday = (start.weekday() + days) % 7
    return days - np.maximum(weekday - 4, 0)


def make_openings(
    catalogue: Catalogue, rng: np.random.Generator, companies: Companies, size: int, start: date
) -> Openings:
    """The postings in the order in which they open; `start` is the first day of the two years."""
    company = choose(rng, companies.share, size).astype(np.int32)
    industry = companies.industry[company]
    role = _roles(catalogue, rng, industry)
    stack = 1 + (rng.random(size) * catalogue.roles.stacks[role]).astype(np.int8)
    city = _cities(catalogue, rng, companies.city[company])
    needs, need_weight = _needs(catalogue, rng, role, stack)
    usual = catalogue.roles.education[role]
    opened = np.maximum(on_weekday(_opening_days(rng, size), start), 0)
    duration = np.clip(rng.lognormal(np.log(95), 0.6, size), 14, 420)
    # A few are kept open all year round, for many people.
    standing = rng.random(size) < 0.08
    duration[standing] += 365
    return Openings(
        company=company,
        role=role,
        industry=industry,
        stack=stack,
        level=choose(rng, LEVEL_SHARE, size).astype(np.int8),
        city=city,
        remote=rng.random(size) < catalogue.roles.remote[role],
        education=np.clip(usual - (rng.random(size) < 0.3), 0, 4).astype(np.int8),
        languages=_languages(catalogue, rng, city),
        offer=rng.normal(0.12, 0.1, size).astype(np.float32),
        needs=needs,
        need_weight=need_weight,
        places=np.where(standing, 12, 1 + choose(rng, [55, 25, 20], size)).astype(np.int8),
        opened=opened,
        closed=on_weekday(opened + np.floor(duration), start),
    )
