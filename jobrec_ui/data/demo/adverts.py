"""The postings table: what companies write about their openings, with gaps and in varied wording."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from jobrec_ui.data.demo.arrays import (
    Bools,
    Ints,
    choose,
    compose,
    join,
    joined_lists,
    numbered_ids,
    optional,
    pick_form,
    rounded,
    take,
    with_article,
    years_text,
)
from jobrec_ui.data.demo.catalogue import Catalogue
from jobrec_ui.data.demo.openings import NEEDS, Companies, Openings
from jobrec_ui.data.demo.people import DAYS
from jobrec_ui.data.demo.truth import usual_pay
from jobrec_ui.data.tables import POSTINGS

POSTING_DIGITS = 6
SKILL_SLOTS = 4
# Shares: a need that the skills column leaves out; postings that lack a column.
UNLISTED, NO_SKILLS, NO_DESCRIPTION, NO_SALARY = 0.25, 0.08, 0.04, 0.35


@dataclass(frozen=True)
class AdvertWriter:
    """Writes the postings table once it is known when each closed; `start` is the first day of the two years."""

    catalogue: Catalogue
    companies: Companies
    company_names: pa.StringArray
    start: date

    def postings(self, rng: np.random.Generator, openings: Openings, filled: Bools) -> pa.Table:
        """The whole table, in the order in which the postings opened."""
        catalogue, size = self.catalogue, len(openings)
        places, words = catalogue.places, catalogue.words
        country = places.city_country[openings.city]
        levels = pa.array([word["name"] for word in words["level"]])
        educations = pa.array([names[0] for names in words["education"]["levels"]])
        years = np.floor(np.array([word["years"] for word in words["level"]])[openings.level] * 0.7)
        no_salary = rng.random(size) < NO_SALARY
        no_place = rng.random(size) < np.where(openings.remote, 0.12, 0.02)
        highest = np.exp(usual_pay(catalogue, openings.role, openings.level) + openings.offer)
        highest = rounded(highest * places.pay[country] * places.rate[country], places.round_to[country])
        lowest = rounded(highest * rng.uniform(0.72, 0.9, size), places.round_to[country])
        slots = self._slots(rng, openings, years)
        still_open = openings.closed > DAYS
        kinds = words["posting"]["employment_type"]
        status = np.where(still_open, 0, np.where(filled, 1, 2))
        columns: dict[str, Any] = {
            "posting_id": posting_ids(np.arange(size)),
            "title": self._titles(rng, slots),
            "description": optional(self._descriptions(rng, openings, slots), rng.random(size) < NO_DESCRIPTION),
            "skills": self._skills(rng, openings),
            "company": slots["company"],
            "area": optional(slots["area"], rng.random(size) < 0.05),
            "city": take(places.city_name, openings.city, no_place),
            "region": take(places.region, openings.city, no_place),
            "country": take(places.country_name, country),
            "latitude": pa.array(places.latitude[openings.city], mask=no_place),
            "longitude": pa.array(places.longitude[openings.city], mask=no_place),
            "seniority": take(levels, openings.level, rng.random(size) < 0.08),
            "education": take(educations, openings.education, rng.random(size) < 0.2),
            "languages": optional(self._languages(openings.languages), rng.random(size) < 0.1),
            "employment_type": take(
                pa.array(kinds), choose(rng, words["posting"]["employment_type_share"], size), rng.random(size) < 0.05
            ),
            "remote": pa.array(openings.remote, mask=rng.random(size) < 0.1),
            "salary_min": pa.array(lowest, mask=no_salary | (rng.random(size) < 0.1)),
            "salary_max": pa.array(highest, mask=no_salary),
            "currency": take(places.currency, country, no_salary),
            "years_experience_min": pa.array(years, mask=rng.random(size) < 0.3),
            "opened_at": self._dates(openings.opened, np.zeros(size, dtype=bool)),
            "closed_at": self._dates(openings.closed, still_open),
            "status": take(pa.array(["open", "filled", "closed"]), status),
        }
        return pa.table([columns[name] for name in POSTINGS.names], schema=POSTINGS.arrow_schema)

    def _dates(self, days: np.ndarray, missing: Bools) -> pa.Array:
        return pa.array(np.datetime64(self.start) + days.astype("timedelta64[D]"), mask=missing)

    def _slots(self, rng: np.random.Generator, openings: Openings, years: np.ndarray) -> dict[str, pa.Array]:
        """What the templates of titles and descriptions may name."""
        catalogue, size = self.catalogue, len(openings)
        roles, role = catalogue.roles, openings.role.astype(np.int64)
        patterns = [pattern for word in catalogue.words["level"] for pattern in word["titles"]]
        plain = roles.titles.pick(role, rng.random(size))
        educations = pa.array([names[0] for names in catalogue.words["education"]["levels"]])
        task = rng.permuted(np.broadcast_to(np.arange(4), (size, 4)), axis=1)
        slots = {
            "title": compose(patterns, openings.level * 4 + rng.integers(0, 4, size), {"t": plain}),
            "company": take(self.company_names, openings.company),
            "city": take(catalogue.places.city_name, openings.city),
            "industry": pa.compute.utf8_lower(take(catalogue.industries.names, openings.industry)),
            "area": take(roles.area, role),
            "education": take(educations, openings.education),
            "years": years_text(years),
        }
        slots["a_title"] = with_article(slots["title"])
        for number in range(3):
            slots[f"task{number + 1}"] = roles.tasks.values.take(pa.array(role * 4 + task[:, number]))
        # The text names needs by their weight, so mostly the musts; a posting with few needs repeats the first.
        mixed = np.argsort(-openings.need_weight * rng.uniform(0.5, 1.5, openings.need_weight.shape), axis=1)
        for number in range(SKILL_SLOTS):
            skill = np.take_along_axis(openings.needs, mixed[:, number : number + 1], axis=1)[:, 0]
            skill = np.where(skill < 0, openings.needs[:, 0], skill)
            slots[f"skill{number + 1}"] = pick_form(catalogue.forms, skill, rng.random(size))
        return slots

    def _titles(self, rng: np.random.Generator, slots: dict[str, pa.Array]) -> pa.StringArray:
        endings = self.catalogue.words["posting"]["title_endings"]
        choice = rng.integers(0, len(endings), len(slots["title"]))
        return compose(endings, choice, {"t": slots["title"], "city": slots["city"], "skill": slots["skill1"]})

    def _descriptions(self, rng: np.random.Generator, openings: Openings, slots: dict[str, pa.Array]) -> pa.StringArray:
        catalogue, size = self.catalogue, len(openings)
        words, local = catalogue.words["posting"], catalogue.words["local"]
        languages = catalogue.places.language[catalogue.places.city_country[openings.city]]
        foreign = [name for name in catalogue.languages if name in local]
        number = np.array([foreign.index(name) if name in local else -1 for name in catalogue.languages])[languages]
        openers = [*words["openings"], *(local[name]["opening"] for name in foreign)]
        choice = rng.integers(0, len(words["openings"]), size)
        choice = np.where((number >= 0) & (rng.random(size) < 0.35), len(words["openings"]) + number, choice)
        parts = [compose(openers, choice, slots)]
        for section in ("work", "needs", "offers"):
            parts.append(compose(words[section], rng.integers(0, len(words[section]), size), slots))
        return pa.compute.utf8_rtrim_whitespace(join(*parts, separator="\n\n"))

    def _skills(self, rng: np.random.Generator, openings: Openings) -> pa.StringArray:
        listed = (openings.needs >= 0) & (rng.random(openings.needs.shape) >= UNLISTED)
        listed[rng.random(len(openings)) < NO_SKILLS] = False
        order = np.argsort(rng.random(openings.needs.shape) + ~listed, axis=1)
        count = listed.sum(axis=1)
        flat = np.take_along_axis(openings.needs, order, axis=1)[np.arange(NEEDS) < count[:, None]]
        return joined_lists(pick_form(self.catalogue.forms, flat, rng.random(len(flat))), count)

    def _languages(self, wanted: Ints) -> pa.StringArray:
        names = self.catalogue.languages
        bits = (wanted[:, None] >> np.arange(len(names))) & 1 == 1
        return joined_lists(take(pa.array(names), np.nonzero(bits)[1]), bits.sum(axis=1))


def posting_ids(index: Ints) -> pa.StringArray:
    """The ids of postings by row number."""
    return numbered_ids("P", index, POSTING_DIGITS)
