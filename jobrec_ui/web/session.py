"""Who is at the screen: the login form, the cookie that survives a reload, and the role, read again on every run.

streamlit-authenticator signs and reads the cookie and keeps the login in the session. Its own form is not used: it does
not lock names (its counters live in memory), and it is drawn where st.navigation has not yet seen the address, which
loses a deep link. The form here asks accounts.log_in, in a callback, so that the run after it starts logged in.
"""

import contextlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import jwt
import streamlit as st
import streamlit_authenticator as stauth
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit_authenticator.utilities import LoginError

from jobrec_ui.access import accounts
from jobrec_ui.access.accounts import User
from jobrec_ui.errors import JobrecError, NotAllowed
from jobrec_ui.settings import settings
from jobrec_ui.web import cached

COOKIE = "jobrec_login"
COOKIE_LIFE = timedelta(days=1)

# Keys of st.session_state that belong to the login; the first row is the library's.
_LIBRARYS = ("authentication_status", "username", "name", "roles", "email", "logout", "init")
_OWNER = "login_owner"
_MESSAGE = "login_message"
_LOGGED_IN_AS = "login_new_session"
_COOKIE_TO_WRITE = "login_cookie"


def current_user() -> User | None:
    """For the entry page: who is logged in, by this session or by the cookie, as the users file says now.

    None for nobody. Raises JobrecError if the users file cannot be read.
    """
    users = _users_by_session_id()
    slot = st.empty()  # in every run, so that what follows keeps its place on the page
    if st.session_state.get("authentication_status") and st.session_state.get("username") not in users:
        log_out()
        st.session_state[_MESSAGE] = "Your access has changed. Please log in again."
    if not st.session_state.get("authentication_status"):
        with slot:
            _log_in_by_token(users)
        slot.empty()  # the library draws a component that it does not need for reading
    return _user_of_session(users)


def leaving() -> Callable[[], bool]:
    """Says, asked from any thread, whether this run is no longer wanted: its browser is gone, or another run waits.

    Streamlit ends such a run at its next command, which it does not reach while it waits for the warehouse.
    """
    context = get_script_run_ctx()
    requests = context.script_requests if context else None

    def has_left() -> bool:
        # Not an interface of Streamlit's: without these attributes nobody ever leaves.
        state, data = getattr(requests, "_state", None), getattr(requests, "_rerun_data", None)
        if state is ScriptRequestType.RERUN and data is not None:
            # A fragment that wants to run again waits for the page.
            return not data.fragment_id_queue or data.is_fragment_scoped_rerun
        return state is ScriptRequestType.STOP

    return has_left


def require(role: str) -> User:
    """The user of this session, if they have ``role`` now; every page and action asks this for itself.

    Raises NotAllowed otherwise.
    """
    user = _user_of_session(_users_by_session_id())
    if user is None:
        raise NotAllowed("Please log in first.")
    if not user.may_act_as(role):
        raise NotAllowed(f"Only people with the role {role} can see this page.")
    return user


def check(user: User, role: str) -> None:
    """Whether ``user`` still is who they were and has ``role``, for what runs outside of a session's script, such as
    making a file. Raises NotAllowed if not.
    """
    now = _users_by_session_id().get(user.session_id)
    if now is None or not now.may_act_as(role):
        raise NotAllowed("Your access has changed. Please log in again.")


def login_form() -> None:
    """Draws the login form."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=400),
    ):
        st.space("medium")
        st.title("Jobrec", icon=":material/join_inner:", anchor=False)
        st.markdown("The right people for every posting.")
        message = st.session_state.pop(_MESSAGE, None)
        with st.form("login", border=True):
            st.text_input("Name", key="login_name", autocomplete="username")
            st.text_input("Password", key="login_password", type="password", autocomplete="current-password")
            st.form_submit_button("Log in", type="primary", width="stretch", key="login_submit", on_click=_submit)
        if message:
            st.error(message, icon=":material/error:")
        st.caption("No account, or no password? Ask your admin.")


def log_out() -> None:
    """Ends the login in this session and asks the browser to drop the cookie. For a button's on_click."""
    for key in ("authentication_status", "username", "name", "roles", "email"):
        st.session_state[key] = None
    st.session_state["logout"] = True  # the library then ignores the cookie this session came with
    _write_later("")


def write_cookie() -> None:
    """Has the browser set or remove the cookie, once there was a login or a logout in this session.

    By a script, not a component: a component's answer runs the page again, and a click in the navigation that it meets
    leads back to the page before. The script stays on the page, so that a click right after the login cannot lose it.
    """
    cookie = st.session_state.get(_COOKIE_TO_WRITE)
    if cookie is not None:
        st.html(f"<script>document.cookie = {json.dumps(cookie)}</script>", unsafe_allow_javascript=True)


def lockout_failures() -> int:
    """How many wrong passwords lock a name."""
    return settings().lockout_failures


def lockout_minutes() -> int:
    """For how many minutes a name is locked."""
    return settings().lockout_minutes


def _submit() -> None:
    try:
        user = accounts.log_in(
            cached.connection.configured(),
            settings(),
            st.session_state["login_name"],
            st.session_state["login_password"],
        )
    except JobrecError as error:
        st.session_state[_MESSAGE] = str(error)
        return
    st.session_state[_LOGGED_IN_AS] = user.session_id


def _users_by_session_id() -> dict[str, User]:
    return {user.session_id: user for user in accounts.read_users(settings().users_file).values()}


def _user_of_session(users: dict[str, User]) -> User | None:
    return users.get(st.session_state.get("username") or "") if st.session_state.get("authentication_status") else None


def _log_in_by_token(users: dict[str, User]) -> None:
    """Logs in who has just filled in the form, or whom the cookie names."""
    authenticator = stauth.Authenticate(
        {"usernames": {key: {"name": user.name, "roles": [user.role]} for key, user in users.items()}},
        COOKIE,
        settings().cookie_key,
        COOKIE_LIFE / timedelta(days=1),
        auto_hash=False,
    )
    new_session = st.session_state.pop(_LOGGED_IN_AS, None)
    token = {"username": new_session} if new_session else None
    if token is None:
        with contextlib.suppress(jwt.PyJWTError):  # a cookie that somebody tampered with is no cookie
            token = authenticator.cookie_controller.get_cookie()
    if not token:
        return
    try:
        authenticator.authentication_controller.login(token=token)
    except LoginError:  # the cookie names somebody who was removed, or an old password
        return
    _forget_another(users[st.session_state["username"]].username)
    if new_session:
        expires = (datetime.now() + COOKIE_LIFE).timestamp()
        _write_later(jwt.encode({"username": new_session, "exp_date": expires}, settings().cookie_key, "HS256"))


def _forget_another(username: str) -> None:
    """Leaves nothing of whoever used this session before: what they chose, were shown, and did is theirs."""
    if st.session_state.get(_OWNER, username) != username:
        for key in set(map(str, st.session_state)) - {*_LIBRARYS, _MESSAGE, _LOGGED_IN_AS, _COOKIE_TO_WRITE}:
            del st.session_state[key]
    st.session_state[_OWNER] = username


def _write_later(value: str) -> None:
    """Keeps the cookie as the browser is to write it; an empty value removes it."""
    life = COOKIE_LIFE if value else timedelta(0)
    secure = "; secure" if (st.context.url or "").startswith("https://") else ""
    st.session_state[_COOKIE_TO_WRITE] = (
        f"{COOKIE}={value}; path=/; max-age={life.total_seconds():.0f}; samesite=strict{secure}"
    )
