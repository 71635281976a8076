"""The candidates and demographics tables: what people say about themselves, with gaps, slips and their own words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from jobrec_ui.data.demo.arrays import (
    Bools,
    Floats,
    Ints,
    Ragged,
    choose,
    compose,
    join,
    joined_lists,
    numbered_ids,
    optional,
    pick_form,
    rounded,
    take,
    years_text,
)
from jobrec_ui.data.demo.catalogue import Catalogue
from jobrec_ui.data.demo.names import NamePools, name_people
from jobrec_ui.data.demo.people import DAYS, People, SkillSheet, years_of
from jobrec_ui.data.demo.truth import usual_pay
from jobrec_ui.data.tables import CANDIDATES, DEMOGRAPHICS

CANDIDATE_DIGITS = 7
MOST_SKILLS = 14
SKILL_SLOTS = 3
# Shares of profiles: nothing but a name, a source and perhaps a headline; a skill that is true but not listed.
EMPTY_PROFILE, FORGOTTEN, SECOND_HIDDEN = 0.08, 0.22, 0.5
DECLARES = 0.72
SECONDS_PER_DAY = 86_400


@dataclass(frozen=True)
class ProfileWriter:
    """Writes the tables of one chunk of people after the other; `start` is the first day of the two years."""

    catalogue: Catalogue
    names: NamePools
    start: date

    def candidates(self, rng: np.random.Generator, people: People, sheet: SkillSheet, first: int) -> pa.RecordBatch:
        """The rows of the candidates table for a chunk whose first person has number `first`."""
        places, words, size = self.catalogue.places, self.catalogue.words, len(people)
        country = places.city_country[people.city]
        empty = rng.random(size) < EMPTY_PROFILE
        no_place = empty | (rng.random(size) < 0.04)
        no_pay = empty | (rng.random(size) < 0.35)
        name, email, phone = name_people(self.names, self.catalogue, country, people.gender, rng)
        listed, count = self._listed_skills(rng, sheet)
        slots = self._slots(rng, people, listed, count, no_place)
        level = np.clip(np.round(people.level + rng.normal(0, 0.3, size)), 0, 4).astype(np.int64)
        columns: dict[str, Any] = {
            "candidate_id": candidate_ids(np.arange(first, first + size)),
            "name": name,
            "email": email,
            "phone": phone,
            "headline": optional(self._headlines(rng, people, slots), rng.random(size) < np.where(empty, 0.5, 0.06)),
            "summary": optional(self._summaries(rng, people, slots), empty | (rng.random(size) < 0.25)),
            "skills": self._skills(rng, listed, np.where(empty | (rng.random(size) < 0.06), 0, count)),
            "city": take(places.city_name, people.city, no_place),
            "region": take(places.region, people.city, no_place | (rng.random(size) < 0.1)),
            "country": take(places.country_name, country, no_place & (rng.random(size) < 0.7)),
            "latitude": pa.array(places.latitude[people.city], mask=no_place),
            "longitude": pa.array(places.longitude[people.city], mask=no_place),
            "seniority": take(_level_names(words), level, empty | (rng.random(size) < 0.12)),
            "education": optional(
                Ragged.of(words["education"]["levels"]).pick(people.education, rng.random(size)),
                empty | (rng.random(size) < 0.15),
            ),
            "languages": optional(
                self._languages(rng, people.languages, places.language[country]), empty | (rng.random(size) < 0.2)
            ),
            "years_experience": pa.array(self._years(rng, people), mask=empty | (rng.random(size) < 0.15)),
            "desired_salary": pa.array(self._desired_salary(people, country), mask=no_pay),
            "currency": take(places.currency, country, no_pay),
            "remote": pa.array(people.remote, mask=empty | (rng.random(size) < 0.3)),
            "available_from": self._available_from(rng, people),
            "source": take(
                pa.array(words["candidate"]["source"]), choose(rng, words["candidate"]["source_share"], size)
            ),
            "updated_at": self._updated_at(rng, people),
        }
        return pa.record_batch([columns[n] for n in CANDIDATES.names], schema=CANDIDATES.arrow_schema)

    def demographics(self, rng: np.random.Generator, people: People, first: int) -> pa.RecordBatch:
        """The rows of the demographics table for a chunk: not everybody declares, nor every attribute."""
        words, size = self.catalogue.words["demographics"], len(people)
        ids = candidate_ids(np.arange(first, first + size))
        age = np.searchsorted(words["age_group"]["limits"], people.age, side="right")
        values = {
            "age_group": age,
            "disability": choose(rng, words["disability"]["share"], size),
            "gender": people.gender,
        }
        declares = rng.random(size) < DECLARES
        parts = []
        for attribute, value in values.items():
            rows = np.flatnonzero(declares & (rng.random(size) < 0.95))
            text = take(pa.array(words[attribute]["values"]), value[rows])
            parts.append((ids.take(pa.array(rows)), pa.repeat(attribute, len(rows)), text))
        columns = [pa.concat_arrays(column) for column in zip(*parts, strict=True)]
        return pa.record_batch(columns, schema=DEMOGRAPHICS.arrow_schema)

    def _listed_skills(self, rng: np.random.Generator, sheet: SkillSheet) -> tuple[Ints, Ints]:
        """Skill ids (N x W) in a random order, those on the profile first, and how many these are."""
        hidden = rng.random(len(sheet.ids)) < SECOND_HIDDEN
        shown = sheet.has & (rng.random(sheet.ids.shape, dtype=np.float32) >= FORGOTTEN)
        shown &= ~(hidden[:, None] & sheet.second)
        key = rng.random(sheet.ids.shape, dtype=np.float32) + np.where(shown, 0, np.where(sheet.has, 1, 2))
        order = np.argsort(key, axis=1)[:, :MOST_SKILLS]
        return np.take_along_axis(sheet.ids, order, axis=1), np.minimum(shown.sum(axis=1), MOST_SKILLS)

    def _skills(self, rng: np.random.Generator, listed: Ints, count: Ints) -> pa.StringArray:
        flat = listed[np.arange(listed.shape[1]) < count[:, None]]
        return joined_lists(pick_form(self.catalogue.forms, flat, rng.random(len(flat))), count)

    def _slots(
        self, rng: np.random.Generator, people: People, listed: Ints, count: Ints, no_place: Bools
    ) -> dict[str, pa.Array]:
        """What the templates of headlines and summaries may name."""
        catalogue, size = self.catalogue, len(people)
        variant = people.role.astype(np.int64), rng.random(size)
        title = catalogue.roles.titles.pick(*variant)
        level = np.clip(np.round(people.level + rng.normal(0, 0.4, size)), 0, 4).astype(np.int64)
        patterns = [pattern for word in catalogue.words["level"] for pattern in word["titles"]]
        title = compose(patterns, level * 4 + rng.integers(0, 4, size), {"t": title})
        duty = rng.permuted(np.broadcast_to(np.arange(3), (size, 3)), axis=1)
        slots = {
            "title": title,
            "industry": take(catalogue.industries.names, people.industry),
            "city": _replaced(take(catalogue.places.city_name, people.city), no_place, "my region"),
            "years": years_text(self._years(rng, people)),
            "emoji": take(pa.array(catalogue.words["candidate"]["emoji"]), rng.integers(0, 8, size)),
            "local": self._local_word(people),
        }
        for number in range(2):
            slots[f"duty{number + 1}"] = catalogue.roles.duties.values.take(pa.array(variant[0] * 3 + duty[:, number]))
        own = catalogue.roles.skills[people.role]
        for number in range(SKILL_SLOTS):
            skill = np.where(number < count, listed[:, number], own[:, number])
            slots[f"skill{number + 1}"] = pick_form(catalogue.forms, skill, rng.random(size))
        return slots

    def _local_word(self, people: People) -> pa.StringArray:
        """The industry in the language of the place; null where that is English."""
        catalogue = self.catalogue
        words = catalogue.words["local_industry"]
        table = [words[key].get(language) for key in catalogue.industries.keys for language in catalogue.languages]
        language = catalogue.places.language[catalogue.places.city_country[people.city]]
        entry = people.industry.astype(np.int64) * len(catalogue.languages) + language
        return take(pa.array(table, pa.string()), entry)

    def _headlines(self, rng: np.random.Generator, people: People, slots: dict[str, pa.Array]) -> pa.StringArray:
        words, size = self.catalogue.words["candidate"], len(people)
        plain, local, emoji = words["headlines"], words["headlines_local"], words["headlines_emoji"]
        kind = rng.random(size)
        foreign = np.asarray(slots["local"].is_valid())
        choice = rng.integers(0, len(plain), size)
        choice = np.where(kind < 0.04, len(plain) + len(local) + rng.integers(0, len(emoji), size), choice)
        choice = np.where((kind > 0.8) & foreign, len(plain) + rng.integers(0, len(local), size), choice)
        return compose([*plain, *local, *emoji], choice, slots)

    def _summaries(self, rng: np.random.Generator, people: People, slots: dict[str, pa.Array]) -> pa.StringArray:
        catalogue, size = self.catalogue, len(people)
        templates = catalogue.words["candidate"]["summaries"]
        text = compose(templates, rng.integers(0, len(templates), size), slots)
        local = catalogue.words["local"]
        closings = pa.array([" " + local[name]["closing"] if name in local else "" for name in catalogue.languages])
        language = catalogue.places.language[catalogue.places.city_country[people.city]]
        closing = _replaced(take(closings, language), rng.random(size) < 0.6, "")
        return join(text, closing)

    def _languages(self, rng: np.random.Generator, spoken: Ints, home: Ints) -> pa.StringArray:
        """The languages, some with a level after a colon; the language of the place is the mother tongue."""
        names = self.catalogue.languages
        bits = (spoken[:, None] >> np.arange(len(names))) & 1 == 1
        who, which = np.nonzero(bits)
        levels = pa.array(["", *(f":{level}" for level in self.catalogue.words["languages"]["levels"])])
        level = rng.integers(1, len(levels) - 1, len(which))
        level = np.where(which == home[who], len(levels) - 1, level)
        level = np.where(rng.random(len(which)) < 0.6, 0, level)
        return joined_lists(join(take(pa.array(names), which), take(levels, level)), bits.sum(axis=1))

    def _years(self, rng: np.random.Generator, people: People) -> Floats:
        return np.round(years_of(self.catalogue, people.level) * rng.lognormal(0, 0.12, len(people)))

    def _desired_salary(self, people: People, country: Ints) -> Floats:
        places = self.catalogue.places
        dollars = np.exp(usual_pay(self.catalogue, people.role, people.level) + people.wish)
        return rounded(dollars * places.pay[country] * places.rate[country], places.round_to[country])

    def _available_from(self, rng: np.random.Generator, people: People) -> pa.Array:
        days = np.floor(people.searching_from + rng.exponential(60, len(people))).astype(np.int64)
        dates = np.datetime64(self.start) + days.astype("timedelta64[D]")
        return pa.array(dates, mask=rng.random(len(people)) < 0.4)

    def _updated_at(self, rng: np.random.Generator, people: People) -> pa.Array:
        """Some day of the search, or later; never after the end of the two years."""
        day = people.searching_from + rng.exponential(120, len(people))
        seconds = (np.minimum(day, DAYS - rng.exponential(1.0, len(people))) * SECONDS_PER_DAY).astype("timedelta64[s]")
        return pa.array((np.datetime64(self.start, "s") + seconds).astype("datetime64[us]"))


def candidate_ids(index: Ints) -> pa.StringArray:
    """The ids of candidates by row number."""
    return numbered_ids("C", index, CANDIDATE_DIGITS)


def start_of(until: date) -> date:
    """The first day of the two years that end with `until`."""
    return until - timedelta(days=DAYS)


def _level_names(words: dict[str, Any]) -> pa.StringArray:
    return pa.array([word["name"] for word in words["level"]])


def _replaced(values: pa.Array, where: Bools, replacement: str) -> pa.Array:
    return pa.compute.if_else(pa.array(where), replacement, values)
