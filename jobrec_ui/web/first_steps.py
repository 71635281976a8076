"""What leads the admin of a new installation through it: load, look, train, invite."""

import streamlit as st

from jobrec_ui.access import accounts
from jobrec_ui.access.accounts import User
from jobrec_ui.settings import settings
from jobrec_ui.web import cached, text

_LOAD, _TRAIN = "pages/admin/data.py", "pages/admin/retrain.py"
_LOOK = "pages/recruiter/match_candidates.py"


def show(user: User, url: str) -> None:
    """The steps, each with its page and whether it is done; nothing once data, a model and colleagues are there.

    Where there are no data yet the page ends here. Raises WarehouseError.
    """
    versions = cached.connection.current_versions(url)
    others = [one for one in accounts.list_users(settings().users_file) if one.username != user.username]
    loaded = versions.data is not None or versions.is_preparing
    if loaded and versions.model is not None and others:
        return
    with st.container(border=True, key="first_steps"):
        st.subheader("First steps", anchor=False)
        _step("Load your data", loaded, "Postings, people, and who reached which stage. Nothing leaves the warehouse.")
        st.page_link(_LOAD, label="Data", icon=":material/database:")
        looked = versions.data is not None and cached.desk.has_looked(url, user.username)
        _step("Look at a list", looked, "Pick a posting. Until there is a model, lists are sorted by likeness.")
        st.page_link(_LOOK, label="Match candidates", icon=":material/person_search:", disabled=versions.data is None)
        _step("Train a model", versions.model is not None, _about_training(user, url, versions))
        st.page_link(_TRAIN, label="Retrain", icon=":material/model_training:", disabled=versions.data is None)
        _step(
            "Invite colleagues",
            bool(others),
            "On the server: `python -m jobrec_ui user add NAME --role recruiter`. It asks for a password.",
        )
    if versions.data is None and not loaded:
        st.stop()


def _about_training(user: User, url: str, versions: cached.connection.Versions) -> str:
    if versions.data is None or versions.model is not None:
        return "It learns from who did well on which posting, and is checked on a time it has not seen."
    return text.plain(cached.models.readiness(url, user.role, versions.data.version).sentence)


def _step(title: str, is_done: bool, about: str) -> None:
    icon = ":green[:material/check_circle:]" if is_done else ":gray[:material/radio_button_unchecked:]"
    st.markdown(f"{icon} **{title}**" + ("" if is_done else f"  \n{about}"))
