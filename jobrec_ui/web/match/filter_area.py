"""The area with the filters for candidates: the widgets, how many rows, saved searches."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from jobrec_ui.access.viewer import Viewer
from jobrec_ui.desk import saved_searches
from jobrec_ui.desk.saved_searches import SavedSearch
from jobrec_ui.errors import JobrecError
from jobrec_ui.matching.filters import CandidateFilters, Choices
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, session, text
from jobrec_ui.web.match import fields, filter_widgets

_MESSAGE = "saved_search_message"
_LIMIT = "show_candidates"


def draw(url: str, data_version: int, posting: Mapping[str, Any], viewer: Viewer) -> tuple[CandidateFilters, int]:
    """Draws the area. Returns the filters, and how many rows to show. Raises WarehouseError.

    What is in it is drawn, and asked of the warehouse, only while it is open or something in it is set.
    A text search that cannot be read is said, and ends the page there: another list would not be what was asked for.
    """
    area = st.expander("Filters", icon=":material/tune:", key="candidate_filters", on_change="rerun")
    if not area.open and not filter_widgets.are_set() and not fields.limit_is_set(_LIMIT):
        return CandidateFilters(), fields.DEFAULT_LIMIT
    choices = _choices(url, data_version, viewer)
    with area:
        try:
            wanted, error = filter_widgets.draw(choices, posting, datetime.now(UTC).date()), None
        except JobrecError as refused:
            wanted, error = CandidateFilters(), str(refused)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            limit = fields.limit_choice(_LIMIT)
            _saved_searches(url, viewer, choices)
            filter_widgets.clear()
    if error:
        st.error(error, icon=":material/error:")
        st.stop()
    return wanted, limit


def _choices(url: str, data_version: int, viewer: Viewer) -> Choices:
    values = cached.matching.filter_values(url, data_version, viewer.blind)
    return Choices(values, cached.desk.user_state(url, viewer.username).list_labels)


def _saved_searches(url: str, viewer: Viewer, choices: Choices) -> None:
    """A menu to load, save and delete searches."""
    with st.popover("Saved searches", icon=":material/bookmark:", key="saved_searches"):
        if message := st.session_state.pop(_MESSAGE, None):
            st.markdown(message)
        there_are = {one.search_id: one for one in cached.desk.user_state(url, viewer.username).searches}
        if not there_are:
            st.caption("None yet. Choose filters, then save them here under a name.")
        for one in there_are.values():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                mine = one.owner == viewer.username
                st.button(
                    text.plain(one.name if mine else f"{one.name}, by {one.owner}"),
                    icon=":material/group:" if one.is_shared else ":material/filter_alt:",
                    key=f"load_search_{one.search_id}",
                    help="Use these filters" + ("; shared with all recruiters" if one.is_shared else ""),
                    width="stretch",
                    on_click=_load(one, choices),
                )
                if mine:
                    st.button(
                        "Delete",
                        key=f"delete_search_{one.search_id}",
                        icon=":material/delete:",
                        type="tertiary",
                        on_click=_delete(one),
                    )
        with st.form("save_search", border=False, clear_on_submit=True):
            st.text_input("Save these filters as", key="search_name", max_chars=80)
            st.checkbox("Share with all recruiters", key="search_shared")
            st.form_submit_button("Save", icon=":material/bookmark_add:", on_click=_save, key="save_search_button")


def _load(search: SavedSearch, choices: Choices) -> Callable[[], None]:
    def load() -> None:
        filter_widgets.put(search.values, choices)

    return load


def _delete(search: SavedSearch) -> Callable[[], None]:
    def delete() -> None:
        user = session.require("recruiter")
        url = settings().warehouse_url
        with _with_message(f"Deleted {text.plain(search.name)}."):
            saved_searches.delete(cached.connection.warehouse(url), user.username, search.search_id)
        cached.desk.user_state.clear(url, user.username)

    return delete


def _save() -> None:
    user = session.require("recruiter")
    url, name = settings().warehouse_url, st.session_state["search_name"]
    with _with_message(f"Saved {text.plain(name)}."):
        shared = bool(st.session_state["search_shared"])
        saved_searches.save(cached.connection.warehouse(url), user.username, name, shared, filter_widgets.held())
    cached.desk.user_state.clear(url, user.username)


@contextlib.contextmanager
def _with_message(done: str) -> Iterator[None]:
    """Says in the menu, at the next run, what became of the block."""
    try:
        yield
    except JobrecError as error:
        st.session_state[_MESSAGE] = f":red[:material/error:] {text.plain(str(error))}"
    else:
        st.session_state[_MESSAGE] = f":green[:material/check:] {done}"
