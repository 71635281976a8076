"""What a recruiter may ask candidates to be like, and how that becomes values for SQL (sql/match/)."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobrec_ui import text_query
from jobrec_ui.errors import InputError
from jobrec_ui.warehouse.sqlfiles import Parts

_HALF_THE_EARTH_KM = 20_040


@dataclass(frozen=True)
class Viewer:
    """For whom the warehouse answers: their shortlists and notes count, and ``blind`` withholds who somebody is.

    ``desk`` is a number that changes when shortlists do; it only tells one answer from a later one.
    """

    username: str = ""
    blind: bool = False
    desk: int = 0

    def asking(self, filters: "CandidateFilters") -> "Viewer":
        """What ``filters`` need to know of the viewer: most give the same to everybody, and share one cached answer."""
        return self if filters.read_lists else Viewer(blind=self.blind)


@dataclass(frozen=True)
class CandidateFilters:
    """What candidates must be like. Words are compared without regard to case; None and () mean "any".

    Who has not said what a filter asks for does not pass it.

    must_have, nice_to_have, excluded   skills: all of the first, none of the last; those in between lift a candidate
                                        by up to 0.1 score points
    text                                words, phrases, AND, OR, NOT in headline, summary, skills and notes
    place, within_km                    a city, region or country; around a city that has coordinates also so far away
    seniority, education, sources       any of these
    languages                           all of these
    experience_min, experience_max      years
    pay_min, pay_max, currency          the pay that candidates wish for, in that currency
    available_by                        can start on that day
    active_since                        something happened with them, or their profile changed, on or after that day
    stages_here, stages_elsewhere       the last stage reached on this posting, on any other one, is one of these
    exclude_known                       leaves out who was put forward for the posting, or was rejected, contacted or
                                        marked as not for it
    on_lists, off_lists                 is on one of these shortlists (ids), on none of those
    """

    must_have: tuple[str, ...] = ()
    nice_to_have: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    text: str = ""
    place: str | None = None
    within_km: float | None = None
    seniority: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    experience_min: float | None = None
    experience_max: float | None = None
    pay_min: float | None = None
    pay_max: float | None = None
    currency: str | None = None
    available_by: date | None = None
    active_since: date | None = None
    stages_here: tuple[str, ...] = ()
    stages_elsewhere: tuple[str, ...] = ()
    exclude_known: bool = False
    on_lists: tuple[str, ...] = ()
    off_lists: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def read_lists(self) -> bool:
        """Whether who passes depends on shortlists, their notes, or what was decided on them."""
        return bool(self.on_lists or self.off_lists or self.exclude_known or self.text.strip())

    def without(self, name: str, value: str | None = None) -> "CandidateFilters":
        """These filters less one: the field ``name``, or only ``value`` of it."""
        default = next(field.default for field in dataclasses.fields(self) if field.name == name)
        kept: Any = tuple(one for one in getattr(self, name) if one != value) if value is not None else default
        return dataclasses.replace(self, **{name: kept})


def params(filters: CandidateFilters, viewer: Viewer) -> dict[str, Any]:
    """What sql/filters/ binds. Raises InputError for filters that nobody can meet."""
    must, nice, excluded = (_words(words) for words in (filters.must_have, filters.nice_to_have, filters.excluded))
    if both := sorted(set(must) & set(excluded)):
        raise InputError(f"A skill cannot be both a must and excluded: {both[0]}. Remove it from one of them.")
    if both := sorted(set(filters.on_lists) & set(filters.off_lists)):
        raise InputError("One list cannot be both asked for and left out. Remove it from one of the two filters.")
    _in_order("experience", filters.experience_min, filters.experience_max, " years")
    _in_order("pay", filters.pay_min, filters.pay_max, "")
    if filters.within_km is not None and not 0 < filters.within_km <= _HALF_THE_EARTH_KM:
        raise InputError(f"A distance is between 1 and {_HALF_THE_EARTH_KM} km, not {filters.within_km:g}.")
    clauses = text_query.parse(filters.text)
    languages = _words(filters.languages)
    skills = [{"skill": skill, "is_must": is_must} for is_must in (True, False) for skill in (excluded, must)[is_must]]
    return {
        "username": viewer.username,
        "skills": json.dumps(skills),
        "nice_to_have": word_list(nice),
        "nice_count": len(nice),
        "terms": text_query.as_json(clauses),
        "clause_count": len(clauses),
        "place": filters.place.strip().lower() if filters.place else None,
        "within_km": filters.within_km,
        "seniorities": _any_of(filters.seniority),
        "educations": _any_of(filters.education),
        "languages": word_list(languages),
        "language_count": len(languages),
        "experience_min": filters.experience_min,
        "experience_max": filters.experience_max,
        "pay_min": filters.pay_min,
        "pay_max": filters.pay_max,
        # A currency says what an amount means; without an amount it asks for nothing.
        "currency": _currency(filters),
        "available_by": filters.available_by,
        "active_since": filters.active_since,
        "stages_here": _any_of(filters.stages_here),
        "stages_elsewhere": _any_of(filters.stages_elsewhere),
        "on_lists": word_list(filters.on_lists),
        "off_lists": word_list(filters.off_lists),
        "sources": _any_of(filters.sources),
    }


def parts(filters: CandidateFilters, viewer: Viewer) -> dict[str, Parts]:
    """Which files the lines ``-- include each`` of sql/match/ take: only those of the filters that are on.

    To plan a filter takes longer than to apply it. Where none is on, there is nothing to count either.
    """
    nice = bool(_words(filters.nice_to_have))
    always = {
        "ranked": Parts(("match/ranked_by_nice_skills" if nice else "match/ranked_by_score",)),
        "nice_skills_shown": Parts(("match/nice_skills_shown" if nice else "match/no_nice_skills_shown",)),
        "named": Parts(("match/nameless" if viewer.blind else "match/named",)),
    }
    on = [file for file, is_on in _on(filters).items() if is_on]
    if not on:
        return always | {"eligible": Parts(("match/eligible_everybody",))}
    needed = tuple(dict.fromkeys(need for file in on for need in _needed(file, viewer.blind)))
    return always | {
        "filters": Parts(on),
        "counted": Parts((*needed, "match/filter_checks")),
        "eligible": Parts((*needed, "match/eligible_candidates")),
    }


def _on(filters: CandidateFilters) -> dict[str, bool]:
    """The file of each filter, and whether it is on."""
    return {
        "filters/skills": bool(_words(filters.must_have) or _words(filters.excluded)),
        "filters/text": bool(text_query.parse(filters.text)),
        "filters/place": bool(filters.place) and filters.within_km is None,
        "filters/place_around": bool(filters.place) and filters.within_km is not None,
        "filters/seniority": bool(filters.seniority),
        "filters/education": bool(filters.education),
        "filters/languages": bool(_words(filters.languages)),
        "filters/experience": filters.experience_min is not None or filters.experience_max is not None,
        "filters/pay": filters.pay_min is not None or filters.pay_max is not None,
        "filters/available": filters.available_by is not None,
        "filters/active": filters.active_since is not None,
        "filters/stages_here": bool(filters.stages_here),
        "filters/stages_elsewhere": bool(filters.stages_elsewhere),
        "filters/new": filters.exclude_known,
        "filters/on_lists": bool(filters.on_lists),
        "filters/off_lists": bool(filters.off_lists),
        "filters/sources": bool(filters.sources),
    }


def _needed(file: str, blind: bool) -> tuple[str, ...]:
    """The files that a filter's file comes after, in order."""
    match file.removeprefix("filters/"):
        case "skills":
            return ("filters/wanted_skills",)
        case "place":
            return ("filters/wanted_place",)
        case "place_around":
            return ("filters/wanted_place", "filters/near_candidates")
        case "on_lists" | "off_lists":
            return ("find/my_lists",)
        case "new":
            return ("find/my_lists", "decisions/decided_here")
        case "text":
            searched = "filters/searched_texts_blind" if blind else "filters/searched_texts"
            return ("find/my_lists", "filters/texts_with_letters", searched, "filters/text_matches")
        case _:
            return ()


