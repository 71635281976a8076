"""The filters for candidates: their widgets, whose values live in the address, and what is made of them.

Widgets check what they get in the browser only, and an address can hold anything: every value is checked again here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import streamlit as st

from jobrec_ui.matching import text_query
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.web.match import posting_filters

MOST_YEARS = 40
_MOST_SKILLS = 20
_LONGEST_SKILL = 256
_MOST_PAY = 1e9
DISTANCES = (10, 25, 50, 100, 200)
ACTIVE_DAYS: Mapping[int, str] = {
    30: "In the last month",
    90: "In the last 3 months",
    180: "In the last 6 months",
    365: "In the last year",
    730: "In the last 2 years",
}

# Widget key, which is also the name in the address, and its value without a filter.
DEFAULTS: Mapping[str, Any] = {
    "words": "",
    "must": [],
    "nice": [],
    "without": [],
    "place": None,
    "km": None,
    "level": [],
    "years": (0, MOST_YEARS),
    "speaks": [],
    "education": [],
    "source": [],
    "pay_from": None,
    "pay_to": None,
    "pay_in": None,
    "active": None,
    "stage": [],
    "stage_elsewhere": [],
    "on_list": [],
    "off_list": [],
    "from": None,
    "new": False,
}


@dataclass(frozen=True)
class Options:
    """What there is to choose from, the most used first; ``lists`` are the user's shortlists: id to name."""

    skills: Sequence[str] = ()
    places: Sequence[str] = ()
    levels: Sequence[str] = ()
    education: Sequence[str] = ()
    languages: Sequence[str] = ()
    currencies: Sequence[str] = ()
    sources: Sequence[str] = ()
    stages: Sequence[str] = ()
    located_cities: Sequence[str] = ()
    lists: Mapping[str, str] = field(default_factory=dict)


