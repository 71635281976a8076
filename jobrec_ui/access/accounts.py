"""Who may log in: the users file (names, roles, bcrypt hashes), passwords, and the lock after too many failures.

The users file is YAML outside the repository, readable by its owner only, always replaced as a whole:

    users:
      ana:
        name: Ana Souza
        role: recruiter
        password: $2b$12$…

Login attempts are counted in the warehouse (app.login_events, append-only), under a keyed hash of the name that was
typed: people sometimes type their password there.
"""

import fcntl
import functools
import hashlib
import hmac
import logging
import os
import re
import secrets
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bcrypt
import pandas as pd
import yaml

from jobrec_ui.errors import InputError, JobrecError, NotAllowed
from jobrec_ui.settings import Settings
from jobrec_ui.warehouse import Warehouse

logger = logging.getLogger(__name__)

ROLES = ("recruiter", "admin")
MIN_PASSWORD_LENGTH = 10
MAX_PASSWORD_BYTES = 72  # bcrypt reads no further
FORGET_FAILURES_AFTER = timedelta(hours=1)

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_BCRYPT_HASH = re.compile(r"\$2[aby]\$\d\d\$.{53}")
# What a wrong name is checked against, so that it takes as long as a wrong password.
_NOBODY = "$2b$12$Bi1r6FLvJ85HPMO7/OICdOW4Ouym6ZBXfRXOgyhJKvikQ3HCODpEK"
# Letters and digits that are not mistaken for one another when read aloud or copied by hand.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"

Clock = Callable[[], datetime]


class LoginRefused(NotAllowed):
    """The name and password do not let anybody in, or the name is locked for a while."""


@dataclass(frozen=True)
class User:
    """Somebody who may log in. ``role`` is one of ROLES."""

    username: str
    name: str
    role: str
    password_hash: str = field(repr=False)

    @property
    def session_id(self) -> str:
        """What a login cookie says: the name, and a mark that changes with the password, so that old cookies end."""
        return f"{self.username}:{hashlib.sha256(self.password_hash.encode()).hexdigest()[:16]}"

    def may_act_as(self, role: str) -> bool:
        """Whether this user has ``role``; an admin may do all that a recruiter may."""
        return self.role in ROLES[ROLES.index(role) :]


# ---- the users file --------------------------------------------------------------------------------------------------


def list_users(users_file: Path) -> list[User]:
    """Everybody in the file, by name; empty if there is no file. Raises JobrecError if it cannot be read."""
    return sorted(read_users(users_file).values(), key=lambda user: user.username)


def read_users(users_file: Path) -> Mapping[str, User]:
    """The users by user name, as the file says now. Raises JobrecError if it cannot be read."""
    try:
        status = users_file.stat()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(users_file) from error
    return _parse_file(users_file, status.st_ino, status.st_mtime_ns, status.st_size)


def add_user(users_file: Path, username: str, password: str, role: str, name: str = "") -> User:
    """Adds a user. Raises InputError for a bad name, password or role, and for a name that is taken."""
    username = _checked_username(username)
    if role not in ROLES:
        raise InputError(f"There is no role {role!r}. Use one of: {', '.join(ROLES)}.")
    password_hash = _hash(_checked_password(password, username))
    with _editing(users_file) as users:
        if username in users:
            raise InputError(f"There is already a user {username}. Use `user passwd {username}` for a new password.")
        users[username] = User(username, " ".join(name.split()) or username, role, password_hash)
    return users[username]


def set_password(users_file: Path, username: str, password: str) -> None:
    """Gives a user a new password, which also ends the sessions opened with the old one. Raises InputError."""
    username = _checked_username(username)
    password_hash = _hash(_checked_password(password, username))
    with _editing(users_file) as users:
        user = _existing(users, username)
        users[username] = User(username, user.name, user.role, password_hash)


