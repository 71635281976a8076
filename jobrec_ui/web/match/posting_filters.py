"""The filters for postings. Widgets check values in the browser only and an address can hold anything: checked here."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from jobrec_ui.matching.ranking import PostingFilters
from jobrec_ui.web import text
from jobrec_ui.web.match.fields import choice, choices, clear_button, limit_choice

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
    in_words = {
        f"in {filters.place}": filters.place,
        f"seniority {' or '.join(filters.seniority)}": filters.seniority,
        "closed postings too": filters.include_closed,
    }
    return [words for words, is_on in in_words.items() if is_on]


def _summary(in_words: list[str]) -> None:
    if in_words:
        st.markdown(":material/filter_alt: " + text.badges(in_words, "primary", most=20))
