"""Whether a run of a page is still wanted, as Streamlit knows it."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from jobrec_ui.web import session


@pytest.fixture
def requests(monkeypatch):
    """What the browser of the current run asks for."""
    asked = ScriptRequests()
    monkeypatch.setattr(session, "get_script_run_ctx", lambda: SimpleNamespace(script_requests=asked))
    return asked


def test_a_run_is_wanted_until_something_else_is(requests):
    has_left = session.leaving()
    assert not has_left()
    requests.request_rerun(RerunData(page_script_hash="another page"))
    assert has_left()


def test_a_browser_that_is_gone_has_left(requests):
    has_left = session.leaving()
    requests.request_stop()
    assert has_left()


def test_a_fragment_that_wants_to_run_again_ends_nothing(requests):
    has_left = session.leaving()
    requests.request_rerun(RerunData(fragment_id="progress", is_auto_rerun=True))
    assert not has_left()


def test_outside_of_streamlit_nobody_leaves(monkeypatch):
    monkeypatch.setattr(session, "get_script_run_ctx", lambda: None)
    assert not session.leaving()()
