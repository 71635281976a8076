"""The users file, the password rules, and the lock after five failures."""

import stat
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import bcrypt
import pytest
import yaml

from jobrec_ui.access import accounts
from jobrec_ui.access.accounts import LoginRefused
from jobrec_ui.errors import InputError, JobrecError
from jobrec_ui.settings import Settings
from jobrec_ui.warehouse import Warehouse

GOOD = "a long enough one"
NOW = datetime(2026, 11, 3, 9, 0)


@pytest.fixture
def users_file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "users.yaml"


@pytest.fixture(scope="module")
def warehouse(reach: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory):
    warehouse = Warehouse(reach(tmp_path_factory.mktemp("logins") / "w.duckdb"))
    warehouse.execute("schema/app_login")
    yield warehouse
    warehouse.close()


@pytest.fixture
def settings(tmp_path: Path, users_file: Path, warehouse: Warehouse) -> Settings:
    """Settings with a cookie key of their own, so that no test sees the attempts of another."""
    return Settings(home=tmp_path, warehouse_url=warehouse.url, users_file=users_file)


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


# ---- the users file --------------------------------------------------------------------------------------------------


def test_a_user_comes_back_as_added(users_file: Path) -> None:
    accounts.add_user(users_file, " Ana.Souza@example.com ", GOOD, "recruiter", "Ana  Souza")
    (user,) = accounts.list_users(users_file)
    assert (user.username, user.name, user.role) == ("ana.souza@example.com", "Ana Souza", "recruiter")
    assert GOOD not in users_file.read_text()
    assert GOOD not in repr(user)
    assert user.password_hash not in repr(user)


def test_production_hashes_with_twelve_rounds(
    users_file: Path, monkeypatch: pytest.MonkeyPatch, slow_bcrypt: tuple[Callable[[int], bytes], str]
) -> None:
    gensalt, nobody = slow_bcrypt
    monkeypatch.setattr(accounts.bcrypt, "gensalt", gensalt)
    user = accounts.add_user(users_file, "ana", GOOD, "recruiter")
    assert user.password_hash.startswith("$2b$12$")
    assert nobody.startswith("$2b$12$")
    assert bcrypt.checkpw(GOOD.encode(), user.password_hash.encode())


