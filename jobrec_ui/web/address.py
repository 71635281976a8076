"""What the page's address holds: which posting or candidate, and which row is open. Checked before it is used.

Filters are in the address too, bound to their widgets (see filters.py).
"""

import re

import streamlit as st

# Ids are the source system's own, so anything printable of at most 64 characters can be one.
_ID = re.compile(r"[^\x00-\x1f\x7f]{1,64}")
OPEN = "open"


def chosen(name: str) -> str | None:
    """The id in the address under ``name``, or, if the address has none, the one last chosen in this session.

    A value that cannot be an id counts as none. Whether the id exists is for the warehouse to say.
    """
    value = st.query_params.get(name)
    if value is None and (remembered := st.session_state.get(_memory(name))):
        st.query_params[name] = value = remembered
    if value is None or not _ID.fullmatch(value):
        return None
    st.session_state[_memory(name)] = value
    return value


def is_id(value: str) -> bool:
    """Whether ``value`` can be an id."""
    return _ID.fullmatch(value) is not None


def choose(name: str, value: str | None) -> None:
    """Puts the id into the address (None: takes it out) and closes what was open."""
    st.query_params.pop(OPEN, None)
    st.session_state[_memory(name)] = value
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def opened(ids: list[str]) -> int | None:
    """The position in ``ids`` of the row that the address says is open; None if it names none of them."""
    value = st.query_params.get(OPEN)
    return ids.index(value) if value in ids else None


def is_open(identifier: str) -> bool:
    """Whether the address says that this row is open."""
    return st.query_params.get(OPEN) == identifier


def set_opened(value: str | None) -> None:
    """Puts the open row into the address; None closes it."""
    if value is None:
        st.query_params.pop(OPEN, None)
    else:
        st.query_params[OPEN] = value


def close_row(key: str, identifier: str, rows: list[int]) -> None:
    """Closes a row of a table and leaves only ``rows`` selected in it, so that a click on the same name opens it again.

    A click on another name may come in together with the shutting of the drawer: then that one is open now, and stays.
    """
    if is_open(identifier):
        set_opened(None)
        st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def _memory(name: str) -> str:
    return f"chosen_{name}"
