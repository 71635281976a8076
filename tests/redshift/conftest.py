"""Servers that speak Redshift's protocol, and the real driver to talk to them."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redshift_connector
from redshift_wire import Access, Certificate, RedshiftServer

from jobrec_ui.settings import settings
from jobrec_ui.warehouse import login

USER, PASSWORD = "recruiting", "Geheim:/@?% 비밀"


@pytest.fixture
def trusted(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """The certificate of the tests' servers, which this process trusts meanwhile."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    return certificate


@pytest.fixture
def make_server(tmp_path: Path, trusted: Certificate) -> Iterator[Callable[..., RedshiftServer]]:
    """Starts a server on an empty warehouse (or ``path``), with the options of Access changed as given."""
    made: list[RedshiftServer] = []

    def make(path: Path | None = None, **access: Any) -> RedshiftServer:
        server = RedshiftServer(
            path or tmp_path / "warehouse.duckdb",
            Access(**{"users": {USER: PASSWORD}, "tls": trusted.context} | access),
        )
        made.append(server)
        server.start()
        return server

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def server(make_server: Callable[..., RedshiftServer]) -> RedshiftServer:
    """A server as Redshift is today: TLS, SHA-256 digest, protocol version 2."""
    return make_server()


@pytest.fixture
def connect() -> Iterator[Callable[..., redshift_connector.Connection]]:
    """Connects the driver to a server, each statement a transaction of its own unless ``autocommit`` is False."""
    opened: list[redshift_connector.Connection] = []

    def connect_to(server: RedshiftServer, autocommit: bool = True, **options: Any) -> redshift_connector.Connection:
        chosen = {"host": "localhost", "sslmode": "verify-full", "user": USER, "password": PASSWORD} | options
        connection = redshift_connector.connect(port=server.port, database="dev", **chosen)
        connection.autocommit = autocommit
        opened.append(connection)
        return connection

    yield connect_to
    for connection in opened:
        with contextlib.suppress(redshift_connector.InterfaceError):  # closed by the test, or by the server
            connection.close()


@pytest.fixture
def cursor(server: RedshiftServer, connect: Callable[..., redshift_connector.Connection]) -> redshift_connector.Cursor:
    """A cursor of the driver, on ``server``."""
    return connect(server).cursor()


@dataclass(frozen=True)
class Bucket:
    """A bucket of moto's S3. client: boto3's."""

    name: str
    client: Any

    def held(self) -> list[str]:
        """What is in it."""
        return [item["Key"] for item in self.client.list_objects_v2(Bucket=self.name).get("Contents", [])]


@pytest.fixture
def bucket(moto: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """An empty bucket, which the settings name and which both the app and the servers reach."""
    import boto3

    found = Bucket("hiring-eu", boto3.client("s3", "us-east-1", endpoint_url=moto, aws_access_key_id="a",
                                             aws_secret_access_key="b"))  # fmt: skip
    for name, value in {
        "JOBREC_S3_BUCKET": found.name, "AWS_ENDPOINT_URL": moto, "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    login.session.cache_clear()
    found.client.create_bucket(Bucket=found.name)
    yield found
    for key in found.held():
        found.client.delete_object(Bucket=found.name, Key=key)
    settings.cache_clear()
    login.session.cache_clear()
