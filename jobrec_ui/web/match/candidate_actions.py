"""What can be done with people of a ranked list: onto a shortlist, rejected, contacted, not for this posting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.desk import decisions, shortlists
from jobrec_ui.desk.decisions import LoggedView
from jobrec_ui.errors import InputError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, deferred
from jobrec_ui.web import address, cached, outcome, page, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.list_actions import undoing as undoing_on_list
from jobrec_ui.web.match import ranked_list
from jobrec_ui.web.match.ranked_list import RankedList
from jobrec_ui.web.outcome import Outcome

_NEW = ""
_TURN, _REPORTS = "desk_turn", "desk_reports"
MOST_COMPARED = 5


def _turn() -> int:
    """How often something was done in this session with people of a ranked list."""
    return int(st.session_state.get(_TURN, 0))


@dataclass(frozen=True)
class ListContext:
    """A ranked list that is acted on: of which posting, by which model version, and where outcomes are told.

    ``turn`` tells whether it was drawn before or after the user last did something with people on it, ``blind`` whether
    it was for a blind review.
    """

    shown: RankedList
    posting_id: str
    posting_title: str
    model_version: int
    blind: bool
    turn: int = field(default_factory=_turn)

    @property
    def where(self) -> str:
        """Under which name things are told about this list."""
        return f"ranked_{self.posting_id}"

    def logged_view(self) -> LoggedView:
        """The list as it is logged."""
        unlogged = LoggedView(None, self.posting_id, self.model_version)
        return st.session_state.get(_view_key(self.shown.key), unlogged)


@st.fragment
def ranked_area(context: ListContext, layout: str, today: date, open_drawer: Callable[[int], None]) -> None:
    """Draws the list, the actions, and with ``open_drawer`` the open row. A click in it runs only this again, unless
    what is told of people has changed: then the page is run, but not below an open drawer.
    """
    with guard("A ranked list"):
        rerun_if_blind_changed(context, session.require("recruiter"))
        if context.turn != _turn() and address.opened(context.shown.ids) is None:
            st.rerun()
        bar(context, ranked_list.chosen(context.shown), "bar")
        position = ranked_list.show(context.shown, layout, today, choosable=True)
        if position is not None:
            open_drawer(position)


def rerun_if_blind_changed(context: ListContext, user: User) -> Viewer:
    """Who looks, as it is now. Runs the page again if blind review was switched since it drew this list."""
    viewer = page.viewer(user)
    if viewer.blind != context.blind:
        st.rerun()
    return viewer


def bar(context: ListContext, chosen: Sequence[str], key: str) -> None:
    """The actions for ``chosen``; in one row, so that the list below stays where it is."""
    nobody = not chosen
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_actions"):
        if key == "bar":
            st.markdown(f"**{len(chosen)} chosen**" if chosen else ":gray[Tick rows to act on them]", width="content")
        # Another key after each action, so that what was opened for it closes.
        turn = _turn()
        with st.popover("Put on a list", icon=":material/playlist_add:", disabled=nobody, key=f"{key}_list_{turn}"):
            if chosen:
                _list_form(context, chosen, key)
        with st.popover("Reject", icon=":material/thumb_down:", disabled=nobody, key=f"{key}_reject_{turn}"):
            if chosen:
                _rejection_form(context, chosen, key)
        for label, icon, decision in (
            ("Contacted", "mail", decisions.CONTACTED),
            ("Not for this posting", "block", decisions.NOT_FOR_POSTING),
        ):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=nobody,
                key=f"{key}_{decision}",
                on_click=_decide,
                args=(context, chosen, decision, key),
            )
        if key == "bar":
            compare_link(context.posting_id, chosen)
        outcome.show(_message_place(context, chosen, key), key)


def compare_link(posting_id: str, chosen: Sequence[str]) -> None:
    """The way to the page that holds two to five people side by side."""
    st.page_link(
        "pages/recruiter/compare.py",
        label="Compare",
        icon=":material/compare_arrows:",
        disabled=not 2 <= len(chosen) <= MOST_COMPARED,
        help=f"Two to {MOST_COMPARED} people side by side",
        query_params={"posting": posting_id, "with": list(chosen[:MOST_COMPARED])},
    )


def match_link(posting_id: str, candidate_id: str) -> None:
    """The way to one match that is not on the list."""
    st.page_link(
        "pages/recruiter/compare.py",
        label="See this match by itself",
        icon=":material/arrow_forward:",
        query_params={"posting": posting_id, "with": [candidate_id]},
    )


def report_reason(context: ListContext, candidate_id: str, reasons: pd.DataFrame) -> None:
    """Saying that one of ``reasons``, from matching.explain, is wrong."""
    labels = list(reasons["label"])
    if not labels:
        return
    # Another key after each report, so that it closes.
    key = f"wrong_reason_{st.session_state.get(_REPORTS, 0)}"
    with st.popover("A reason is wrong", icon=":material/flag:", type="tertiary", key=key):
        st.selectbox("Which", labels, key="wrong_which")
        st.text_input("What is wrong with it", key="wrong_why", max_chars=text.REASON_LENGTH)
        st.button(
            "Report it",
            key="wrong_report",
            on_click=_report,
            args=(context, candidate_id, dict(zip(labels, reasons["sentence"], strict=True))),
        )
        st.caption("Your admin sees the report with this match.")
    outcome.show(_reported_at(context, candidate_id), "report")


def log_list(
    context: ListContext, user: User, data_version: int, filters: Sequence[str], ranking: Callable[[], pd.DataFrame]
) -> None:
    """Writes down, once for each list in a session, that what ``ranking`` gives was shown to ``user``."""
    key = _view_key(context.shown.key)
    if key not in st.session_state:
        found = ranking()
        wh = cached.connection.configured()
        layout = decisions.as_shown(context.posting_id, context.model_version, found)
        st.session_state[key] = layout
        shown = decisions.Shown(layout, user.username, data_version, filters, found)
        deferred.write_together("A list as shown", decisions.write_views, wh, shown)


def _view_key(list_key: str) -> str:
    return f"view_{list_key}"


def _message_place(context: ListContext, chosen: Sequence[str], key: str) -> str:
    """Where to tell what came of an action: beside the list, or in the drawer of the one it was about."""
    return context.where if key == "bar" else f"{context.where}_{chosen[0]}"


def _reported_at(context: ListContext, candidate_id: str) -> str:
    return f"{context.where}_{candidate_id}_report"


def _act(context: ListContext, chosen: Sequence[str], key: str, action: Callable[[Warehouse, User], Outcome]) -> bool:
    """Runs an action from a callback; what is known of people is asked anew afterwards."""

    def run(user: User) -> Outcome:
        message = action(cached.connection.configured(), user)
        _end_turn(user)
        return message

    return outcome.attempt(_message_place(context, chosen, key), run)


def _end_turn(user: User) -> None:
    cached.desk.user_state.clear(settings().warehouse_url, user.username)
    st.session_state[_TURN] = _turn() + 1


# ---- onto a list -----------------------------------------------------------------------------------------------------


def _list_form(context: ListContext, chosen: Sequence[str], key: str) -> None:
    user = session.require("recruiter")
    mine = [one for one in cached.desk.user_state(settings().warehouse_url, user.username).lists if one.may_edit]
    mine.sort(key=lambda one: (one.posting_id == context.posting_id, one.changed_at), reverse=True)
    names = {one.shortlist_id: f"{one.label} ({one.people})" for one in mine} | {_NEW: "A new list …"}
    to = st.selectbox("List", list(names), format_func=lambda one: names[one], key=f"{key}_to")
    if to == _NEW:
        st.text_input("Its name", context.posting_title[:100], key=f"{key}_new_name", max_chars=200)
    st.button("Put on the list", key=f"{key}_add", type="primary", on_click=_add, args=(context, chosen, key))


def _add(context: ListContext, chosen: Sequence[str], key: str) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        if not chosen:
            raise InputError("Nobody is chosen. Choose at least one row.")
        list_id = st.session_state[f"{key}_to"]
        try:
            if list_id == _NEW:
                list_id = shortlists.create(wh, user.username, st.session_state[f"{key}_new_name"], context.posting_id)
            added = shortlists.add(wh, user.username, list_id, chosen, context.logged_view(), "Match candidates")
            name = shortlists.get(wh, user.username, list_id).name
        finally:
            cached.desk.changed(settings().warehouse_url, user.username, list_id)
        message = f"{text.count(len(added.new), 'person', 'people')} put on “{text.plain(text.shortened(name))}”."
        if added.already:
            message += f" {text.count(len(added.already), 'person was', 'people were')} on it already."
        return Outcome(message, _undoing_on_list(list_id, added.event_id) if added.event_id else None)

    _act(context, chosen, key, action)


# ---- decisions -------------------------------------------------------------------------------------------------------

_WORDS = {
    decisions.REJECTED: "rejected",
    decisions.CONTACTED: "marked as contacted",
    decisions.NOT_FOR_POSTING: "marked as not for this posting",
}


def _rejection_form(context: ListContext, chosen: Sequence[str], key: str) -> None:
    st.text_input("Why", key=f"{key}_why", max_chars=text.REASON_LENGTH, placeholder="Others will read it")
    st.button("Reject", key=f"{key}_reject", on_click=_decide, args=(context, chosen, decisions.REJECTED, key))


def _decide(context: ListContext, chosen: Sequence[str], decision: str, key: str) -> None:
    reason = st.session_state.get(f"{key}_why") if decision == decisions.REJECTED else None

    def action(wh: Warehouse, user: User) -> Outcome:
        event = decisions.decide(wh, user.username, decision, chosen, context.logged_view(), reason)
        return Outcome(f"{text.count(len(chosen), 'person', 'people')} {_WORDS[decision]}.", _undoing(event))

    if _act(context, chosen, key, action):
        st.session_state[f"{key}_why"] = ""


def _report(context: ListContext, candidate_id: str, sentences: dict[str, str]) -> None:
    which, why = st.session_state["wrong_which"], st.session_state["wrong_why"]

    def action(wh: Warehouse, user: User) -> Outcome:
        if not (why or "").strip():
            raise InputError("Say what is wrong with the reason.")
        message = f"{which}: {sentences.get(which, '')} | {why}"
        event = decisions.decide(
            wh, user.username, decisions.WRONG_REASON, [candidate_id], context.logged_view(), message
        )
        return Outcome("Thank you: your admin sees the report now.", _undoing(event))

    message_place = _reported_at(context, candidate_id)
    if outcome.attempt(message_place, lambda user: action(cached.connection.configured(), user)):
        st.session_state["wrong_why"] = ""
        st.session_state[_REPORTS] = st.session_state.get(_REPORTS, 0) + 1


def take_back(context: ListContext, candidate_id: str, event_id: str) -> None:
    """Takes back what the user decided about somebody before, from the drawer."""
    _act(context, [candidate_id], "drawer", lambda _, user: Outcome(_undoing(event_id)(user)))


def _undoing(event_id: str) -> Callable[[User], str]:
    def undo(user: User) -> str:
        people = decisions.undo(cached.connection.configured(), user.username, event_id)
        _end_turn(user)
        return f"Taken back for {text.count(people, 'person', 'people')}."

    return undo


def _undoing_on_list(list_id: str, event_id: str) -> Callable[[User], str]:
    def undo(user: User) -> str:
        message = undoing_on_list(list_id, event_id)(user)
        _end_turn(user)
        return message

    return undo
