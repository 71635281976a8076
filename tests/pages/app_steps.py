"""What the tests of pages do and look at that are about work in the background."""

import time

from streamlit.testing.v1 import AppTest


def said(app: AppTest) -> str:
    """All that is written on the page."""
    shown = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.success]
    return "\n".join(one.value for one in shown)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def run_until(app: AppTest, text: str) -> None:
    deadline = time.monotonic() + 120  # on a busy machine
    while text not in said(app):
        assert time.monotonic() < deadline, said(app)
        time.sleep(0.1)
        app.run()
        assert not app.exception
