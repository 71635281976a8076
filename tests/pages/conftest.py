"""The app from its entry page, run in this process, with somebody logged in.

What a page asks goes over the wire in a test or two of it, marked so; the others are about what it makes of that.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from jobrec_ui.access import accounts
from jobrec_ui.warehouse import Warehouse, deferred
from jobrec_ui.web import cached

ENTRY = Path(__file__).resolve().parents[2] / "streamlit_app.py"
PAGES = {
    "home": "pages/recruiter/home.py",
    "compare": "pages/recruiter/compare.py",
    "candidates": "pages/recruiter/match_candidates.py",
    "postings": "pages/recruiter/match_postings.py",
    "shortlists": "pages/recruiter/shortlists.py",
    "quality": "pages/recruiter/model_quality.py",
    "admin": "pages/admin/data_and_model.py",
    "data": "pages/admin/data.py",
    "jobs": "pages/admin/jobs.py",
    "reports": "pages/admin/reports.py",
    "retrain": "pages/admin/retrain.py",
    "blind": "pages/admin/blind_review.py",
}

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once(quick_app_tests: None) -> None:
    """Each test here makes an AppTest, or several."""


@pytest.fixture(autouse=True)
def _no_answers_of_other_tests() -> Iterator[None]:
    """All AppTests of a process are one session to Streamlit's cache; and what they write is written when they end."""
    st.cache_data.clear()
    cached.shared.object_store.clear()
    yield
    deferred.finish()


@pytest.fixture
def warehouse(installation: Any) -> Warehouse:
    """The warehouse that the pages use."""
    return cached.connection.warehouse(installation.warehouse_url)


@pytest.fixture
def app(installation: Any) -> AppTest:
    """The app as somebody meets it who is not logged in; not run yet."""
    return AppTest.from_file(str(ENTRY), default_timeout=120)


@pytest.fixture
def open_page(app: AppTest, installation: Any) -> OpenPage:
    """open_page("candidates", role="recruiter", posting="P-1", …): the page, logged in, with this in the address."""

    def open_it(name: str, role: str = "recruiter", **address: str | list[str]) -> AppTest:
        user = accounts.read_users(installation.users_file)[role]
        app.session_state["authentication_status"] = True
        app.session_state["username"] = user.session_id
        for key, value in address.items():
            app.query_params[key] = value
        app.switch_page(PAGES[name]).run()
        assert not app.exception
        return app

    return open_it


@pytest.fixture
def open_filtered(open_page: OpenPage) -> OpenPage:
    """The same, with the area of the filters open, in which nothing is drawn before."""

    def open_it(name: str, **address: str | list[str]) -> AppTest:
        app = open_page(name, **address)
        app.session_state["candidate_filters"] = True
        return app.run()

    return open_it
