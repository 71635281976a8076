"""The drawer with one person on a list: stage, tags, notes, and what happened, with the way back from one's own."""

import functools

import pandas as pd
import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.desk import shortlists
from jobrec_ui.desk.shortlists import Shortlist
from jobrec_ui.errors import InputError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached, cards, outcome, page, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.list_actions import act, undoing, where
from jobrec_ui.web.lists.people_table import close, stage_form
from jobrec_ui.web.outcome import Outcome

_WIDTH = 620
_SHOWN_EVENTS = 30


def drawer(shortlist_id: str, candidate_id: str, people: pd.DataFrame, data_version: int) -> None:
    """Opens the drawer with one of ``people``, who are on the list."""
    name = people.set_index("candidate_id")["name"][candidate_id]

    def body() -> None:
        with guard("A person on a list"):
            _body(shortlist_id, candidate_id, data_version)

    opened = st.dialog(
        text.plain(candidate_id if text.is_missing(name) else name),
        width=_WIDTH,
        position="right",
        icon=":material/person:",
        on_dismiss=functools.partial(close, shortlist_id, people, candidate_id),
    )
    opened(body)()


def _body(shortlist_id: str, candidate_id: str, data_version: int) -> None:
    user, url = session.require("recruiter"), settings().warehouse_url
    shortlist = cached.desk.shortlist(url, user.username, shortlist_id)
    asked = (url, user.username, shortlist_id, shortlist.revision)
    people = cached.desk.people(*asked, data_version)
    found = people[people["candidate_id"] == candidate_id]
    if found.empty:
        raise InputError("This person is no longer on the list. Somebody has taken them off.")
    row = found.iloc[0].to_dict()
    candidate = cached.matching.get_candidate(url, data_version, candidate_id, page.viewer(user).blind)
    # What comes and goes is in containers, so that what follows keeps its place, and with it the keyboard's focus.
    with st.container():
        outcome.show(where(shortlist_id), "drawer")
    if candidate is None:
        st.warning("This candidate is no longer in the company’s data.", icon=":material/person_off:")
    else:
        if not text.is_missing(candidate.get("headline")):
            st.markdown(text.plain(candidate["headline"]))
        cards.candidate_facts(candidate)
    tags = text.words(row["tags"])
    reason = "" if text.is_missing(row["reason"]) else f" · {text.plain(row['reason'])}"
    st.markdown(f"**Stage** :blue-badge[{text.plain(row['stage'])}]{reason}")
    if shortlist.may_edit:
        with st.expander("Change the stage", icon=":material/flag:", key=f"stage_{candidate_id}"):
            stage_form(shortlist, [candidate_id], f"drawer_{candidate_id}", row["stage"])
    _tags(shortlist, candidate_id, tags)
    _notes(shortlist, candidate_id, user, cached.desk.notes(*asked, candidate_id))
    _history(shortlist, user, cached.desk.history(*asked, candidate_id))
    if shortlist.posting_id:
        st.page_link(
            "pages/recruiter/match_candidates.py",
            label="The match with the posting, with reasons",
            icon=":material/arrow_forward:",
            query_params={"posting": shortlist.posting_id, "open": candidate_id},
        )
    st.page_link(
        "pages/recruiter/match_postings.py",
        label="Postings for this candidate",
        icon=":material/arrow_forward:",
        query_params={"candidate": candidate_id},
    )


def _tags(shortlist: Shortlist, candidate_id: str, tags: list[str]) -> None:
    if not shortlist.may_edit:
        if tags:
            st.markdown("**Tags** " + text.badges(tags, "blue"))
        return
    # A new key for other tags, so that what others change is shown and never taken for a change of one's own.
    key = f"tags_{shortlist.shortlist_id}_{candidate_id}_{hash(tuple(tags))}"
    st.multiselect(
        "Tags",
        tags,
        default=tags,
        key=key,
        accept_new_options=True,
        placeholder="Type a tag",
        on_change=_set_tags,
        args=(shortlist.shortlist_id, candidate_id, tags, key),
        select_all=False,
    )


def _set_tags(shortlist_id: str, candidate_id: str, before: list[str], key: str) -> None:
    wanted = st.session_state[key]

    def action(wh: Warehouse, user: User) -> None:
        for tag in [tag for tag in wanted if tag not in before]:
            shortlists.tag(wh, user.username, shortlist_id, [candidate_id], tag)
        for tag in [tag for tag in before if tag not in wanted]:
            shortlists.untag(wh, user.username, shortlist_id, [candidate_id], tag)

    act(shortlist_id, action)


