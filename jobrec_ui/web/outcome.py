"""What came of the user's last action: run in a callback, told on the page in the run after it, with a way back."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.errors import NotAllowed
from jobrec_ui.web import guard, session

_KEY = "said"


@dataclass(frozen=True)
class Outcome:
    """A sentence about what was done. ``undo`` takes it back and returns the sentence about that."""

    text: str
    undo: Callable[[User], str] | None = None
    is_error: bool = False


def attempt(where: str, action: Callable[[User], Outcome | None], role: str = "recruiter") -> bool:
    """Runs ``action`` for the user of this session, if they still have ``role``, and keeps what to tell.

    For callbacks: nothing is raised. Returns whether it worked.
    """
    try:
        last = action(session.require(role))
    except Exception as error:
        last = Outcome(guard.sentence(where, error), is_error=True)
    if last is None:
        st.session_state.pop(_key(where), None)
        return True
    st.session_state[_key(where)] = last
    return not last.is_error


def show(where: str, place: str = "page") -> None:
    """Draws what came of the last action in ``where``, with a button to take it back. ``place`` tells one copy from
    another, such as that in a drawer.
    """
    last: Outcome | None = st.session_state.get(_key(where))
    if last is None:
        return
    if last.is_error:
        st.error(last.text, icon=":material/error:")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.success(last.text, icon=":material/check_circle:", width=360)
        if last.undo:
            st.button(
                "Undo", icon=":material/undo:", key=f"{_key(where)}_undo_{place}", on_click=_take_back, args=(where,)
            )


def forget(where: str) -> None:
    """Nothing more to tell in ``where``."""
    st.session_state.pop(_key(where), None)


def _take_back(where: str) -> None:
    last: Outcome | None = st.session_state.get(_key(where))

    def action(user: User) -> Outcome:
        if last is None or last.undo is None:
            raise NotAllowed("There is nothing to take back any more.")
        return Outcome(last.undo(user))

    attempt(where, action)


def _key(where: str) -> str:
    return f"{_KEY}_{where}"
