"""Fields whose values live in the address, so that a link opens the same list for a colleague."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

LIMITS = (25, 50, 100, 200)
DEFAULT_LIMIT = 50


def choice(label: str, key: str, options: Sequence[str], nothing: str) -> str | None:
    """A field that takes one of ``options``; ``nothing`` is what it says without."""
    return st.selectbox(
        label, options, index=None, key=key, bind="query-params", placeholder=nothing, filter_mode="contains"
    )


def choices(label: str, key: str, options: Sequence[str], help_text: str | None = None) -> list[str]:
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
