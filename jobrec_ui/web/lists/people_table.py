"""The people of one list as a table that follows what others change, and what can be done with those chosen in it."""

import functools
import hashlib
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.desk import shortlists
from jobrec_ui.desk.shortlists import REJECTED_STAGE, Shortlist
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import address, cached, outcome, session, text
from jobrec_ui.web.guard import guard
from jobrec_ui.web.list_actions import act, undoing, where
from jobrec_ui.web.outcome import Outcome

# How long others' changes may take to be seen: this, and the two seconds that an answer is kept.
EVERY_SECONDS = 3


@st.fragment(run_every=EVERY_SECONDS)
def watch(drawn: Shortlist, opened: str | None) -> None:
    """Looks every few seconds whether the list has changed since the page drew it, and runs the page again if it has.

    Apart from the table, which then is sent anew for a reason only. For a page without a drawer, which would lose the
    keyboard's focus. ``opened`` as in people_area.
    """
    with guard("What others do with a shortlist"):
        user = session.require("recruiter")
        if st.query_params.get(address.OPEN) != opened:
            return  # the browser had asked for this before it heard that a drawer was opened or shut
        try:
            now = cached.desk.shortlist(settings().warehouse_url, user.username, drawn.shortlist_id)
        except NotAllowed:
            st.rerun()  # the page says so
        if now.revision != drawn.revision:
            st.rerun()


@st.fragment
def people_area(shortlist_id: str, data_version: int, opened: str | None) -> None:
    """Draws the table and the actions.

    ``opened`` is whom the page shows in its drawer: when that is somebody else, the page is run again.
    """
    with guard("A shortlist"):
        user = session.require("recruiter")
        if st.query_params.get(address.OPEN) != opened:
            st.rerun()
        url = settings().warehouse_url
        shortlist = cached.desk.shortlist(url, user.username, shortlist_id)
        people = cached.desk.people(url, user.username, shortlist_id, shortlist.revision, data_version)
        changed = text.moment(shortlist.changed_at, st.context.timezone)
        st.caption(
            f"{text.count(len(people), 'person', 'people')} · last change by {text.plain(shortlist.changed_by)} "
            f"on {changed}"
        )
        if people.empty or not shortlist.may_edit:
            outcome.show(where(shortlist_id))
        if people.empty:
            st.info(
                "Nobody is on this list yet. Choose people on Match candidates, or add them by their numbers.",
                icon=":material/group_add:",
            )
            return
        chosen = _chosen(shortlist_id, people)
        if shortlist.may_edit:
            _bar(shortlist, chosen, len(people))
        _table(shortlist_id, people, chosen)


def _chosen(shortlist_id: str, people: pd.DataFrame) -> list[str]:
    """Who is chosen, in the list's order: kept by id, since the rows change when others work on the list."""
    kept = st.session_state.get(_chosen_key(shortlist_id), ())
    return [candidate for candidate in people["candidate_id"] if candidate in kept]


def _chosen_key(shortlist_id: str) -> str:
    return f"chosen_on_{shortlist_id}"


def close(shortlist_id: str, people: pd.DataFrame, candidate_id: str) -> None:
    """Closes the row of somebody, when the drawer is shut."""
    ids = people["candidate_id"].tolist()
    rows = [ids.index(candidate) for candidate in _chosen(shortlist_id, people)]
    address.close_row(_table_key(shortlist_id, ids), candidate_id, rows)


def _table_key(shortlist_id: str, ids: list[str]) -> str:
    """Another one when rows come, go or move, so that a position never means somebody else."""
    return f"people_{hashlib.sha256(repr((shortlist_id, ids)).encode()).hexdigest()[:16]}"


def _table(shortlist_id: str, people: pd.DataFrame, chosen: Sequence[str]) -> None:
    ids = people["candidate_id"].tolist()
    rows = pd.DataFrame(
        {
            "place": people["place_in_list"].astype(int),
            "name": people["name"].where(people["name"].notna(), people["candidate_id"]),
            "stage": people["stage"],
            "tags": people["tags"].map(text.words),
            "notes": people["notes"].astype(int),
            "headline": people["headline"],
            "where": [text.place(row) for row in people[["city", "region", "country"]].to_dict("records")],
            "seniority": people["seniority"],
            "reason": people["reason"],
            "added_by": people["added_by"],
        },
    )
    key = _table_key(shortlist_id, ids)
    tags = sorted({tag for cell in rows["tags"] for tag in cell})
    st.dataframe(
        rows.set_index(pd.Index(ids)),
        key=key,
        hide_index=True,
        column_config={
            "place": st.column_config.NumberColumn("Place", pinned=True, width=60, format="%d"),
            "name": st.column_config.TextColumn("Candidate", width=170),
            "stage": st.column_config.TextColumn("Stage", width=100),
            "tags": st.column_config.MultiselectColumn("Tags", options=tags, color="blue", width=160),
            "notes": st.column_config.NumberColumn("Notes", width=65, format="%d"),
            "headline": st.column_config.TextColumn("Headline", width=220),
            "where": st.column_config.TextColumn("Place of living", width=160),
            "seniority": st.column_config.TextColumn("Seniority", width=95),
            "reason": st.column_config.TextColumn("Reason", width=180),
            "added_by": st.column_config.TextColumn("Added by", width=110),
        },
        on_select=functools.partial(_selected, shortlist_id, key, tuple(ids)),
        selection_mode=["multi-row", "single-cell"],
        selection_default={"selection": {"rows": [ids.index(candidate) for candidate in chosen]}},
        row_height=40,
        height=min(40 * (len(ids) + 1) + 2, 562),
        placeholder="",
        alt="People on this list",
    )


