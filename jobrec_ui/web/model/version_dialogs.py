"""Dialogs for what changes what recruiters see: each says what will happen and asks for a reason."""

from collections.abc import Callable

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.models import VersionRecord, admin
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached, session
from jobrec_ui.web.guard import guard

_DONE = "version_done"  # key of st.session_state: what was done, to be said after the page has loaded anew

Act = Callable[[Warehouse, User, str], str]


def say_what_was_done() -> None:
    """Says what the last dialog did, once."""
    if done := st.session_state.pop(_DONE, None):
        st.toast(done, icon=":material/check_circle:")


def promote(record: VersionRecord, live: int | None) -> None:
    """Asks whether to make a version live."""
    against = "" if record.state != "held back" else f" It was held back: {record.detail}"

    def act(wh: Warehouse, user: User, reason: str) -> str:
        admin.promote(wh, user, record.version, reason)
        return f"Version {record.version} is live. Every list is ranked by it from now on."

    replaced = "" if live is None else f" in place of version {live}"
    _ask(
        f"Make version {record.version} live?",
        f"From now on it ranks every list for everybody{replaced}.{against}",
        "Make it live",
        act,
    )


def roll_back(target: VersionRecord, live: int) -> None:
    """Asks whether to make an earlier version live again."""

    def act(wh: Warehouse, user: User, reason: str) -> str:
        version = admin.rollback(wh, user, reason, target.version)
        return f"Version {version} is live again. Every list is ranked by it from now on."

    _ask(
        f"Roll back to version {target.version}?",
        f"From now on it ranks every list for everybody, in place of version {live}. Version {live} stays, and can be "
        "made live again.",
        "Roll back",
        act,
    )


def drop(record: VersionRecord) -> None:
    """Asks whether to remove a version's model."""

    def act(wh: Warehouse, user: User, reason: str) -> str:
        admin.drop(wh, user, record.version, reason)
        return f"The model of version {record.version} is gone. Its record stays."

    _ask(
        f"Drop version {record.version}?",
        "Its model is removed from the warehouse for good: it cannot be made live or compared with later ones any "
        "more. What is on record about it stays.",
        "Drop it",
        act,
    )


def share(record: VersionRecord, live: int, now: float) -> None:
    """Asks which share of the postings a version shall serve."""

    def act(wh: Warehouse, user: User, reason: str) -> str:
        wanted = st.session_state["version_share"] / 100
        admin.set_share(wh, user, record.version, wanted, reason)
        return f"Version {record.version} serves {wanted:.0%} of the postings."

    _ask(
        f"Let version {record.version} serve some postings?",
        f"Version {live} serves the others. Which posting goes to which version does not change while the share stays, "
        "so that what recruiters do with the lists of both can be compared. 0 ends it.",
        "Set the share",
        act,
        lambda: st.slider("Share of the postings, in percent", 0, 100, round(now * 100) or 20, 5, key="version_share"),
    )


def stop(version: int) -> None:
    """Asks whether to end a training."""

    def act(wh: Warehouse, user: User, reason: str) -> str:
        admin.stop_training(wh, user, version, reason)
        return f"The training of version {version} has ended."

    _ask(
        f"Stop the training of version {version}?",
        "What it has learnt so far is lost. The live version is not touched.",
        "Stop it",
        act,
    )


def _ask(title: str, what: str, button: str, act: Act, more: Callable[[], object] | None = None) -> None:
    @st.dialog(title)
    def dialog() -> None:
        with guard(title):
            session.require("admin")
            st.markdown(what)
            with st.form("version_change", border=False):
                if more is not None:
                    more()
                reason = st.text_input(
                    "Reason",
                    key="version_reason",
                    max_chars=admin.MAX_REASON_BYTES // 4,
                    placeholder="Why? Kept on record.",
                )
                confirmed = st.form_submit_button(button, type="primary", key="version_confirm")
            if confirmed:
                user = session.require("admin")
                st.session_state[_DONE] = act(cached.connection.configured(), user, reason)
                cached.models.changed()
                st.rerun()

    dialog()
