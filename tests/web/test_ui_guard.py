"""Errors become sentences; the log gets kinds and lines, no messages."""

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui.logs import describe


def test_describe_tells_kinds_and_lines_but_no_messages() -> None:
    def fail() -> None:
        try:
            int("Ana Souza")
        except ValueError as error:
            raise RuntimeError("about Ana Souza") from error

    with pytest.raises(RuntimeError) as caught:
        fail()
    told = describe(caught.value)
    assert told.startswith("RuntimeError at test_ui_guard.py:")
    assert ", caused by ValueError at test_ui_guard.py:" in told
    assert "Ana" not in told


def test_what_users_see() -> None:
    def page() -> None:
        import streamlit as st

        from jobrec_ui.errors import InputError, NotAllowed
        from jobrec_ui.web.guard import guard

        for error in (InputError("Pick a posting."), NotAllowed("Ask an admin."), ZeroDivisionError("secret")):
            with guard("A test"):
                raise error
        with guard("A test"):
            st.stop()
        st.write("never reached")

    app = AppTest.from_function(page).run()
    first, second, third = [error.value for error in app.error]
    assert (first, second) == ("Pick a posting.", "Ask an admin.")
    assert third.startswith("Something went wrong here.")
    assert "secret" not in third
    assert not app.markdown
