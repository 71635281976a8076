"""The filters for candidates. A field that begins one has its record with it."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobrec_ui.access.viewer import Viewer
from jobrec_ui.errors import InputError
from jobrec_ui.matching import text_query
from jobrec_ui.matching.filters.kinds import (
    MOST_PAY,
    AllOf,
    AnyOf,
    Between,
    OnDay,
    Pay,
    Place,
    Skills,
    Switch,
    Text,
    each_once,
)
from jobrec_ui.matching.filters.record import LISTS, Filter, Form, Widget
from jobrec_ui.warehouse.sqlfiles import Parts

_RECORD = "filter"


def _begins(default: Any, record: Filter) -> Any:
    """A field with the record of the filter that begins with it."""
    return dataclasses.field(default=default, metadata={_RECORD: record})


def _skills(key: str, label: str, about: str) -> Widget:
    return Widget(key, Form.SKILLS, label, [], "skill", "Choose or type skills", about)


def _any_of(name: str, key: str, label: str, choices: str, words: str, about: str | None = "Any of these") -> Any:
    """The field, called as the filter, of a filter for one of some values."""
    return _begins(
        (), AnyOf(name, (name,), (Widget(key, Form.SOME_OF, label, [], choices, help=about),), name, words=words)
    )


def _lists(name: str, key: str, label: str, words: str) -> Any:
    widget = Widget(key, Form.SOME_OF, label, [], LISTS, help="Your lists, and those shared with you")
    return _begins((), AnyOf(name, (name,), (widget,), name, ("desk/my_lists",), words, by_id=True))


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

    text: str = _begins(
        "",
        Text(
            "text",
            ("text",),
            (
                Widget(
                    "words",
                    Form.SEARCH,
                    "Search in profiles and notes",
                    "",
                    nothing='sql AND (python OR "machine learning") NOT intern*',
                    help="Looks in headline, summary, skills and the notes on your lists. Put phrases in quotes, join "
                    "words with AND, OR, NOT and parentheses; end a word with * to find what begins like it. Words "
                    "side by side must all occur.",
                    most=text_query.MAX_LENGTH,
                ),
            ),
            "text",
            (
                "desk/my_lists",
                "matching/filters/search_terms",
                "matching/filters/searched_texts{blind}",
                "matching/filters/text_matches",
            ),
        ),
    )
    must_have: tuple[str, ...] = _begins(
        (),
        Skills(
            "skills",
            ("must_have", "nice_to_have", "excluded"),
            (
                _skills("must", "Must have", "Only candidates with all of these"),
                _skills("nice", "Nice to have", "More of these ranks higher"),
                _skills("without", "Without", "Nobody with any of these"),
            ),
            "skills",
            ("matching/filters/wanted_skills",),
        ),
    )
    nice_to_have: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    place: str | None = _begins(
        None,
        Place(
            "place",
            ("place", "within_km"),
            (
                Widget("place", Form.ONE_OF, "Place", None, "place", "Anywhere"),
                Widget(
                    "km",
                    Form.DISTANCE,
                    "Within",
                    None,
                    "located_city",
                    "Only there",
                    "Counts for cities whose coordinates are known.",
                ),
            ),
            "place",
            ("matching/filters/wanted_place",),
        ),
    )
    within_km: float | None = None
    seniority: tuple[str, ...] = _any_of("seniority", "level", "Seniority", "seniority", "seniority {}", None)
    experience_min: float | None = _begins(
        None,
        Between(
            "experience",
            ("experience_min", "experience_max"),
            (Widget("years", Form.RANGE, "Years of experience", (0, 40), most=40),),
            "experience",
            about="experience",
            unit="years",
        ),
    )
    experience_max: float | None = None
    pay_min: float | None = _begins(
        None,
        Pay(
            "pay",
            ("pay_min", "pay_max", "currency"),
            (
                Widget(
                    "pay_from",
                    Form.AMOUNT,
                    "Pay from",
                    help="What candidates wish for. Who has not said is left out.",
                    most=MOST_PAY,
                ),
                Widget("pay_to", Form.AMOUNT, "to", most=MOST_PAY),
                Widget("pay_in", Form.ONE_OF, "in", choices="currency"),
            ),
            "pay",
            about="pay",
        ),
    )
    pay_max: float | None = None
    currency: str | None = None
    available_by: date | None = _begins(  # noqa: RUF009 - a field
        None,
        OnDay(
            "available",
            ("available_by",),
            (Widget("from", Form.DAY, "Available by"),),
            "available",
            words="available by {}",
        ),
    )
    active_since: date | None = _begins(  # noqa: RUF009 - a field
        None,
        OnDay(
            "active",
            ("active_since",),
            (
                Widget(
                    "active",
                    Form.PERIOD,
                    "Last activity",
                    nothing="Any time",
                    help="When something last happened with them, or their profile last changed.",
                ),
            ),
            "active",
            words="active since {}",
        ),
    )
    languages: tuple[str, ...] = _begins(
        (),
        AllOf(
            "languages",
            ("languages",),
            (Widget("speaks", Form.SOME_OF, "Speaks", [], "language", help="All of these languages"),),
            "languages",
            words="speaks {}",
        ),
    )
    education: tuple[str, ...] = _any_of("education", "education", "Education", "education", "education {}")
    stages_here: tuple[str, ...] = _any_of(
        "stages_here", "stage", "Stage on this posting", "stage", "{} on this posting"
    )
    stages_elsewhere: tuple[str, ...] = _any_of(
        "stages_elsewhere", "stage_elsewhere", "Stage on another posting", "stage", "{} on another posting"
    )
    exclude_known: bool = _begins(
        False,
        Switch(
            "new",
            ("exclude_known",),
            (
                Widget(
                    "new",
                    Form.SWITCH,
                    "Only people new to this posting",
                    False,
                    help="Leaves out who was put forward for it already, or was rejected, contacted or marked as not "
                    "for it.",
                ),
            ),
            "new",
            ("desk/my_lists", "desk/decisions/decided_here"),
            "new to this posting",
        ),
    )
    on_lists: tuple[str, ...] = _lists("on_lists", "on_list", "On list", "on list {}")
    off_lists: tuple[str, ...] = _lists("off_lists", "off_list", "Not on list", "not on list {}")
    sources: tuple[str, ...] = _any_of("sources", "source", "Source", "source", "source {}")

    @property
    def read_lists(self) -> bool:
        """Whether who passes depends on shortlists, their notes, or what was decided on them."""
        return any("desk/my_lists" in one.needs and one.is_on(vars(self)) for one in FILTERS)

    def asked_for(self, viewer: Viewer) -> Viewer:
        """What these filters need to know of the viewer: most give the same to everybody, and share a cached answer."""
        return viewer if self.read_lists else Viewer(blind=viewer.blind)

    def without(self, name: str, value: str | None = None) -> "CandidateFilters":
        """These filters less one: the field ``name``, or only ``value`` of it."""
        default = next(field.default for field in dataclasses.fields(self) if field.name == name)
        kept: Any = tuple(one for one in getattr(self, name) if one != value) if value is not None else default
        return dataclasses.replace(self, **{name: kept})


FILTERS: tuple[Filter, ...] = tuple(
    field.metadata[_RECORD] for field in dataclasses.fields(CandidateFilters) if _RECORD in field.metadata
)


# The kinds of values that there are to choose from.
CHOICES: tuple[str, ...] = tuple(
    dict.fromkeys(widget.choices for one in FILTERS for widget in one.widgets if widget.choices not in ("", LISTS))
)


def params(filters: CandidateFilters, viewer: Viewer) -> dict[str, Any]:
    """What sql/matching/filters/ binds. Raises InputError for filters that nobody can meet."""
    values = vars(filters)
    if set(filters.on_lists) & set(filters.off_lists):
        raise InputError("One list cannot be both asked for and left out. Remove it from one of the two filters.")
    bound: dict[str, Any] = {"username": viewer.username}
    for one in FILTERS:
        bound |= one.bind(values)
    return bound


def parts(filters: CandidateFilters, viewer: Viewer) -> dict[str, Parts]:
    """Which files the lines ``-- include each`` of sql/matching/ take: only those of the filters that are on.

    To plan a filter takes longer than to apply it. Where none is on, there is nothing to count either.
    """
    nice = bool(each_once(filters.nice_to_have))
    always = {
        "ranked": Parts(("matching/ranked_by_nice_skills" if nice else "matching/ranked_by_score",)),
        "nice_skills_shown": Parts(("matching/nice_skills_shown" if nice else "matching/no_nice_skills_shown",)),
        "named": Parts(("matching/nameless" if viewer.blind else "matching/named",)),
        "choices": Parts(f"matching/choices/{kind}" for kind in CHOICES),
    }
    on = list(_files_of_those_on(vars(filters), viewer.blind))
    if not on:
        return always | {"eligible": Parts(("matching/eligible_everybody",))}
    needed = tuple(dict.fromkeys(file for files in on for file in files[:-1]))
    return always | {
        "filters": Parts(files[-1] for files in on),
        "counted": Parts((*needed, "matching/filter_checks")),
        "eligible": Parts((*needed, "matching/eligible_candidates")),
    }


def trial() -> CandidateFilters:
    """All filters on, each asking for what nobody has: to try whether a warehouse takes their SQL."""
    values: dict[str, Any] = {}
    for one in FILTERS:
        values |= one.trial()
    return CandidateFilters(**(values | {"off_lists": ("no",)}))


def _files_of_those_on(values: Mapping[str, Any], blind: bool) -> Iterator[tuple[str, ...]]:
    for one in FILTERS:
        if one.is_on(values):
            yield tuple(file.format(blind="_blind" if blind else "") for file in one.files(values))
