"""Names, e-mail addresses and phone numbers: pools from Faker in the languages of the places, combined by index.

Nothing here can reach a real person: the e-mail domains are reserved (RFC 2606), and the phone numbers are from
ranges that regulators keep for fiction.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from faker import Faker

from jobrec_ui.data.demo.arrays import Ints, Ragged, choose, join, optional, take
from jobrec_ui.data.demo.catalogue import Catalogue, Places

DRAWS = 400
PHONES_PER_COUNTRY = 1000
FAMILY_NAME_FIRST = ("ja_JP", "ko_KR")
WOMAN, MAN = 0, 1


@dataclass(frozen=True)
class NamePools:
    """Given and family names by locale; group g of `given` is locale g // 2 with women's names at even g."""

    given: Ragged
    family: Ragged
    given_ascii: pa.StringArray
    family_ascii: pa.StringArray
    family_first: np.ndarray
    locales_of_country: list[np.ndarray]
    phones: Ragged


def _faker(locale: str, seed: int) -> Faker:
    faker = Faker(locale, providers=["faker.providers.person", "faker.providers.company"])
    faker.seed_instance(seed)
    return faker


def _ascii(name: str) -> str:
    """The name as it would stand in an e-mail address; empty if the script is not Latin."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ł", "l").replace("Ł", "L"))
    return re.sub("[^a-z]", "", plain.encode("ascii", "ignore").decode().lower())


def _phones(pattern: str, rng: np.random.Generator) -> list[str]:
    blanks = pattern.count("#")
    numbers = rng.permutation(10**blanks)[:PHONES_PER_COUNTRY]
    template = pattern.replace("#", "{}")
    return [template.format(*f"{number:0{blanks}d}") for number in numbers]


def _distinct(draw: Callable[[], str]) -> list[str]:
    """Names as the loader writes them: accents composed."""
    return list(dict.fromkeys(unicodedata.normalize("NFC", draw()) for _ in range(DRAWS)))


def make_name_pools(places: Places, seed: int, rng: np.random.Generator) -> NamePools:
    """Pools of names for every locale that the places list."""
    locales = sorted({locale for country in places.countries for locale in country["names"]})
    given: list[list[str]] = []
    family: list[list[str]] = []
    for locale in locales:
        faker = _faker(locale, seed)
        given.append(_distinct(faker.first_name_female))
        given.append(_distinct(faker.first_name_male))
        family.append(_distinct(faker.last_name))
    return NamePools(
        given=Ragged.of(given),
        family=Ragged.of(family),
        given_ascii=pa.array([_ascii(name) for names in given for name in names]),
        family_ascii=pa.array([_ascii(name) for names in family for name in names]),
        family_first=np.array([locale in FAMILY_NAME_FIRST for locale in locales]),
        locales_of_country=[np.array([locales.index(name) for name in c["names"]]) for c in places.countries],
        phones=Ragged.of([_phones(country["phone"], rng) for country in places.countries]),
    )


def name_people(
    pools: NamePools, catalogue: Catalogue, country: Ints, gender: Ints, rng: np.random.Generator
) -> tuple[pa.StringArray, pa.StringArray, pa.StringArray]:
    """Names, e-mail addresses and phone numbers of people of the given countries and genders."""
    size = len(country)
    which = rng.random(size)
    locale = np.empty(size, dtype=np.int64)
    for number, locales in enumerate(pools.locales_of_country):
        rows = country == number
        locale[rows] = locales[(which[rows] * len(locales)).astype(np.int64)]
    man = np.where(gender == WOMAN, 0, np.where(gender == MAN, 1, rng.integers(0, 2, size)))
    given = pools.given.index(locale * 2 + man, rng.random(size))
    family = pools.family.index(locale, rng.random(size))
    given_name, family_name = take(pools.given.values, given), take(pools.family.values, family)
    name = pa.compute.if_else(
        pa.array(pools.family_first[locale]),
        join(family_name, given_name, separator=" "),
        join(given_name, family_name, separator=" "),
    )
    given_part, family_part = take(pools.given_ascii, given), take(pools.family_ascii, family)
    number = pa.compute.cast(pa.array(rng.integers(1, 1000, size)), pa.string())
    latin = pa.compute.and_(pa.compute.not_equal(given_part, ""), pa.compute.not_equal(family_part, ""))
    local_part = pa.compute.if_else(latin, join(given_part, ".", family_part, number), join("person", number))
    domain = rng.integers(0, len(catalogue.words["candidate"]["email_domains"]), size)
    email = join(local_part, "@", take(pa.array(catalogue.words["candidate"]["email_domains"]), domain))
    phone = pools.phones.pick(country, rng.random(size))
    return name, optional(email, rng.random(size) < 0.05), optional(phone, rng.random(size) < 0.2)


def name_companies(
    catalogue: Catalogue, country: Ints, industry: Ints, seed: int, rng: np.random.Generator
) -> pa.Array:
    """Distinct names of companies: half as Faker makes them, half a family name with a word of the industry."""
    fakers = {c["companies"]: _faker(c["companies"], seed) for c in catalogue.places.countries}
    words = catalogue.industries.companies
    style = choose(rng, [1, 1], len(country))
    word = words.pick(industry, rng.random(len(country))).to_pylist()
    names: dict[str, None] = {}
    for number in range(len(country)):
        faker = fakers[catalogue.places.countries[country[number]]["companies"]]
        base = faker.company() if style[number] else f"{faker.last_name()} {word[number]}"
        name, copy = base, 2
        while name in names:
            name, copy = f"{base} {copy}", copy + 1
        names[name] = None
    return pa.array(list(names))