def draw(options: Options, posting: Mapping[str, Any], today: date) -> CandidateFilters:
    """Draws the filters, for the candidates of ``posting``. Returns what is asked for.

    Raises InputError for a text search that cannot be read.
    """
    words = st.text_input(
        "Search in profiles and notes",
        key="words",
        bind="query-params",
        type="search",
        max_chars=text_query.MAX_LENGTH,
        placeholder='sql AND (python OR "machine learning") NOT intern*',
        help="Looks in headline, summary, skills and the notes on your lists. Put phrases in quotes, join words with "
        "AND, OR, NOT and parentheses; end a word with * to find what begins like it. Words side by side must all "
        "occur.",
    )
    skills = list(dict.fromkeys([*posting["skills_list"], *options.skills]))
    first, second, third = st.columns(3)
    with first:
        must = _skills("Must have", "must", skills, "Only candidates with all of these")
    with second:
        nice = _skills("Nice to have", "nice", skills, "More of these ranks higher")
    with third:
        without = _skills("Without", "without", skills, "Nobody with any of these")
    first, second, third = st.columns(3)
    with first, st.container(horizontal=True, gap="small"):
        place = posting_filters.choice("Place", "place", list(options.places), "Anywhere")
        near = st.selectbox(
            "Within",
            DISTANCES,
            index=None,
            key="km",
            bind="query-params",
            format_func=lambda km: f"{km} km",
            placeholder="Only there",
            width=130,
            disabled=place not in options.located_cities,
            help="Counts for cities whose coordinates are known.",
        )
    with second:
        level = posting_filters.choices("Seniority", "level", list(options.levels))
    with third:
        low, high = st.slider("Years of experience", 0, MOST_YEARS, (0, MOST_YEARS), key="years", bind="query-params")
    more = _more_filters(options, posting.get("currency"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        available = st.date_input("Available by", value=None, key="from", bind="query-params", width=180)
        known = st.toggle(
            "Only people new to this posting",
            key="new",
            bind="query-params",
            help="Leaves out who was put forward for it already, or was rejected, contacted or marked as not for it.",
        )
    text_query.parse(words or "")
    asks_pay = bool(more["pay_from"] or more["pay_to"])
    low, high = max(0, min(low, MOST_YEARS)), max(0, min(high, MOST_YEARS))
    return CandidateFilters(
        text=" ".join((words or "").split()),
        must_have=checked_skills(must),
        nice_to_have=checked_skills(nice),
        excluded=checked_skills(without),
        place=place if place in options.places else None,
        within_km=float(near) if near in DISTANCES and place in options.located_cities else None,
        seniority=_known(level, options.levels),
        experience_min=float(low) if low > 0 else None,
        experience_max=float(high) if high < MOST_YEARS else None,
        available_by=available if isinstance(available, date) else None,
        exclude_known=bool(known),
        active_since=today - timedelta(days=more["active"]) if more["active"] in ACTIVE_DAYS else None,
        languages=_known(more["speaks"], options.languages),
        education=_known(more["education"], options.education),
        sources=_known(more["source"], options.sources),
        pay_min=more["pay_from"] or None,
        pay_max=more["pay_to"] or None,
        currency=more["pay_in"] if asks_pay and more["pay_in"] in options.currencies else None,
        stages_here=_known(more["stage"], options.stages),
        stages_elsewhere=_known(more["stage_elsewhere"], options.stages),
        on_lists=_known(more["on_list"], options.lists),
        off_lists=_known(more["off_list"], options.lists),
    )


def clear() -> None:
    """A button that takes all filters away."""
    posting_filters.clear_button(DEFAULTS, "clear_candidate_filters")


def are_set() -> bool:
    """Whether there may be a filter, in the address or in a widget: only the widgets' own values say for certain."""
    return any(key in st.query_params for key in DEFAULTS) or bool(held())


def held() -> dict[str, Any]:
    """What the widgets hold that differs from no filter, by key; as it can be saved."""
    values = {key: st.session_state.get(key, default) for key, default in DEFAULTS.items()}
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value not in (None, DEFAULTS[key])
    }


def put(values: Mapping[str, Any], options: Options) -> None:
    """Gives the widgets saved values, before they are drawn; what is no longer there to choose is left out."""
    there_are: Mapping[str, Iterable[Any]] = {
        "place": options.places,
        "km": DISTANCES,
        "level": options.levels,
        "speaks": options.languages,
        "education": options.education,
        "source": options.sources,
        "pay_in": options.currencies,
        "active": ACTIVE_DAYS,
        "stage": options.stages,
        "stage_elsewhere": options.stages,
        "on_list": options.lists,
        "off_list": options.lists,
    }
    for key, default in DEFAULTS.items():
        value = values.get(key, default)
        if key in there_are:
            known = set(there_are[key])
            value = [one for one in value if one in known] if isinstance(value, list) else value
            value = default if not isinstance(value, list) and value not in known else value
        if key == "from" and isinstance(value, str):
            value = date.fromisoformat(value)
        st.session_state[key] = tuple(value) if key == "years" else value


def _more_filters(options: Options, currency: str | None) -> dict[str, Any]:
    """The filters that are needed less often. Returns their values by key."""
    asked: dict[str, Any] = {}
    first, second, third = st.columns(3)
    with first:
        asked["speaks"] = posting_filters.choices("Speaks", "speaks", list(options.languages), "All of these languages")
        asked["education"] = posting_filters.choices("Education", "education", list(options.education), "Any of these")
        asked["source"] = posting_filters.choices("Source", "source", list(options.sources), "Any of these")
    with second:
        with st.container(horizontal=True, gap="small"):
            for label, key in (("Pay from", "pay_from"), ("to", "pay_to")):
                asked[key] = st.number_input(
                    label,
                    min_value=0.0,  # not whole numbers: at these Streamlit fails if an address says "inf"
                    max_value=_MOST_PAY,
                    value=None,
                    step=5000.0,
                    format="%.0f",
                    key=key,
                    bind="query-params",
                    placeholder="Any",
                    width=110,
                    help="What candidates wish for. Who has not said is left out." if key == "pay_from" else None,
                )
            asked["pay_in"] = posting_filters.choice("in", "pay_in", list(options.currencies), str(currency or "Any"))
        asked["active"] = st.selectbox(
            "Last activity",
            list(ACTIVE_DAYS),
            index=None,
            key="active",
            bind="query-params",
            format_func=ACTIVE_DAYS.__getitem__,
            placeholder="Any time",
            help="When something last happened with them, or their profile last changed.",
        )
        if options.lists:
            asked["on_list"] = _lists("On list", "on_list", options.lists)
    with third:
        asked["stage"] = posting_filters.choices("Stage on this posting", "stage", list(options.stages), "Any of these")
        asked["stage_elsewhere"] = posting_filters.choices(
            "Stage on another posting", "stage_elsewhere", list(options.stages), "Any of these"
        )
        if options.lists:
            asked["off_list"] = _lists("Not on list", "off_list", options.lists)
    asked["pay_from"], asked["pay_to"] = _amount(asked["pay_from"]), _amount(asked["pay_to"])
    if asked["pay_in"] is None and currency in options.currencies:
        asked["pay_in"] = currency
    return {"on_list": [], "off_list": []} | asked


def _lists(label: str, key: str, names: Mapping[str, str]) -> list[str]:
    return st.multiselect(
        label,
        list(names),
        key=key,
        bind="query-params",
        format_func=lambda number: names.get(number, number),
        placeholder="Any",
        select_all=False,
        help="Your lists, and those shared with you",
    )


def _amount(value: Any) -> float | None:
    return min(max(float(value), 0.0), _MOST_PAY) if isinstance(value, (int, float)) and value == value else None


def _known(values: Iterable[str], options: Iterable[str]) -> tuple[str, ...]:
    there_are = set(options)
    return tuple(value for value in values if value in there_are)


def checked_skills(values: Iterable[str]) -> tuple[str, ...]:
    """Skills as typed, several if semicolons part them, without odd blanks and doubles, and not more or longer than
    makes sense.
    """
    cleaned = (" ".join(part.split())[:_LONGEST_SKILL] for value in values for part in str(value).split(";"))
    return tuple(dict.fromkeys(value for value in cleaned if value))[:_MOST_SKILLS]


def _skills(label: str, key: str, options: list[str], help_text: str) -> list[str]:
    return st.multiselect(
        label,
        options,
        key=key,
        bind="query-params",
        accept_new_options=True,
        max_selections=_MOST_SKILLS,
        placeholder="Choose or type skills",
        help=help_text,
        select_all=False,
    )
