"""The switch for blind review in the account menu, and the notice on every page while it is on."""

from collections.abc import Callable

import streamlit as st

from jobrec_ui.access import blind_review
from jobrec_ui.access.accounts import User
from jobrec_ui.errors import JobrecError
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, session, text

NOTICE = "Blind review is on: names, photos, contact data, school names and hints at age and gender are withheld."

REFUSED = "blind_refused"
_MESSAGE = "blind_message"


def notice(user: User) -> None:
    """Says that blind review is on, if it is. Raises WarehouseError."""
    status = cached.desk.user_state(settings().warehouse_url, user.username).blind
    if status.on:
        why = f" An admin asks this of everybody: {text.plain(status.reason)}" if status.enforced_by else ""
        st.info(NOTICE + why, icon=":material/visibility_off:")


def switch(user: User) -> None:
    """The switch, for the account menu."""
    status = cached.desk.user_state(settings().warehouse_url, user.username).blind
    if status.enforced_by is not None:
        st.caption(":material/visibility_off: Blind review is on for everybody. Only an admin can switch it off.")
    elif status.own:
        with st.form("leave_blind", border=False):
            st.text_input("Why do you leave blind review?", key="leave_reason", max_chars=text.REASON_LENGTH)
            st.form_submit_button(
                "Leave blind review", icon=":material/visibility:", key="leave_blind_button", on_click=_leave
            )
    else:
        st.button(
            "Review blind",
            icon=":material/visibility_off:",
            key="start_blind",
            help="Names, contact data, schools and hints at age and gender stay in the warehouse until you leave.",
            on_click=_start,
            width="stretch",
        )
    if message := st.session_state.pop(_MESSAGE, None):
        st.error(message, icon=":material/error:")


def switch_for_everybody() -> None:
    """Has an admin switch blind review on or off for everybody, with the reason they typed. For a button's on_click."""
    admin = session.require("admin")
    wh, reason = cached.connection.configured(), str(st.session_state["blind_reason"])
    try:
        if blind_review.status(wh, admin.username).enforced_by is None:
            blind_review.enforce(wh, admin.username, reason)
        else:
            blind_review.lift(wh, admin.username, reason)
    except JobrecError as error:
        st.session_state[REFUSED] = str(error)
    cached.desk.user_state.clear()
    cached.access.blind_latest.clear()


def _start() -> None:
    user = session.require("recruiter")
    _do(lambda: blind_review.start(cached.connection.configured(), user.username), user.username)


def _leave() -> None:
    user = session.require("recruiter")
    reason = str(st.session_state["leave_reason"])
    _do(lambda: blind_review.leave(cached.connection.configured(), user.username, reason), user.username)


def _do(action: Callable[[], None], username: str) -> None:
    try:
        action()
    except JobrecError as error:
        st.session_state[_MESSAGE] = str(error)
    cached.desk.user_state.clear(settings().warehouse_url, username)
