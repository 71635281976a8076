"""Where this installation keeps its things, which warehouse it talks to, and what it may use there.

Read from environment variables, and for what they leave out from a file: JOBREC_SETTINGS names it, else it is
.streamlit/secrets.toml. Each table of the file has its variables: [aws] region is JOBREC_AWS_REGION.
"""

import dataclasses
import fcntl
import functools
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from jobrec_ui.errors import InputError

ROOT = Path(__file__).resolve().parents[1]

# Takes the place of a bucket where none is configured: the embedded warehouse asks for a name and uses none.
NO_BUCKET = "jobrec-ui"


@dataclass(frozen=True)
class Login:
    """What it takes to log in beside the address. Never shown or logged.

    password     for the user in the address
    secret_id    name or ARN of a secret in AWS Secrets Manager that holds username and password
    """

    password: str = field(default="", repr=False)
    secret_id: str = ""


@dataclass(frozen=True)
class Aws:
    """Who the app is to AWS, and what Redshift itself uses there to load and to train.

    region, profile   of the machine's AWS configuration; without them what the machine has
    assume_role       ARN of a role that the app takes on first
    s3_bucket         where loads are staged, and where Redshift ML keeps training data and artefacts
    s3_prefix         folder in it
    iam_role          the role that Redshift takes on for COPY and CREATE MODEL: "default" or an ARN
    kms_key           id or ARN of the key for what is kept in S3; without it S3's own
    tags              "key=value, key" for what training makes in SageMaker
    """

    region: str = ""
    profile: str = ""
    assume_role: str = ""
    s3_bucket: str = ""
    s3_prefix: str = "jobrec"
    iam_role: str = "default"
    kms_key: str = ""
    tags: str = ""


@dataclass(frozen=True)
class Training:
    """Limits of one training, and what becomes of it.

    max_runtime      in seconds
    keep_artefacts   leaves what training put into S3 there
    keep_versions    how many of the last versions keep their model; those that were ever live always do
    prices           file with the prices of training, in the form of jobrec_ui/models/prices.toml
    """

    max_runtime: int = 5400
    keep_artefacts: bool = False
    keep_versions: int = 5
    prices: str = ""


@dataclass(frozen=True)
class Limits:
    """How much of the warehouse the app takes at once, and for how long. Times in seconds.

    connections, more_connections   kept open, and opened on top for a while; wait_for_connection: for one to be free
    page, batch, training           how long a statement of that kind may take, waiting and queueing included
    page_answer, batch_answer       MB that an answer may have, of a page's query and of a command's or a training's
    scoring, wait_for_scoring       rankings at the same time, and how long one more waits for its turn
    """

    connections: int = 5
    more_connections: int = 10
    wait_for_connection: int = 15
    page: int = 60
    batch: int = 3600
    training: int = 21600
    page_answer: int = 100
    batch_answer: int = 1000
    scoring: int = 4
    wait_for_scoring: int = 20


@dataclass(frozen=True)
class Roles:
    """Names of the database roles that `setup` makes: for the app's recruiters, and for whoever loads and trains."""

    recruiter: str = "jobrec_recruiter"
    admin: str = "jobrec_admin"


