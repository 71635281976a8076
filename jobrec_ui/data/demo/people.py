"""The candidates as they truly are (hidden), in chunks: who they are, what they can do, when they look for work."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from jobrec_ui.data.demo.arrays import Bools, Floats, Ints, choose, stream
from jobrec_ui.data.demo.catalogue import COMMON, CORE, NONE, Catalogue

CHUNK = 50_000
DAYS = 730
LEVEL_SHARE = (0.12, 0.22, 0.32, 0.23, 0.11)
TASTES = 3
# Skills of the second occupation, if there is one, and one skill from anywhere.
SECOND_SKILLS, OTHER_SKILLS = 5, 1
NEVER = -10_000.0


@dataclass
class People:
    """Hidden truth about N candidates; days count from the start of the two years, levels from 0 to 4."""

    role: Ints
    second_role: Ints  # -1: none
    industry: Ints
    level: Floats
    city: Ints
    education: Ints
    languages: Ints  # one bit per language of the catalogue
    remote: Bools
    wish: Floats  # log of the pay wished for, against what is usual
    activity: Floats  # how much they are put forward; 0: never
    searching_from: Floats
    searching_to: Floats
    taste: Floats  # N x TASTES
    skills: Ints  # N x words of 64 bits, one bit per skill
    gender: Ints
    age: Floats

    def __len__(self) -> int:
        return len(self.role)


@dataclass
class SkillSheet:
    """The skills of a chunk of people as lists: ids (N x W, -1 for none), and which of them they have."""

    ids: Ints
    has: Bools
    second: Bools  # which columns belong to the second occupation


def _levels(rng: np.random.Generator, size: int) -> Floats:
    return np.clip(choose(rng, LEVEL_SHARE, size) + rng.uniform(-0.5, 0.5, size), 0, 4.4).astype(np.float32)


def skill_probability(origin: Ints, stack: Ints, level: Floats) -> Floats:
    """Probability (N x W) that somebody has each skill of the role; experience adds some."""
    own_stack = origin == stack[:, None]
    base = np.select([origin == NONE, origin == CORE, own_stack, origin == COMMON], [0.0, 0.75, 0.8, 0.3], default=0.1)
    return base * (0.72 + 0.09 * level[:, None])


def _skill_sheet(catalogue: Catalogue, rng: np.random.Generator, people: People) -> SkillSheet:
    size, roles = len(people), catalogue.roles
    stack = 1 + (rng.random(size) * roles.stacks[people.role]).astype(np.int8)
    origin = roles.origin[people.role]
    own = rng.random(origin.shape, dtype=np.float32) < skill_probability(origin, stack, people.level)
    # Everybody knows at least the first core skill of what they do.
    own[:, 0] |= ~own[:, :5].any(axis=1)
    second = rng.random((size, SECOND_SKILLS), dtype=np.float32) < 0.75
    second &= (people.second_role >= 0)[:, None]
    other = rng.random((size, OTHER_SKILLS)) < 0.25
    ids = np.concatenate(
        [
            roles.skills[people.role],
            roles.skills[people.second_role, :SECOND_SKILLS],
            rng.integers(0, len(catalogue.skills), (size, OTHER_SKILLS), dtype=np.int16),
        ],
        axis=1,
    )
    width = origin.shape[1]
    columns = np.zeros(ids.shape[1], dtype=bool)
    columns[width : width + SECOND_SKILLS] = True
    return SkillSheet(ids, np.concatenate([own, second, other], axis=1), columns)


def _as_bits(sheet: SkillSheet, skills: int) -> Ints:
    words = np.zeros((len(sheet.ids), skills // 64 + 1), dtype=np.uint64)
    rows = np.arange(len(sheet.ids))
    for column in range(sheet.ids.shape[1]):
        has = sheet.has[:, column]
        skill = sheet.ids[has, column].astype(np.uint64)
        words[rows[has], skill >> np.uint64(6)] |= np.uint64(1) << (skill & np.uint64(63))
    return words


def _languages(catalogue: Catalogue, rng: np.random.Generator, city: Ints, education: Ints) -> Ints:
    home = catalogue.places.language[catalogue.places.city_country[city]]
    spoken = np.int64(1) << home.astype(np.int64)
    words = catalogue.words["languages"]
    foreign = np.array([catalogue.languages.index(name) for name in words["foreign"]])
    for probability in (0.35 + 0.12 * education, 0.05 + 0.05 * education):
        learned = foreign[choose(rng, words["foreign_share"], len(city))]
        spoken |= np.where(rng.random(len(city)) < probability, np.int64(1) << learned, 0)
    return spoken


def _activity(rng: np.random.Generator, size: int) -> Floats:
    """Long-tailed: a few are put forward everywhere, a few never."""
    activity = np.minimum(rng.lognormal(0.0, 0.75, size), 25.0)
    activity[rng.random(size) < 0.01] *= 5
    activity[rng.random(size) < 0.09] = 0
    return activity.astype(np.float32)


def _make_chunk(catalogue: Catalogue, rng: np.random.Generator, size: int) -> tuple[People, SkillSheet]:
    roles = catalogue.roles
    role = choose(rng, roles.share, size)
    other = choose(rng, roles.share, size)
    second = np.where((rng.random(size) < 0.22) & (other != role), other, -1).astype(np.int16)
    shared = roles.industry[role] == len(catalogue.industries.keys)
    level = _levels(rng, size)
    education = np.clip(roles.education[role] + choose(rng, [18, 60, 22], size) - 1, 0, 4).astype(np.int8)
    city = choose(rng, catalogue.places.city_share, size)
    activity = _activity(rng, size)
    start = rng.uniform(-180, DAYS - 30, size)
    length = (40 + rng.exponential(110, size)) * np.sqrt(1 + activity)
    people = People(
        role=role,
        second_role=second,
        industry=np.where(shared, choose(rng, catalogue.industries.share[:-1], size), roles.industry[role]),
        level=level,
        city=city,
        education=education,
        languages=_languages(catalogue, rng, city, education),
        remote=rng.random(size) < 0.25 + 0.4 * roles.remote[role],
        wish=rng.normal(0.0, 0.14, size).astype(np.float32),
        activity=activity,
        searching_from=start.astype(np.float32),
        searching_to=(start + length).astype(np.float32),
        taste=rng.standard_normal((size, TASTES), dtype=np.float32),
        skills=np.empty(0, dtype=np.uint64),
        gender=choose(rng, catalogue.words["demographics"]["gender"]["share"], size).astype(np.int8),
        age=(19 + 1.5 * education + years_of(catalogue, level) + rng.gamma(1.5, 3.0, size)).astype(np.float32),
    )
    sheet = _skill_sheet(catalogue, rng, people)
    people.skills = _as_bits(sheet, len(catalogue.skills))
    return people, sheet


def years_of(catalogue: Catalogue, level: Floats) -> Floats:
    """Years of experience that go with a level (0 to 4)."""
    years = [word["years"] for word in catalogue.words["level"]]
    return np.interp(level, np.arange(len(years)), years)


def make_people(catalogue: Catalogue, seed: int, size: int) -> Iterator[tuple[People, SkillSheet]]:
    """The people in chunks of at most CHUNK, so that what is needed only for their texts can be let go."""
    for number, start in enumerate(range(0, size, CHUNK)):
        yield _make_chunk(catalogue, stream(seed, 1, number), min(CHUNK, size - start))


def joined_people(chunks: list[People]) -> People:
    """All chunks as one."""
    return People(**{f.name: np.concatenate([getattr(chunk, f.name) for chunk in chunks]) for f in fields(People)})