def lowered(words: Sequence[str]) -> list[str]:
    """``words`` without blanks around them, in lower case; empty ones are left out."""
    return [word.strip().lower() for word in words if word.strip()]


def word_list(words: Sequence[str]) -> str:
    """``;a;b;`` for SQL to look into; a semicolon inside a skill would end it, so it becomes a blank."""
    return ";" + "".join(word.replace(";", " ").strip() + ";" for word in words)


def id_list(ids: Sequence[str]) -> str:
    """``ids`` as a JSON array, each once, for what SQL calls listed."""
    return json.dumps(list(dict.fromkeys(ids)))


def _any_of(words: Sequence[str]) -> str | None:
    return word_list(lowered(words)) if words else None


def _words(words: Sequence[str]) -> list[str]:
    """Each word once, as :func:`word_list` writes it."""
    return list(dict.fromkeys(lowered([word.replace(";", " ") for word in words])))


def _currency(filters: CandidateFilters) -> str | None:
    asked = filters.pay_min is not None or filters.pay_max is not None
    return filters.currency.strip().lower() if asked and filters.currency else None


def _in_order(what: str, low: float | None, high: float | None, unit: str) -> None:
    if low is not None and high is not None and low > high:
        raise InputError(f"The least {what} ({low:g}{unit}) is more than the most ({high:g}). Swap them.")
