"""The kinds of filters: any of some words, a range, a day, a place. A new filter of a kind takes a line in
CandidateFilters and a file of SQL.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jobrec_ui.errors import InputError
from jobrec_ui.matching import text_query
from jobrec_ui.matching.filters.record import Asked, Chip, Filter, Widget
from jobrec_ui.warehouse import letters
from jobrec_ui.warehouse.values import all_folded, word_list

DISTANCES = (10, 25, 50, 100, 200)
PERIODS: Mapping[int, str] = {
    30: "In the last month",
    90: "In the last 3 months",
    180: "In the last 6 months",
    365: "In the last year",
    730: "In the last 2 years",
}
MOST_SKILLS = 20
MOST_PAY = 1e9
_LONGEST_SKILL = 256
_HALF_THE_EARTH_KM = 20_040
_NOBODY = "none"
_LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class AnyOf(Filter):
    """Has one of some words; with ``by_id`` the words are ids of lists. ``words``: how it is said, {} for the words."""

    words: str = "{}"
    joint: str = "or"
    by_id: bool = False

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return bool(values[self.fields[0]])

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        [widget] = self.widgets
        return {self.fields[0]: _known(held[widget.key], asked.choices.of(widget.choices))}

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        [field] = self.fields
        words = values[field]
        return {field: word_list(words) if self.by_id else any_of(words)}

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        if wanted := values[self.fields[0]]:
            shown = [lists.get(one, one) for one in wanted] if self.by_id else wanted
            yield Chip(self.name, self.words.format(joined(shown, self.joint)), self.keys)

    def trial(self) -> dict[str, Any]:
        return {self.fields[0]: (_NOBODY,)}


@dataclass(frozen=True)
class AllOf(AnyOf):
    """Has all of some words."""

    joint: str = "and"

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        words = each_once(values[self.fields[0]])
        return {self.fields[0]: word_list(words), f"{self.fields[0]}_count": len(words)}


@dataclass(frozen=True)
class Between(Filter):
    """A number between two, either of which may be left out."""

    about: str = ""
    unit: str = ""

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return any(values[field] is not None for field in self.fields[:2])

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        [widget] = self.widgets
        low, high = (max(0, min(number, widget.most)) for number in held[widget.key])
        least, most = self.fields
        return {least: float(low) if low > 0 else None, most: float(high) if high < widget.most else None}

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        low, high = (values[field] for field in self.fields[:2])
        if low is not None and high is not None and low > high:
            unit = f" {self.unit}" if self.unit else ""
            raise InputError(f"The least {self.about} ({low:g}{unit}) is more than the most ({high:g}). Swap them.")
        return {field: values[field] for field in self.fields}

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        if self.is_on(values):
            low, high = (values[field] for field in self.fields[:2])
            yield Chip(self.name, self.in_words(in_range(low, high, self._unit(values)), values), self.keys)

    def trial(self) -> dict[str, Any]:
        return {self.fields[0]: 1.0, self.fields[1]: 2.0}

    def in_words(self, amount: str, values: Mapping[str, Any]) -> str:
        """How it is said, the range being ``amount``."""
        return f"{amount} of {self.about}"

    def _unit(self, values: Mapping[str, Any]) -> str:
        return self.unit


@dataclass(frozen=True)
class Pay(Between):
    """An amount in a currency, which without an amount asks for nothing; without one it is the posting's."""

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        low, high, currency = (held[key] for key in self.keys)
        amounts = [_amount(low) or None, _amount(high) or None]
        known = asked.choices.of(self.widgets[2].choices)
        chosen = currency if currency is not None else asked.currency
        return {
            "pay_min": amounts[0],
            "pay_max": amounts[1],
            "currency": chosen if any(amounts) and chosen in known else None,
        }

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        currency = values["currency"]
        bound = super().bind(values)
        return bound | {"currency": letters.folded(currency) if self.is_on(values) and currency else None}

    def in_words(self, amount: str, values: Mapping[str, Any]) -> str:
        return f"wants {amount}"

    def trial(self) -> dict[str, Any]:
        return super().trial() | {"currency": _NOBODY}

    def _unit(self, values: Mapping[str, Any]) -> str:
        return values["currency"] or ""


@dataclass(frozen=True)
class OnDay(Filter):
    """A day: by then, or since. The widget holds a day, or, with periods, so many days back from today."""

    words: str = "{}"

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return values[self.fields[0]] is not None

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        found = held[self.keys[0]]
        if found in PERIODS:
            found = asked.today - timedelta(days=found)
        return {self.fields[0]: found if isinstance(found, date) else None}

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {self.fields[0]: values[self.fields[0]]}

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        if day := values[self.fields[0]]:
            yield Chip(self.name, self.words.format(f"{day.day} {day:%b %Y}"), self.keys)

    def trial(self) -> dict[str, Any]:
        return {self.fields[0]: _LONG_AGO}


@dataclass(frozen=True)
class Switch(Filter):
    """On or off."""

    words: str = ""

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return bool(values[self.fields[0]])

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        return {self.fields[0]: bool(held[self.keys[0]])}

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        if self.is_on(values):
            yield Chip(self.name, self.words, self.keys)

    def trial(self) -> dict[str, Any]:
        return {self.fields[0]: True}