def _notes(shortlist: Shortlist, candidate_id: str, user: User, notes: pd.DataFrame) -> None:
    st.header("Notes", anchor=False)
    with st.container():
        _written(shortlist, user, notes)
    if shortlist.may_edit:
        with st.form(f"note_form_{candidate_id}", clear_on_submit=True, border=False):
            st.text_area("New note", key=f"note_text_{candidate_id}", max_chars=2000, height=80)
            st.form_submit_button(
                "Add the note",
                icon=":material/add_comment:",
                key=f"note_add_{candidate_id}",
                on_click=_add_note,
                args=(shortlist.shortlist_id, candidate_id),
            )


def _written(shortlist: Shortlist, user: User, notes: pd.DataFrame) -> None:
    for note in notes.to_dict("records"):
        with st.container(border=True, gap="xsmall"):
            st.text(note["note"])
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                at = text.moment(note["occurred_at"], st.context.timezone)
                st.caption(f"{text.plain(note['username'])}, {at}", width="content")
                if note["username"] == user.username and shortlist.may_edit:
                    st.button(
                        "Take back",
                        key=f"note_{note['event_id']}",
                        type="tertiary",
                        on_click=_undo,
                        args=(shortlist.shortlist_id, note["event_id"]),
                    )
    if notes.empty:
        st.caption("No notes yet.")


def _add_note(shortlist_id: str, candidate_id: str) -> None:
    note = st.session_state[f"note_text_{candidate_id}"]

    def action(wh: Warehouse, user: User) -> None:
        shortlists.add_note(wh, user.username, shortlist_id, candidate_id, note)

    act(shortlist_id, action)


def _history(shortlist: Shortlist, user: User, events: pd.DataFrame) -> None:
    with st.expander("History", icon=":material/history:", key="person_history"):
        history_lines(shortlist, user, events, "drawer")


def history_lines(shortlist: Shortlist, user: User, events: pd.DataFrame, place: str) -> None:
    """Who did what and when, the newest first, with a button on what the user may take back. ``place`` as in said."""
    for event in events.head(_SHOWN_EVENTS).to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            at = text.moment(event["occurred_at"], st.context.timezone)
            line = f"{text.plain(event['username'])} {_in_words(event)} :gray[{at}]"
            if event["is_undone"]:
                line = f"~~{line}~~ taken back by {text.plain(event['undone_by'])}"
            st.markdown(line, width="stretch")
            mine = event["username"] == user.username and not event["is_undone"] and event["event"] != "created"
            if mine and (shortlist.may_edit or event["event"] == "archived"):
                st.button(
                    "Take back",
                    key=f"undo_{place}_{event['event_id']}",
                    type="tertiary",
                    on_click=_undo,
                    args=(shortlist.shortlist_id, event["event_id"]),
                )
    if len(events) > _SHOWN_EVENTS:
        st.caption(f"The latest {_SHOWN_EVENTS} of {len(events)}.")


def _in_words(event: dict) -> str:
    value = "" if text.is_missing(event["value"]) else text.plain(event["value"])
    detail = "" if text.is_missing(event["detail"]) else text.plain(event["detail"])
    name = event["candidate_id"] if text.is_missing(event["name"]) else event["name"]
    who = text.count(event["people"], "person", "people") if event["people"] > 1 else text.plain(name)
    because = f" because: {detail}" if detail else ""
    return {
        "created": f"made the list “{value}”",
        "renamed": f"renamed it to “{value}”",
        "shared": f"stopped sharing with {value}" if detail == "none" else f"let {value} {detail} it",
        "archived": "put it into the archive",
        "restored": "took it out of the archive",
        "stages": f"set the stages to {value}",
        "added": f"put {who} on the list" + (f" from {detail}" if detail else ""),
        "removed": f"took {who} off the list",
        "moved": f"moved {who}",
        "stage": f"moved {who} to {value}{because}",
        "note": f"wrote about {who}: {value}",
        "tagged": f"tagged {who} “{value}”",
        "untagged": f"took the tag “{value}” off {who}",
    }.get(event["event"], event["event"])


def _undo(shortlist_id: str, event_id: str) -> None:
    act(shortlist_id, lambda _, user: Outcome(undoing(shortlist_id, event_id)(user)))