@dataclass(frozen=True)
class Settings:
    """One installation's settings.

    home            folder for what this installation makes (warehouse, users, cookie key); outside the repository
    warehouse_url   SQLAlchemy URL of the warehouse
    users_file      YAML file with user names, roles and bcrypt hashes
    lockout_*       failed logins before a name is locked, and for how many minutes
    """

    home: Path
    warehouse_url: str = field(repr=False)  # may hold a password
    users_file: Path
    lockout_failures: int = 5
    lockout_minutes: int = 5
    login: Login = Login()
    aws: Aws = Aws()
    training: Training = Training()
    limits: Limits = Limits()
    roles: Roles = Roles()

    @property
    def s3_bucket(self) -> str:
        """The bucket for Redshift ML; a mere name where none is configured, as the embedded warehouse asks for one."""
        return self.aws.s3_bucket or NO_BUCKET

    def make_home(self) -> None:
        """Makes the folder ``home`` if it is not there. Raises InputError if it cannot be made."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"The folder {self.home} cannot be made ({error.strerror}). Name one that can in JOBREC_HOME."
            ) from error

    @property
    def cookie_key(self) -> str:
        """The key that signs login cookies: generated on first use, readable by the owner only."""
        path = self.home / "cookie_key"
        try:
            if key := path.read_text(encoding="ascii").strip():
                return key
        except FileNotFoundError:
            pass
        self.make_home()
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # several may want the first one at once
            key = file.read().strip()
            if not key:
                key = secrets.token_hex(32)
                file.write(key)
        return key


def local_url(path: Path) -> str:
    """The URL of an embedded warehouse in the file ``path``."""
    return f"redshift+local:///{path}"


@functools.cache
def settings() -> Settings:
    """This process's settings. Raises InputError if the file or a value cannot be read.

    JOBREC_HOME, JOBREC_WAREHOUSE (in the file: [warehouse] url), JOBREC_USERS and JOBREC_S3_BUCKET stand alone.
    """
    tables = _file()
    home = Path(os.environ.get("JOBREC_HOME") or Path.home() / ".local" / "share" / "jobrec_ui").expanduser().absolute()
    warehouse = dict(tables.get("warehouse", {}))
    in_file = str(warehouse.pop("url", ""))
    url = os.environ.get("JOBREC_WAREHOUSE") or in_file or local_url(home / "warehouse.duckdb")
    aws = _group(Aws, "aws", tables.get("aws", {}))
    if bucket := os.environ.get("JOBREC_S3_BUCKET"):
        aws = dataclasses.replace(aws, s3_bucket=bucket)
    return Settings(
        home=home,
        warehouse_url=url,
        users_file=Path(os.environ.get("JOBREC_USERS") or home / "users.yaml").expanduser().absolute(),
        login=_group(Login, "warehouse", warehouse),
        aws=aws,
        training=_group(Training, "training", tables.get("training", {})),
        limits=_group(Limits, "limits", tables.get("limits", {})),
        roles=_group(Roles, "roles", tables.get("roles", {})),
    )


def file_path() -> Path:
    """The file that settings are read from; it need not exist."""
    return Path(os.environ.get("JOBREC_SETTINGS") or ROOT / ".streamlit" / "secrets.toml").expanduser()


def _file() -> Mapping[str, Any]:
    path = file_path()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if "JOBREC_SETTINGS" in os.environ:
            raise InputError(f"The settings file {path} is not there. JOBREC_SETTINGS names it.") from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The settings file {path} cannot be read ({type(error).__name__}).") from error
    except tomllib.TOMLDecodeError as error:
        # Its own message may quote what it stumbled over, and that may be a password.
        line = re.search(r"at line \d+", str(error))
        where = f" ({line[0]})" if line else ""
        raise InputError(
            f"The settings file {path} is not TOML{where}. Compare it with secrets.example.toml."
        ) from None


Group = TypeVar("Group", Login, Aws, Training, Limits, Roles)


def _group(kind: type[Group], table: str, given: Mapping[str, Any]) -> Group:
    """One table of the file with the environment on top. Raises InputError for what is unknown or of another type."""
    fields = {item.name: item for item in dataclasses.fields(kind)}
    if unknown := sorted(set(given) - set(fields)):
        raise InputError(f"The settings have [{table}] {unknown[0]}, which means nothing. Known: {', '.join(fields)}.")
    values = {}
    for name, item in fields.items():
        variable = f"JOBREC_{table}_{name}".upper()
        found = os.environ.get(variable) or given.get(name)
        if found is not None:
            values[name] = _as(type(item.default), found, f"[{table}] {name} ({variable})")
    return kind(**values)


def _as(kind: type, found: Any, where: str) -> Any:
    if kind is bool and str(found).lower() in ("true", "false"):
        return str(found).lower() == "true"
    if kind is int and re.fullmatch(r"\d{1,9}", str(found)):
        return int(found)
    if kind is str and isinstance(found, str):
        return found
    raise InputError(f"The setting {where} should be {_KINDS[kind]}.")


_KINDS = {bool: "true or false", int: "a whole number", str: "text in quotes"}
