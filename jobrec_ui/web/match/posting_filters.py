"""What the filters of both lists share, and those for postings.

Their values live in the address, so a link opens the same list for a colleague. Widgets check what they get in the
browser only, and an address can hold anything: every value is checked again here.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from jobrec_ui.matching.ranking import PostingFilters
from jobrec_ui.web import text

LIMITS = (25, 50, 100, 200)
DEFAULT_LIMIT = 50

# Widget key, which is also the name in the address, and its value without a filter.
_POSTING_DEFAULTS: Mapping[str, Any] = {"in": None, "at_level": [], "closed": False}


def posting_filters(places: list[str], levels: list[str]) -> tuple[PostingFilters, int]:
    """Draws the filters for postings. Returns them, and how many rows to show."""
    with st.expander("Filters", icon=":material/tune:", key="posting_filters"):
        first, second = st.columns(2)
        with first:
            place = choice("Place", "in", places, "Anywhere")
        with second:
            level = choices("Seniority", "at_level", levels)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            limit = limit_choice("show_postings")
            closed = st.toggle("Closed postings too", key="closed", bind="query-params")
            clear_button(_POSTING_DEFAULTS, "clear_posting_filters")
    filters = PostingFilters(
        place=place if place in places else None,
        seniority=tuple(value for value in level if value in levels),
        include_closed=bool(closed),
    )
    _summary(describe_posting_filters(filters))
    return filters, limit


def describe_posting_filters(filters: PostingFilters) -> list[str]:
    """The filters that are on, each in words."""
    said = {
        f"in {filters.place}": filters.place,
        f"seniority {' or '.join(filters.seniority)}": filters.seniority,
        "closed postings too": filters.include_closed,
    }
    return [words for words, is_on in said.items() if is_on]


def _summary(said: list[str]) -> None:
    if said:
        st.markdown(":material/filter_alt: " + text.badges(said, "primary", most=20))


def choice(label: str, key: str, options: list[str], nothing: str) -> str | None:
    """A field that takes one of ``options``; ``nothing`` is what it says without."""
    return st.selectbox(
        label, options, index=None, key=key, bind="query-params", placeholder=nothing, filter_mode="contains"
    )


def choices(label: str, key: str, options: list[str], help_text: str | None = None) -> list[str]:
    """A field that takes several of ``options``."""
    return st.multiselect(
        label, options, key=key, bind="query-params", placeholder="Any", select_all=False, help=help_text
    )


def limit_choice(key: str) -> int:
    """How many rows to show."""
    limit = st.selectbox(
        "How many",
        LIMITS,
        index=LIMITS.index(DEFAULT_LIMIT),
        key=key,
        bind="query-params",
        width=110,
    )
    return limit if limit in LIMITS else DEFAULT_LIMIT


def limit_is_set(key: str) -> bool:
    """Whether another number of rows is asked for than by default."""
    return st.session_state.get(key, DEFAULT_LIMIT) != DEFAULT_LIMIT or key in st.query_params


def clear_button(defaults: Mapping[str, Any], key: str) -> None:
    """A button that gives the widgets these values."""
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
