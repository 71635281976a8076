"""Reads the catalogue (industries, roles, skills, places, words) into arrays that the generator indexes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import pyarrow as pa

from jobrec_ui.data.demo.arrays import Floats, Ints, Ragged, shares

# Where a skill of a role comes from; stacks are numbered from 1.
CORE, COMMON, NONE = 0, -1, -2
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Roles:
    """All roles, in arrays of length R (roles) or R x W (W: the largest number of skills that a role knows)."""

    industry: Ints
    share: Floats
    pay: Floats
    remote: Floats
    education: Ints
    area: pa.StringArray
    titles: Ragged
    tasks: Ragged
    duties: Ragged
    stacks: Ints
    skills: Ints
    origin: Ints
    similarity: Floats


@dataclass(frozen=True)
class Industries:
    """All industries, the shared functions last: they belong to any of the others."""

    keys: list[str]
    names: pa.StringArray
    share: Floats
    companies: Ragged


@dataclass(frozen=True)
class Places:
    """Countries (arrays of length C) and cities (arrays of length T); distance is T x T, in kilometres."""

    countries: list[dict[str, Any]]
    country_name: pa.StringArray
    currency: pa.StringArray
    pay: Floats
    rate: Floats
    round_to: Floats
    language: Ints
    city_name: pa.StringArray
    region: pa.StringArray
    latitude: Floats
    longitude: Floats
    city_country: Ints
    city_share: Floats
    distance: Floats


@dataclass(frozen=True)
class Catalogue:
    """Everything the demo company is made of. `forms` holds the spellings of each skill, the plain one first."""

    skills: list[str]
    forms: Ragged
    languages: list[str]
    industries: Industries
    roles: Roles
    places: Places
    words: dict[str, Any]


def _read(path: Traversable) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_roles(read: list[dict[str, Any]], industry_share: Floats, skill_ids: dict[str, int]) -> Roles:
    rows = [(number, industry, role) for number, industry in enumerate(read) for role in industry["role"]]
    known = [
        [(skill_ids[s], CORE) for s in role["core"]]
        + [(skill_ids[s], stack) for stack, group in enumerate(role["stacks"], start=1) for s in group]
        + [(skill_ids[s], COMMON) for s in industry["common"]]
        for _, industry, role in rows
    ]
    width = max(len(k) for k in known)
    skills = np.full((len(rows), width), -1, dtype=np.int16)
    origin = np.full((len(rows), width), NONE, dtype=np.int8)
    for row, entries in enumerate(known):
        skills[row, : len(entries)], origin[row, : len(entries)] = zip(*entries, strict=True)
    # A skill that a role names twice counts once, where it is named first.
    for row in range(len(rows)):
        first = np.unique(skills[row], return_index=True)[1]
        again = np.setdiff1d(np.arange(width), first)
        skills[row, again], origin[row, again] = -1, NONE
    numbers = np.array([number for number, _, _ in rows], dtype=np.int16)
    weight = np.array([role["weight"] for _, _, role in rows], dtype=float)
    within = np.bincount(numbers, weights=weight)
    stacks = np.array([len(role["stacks"]) for _, _, role in rows], dtype=np.int8)
    areas = [role["area"] for _, _, role in rows]
    return Roles(
        industry=numbers,
        share=industry_share[numbers] * weight / within[numbers],
        pay=np.array([role["pay"] for _, _, role in rows], dtype=float),
        remote=np.array([role["remote"] for _, _, role in rows], dtype=float),
        education=np.array([role["education"] for _, _, role in rows], dtype=np.int8),
        area=pa.array(areas),
        titles=Ragged.of([role["titles"] for _, _, role in rows]),
        tasks=Ragged.of([role["tasks"] for _, _, role in rows]),
        duties=Ragged.of([role["duties"] for _, _, role in rows]),
        stacks=stacks,
        skills=skills,
        origin=origin,
        similarity=_similarity(skills, origin, stacks, numbers, np.unique(areas, return_inverse=True)[1]),
    )


def _similarity(skills: Ints, origin: Ints, stacks: Ints, industry: Ints, area: Ints) -> Floats:
    """R x R, 1 on the diagonal: cosine of the roles' skills, and a little for the same industry and area."""
    vectors = np.zeros((len(skills), skills.max() + 1))
    weight = np.where(origin == CORE, 1.0, np.where(origin > 0, 1.0 / stacks[:, None], 0.25))
    row, column = np.nonzero(origin != NONE)
    vectors[row, skills[row, column]] = weight[row, column]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    same_industry = industry[:, None] == industry[None, :]
    same_area = same_industry & (area[:, None] == area[None, :])
    similarity = np.minimum(0.8, vectors @ vectors.T + 0.1 * same_industry + 0.2 * same_area)
    np.fill_diagonal(similarity, 1.0)
    return similarity


def _read_places(countries: list[dict[str, Any]], languages: list[str]) -> Places:
    cities = [(number, *city) for number, country in enumerate(countries) for city in country["cities"]]
    number, name, region, latitude, longitude, weight = zip(*cities, strict=True)
    city_country = np.array(number, dtype=np.int16)
    city_weight = np.array(weight, dtype=float)
    country_share = shares([country["share"] for country in countries])
    within = np.bincount(city_country, weights=city_weight)
    lat, lon = np.radians(latitude), np.radians(longitude)
    haversine = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return Places(
        countries=countries,
        country_name=pa.array([country["name"] for country in countries]),
        currency=pa.array([country["currency"] for country in countries]),
        pay=np.array([country["pay"] for country in countries]),
        rate=np.array([country["rate"] for country in countries]),
        round_to=np.array([country["round"] for country in countries], dtype=float),
        language=np.array([languages.index(country["language"]) for country in countries], dtype=np.int8),
        city_name=pa.array(name),
        region=pa.array(region),
        latitude=np.array(latitude),
        longitude=np.array(longitude),
        city_country=city_country,
        city_share=country_share[city_country] * city_weight / within[city_country],
        distance=2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(haversine)),
    )


@cache
def load_catalogue() -> Catalogue:
    """The catalogue of the package, read once per process."""
    root = files("jobrec_ui.data.demo") / "catalogue"
    folder = root / "industries"
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found.remove("shared.toml")
    read = [_read(folder / name) for name in [*found, "shared.toml"]]
    words = _read(root / "words.toml")
    countries = _read(root / "places.toml")["country"]
    skills = sorted(
        {s for i in read for r in i["role"] for s in [*i["common"], *r["core"], *(x for g in r["stacks"] for x in g)]}
    )
    languages = sorted({country["language"] for country in countries} | set(words["languages"]["foreign"]))
    share = shares([industry["share"] for industry in read])
    return Catalogue(
        skills=skills,
        forms=Ragged.of([[s, *words["synonyms"].get(s, [])] for s in skills]),
        languages=languages,
        industries=Industries(
            keys=[name.removesuffix(".toml") for name in found],
            names=pa.array([industry["name"] for industry in read]),
            share=share,
            companies=Ragged.of([industry["companies"] for industry in read[:-1]]),
        ),
        roles=_read_roles(read, share, {skill: number for number, skill in enumerate(skills)}),
        places=_read_places(countries, languages),
        words=words,
    )
