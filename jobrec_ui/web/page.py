"""What every page has around it: who is logged in, what the warehouse holds, and how fresh it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.errors import WarehouseError
from jobrec_ui.models import ModelVersion
from jobrec_ui.settings import ROOT, settings
from jobrec_ui.warehouse.purpose import used_for
from jobrec_ui.web import blind_review, cached, session, text
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.guard import guard

ICON = str(ROOT / "jobrec_ui" / "web" / "icon.svg")
NO_DATA = (
    "There are no data yet. An admin brings them on the page Data; "
    "a demo company comes with `python -m jobrec_ui demo`."
)
PREPARING = "The data are loaded and are being made ready for ranking. Look again in a minute."
NO_MODEL = "There is no model yet, so lists are sorted by likeness. An admin trains one on the page Retrain."
BY_LIKENESS = "No model yet: sorted by likeness"


def account_menu(user: User) -> None:
    """The menu with the user's name, role and the way out."""
    with st.popover(text.plain(user.name), icon=":material/account_circle:", type="tertiary", key="account"):
        st.markdown(f"**{text.plain(user.name)}**")
        st.caption(f"{text.plain(user.username)} · role {user.role}")
        blind_review.switch(user)
        st.button("Log out", icon=":material/logout:", on_click=session.log_out, key="logout_button", width="stretch")


def closed_page(page: st.Page) -> st.Page:
    """What somebody without the role gets at the address of ``page``: a sentence, and a line in the audit log.

    ``page`` itself is not run.
    """

    def say_so() -> None:
        user = session.require("recruiter")
        wh = cached.connection.configured()
        audit.record(wh, user.username, "refused", page.title, f"page: role {user.role}")
        st.info("Your role does not open this page. Ask an admin if you need it.", icon=":material/lock:")

    return st.Page(say_so, title=page.title, icon=page.icon, url_path=page.url_path, visibility="hidden")


@contextmanager
def part(title: str, path: str) -> Iterator[None]:
    """Around the page at ``path``, and around a part of it that also runs by itself: what goes wrong in it becomes a
    sentence, what it asks of the warehouse is labelled.
    """
    with guard(title), used_for("page", path, session.leaving()):
        yield


def warehouse_url() -> str:
    """The address of the warehouse that the pages ask."""
    return settings().warehouse_url


def loaded() -> tuple[Versions, DataVersion]:
    """The versions in the warehouse, and the one of the data again.

    Raises WarehouseError with the next step if there are no data yet.
    """
    versions = cached.connection.current_versions(settings().warehouse_url)
    if versions.data is None and versions.is_preparing:
        raise WarehouseError(PREPARING)
    if versions.data is None:
        raise WarehouseError(NO_DATA)
    return versions, versions.data


def live_model(versions: Versions) -> ModelVersion:
    """The live model. Raises WarehouseError with the next step if there is none."""
    if versions.model is None:
        raise WarehouseError(NO_MODEL)
    return versions.model


def viewer(user: User) -> Viewer:
    """For whom the warehouse answers on this page."""
    state = cached.desk.user_state(settings().warehouse_url, user.username)
    return Viewer(user.username, state.blind.on, state.revision)


def freshness(versions: Versions) -> str:
    """How fresh a list is, in one line."""
    timezone = st.context.timezone
    data, model = versions.data, versions.model
    facts = []
    if data is not None:
        facts.append(f":material/database: data version {data.version} of {text.moment(data.loaded_at, timezone)}")
    if model is not None:
        facts.append(f":material/model_training: model version {model.version} of {text.day(model.trained_at)}")
    else:
        facts.append(f":material/text_compare: {BY_LIKENESS}")
    if versions.is_preparing:
        facts.append(":material/sync: newer data are being made ready")
    return "  ·  ".join(facts)
