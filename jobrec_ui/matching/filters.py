"""What a recruiter may ask candidates to be like, and how that becomes values for SQL (sql/matching/)."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobrec_ui.access.viewer import Viewer
from jobrec_ui.errors import InputError
from jobrec_ui.matching import text_query
from jobrec_ui.warehouse.sqlfiles import Parts
from jobrec_ui.warehouse.values import lowered, word_list

_HALF_THE_EARTH_KM = 20_040


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

    def asked_for(self, viewer: Viewer) -> Viewer:
        """What these filters need to know of the viewer: most give the same to everybody, and share a cached answer."""
        return viewer if self.read_lists else Viewer(blind=viewer.blind)

    def without(self, name: str, value: str | None = None) -> "CandidateFilters":
        """These filters less one: the field ``name``, or only ``value`` of it."""
        default = next(field.default for field in dataclasses.fields(self) if field.name == name)
        kept: Any = tuple(one for one in getattr(self, name) if one != value) if value is not None else default
        return dataclasses.replace(self, **{name: kept})


def params(filters: CandidateFilters, viewer: Viewer) -> dict[str, Any]:
    """What sql/matching/filters/ binds. Raises InputError for filters that nobody can meet."""
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
    """Which files the lines ``-- include each`` of sql/matching/ take: only those of the filters that are on.

    To plan a filter takes longer than to apply it. Where none is on, there is nothing to count either.
    """
    nice = bool(_words(filters.nice_to_have))
    always = {
        "ranked": Parts(("matching/ranked_by_nice_skills" if nice else "matching/ranked_by_score",)),
        "nice_skills_shown": Parts(("matching/nice_skills_shown" if nice else "matching/no_nice_skills_shown",)),
        "named": Parts(("matching/nameless" if viewer.blind else "matching/named",)),
    }
    on = [file for file, is_on in _on(filters).items() if is_on]
    if not on:
        return always | {"eligible": Parts(("matching/eligible_everybody",))}
    needed = tuple(dict.fromkeys(need for file in on for need in _needed(file, viewer.blind)))
    return always | {
        "filters": Parts(on),
        "counted": Parts((*needed, "matching/filter_checks")),
        "eligible": Parts((*needed, "matching/eligible_candidates")),
    }


def _on(filters: CandidateFilters) -> dict[str, bool]:
    """The file of each filter, and whether it is on."""
    return {
        "matching/filters/skills": bool(_words(filters.must_have) or _words(filters.excluded)),
        "matching/filters/text": bool(text_query.parse(filters.text)),
        "matching/filters/place": bool(filters.place) and filters.within_km is None,
        "matching/filters/place_around": bool(filters.place) and filters.within_km is not None,
        "matching/filters/seniority": bool(filters.seniority),
        "matching/filters/education": bool(filters.education),
        "matching/filters/languages": bool(_words(filters.languages)),
        "matching/filters/experience": filters.experience_min is not None or filters.experience_max is not None,
        "matching/filters/pay": filters.pay_min is not None or filters.pay_max is not None,
        "matching/filters/available": filters.available_by is not None,
        "matching/filters/active": filters.active_since is not None,
        "matching/filters/stages_here": bool(filters.stages_here),
        "matching/filters/stages_elsewhere": bool(filters.stages_elsewhere),
        "matching/filters/new": filters.exclude_known,
        "matching/filters/on_lists": bool(filters.on_lists),
        "matching/filters/off_lists": bool(filters.off_lists),
        "matching/filters/sources": bool(filters.sources),
    }


def _needed(file: str, blind: bool) -> tuple[str, ...]:
    """The files that a filter's file comes after, in order."""
    match file.removeprefix("matching/filters/"):
        case "skills":
            return ("matching/filters/wanted_skills",)
        case "place":
            return ("matching/filters/wanted_place",)
        case "place_around":
            return ("matching/filters/wanted_place", "matching/filters/near_candidates")
        case "on_lists" | "off_lists":
            return ("desk/my_lists",)
        case "new":
            return ("desk/my_lists", "desk/decisions/decided_here")
        case "text":
            searched = "matching/filters/searched_texts_blind" if blind else "matching/filters/searched_texts"
            return ("desk/my_lists", "matching/filters/texts_with_letters", searched, "matching/filters/text_matches")
        case _:
            return ()


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
