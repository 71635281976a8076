"""Logging in and out, and who may open which page, in the app without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from streamlit.testing.v1 import AppTest

from jobrec_ui.access import accounts
from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse import deferred
from jobrec_ui.web import cached

ROOT = Path(__file__).resolve().parents[2]
NOT_RIGHT = "The name or the password is not right."


def log_in(app: AppTest, username: str, password: str) -> AppTest:
    """Fills in the form and sends it."""
    app.text_input(key="login_name").set_value(username)
    app.text_input(key="login_password").set_value(password)
    app.button(key="login_submit").click().run()
    assert not app.exception
    return app


def errors(app: AppTest) -> list[str]:
    return [error.value for error in app.error]


def test_no_folder_lets_streamlit_serve_pages_past_the_login() -> None:
    assert len(list(ROOT.glob("pages/*/*.py"))) >= 3
    assert not list(ROOT.glob("pages/*.py"))


def test_nobody_sees_a_page_before_the_login(app: AppTest) -> None:
    app.run()
    assert [title.value for title in app.title] == ["Jobrec"]
    assert [field.key for field in app.text_input] == ["login_name", "login_password"]
    assert not app.dataframe


@pytest.mark.parametrize("role", ["recruiter", "admin"])
def test_the_right_password_opens_the_home_page(app: AppTest, installation: Any, role: str) -> None:
    log_in(app.run(), role, installation.passwords[role])
    assert [title.value for title in app.title] == ["Home"]
    assert errors(app) == []


def test_a_wrong_password_and_an_unknown_name_read_the_same(app: AppTest) -> None:
    assert errors(log_in(app.run(), "recruiter", "wrong password")) == [NOT_RIGHT]
    assert errors(log_in(app, "somebody else", "wrong password")) == [NOT_RIGHT]
    assert [title.value for title in app.title] == ["Jobrec"]


def test_five_failures_lock_the_name(app: AppTest) -> None:
    app.run()
    answers = [errors(log_in(app, "a name that nobody has", "wrong password")) for _ in range(6)]
    assert answers[:4] == [[NOT_RIGHT]] * 4
    assert answers[4:] == [["Too many failed logins for this name. Try again in 5 minutes."]] * 2


def test_nobody_gets_in_when_attempts_cannot_be_counted(
    app: AppTest, installation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(url: str) -> None:
        raise WarehouseError("The warehouse cannot be reached.")

    monkeypatch.setattr(cached.connection, "warehouse", unreachable)
    log_in(app.run(), "recruiter", installation.passwords["recruiter"])
    assert errors(app) == ["The warehouse cannot be reached."]
    assert [title.value for title in app.title] == ["Jobrec"]


def test_logging_out_ends_the_session(open_page: Callable[..., AppTest]) -> None:
    app = open_page("postings")
    app.button(key="logout_button").click().run()
    assert [title.value for title in app.title] == ["Jobrec"]
    app.run()
    assert [title.value for title in app.title] == ["Jobrec"]


def test_who_logs_in_after_another_begins_afresh(app: AppTest, installation: Any) -> None:
    """On the same screen, without closing it: the list is written down as shown to both, and nothing else is kept."""
    app.query_params["posting"] = "P000002"
    app.switch_page("pages/recruiter/match_candidates.py").run()
    for name in ("recruiter", "admin"):
        log_in(app, name, installation.passwords[name])
        assert [title.value for title in app.title] == ["Match candidates"]
        assert "note" not in app.session_state
        app.session_state["note"] = "of somebody"
        app.button(key="logout_button").click().run()
    log_in(app, "admin", installation.passwords["admin"])
    assert "note" in app.session_state  # the same person goes on
    deferred.finish()
    with cached.connection.warehouse(installation.warehouse_url).engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT username FROM app.lists_shown WHERE posting_id = 'P000002'"))
        assert {row[0] for row in rows} == {"admin", "recruiter"}


def test_a_recruiter_cannot_run_the_admin_page(open_page: Callable[..., AppTest]) -> None:
    app = open_page("home", role="recruiter")
    with pytest.raises(ValueError, match="data_and_model"):  # it is not among the pages of the session
        app.switch_page("pages/admin/data_and_model.py").run()


def test_a_page_asks_for_the_role_by_itself(open_page: Callable[..., AppTest], installation: Any) -> None:
    app = open_page("admin", role="admin")
    assert [header.value for header in app.header] == ["Data", "Model", "Locked logins"]
    _change_role(installation.users_file, "admin", "recruiter")
    try:
        app.run()
        assert not app.header
        assert not app.metric
    finally:
        _change_role(installation.users_file, "admin", "admin")


def test_a_new_password_and_a_removed_user_end_living_sessions(
    open_page: Callable[..., AppTest], installation: Any
) -> None:
    users_file: Path = installation.users_file
    before = users_file.read_bytes()
    try:
        app = open_page("candidates")
        accounts.set_password(users_file, "recruiter", "an entirely new one")
        app.run()
        assert [title.value for title in app.title] == ["Jobrec"]
        assert errors(app) == ["Your access has changed. Please log in again."]
        log_in(app, "recruiter", "an entirely new one")
        assert [title.value for title in app.title] == ["Match candidates"]
        accounts.remove_user(users_file, "recruiter")
        app.run()
        assert [title.value for title in app.title] == ["Jobrec"]
    finally:
        users_file.write_bytes(before)


def test_a_broken_users_file_is_a_sentence(app: AppTest, installation: Any) -> None:
    before = installation.users_file.read_bytes()
    installation.users_file.write_text("users: [")
    try:
        app.run()
        assert len(app.error) == 1
        assert "cannot be read" in app.error[0].value
        assert not app.text_input
    finally:
        installation.users_file.write_bytes(before)


def _change_role(users_file: Path, username: str, role: str) -> None:
    content = yaml.safe_load(users_file.read_text())
    content["users"][username]["role"] = role
    users_file.write_text(yaml.safe_dump(content))