def test_the_file_is_for_its_owner_only(users_file: Path) -> None:
    accounts.add_user(users_file, "ana", GOOD, "recruiter")
    accounts.set_password(users_file, "ana", GOOD + "!")
    assert stat.S_IMODE(users_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("username", ["", " ", "a b", "-x", "ana/..", "ana\n", "añá", "x" * 65, "a:b", "<b>"])
def test_bad_user_names(users_file: Path, username: str) -> None:
    if username == "ana\n":  # blanks around a name are dropped
        assert accounts.add_user(users_file, username, GOOD, "admin").username == "ana"
        return
    with pytest.raises(InputError, match="user name"):
        accounts.add_user(users_file, username, GOOD, "recruiter")
    assert not users_file.exists()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 10"),
        ("123456789", "at least 10"),
        ("é" * 37, "at most 72"),
        ("tab\tin the middle", "cannot be typed"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("Rebecca-rebecca", "easy to guess"),
    ],
)
def test_bad_passwords(users_file: Path, password: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        accounts.add_user(users_file, "rebecca", password, "recruiter")


def test_only_known_roles_and_new_names(users_file: Path) -> None:
    with pytest.raises(InputError, match="recruiter, admin"):
        accounts.add_user(users_file, "ana", GOOD, "root")
    accounts.add_user(users_file, "ana", GOOD, "recruiter")
    with pytest.raises(InputError, match="already a user ana"):
        accounts.add_user(users_file, "ANA", GOOD, "admin")
    assert [user.role for user in accounts.list_users(users_file)] == ["recruiter"]


def test_a_new_password_ends_old_sessions(users_file: Path) -> None:
    before = accounts.add_user(users_file, "ana", GOOD, "recruiter")
    accounts.set_password(users_file, "ana", GOOD + "!")
    after = accounts.read_users(users_file)["ana"]
    assert before.session_id.startswith("ana:")
    assert before.session_id != after.session_id
    assert before.password_hash not in before.session_id


def test_removing(users_file: Path) -> None:
    accounts.add_user(users_file, "ana", GOOD, "recruiter")
    accounts.add_user(users_file, "kim", GOOD, "admin")
    accounts.remove_user(users_file, "Ana")
    assert list(accounts.read_users(users_file)) == ["kim"]
    for change in (accounts.remove_user, lambda file, name: accounts.set_password(file, name, GOOD)):
        with pytest.raises(InputError, match="no user 'ana'"):
            change(users_file, "ana")


def test_an_admin_may_do_what_a_recruiter_may(users_file: Path) -> None:
    recruiter = accounts.add_user(users_file, "ana", GOOD, "recruiter")
    admin = accounts.add_user(users_file, "kim", GOOD, "admin")
    assert [user.may_act_as("recruiter") for user in (recruiter, admin)] == [True, True]
    assert [user.may_act_as("admin") for user in (recruiter, admin)] == [False, True]


def test_demo_users_once(users_file: Path) -> None:
    passwords = accounts.ensure_demo_users(users_file)
    assert set(passwords) == {"recruiter", "admin"}
    assert len(set(passwords.values())) == 2
    assert accounts.ensure_demo_users(users_file) == {}
    for username, password in passwords.items():
        user = accounts.read_users(users_file)[username]
        assert bcrypt.checkpw(password.encode(), user.password_hash.encode())
        assert user.role == username


def test_a_change_by_hand_counts_at_once_and_bad_entries_let_nobody_in(users_file: Path) -> None:
    accounts.add_user(users_file, "ana", GOOD, "recruiter")
    accounts.add_user(users_file, "kim", GOOD, "admin")
    content = yaml.safe_load(users_file.read_text())
    content["users"]["ana"]["role"] = "admin"
    content["users"]["kim"]["password"] = GOOD  # plain text is no hash
    users_file.write_text(yaml.safe_dump(content))
    assert {user.username: user.role for user in accounts.list_users(users_file)} == {"ana": "admin"}


@pytest.mark.parametrize("content", [b"users: [", b"- a\n- b\n", b"\xff\xfe\x00", b"users: {ana: 3}"])
def test_a_broken_file_is_said_to_be_broken(users_file: Path, content: bytes) -> None:
    users_file.parent.mkdir()
    users_file.write_bytes(content)
    with pytest.raises(JobrecError, match="cannot be read"):
        accounts.list_users(users_file)


def test_many_editors_lose_nothing(users_file: Path) -> None:
    names = [f"user{number}" for number in range(12)]
    threads = [threading.Thread(target=accounts.add_user, args=(users_file, n, GOOD, "recruiter")) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(accounts.read_users(users_file)) == sorted(names)
    assert [path.name for path in users_file.parent.iterdir() if path.name.startswith("users.yaml")] != []
    assert sorted(path.name for path in users_file.parent.iterdir()) == ["users.yaml", "users.yaml.lock"]


# ---- logging in ------------------------------------------------------------------------------------------------------


def _fail(warehouse: Warehouse, settings: Settings, username: str, clock: Clock) -> str:
    with pytest.raises(LoginRefused) as refused:
        accounts.log_in(warehouse, settings, username, "not the password", clock)
    return str(refused.value)


def test_the_right_password_lets_in(warehouse: Warehouse, settings: Settings) -> None:
    accounts.add_user(settings.users_file, "ana", "pässwörter!", "recruiter")
    assert accounts.log_in(warehouse, settings, " ANA", "pässwörter!", Clock()).username == "ana"
    # The same letters as another keyboard composes them.
    assert accounts.log_in(warehouse, settings, "ana", "pa\u0308sswo\u0308rter!", Clock()).username == "ana"


@pytest.mark.parametrize("password", ["pässwörter", "pässwörter!!", "PÄSSWÖRTER!", " pässwörter!", "x" * 500])
def test_other_passwords_do_not(warehouse: Warehouse, settings: Settings, password: str) -> None:
    accounts.add_user(settings.users_file, "ana", "pässwörter!", "recruiter")
    with pytest.raises(LoginRefused, match="not right"):
        accounts.log_in(warehouse, settings, "ana", password, Clock())


@pytest.mark.parametrize(("username", "password"), [("", "x"), ("ana", ""), ("  ", "x")])
def test_empty_fields_are_not_attempts(warehouse: Warehouse, settings: Settings, username: str, password: str) -> None:
    for _ in range(7):
        with pytest.raises(LoginRefused, match="Enter your name"):
            accounts.log_in(warehouse, settings, username, password, Clock())


def test_known_and_unknown_names_get_the_same_answers(warehouse: Warehouse, settings: Settings) -> None:
    accounts.add_user(settings.users_file, "ana", GOOD, "recruiter")
    known, unknown = Clock(), Clock()
    answers = [
        (_fail(warehouse, settings, "ana", known), _fail(warehouse, settings, "nobody", unknown)) for _ in range(7)
    ]
    assert all(first == second for first, second in answers)
    assert [first for first, _ in answers[:4]] == ["The name or the password is not right."] * 4
    assert all("Try again in 5 minutes" in first for first, _ in answers[4:])


def test_an_unknown_name_costs_a_bcrypt_check_too(
    warehouse: Warehouse, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bytes] = []
    monkeypatch.setattr(accounts.bcrypt, "checkpw", lambda password, hashed: checked.append(hashed) or True)
    assert "not right" in _fail(warehouse, settings, "nobody", Clock())  # even if the dummy hash matched
    assert checked == [accounts._NOBODY.encode()]


@pytest.mark.over_the_wire
def test_the_lock_holds_against_the_right_password_and_ends(warehouse: Warehouse, settings: Settings) -> None:
    accounts.add_user(settings.users_file, "ana", GOOD, "recruiter")
    clock = Clock()
    for _ in range(5):
        _fail(warehouse, settings, "ana", clock)
    with pytest.raises(LoginRefused, match="Too many failed logins"):
        accounts.log_in(warehouse, settings, "ana", GOOD, clock)
    clock.now += timedelta(minutes=4, seconds=30)
    with pytest.raises(LoginRefused, match="in 1 minute\\."):
        accounts.log_in(warehouse, settings, "ana", GOOD, clock)
    clock.now += timedelta(seconds=31)
    assert accounts.log_in(warehouse, settings, "ana", GOOD, clock).username == "ana"


@pytest.mark.over_the_wire
def test_a_success_and_an_hour_forget_failures(warehouse: Warehouse, settings: Settings) -> None:
    accounts.add_user(settings.users_file, "ana", GOOD, "recruiter")
    clock = Clock()
    for pause in (timedelta(0), timedelta(hours=1)):
        for _ in range(4):
            assert "not right" in _fail(warehouse, settings, "ana", clock)
        if not pause:
            accounts.log_in(warehouse, settings, "ana", GOOD, clock)
        clock.now += pause
    assert "not right" in _fail(warehouse, settings, "ana", clock)


def test_other_names_stay_open(warehouse: Warehouse, settings: Settings) -> None:
    accounts.add_user(settings.users_file, "ana", GOOD, "recruiter")
    clock = Clock()
    for _ in range(6):
        _fail(warehouse, settings, "kim", clock)
    assert accounts.log_in(warehouse, settings, "ana", GOOD, clock).username == "ana"


def test_guessing_from_many_sessions_at_once_gets_five_guesses(
    warehouse: Warehouse, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add_user(settings.users_file, "ana", GOOD, "recruiter")
    guesses: list[bytes] = []
    monkeypatch.setattr(accounts.bcrypt, "checkpw", lambda password, hashed: guesses.append(password) or False)

    clock = Clock()

    def guess(number: int) -> None:
        with pytest.raises(LoginRefused):
            accounts.log_in(warehouse, settings, "ana", f"guess number {number}", clock)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(guesses) <= 5
    assert "Too many failed logins" in _fail(warehouse, settings, "ana", clock)


def test_no_name_is_written_down(warehouse: Warehouse, settings: Settings) -> None:
    _fail(warehouse, settings, "my-secret-password", Clock())
    with warehouse.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name_hash, event FROM app.login_events").fetchall()
    assert rows
    assert all(len(name_hash) == 64 and int(name_hash, 16) >= 0 for name_hash, _ in rows)


def test_admins_see_who_was_locked(warehouse: Warehouse, settings: Settings) -> None:
    accounts.add_user(settings.users_file, "ana", GOOD, "recruiter")
    clock = Clock()
    for username in ("ana", "nobody"):
        clock.now += timedelta(minutes=1)
        for _ in range(5):
            _fail(warehouse, settings, username, clock)
    mine = accounts.lockouts(warehouse, settings, clock)
    latest = mine.iloc[:2]
    assert latest["username"].tolist() == [None, "ana"]
    assert latest["locked_now"].tolist() == [True, True]
    assert latest["locks"].tolist() == [1, 1]
    assert latest["locked_until"].iloc[1] - latest["locked_at"].iloc[1] == timedelta(minutes=5)
    clock.now += timedelta(minutes=4, seconds=30)
    assert accounts.lockouts(warehouse, settings, clock)["locked_now"].tolist()[:2] == [True, False]