def remove_user(users_file: Path, username: str) -> None:
    """Removes a user; their open sessions end at their next click. Raises InputError for an unknown name."""
    with _editing(users_file) as users:
        del users[_existing(users, _normal(username)).username]


def ensure_demo_users(users_file: Path) -> dict[str, str]:
    """Adds the users ``recruiter`` and ``admin`` if nobody is there yet.

    Returns the new passwords by user name: shown once, kept nowhere. Empty if there were users already.
    """
    if read_users(users_file):
        return {}
    passwords = {role: generate_password() for role in ROLES}
    for role, password in passwords.items():
        add_user(users_file, role, password, role, name=f"Demo {role}")
    return passwords


def generate_password() -> str:
    """A random password of 79 bits, in four groups that are easy to copy."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))


# ---- logging in ------------------------------------------------------------------------------------------------------


def log_in(
    warehouse: Warehouse,
    settings: Settings,
    username: str,
    password: str,
    clock: Clock = lambda: datetime.now(UTC).replace(tzinfo=None),
) -> User:
    """The user whose name and password these are.

    Known and unknown names get the same answer, after the same work, and the same lock: ``lockout_failures`` wrong
    passwords lock a name for ``lockout_minutes``. The attempt is written down before the password is looked at, so that
    many attempts at once get no extra guesses.

    Raises LoginRefused with the sentence to show; WarehouseError if attempts cannot be counted (nobody gets in then).
    """
    username = _normal(username)
    if not username or not password:
        raise LoginRefused("Enter your name and your password.")
    name_hash = _name_hash(settings, username)
    lock_length = timedelta(minutes=settings.lockout_minutes)

    now = clock()
    _refuse_if_locked(warehouse, name_hash, now, lock_length)
    _record(warehouse, name_hash, "attempt", now)
    attempts = _refuse_if_locked(warehouse, name_hash, now, lock_length)
    user = None
    if attempts <= settings.lockout_failures:
        user = _authenticate(settings.users_file, username, password)
    if user is not None:
        _record(warehouse, name_hash, "success", clock())
        return user
    if attempts >= settings.lockout_failures:
        _record(warehouse, name_hash, "lock", clock())
        raise _locked(lock_length)
    raise LoginRefused("The name or the password is not right.")


def lockouts(warehouse: Warehouse, settings: Settings, clock: Clock | None = None) -> pd.DataFrame:
    """Names that were locked in the last 30 days, the latest first.

    Returns [username (None: no user has that name), locks, locked_at, locked_until, locked_now].
    """
    now = clock() if clock else datetime.now(UTC).replace(tzinfo=None)
    frame = warehouse.query("access/login_lockouts", {"since": now - timedelta(days=30)})
    known = {_name_hash(settings, username): username for username in read_users(settings.users_file)}
    frame["locked_at"] = pd.to_datetime(frame["locked_at"])
    frame["locked_until"] = frame["locked_at"] + timedelta(minutes=settings.lockout_minutes)
    frame["locked_now"] = frame["locked_until"] > now
    frame["username"] = frame["name_hash"].map(known).astype(object).where(lambda names: names.notna(), None)
    return frame[["username", "locks", "locked_at", "locked_until", "locked_now"]]


def _authenticate(users_file: Path, username: str, password: str) -> User | None:
    user = read_users(users_file).get(username)
    typed = unicodedata.normalize("NFC", password).encode()
    right = bcrypt.checkpw(typed[:MAX_PASSWORD_BYTES], (user.password_hash if user else _NOBODY).encode())
    return user if right and len(typed) <= MAX_PASSWORD_BYTES else None


def _refuse_if_locked(warehouse: Warehouse, name_hash: str, now: datetime, lock_length: timedelta) -> int:
    """How often the name was tried since its last success or lock. Raises LoginRefused if it is locked."""
    row = warehouse.query("access/login_state", {"name_hash": name_hash, "since": now - FORGET_FAILURES_AFTER}).iloc[0]
    if not pd.isna(row["locked_at"]):
        left = pd.Timestamp(row["locked_at"]).to_pydatetime() + lock_length - now
        if left > timedelta(0):
            raise _locked(left)
    return int(row["attempts"])


def _record(warehouse: Warehouse, name_hash: str, event: str, at: datetime) -> None:
    warehouse.execute("access/login_event", {"name_hash": name_hash, "event": event, "occurred_at": at})


def _locked(left: timedelta) -> LoginRefused:
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return LoginRefused(
        f"Too many failed logins for this name. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
    )


def _name_hash(settings: Settings, username: str) -> str:
    return hmac.new(settings.cookie_key.encode(), username.encode(), hashlib.sha256).hexdigest()


# ---- details ---------------------------------------------------------------------------------------------------------


def _normal(username: str) -> str:
    return unicodedata.normalize("NFKC", username).strip().lower()


def _checked_username(username: str) -> str:
    username = _normal(username)
    if not _USERNAME.fullmatch(username):
        raise InputError(
            "A user name has 1 to 64 letters (a-z), digits and . _ @ -, and starts with a letter or a digit."
        )
    return username


def _checked_password(password: str, username: str) -> str:
    password = unicodedata.normalize("NFC", password)
    if len(password) < MIN_PASSWORD_LENGTH:
        raise InputError(f"The password is too short: use at least {MIN_PASSWORD_LENGTH} characters.")
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        raise InputError(f"The password is too long: use at most {MAX_PASSWORD_BYTES} bytes.")
    if not password.isprintable():
        raise InputError("The password has a character that cannot be typed, such as a tab or a line break.")
    if (len(username) > 3 and username in password.lower()) or len(set(password)) < 4:
        raise InputError("The password is too easy to guess: do not repeat a few characters or use the user name.")
    return password


def _hash(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=12)).decode()


def _existing(users: Mapping[str, User], username: str) -> User:
    if username not in users:
        raise InputError(f"There is no user {username!r}.")
    return users[username]


def _unreadable(users_file: Path) -> JobrecError:
    return JobrecError(f"The users file {users_file} cannot be read. Ask whoever runs this app to look at it.")


@functools.lru_cache(maxsize=4)
def _parse_file(users_file: Path, *_changes_with_the_file: int) -> Mapping[str, User]:
    try:
        entries = (yaml.safe_load(users_file.read_text(encoding="utf-8")) or {}).get("users") or {}
        users = [_parse_user(str(username), entry) for username, entry in entries.items()]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise _unreadable(users_file) from error
    return {user.username: user for user in users if user is not None}


def _parse_user(username: str, entry: Mapping[str, Any]) -> User | None:
    """None, and a line in the log, for an entry that lets nobody in."""
    role, password_hash = str(entry.get("role")), str(entry.get("password"))
    if role not in ROLES or not _BCRYPT_HASH.fullmatch(password_hash):
        logger.warning("An entry of the users file was left out: its role or its password hash is not valid.")
        return None
    return User(_normal(username), str(entry.get("name") or username), role, password_hash)


@contextmanager
def _editing(users_file: Path) -> Iterator[dict[str, User]]:
    """The users to change in place; written back in one step unless the block raises. One editor at a time."""
    try:
        users_file.parent.mkdir(parents=True, exist_ok=True)
        with open(users_file.with_name(users_file.name + ".lock"), "a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            users = dict(read_users(users_file))
            yield users
            _write(users_file, users)
    except OSError as error:
        raise JobrecError(f"The users file {users_file} cannot be written ({error.strerror}).") from error


def _write(users_file: Path, users: Mapping[str, User]) -> None:
    entries = {
        user.username: {"name": user.name, "role": user.role, "password": user.password_hash} for user in users.values()
    }
    descriptor, temporary = tempfile.mkstemp(dir=users_file.parent, prefix=users_file.name)  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            yaml.safe_dump({"users": entries}, file, allow_unicode=True)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, users_file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