@dataclass(frozen=True)
class Text(Filter):
    """Words, phrases, AND, OR, NOT in the texts about somebody."""

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return bool(text_query.parse(values["text"]))

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """Raises InputError for a search that cannot be read."""
        typed = held[self.keys[0]] or ""
        text_query.parse(typed)
        return {"text": " ".join(typed.split())}

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        clauses = text_query.parse(values["text"])
        return {
            "terms": text_query.as_json(clauses),
            "spellings": text_query.spellings(clauses),
            "clause_count": len(clauses),
        }

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        if values["text"]:
            yield Chip(self.name, f"text has {values['text']}", self.keys)

    def trial(self) -> dict[str, Any]:
        return {"text": _NOBODY}


@dataclass(frozen=True)
class Place(Filter):
    """A city, region or country; around a city that has coordinates also so far away."""

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return bool(values["place"])

    def files(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        if values["within_km"] is None:
            return super().files(values)
        return (*self.needs, "matching/filters/near_candidates", "matching/filters/place_around")

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        place, near = self.widgets
        chosen, distance = held[place.key], held[near.key]
        is_located = chosen in asked.choices.of(near.choices)
        return {
            "place": chosen if chosen in asked.choices.of(place.choices) else None,
            "within_km": float(distance) if distance in DISTANCES and is_located else None,
        }

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        place, distance = values["place"], values["within_km"]
        if distance is not None and not 0 < distance <= _HALF_THE_EARTH_KM:
            raise InputError(f"A distance is between 1 and {_HALF_THE_EARTH_KM} km, not {distance:g}.")
        return {"place": letters.folded(place) if place else None, "within_km": distance}

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterable[Chip]:
        place, distance = values["place"], values["within_km"]
        if place:
            words = f"within {distance:g} km of {place}" if distance else f"in {place}"
            yield Chip(self.name, words, self.keys)

    def trial(self) -> dict[str, Any]:
        return {"place": _NOBODY, "within_km": 1.0}


@dataclass(frozen=True)
class Skills(Filter):
    """Skills that everybody must have, that are nice to have, and that nobody may have. The second ranks only."""

    @property
    def cells(self) -> tuple[tuple[Widget, ...], ...]:
        return tuple((widget,) for widget in self.widgets)

    def is_on(self, values: Mapping[str, Any]) -> bool:
        return bool(each_once(values["must_have"]) or each_once(values["excluded"]))

    def read(self, held: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        return {field: checked_skills(held[key]) for field, key in zip(self.fields, self.keys, strict=True)}

    def bind(self, values: Mapping[str, Any]) -> dict[str, Any]:
        must, nice, excluded = (each_once(values[field]) for field in self.fields)
        if both := sorted(set(must) & set(excluded)):
            raise InputError(f"A skill cannot be both a must and excluded: {both[0]}. Remove it from one of them.")
        wanted = [{"skill": one, "is_must": is_must} for is_must in (True, False) for one in (excluded, must)[is_must]]
        return {"skills": json.dumps(wanted), "nice_to_have": word_list(nice), "nice_count": len(nice)}

    def chips(self, values: Mapping[str, Any], lists: Mapping[str, str]) -> Iterator[Chip]:
        must, nice, without = self.keys
        for skill in values["must_have"]:
            yield Chip("must_have", f"must have {skill}", (must,), skill)
        for skill in values["excluded"]:
            yield Chip("excluded", f"without {skill}", (without,), skill)
        if values["nice_to_have"]:
            words = f"nice to have {joined(values['nice_to_have'], 'and')}"
            yield Chip("nice_to_have", words, (nice,), leaves_out=False)

    def trial(self) -> dict[str, Any]:
        return {"must_have": (_NOBODY,), "nice_to_have": ("no",), "excluded": ("never",)}


# ---- words and numbers -----------------------------------------------------------------------------------------------


def checked_skills(values: Iterable[str]) -> tuple[str, ...]:
    """Skills as typed, several if semicolons part them, without odd blanks and doubles, and not more or longer than
    makes sense.
    """
    cleaned = (" ".join(part.split())[:_LONGEST_SKILL] for value in values for part in str(value).split(";"))
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MOST_SKILLS]


def each_once(words: Sequence[str]) -> list[str]:
    """Each word once, as :func:`word_list` writes it."""
    return list(dict.fromkeys(all_folded([word.replace(";", " ") for word in words])))


def any_of(words: Sequence[str]) -> str | None:
    """``words`` for SQL to look into; None for none."""
    return word_list(all_folded(words)) if words else None


def joined(values: Sequence[str], joint: str) -> str:
    """``a or b``."""
    return f" {joint} ".join(values)


def in_range(low: float | None, high: float | None, unit: str) -> str:
    """``3 to 5 years``, ``at least 1 year``."""
    numbers = [f"{value:,.10g}" for value in (low, high) if value is not None]
    unit = unit.removesuffix("s") if unit == "years" and numbers == ["1"] else unit
    if len(numbers) == 2:
        return f"{numbers[0]} to {numbers[1]} {unit}".strip()
    return f"{'at least' if high is None else 'at most'} {numbers[0]} {unit}".strip()


def _known(values: Iterable[str], choices: Iterable[str]) -> tuple[str, ...]:
    there_are = set(choices)
    return tuple(value for value in values or () if value in there_are)


def _amount(value: Any) -> float | None:
    is_number = isinstance(value, (int, float)) and not math.isnan(value)
    return min(max(float(value), 0.0), MOST_PAY) if is_number else None
