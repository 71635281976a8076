"""The filters of the two lists. Their values live in the address, so a link opens the same list for a colleague.

Widgets check what they get in the browser only, and an address can hold anything: every value is checked again here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from jobrec_ui.matching import CandidateFilters, PostingFilters
from jobrec_ui.ui import text

LIMITS = (25, 50, 100, 200)
DEFAULT_LIMIT = 50
MOST_YEARS = 40
_MOST_SKILLS = 20
_LONGEST_SKILL = 256

# Widget key, which is also the name in the address, and its value without a filter.
_CANDIDATE_DEFAULTS: Mapping[str, Any] = {
    "must": [],
    "nice": [],
    "without": [],
    "place": None,
    "level": [],
    "years": (0, MOST_YEARS),
    "from": None,
    "new": False,
}
_POSTING_DEFAULTS: Mapping[str, Any] = {"in": None, "at_level": [], "closed": False}


def candidate_filters(
    skills: list[str], places: list[str], levels: list[str], posting_skills: list[str]
) -> tuple[CandidateFilters, int]:
    """Draws the filters for candidates. Returns them, and how many rows to show."""
    options = list(dict.fromkeys([*posting_skills, *skills]))
    with st.expander("Filters", icon=":material/tune:", key="candidate_filters"):
        first, second, third = st.columns(3)
        with first:
            must = _skills("Must have", "must", options, "Only candidates with all of these")
            place = _choice("Place", "place", places, "Anywhere")
        with second:
            nice = _skills("Nice to have", "nice", options, "More of these ranks higher")
            level = _choices("Seniority", "level", levels)
        with third:
            without = _skills("Without", "without", options, "Nobody with any of these")
            low, high = st.slider(
                "Years of experience", 0, MOST_YEARS, (0, MOST_YEARS), key="years", bind="query-params"
            )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            available = st.date_input("Available by", value=None, key="from", bind="query-params", width=180)
            limit = _limit("show_candidates")
            known = st.toggle("Hide who is already in this pipeline", key="new", bind="query-params")
            _clear(_CANDIDATE_DEFAULTS, "clear_candidate_filters")
    low, high = max(0, min(low, MOST_YEARS)), max(0, min(high, MOST_YEARS))
    filters = CandidateFilters(
        must_have=_checked_skills(must),
        nice_to_have=_checked_skills(nice),
        excluded=_checked_skills(without),
        place=place if place in places else None,
        seniority=tuple(value for value in level if value in levels),
        experience_min=float(low) if low > 0 else None,
        experience_max=float(high) if high < MOST_YEARS else None,
        available_by=available if isinstance(available, date) else None,
        exclude_known=bool(known),
    )
    _summary(describe_candidate_filters(filters))
    return filters, limit


def posting_filters(places: list[str], levels: list[str]) -> tuple[PostingFilters, int]:
    """Draws the filters for postings. Returns them, and how many rows to show."""
    with st.expander("Filters", icon=":material/tune:", key="posting_filters"):
        first, second = st.columns(2)
        with first:
            place = _choice("Place", "in", places, "Anywhere")
        with second:
            level = _choices("Seniority", "at_level", levels)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            limit = _limit("show_postings")
            closed = st.toggle("Closed postings too", key="closed", bind="query-params")
            _clear(_POSTING_DEFAULTS, "clear_posting_filters")
    filters = PostingFilters(
        place=place if place in places else None,
        seniority=tuple(value for value in level if value in levels),
        include_closed=bool(closed),
    )
    _summary(describe_posting_filters(filters))
    return filters, limit


def describe_candidate_filters(filters: CandidateFilters) -> list[str]:
    """The filters that are on, each in words."""
    said = _all_in_words(
        ("must have", filters.must_have),
        ("nice to have", filters.nice_to_have),
        ("without", filters.excluded),
        ("in", (filters.place,) if filters.place else ()),
        ("seniority", filters.seniority),
    )
    low, high = filters.experience_min, filters.experience_max
    if low is not None and high is not None:
        said.append(f"{low:g} to {high:g} years of experience")
    elif low is not None:
        said.append(f"at least {text.years(low)} of experience")
    elif high is not None:
        said.append(f"at most {text.years(high)} of experience")
    if filters.available_by:
        said.append(f"available by {text.day(filters.available_by)}")
    if filters.exclude_known:
        said.append("not yet in this pipeline")
    return said


def describe_posting_filters(filters: PostingFilters) -> list[str]:
    """The filters that are on, each in words."""
    said = _all_in_words(("in", (filters.place,) if filters.place else ()), ("seniority", filters.seniority))
    return said + (["closed postings too"] if filters.include_closed else [])


def _all_in_words(*filters: tuple[str, Iterable[str]]) -> list[str]:
    return [
        f"{name} {' and '.join(values) if name != 'seniority' else ' or '.join(values)}"
        for name, values in filters
        if values
    ]


def _summary(said: list[str]) -> None:
    if said:
        st.markdown(":material/filter_alt: " + text.badges(said, "primary", most=20))


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


def _choice(label: str, key: str, options: list[str], nothing: str) -> str | None:
    return st.selectbox(
        label, options, index=None, key=key, bind="query-params", placeholder=nothing, filter_mode="contains"
    )


def _choices(label: str, key: str, options: list[str]) -> list[str]:
    return st.multiselect(label, options, key=key, bind="query-params", placeholder="Any", select_all=False)


def _limit(key: str) -> int:
    limit = st.selectbox(
        "How many",
        LIMITS,
        index=LIMITS.index(DEFAULT_LIMIT),
        key=key,
        bind="query-params",
        width=110,
    )
    return limit if limit in LIMITS else DEFAULT_LIMIT


def _clear(defaults: Mapping[str, Any], key: str) -> None:
    on = any(st.session_state.get(name, default) not in (default, None) for name, default in defaults.items())
    st.button(
        "Clear filters",
        icon=":material/filter_alt_off:",
        key=key,
        type="tertiary",
        disabled=not on,
        on_click=_reset(defaults),
    )


def _reset(defaults: Mapping[str, Any]) -> Callable[[], None]:
    def reset() -> None:
        for name, default in defaults.items():
            st.session_state[name] = default

    return reset


def _checked_skills(values: Iterable[str]) -> tuple[str, ...]:
    cleaned = (" ".join(str(value).split())[:_LONGEST_SKILL] for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:_MOST_SKILLS]
