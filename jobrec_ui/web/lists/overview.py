"""All lists of a user, their own and those shared with them, and the way to a new one."""

from collections.abc import Sequence

import streamlit as st

from jobrec_ui.access.accounts import User
from jobrec_ui.desk import shortlists
from jobrec_ui.desk.shortlists import Shortlist
from jobrec_ui.errors import NotAllowed
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import letters
from jobrec_ui.web import address, cached, outcome, text

WHERE = "lists"
_RIGHTS = {"read": "you may read", "edit": "you may edit"}


def chosen(user: User) -> Shortlist | None:
    """The list in the address, if this user may see it; says why not if there is one that they may not."""
    list_id = address.chosen("list")
    if list_id is None:
        if "list" in st.query_params:
            st.warning(
                "There is no list with the number in this address. Choose one below.", icon=":material/search_off:"
            )
        return None
    try:
        return cached.desk.shortlist(settings().warehouse_url, user.username, list_id)
    except NotAllowed as error:
        st.warning(str(error), icon=":material/lock:")
        return None


def overview(user: User) -> None:
    """Draws the user's lists, the last changed first."""
    outcome.show(WHERE)
    found = cached.desk.lists(settings().warehouse_url, user.username)
    _new_list()
    words = st.text_input("Find a list", key="find_list", placeholder="Part of a name", icon=":material/search:")
    if words.strip():
        sought = letters.folded(words)
        found = [one for one in found if sought in letters.folded(f"{one.name} {one.posting_title or ''}")]
        if not found:
            st.caption(f"No list has “{text.plain(words.strip())}” in its name or its posting’s title.")
    for title, icon, nothing, kept in (
        ("My lists", "person", "You have no lists yet. Make one above, or choose people on Match candidates.", _mine),
        ("Shared with me", "group", "Nobody has shared a list with you.", _shared),
        ("Archive", "inventory_2", None, _archived),
    ):
        rows = [one for one in found if kept(one)]
        if rows or (nothing and not words.strip()):
            st.subheader(f"{title} ({len(rows)})" if rows else title, anchor=False)
            _cards(rows, icon)
            if not rows:
                st.caption(str(nothing))


def _mine(one: Shortlist) -> bool:
    return one.access == "own" and not one.is_archived


def _shared(one: Shortlist) -> bool:
    return one.access != "own" and not one.is_archived


def _archived(one: Shortlist) -> bool:
    return one.is_archived


def _cards(rows: Sequence[Shortlist], icon: str) -> None:
    if not rows:
        return
    grid = st.grid(3, min_column_width=300)
    for one in rows[:60]:
        with grid.container(border=True, gap="xsmall", height="stretch"):
            st.button(
                text.plain(one.name),
                icon=f":material/{icon}:",
                key=f"list_{one.shortlist_id}",
                type="tertiary",
                on_click=address.choose,
                args=("list", one.shortlist_id),
            )
            facts = [text.count(one.people, "person", "people"), one.posting_title, one.posting_company]
            if one.access != "own":
                facts.append(f"{one.owner}’s list, {_RIGHTS[one.access]}")
            st.caption(" · ".join(text.plain(fact) for fact in facts if fact))
            changed = text.moment(one.changed_at, st.context.timezone)
            st.caption(f"Changed by {text.plain(one.changed_by)} on {changed}")
    if len(rows) > 60:
        st.caption(f"The last changed 60 of {len(rows)}. Type a part of a name to find the others.")


def _new_list() -> None:
    with (
        st.form("new_list", border=True, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("New list", key="new_list_name", max_chars=200, placeholder="Its name")
        st.form_submit_button("Make it", icon=":material/add:", key="new_list_make", on_click=_make)


def _make() -> None:
    def action(user: User) -> None:
        url = settings().warehouse_url
        made = shortlists.create(cached.connection.warehouse(url), user.username, st.session_state["new_list_name"])
        cached.desk.changed(url, user.username, made)
        address.choose("list", made)

    outcome.attempt(WHERE, action)
