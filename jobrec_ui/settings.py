"""Where this installation keeps its things and which warehouse it talks to, read from the environment."""

import functools
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """One installation's settings.

    home            folder for what this installation makes (warehouse, users, cookie key); outside the repository
    warehouse_url   SQLAlchemy URL of the warehouse
    users_file      YAML file with user names, roles and bcrypt hashes
    s3_bucket       where Redshift ML keeps training data and artefacts; the embedded warehouse only checks its form
    lockout_*       failed logins before a name is locked, and for how many minutes
    """

    home: Path
    warehouse_url: str
    users_file: Path
    lockout_failures: int = 5
    lockout_minutes: int = 5
    s3_bucket: str = "jobrec-ui"

    @property
    def cookie_key(self) -> str:
        """The key that signs login cookies: generated on first use, readable by the owner only."""
        path = self.home / "cookie_key"
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            pass
        self.home.mkdir(parents=True, exist_ok=True)
        key = secrets.token_hex(32)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key


def local_url(path: Path) -> str:
    """The URL of an embedded warehouse in the file ``path``."""
    return f"redshift+local:///{path}"


@functools.cache
def settings() -> Settings:
    """This process's settings: JOBREC_HOME, JOBREC_WAREHOUSE, JOBREC_USERS, JOBREC_S3_BUCKET; each with a default."""
    home = Path(os.environ.get("JOBREC_HOME") or Path.home() / ".local" / "share" / "jobrec_ui").expanduser().absolute()
    return Settings(
        home=home,
        warehouse_url=os.environ.get("JOBREC_WAREHOUSE") or local_url(home / "warehouse.duckdb"),
        users_file=Path(os.environ.get("JOBREC_USERS") or home / "users.yaml").expanduser().absolute(),
        s3_bucket=os.environ.get("JOBREC_S3_BUCKET") or "jobrec-ui",
    )