def _selected(shortlist_id: str, key: str, ids: tuple[str, ...]) -> None:
    selection = st.session_state[key]["selection"]
    if selection["cells"]:
        row = selection["cells"][0][0]
        address.set_opened(ids[row] if 0 <= row < len(ids) else None)
    else:
        st.session_state[_chosen_key(shortlist_id)] = tuple(ids[row] for row in selection["rows"] if row < len(ids))


def _bar(shortlist: Shortlist, chosen: list[str], people: int) -> None:
    """What can be done with those chosen. It has one height, so that the table stays where it is."""
    list_id = shortlist.shortlist_id
    nobody = not chosen
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{len(chosen)} chosen**" if chosen else ":gray[Tick rows to act on them, or open a name]",
            width="content",
        )
        with st.popover("Stage", icon=":material/flag:", disabled=nobody, key=f"stage_of_{list_id}"):
            stage_form(shortlist, chosen, f"bar_{list_id}")
        with st.popover("Tag", icon=":material/sell:", disabled=nobody, key=f"tag_of_{list_id}"):
            st.text_input("Tag", key=f"bar_tag_{list_id}", max_chars=60)
            with st.container(horizontal=True):
                for label, action in (("Put on", shortlists.tag), ("Take off", shortlists.untag)):
                    st.button(label, key=f"bar_{label}_{list_id}", on_click=_tag, args=(list_id, chosen, action, label))
        with st.popover(
            "Move", icon=":material/swap_vert:", disabled=len(chosen) != 1, key=f"move_of_{list_id}", help=_MOVE_HELP
        ):
            st.number_input("To place", 1, people, 1, key=f"bar_place_{list_id}")
            st.button("Move there", key=f"bar_move_{list_id}", on_click=_move, args=(list_id, chosen))
        st.button(
            "Take off the list",
            icon=":material/person_remove:",
            disabled=nobody,
            key=f"bar_remove_{list_id}",
            on_click=_remove,
            args=(list_id, chosen),
        )
        outcome.show(where(list_id))


_MOVE_HELP = "Choose one person to give them another place."


def stage_form(shortlist: Shortlist, chosen: Sequence[str], key: str, now: str | None = None) -> None:
    """Choosing a stage, with the reason that a rejection needs."""
    stages = shortlist.stages
    st.selectbox("Stage", stages, index=stages.index(now) if now in stages else 0, key=f"{key}_stage")
    rejects = st.session_state.get(f"{key}_stage") == REJECTED_STAGE
    st.text_input(
        "Why" + ("" if rejects else " (only needed for a rejection)"), key=f"{key}_reason", max_chars=text.REASON_LENGTH
    )
    st.button("Set the stage", key=f"{key}_set", on_click=_set_stage, args=(shortlist.shortlist_id, chosen, key))


def _set_stage(shortlist_id: str, chosen: Sequence[str], key: str) -> None:
    stage, reason = st.session_state[f"{key}_stage"], st.session_state[f"{key}_reason"]

    def action(wh: Warehouse, user: User) -> Outcome:
        event = shortlists.set_stage(wh, user.username, shortlist_id, chosen, stage, reason)
        return Outcome(f"{_people(chosen)} at stage {text.plain(stage)} now.", undoing(shortlist_id, event))

    if act(shortlist_id, action):
        st.session_state[f"{key}_reason"] = ""


def _tag(shortlist_id: str, chosen: Sequence[str], tag: Callable[..., str], label: str) -> None:
    word = st.session_state[f"bar_tag_{shortlist_id}"]

    def action(wh: Warehouse, user: User) -> Outcome:
        event = tag(wh, user.username, shortlist_id, chosen, word)
        return Outcome(f"{label}: “{text.plain(word)}”, {len(chosen)} times.", undoing(shortlist_id, event))

    if act(shortlist_id, action):
        st.session_state[f"bar_tag_{shortlist_id}"] = ""


def _move(shortlist_id: str, chosen: Sequence[str]) -> None:
    place = int(st.session_state[f"bar_place_{shortlist_id}"])

    def action(wh: Warehouse, user: User) -> Outcome:
        if len(chosen) != 1:
            raise InputError("Choose exactly one person to move.")
        event = shortlists.move(wh, user.username, shortlist_id, chosen[0], place)
        return Outcome(f"Moved to place {place}.", undoing(shortlist_id, event))

    act(shortlist_id, action)


def _remove(shortlist_id: str, chosen: Sequence[str]) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        event = shortlists.remove(wh, user.username, shortlist_id, chosen)
        return Outcome(f"{_people(chosen)} off the list now.", undoing(shortlist_id, event))

    if act(shortlist_id, action):
        st.session_state[_chosen_key(shortlist_id)] = ()


def _people(chosen: Sequence[str]) -> str:
    return f"{text.count(len(chosen), 'person is', 'people are')}"
