"""How both match pages begin: whom or what one picks, and what stands above the list of it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from jobrec_ui.access.accounts import User
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.web import address, page, session, text
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.match import download, ranked_list
from jobrec_ui.web.match.download import Subject
from jobrec_ui.web.match.ranked_list import RankedList

Row = Mapping[str, Any]


def pick(
    name: str,
    blind: bool,
    *,
    find: Callable[[str, Viewer, int], Row | None],
    search: Callable[[Viewer, int, bool], None],
    gone: str,
) -> tuple[User, Viewer, Row | None]:
    """The user, as whom they look, and what the address has under ``name``: draws the search for it.

    Runs the page again if blind review was switched since it was drawn for ``blind``. ``find`` and ``search`` take the
    data version; ``search`` suggests something while nothing is picked. ``gone``: what to say of an unknown id.
    """
    user = session.require("recruiter")
    viewer = page.viewer(user)
    if viewer.blind != blind:
        st.rerun()
    _, data = page.loaded()
    identifier = address.chosen(name)
    found = find(identifier, viewer, data.version) if identifier else None
    if name in st.query_params and found is None:
        st.warning(gone, icon=":material/search_off:")
    search(viewer, data.version, found is None)
    return user, viewer, found


def list_head(
    area: DeltaGenerator, shown: RankedList, kind: str, versions: Versions, subject: Subject, user: User
) -> str:
    """What stands above a list of candidates or postings (``kind``, one of them). Returns how it is to be shown."""
    with area, st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.subheader(f"Best {text.count(len(shown.ids), kind)}", anchor=False)
            st.caption(page.freshness(versions))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            layout = ranked_list.layout_switch()
            download.buttons(shown, versions, subject, user)
    return layout
