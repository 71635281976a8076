"""Each way in that docs/redshift.md names, with the real driver up to an answer; only what AWS answers is made up."""

import copy
import datetime as dt
import json
import socket

import pytest
from redshift_wire import Access, Certificate, RedshiftServer

from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, login

CLUSTER = "mycluster.abc123.eu-west-1.redshift.amazonaws.com"
WORKGROUP = "mygroup.123456789012.eu-west-1.redshift-serverless.amazonaws.com"
ROLE = "arn:aws:iam::123456789012:role/jobrec-app"
SECRET = "t0p-s3cret"
SOON = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
ANSWERS = {
    "GetClusterCredentials": {"DbUser": "IAM:app", "DbPassword": SECRET, "Expiration": SOON},
    "GetCredentials": {"dbUser": "IAMR:app", "dbPassword": SECRET, "expiration": SOON},
    "AssumeRole": {
        "Credentials": {"AccessKeyId": "AKIAROLE", "SecretAccessKey": "b", "SessionToken": SECRET, "Expiration": SOON},
    },
    "GetSecretValue": {"SecretString": json.dumps({"username": "app", "password": SECRET})},
}  # fmt: skip
CONFIGURED = "[profile hiring]\nregion = eu-west-1\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = b\n"
IAM_CLUSTER = "?iam=true&cluster_identifier=mycluster&db_user=app"


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """What AWS is asked: (operation, its parameters, with which key)."""
    (tmp_path / "config").write_text(CONFIGURED)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAMACHINE", "AWS_SECRET_ACCESS_KEY": "b", "AWS_CONFIG_FILE": str(tmp_path / "config"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    heard = []

    def answer(client, operation, parameters):
        heard.append((operation, parameters, client._request_signer._credentials.access_key))
        return copy.deepcopy(ANSWERS[operation])

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", answer)
    login.session.cache_clear()
    yield heard
    login.session.cache_clear()
    settings.cache_clear()


@pytest.fixture
def serve(monkeypatch, tmp_path):
    """Serves under a host's name, with a certificate for it; gives the port."""
    servers = []

    def serve_as(host):
        certificate = Certificate.make(tmp_path, host)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        lookup = socket.getaddrinfo
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, port, **how: lookup(host="127.0.0.1", port=port, **how)
        )  # fmt: skip
        users = dict.fromkeys(("app", "IAM:app", "IAMR:app"), SECRET)
        servers.append(RedshiftServer(tmp_path / "warehouse.duckdb", Access(users, tls=certificate.context)))
        servers[0].start()
        return servers[0].port

    yield serve_as
    for server in servers:
        server.stop()


@pytest.mark.parametrize(
    ("host", "address", "environment", "expected"),
    [
        (CLUSTER, "app@HOST/dev", {"WAREHOUSE_PASSWORD": SECRET}, []),
        (CLUSTER, f"HOST/dev{IAM_CLUSTER}", {"AWS_REGION": "eu-west-1"}, [("GetClusterCredentials", "AKIAMACHINE")]),
        (WORKGROUP, "HOST/dev?iam=true", {"AWS_REGION": "eu-west-1"}, [("GetCredentials", "AKIAMACHINE")]),
        (CLUSTER, f"HOST/dev{IAM_CLUSTER}", {"AWS_PROFILE": "hiring"}, [("GetClusterCredentials", "AKIAPROFILE")]),
        (
            WORKGROUP,
            "HOST/dev?iam=true",
            {"AWS_REGION": "eu-west-1", "AWS_ASSUME_ROLE": ROLE},
            [("AssumeRole", "AKIAMACHINE"), ("GetCredentials", "AKIAROLE")],
        ),
        (
            CLUSTER,
            "HOST/dev",
            {"AWS_REGION": "eu-west-1", "WAREHOUSE_SECRET_ID": "redshift!mycluster-app"},
            [("GetSecretValue", "AKIAMACHINE")],
        ),
    ],
    ids=["password", "cluster", "serverless", "profile", "role", "secret"],
)
def test_leads_to_an_answer(asked, serve, monkeypatch, caplog, sql_root, host, address, environment, expected):
    caplog.set_level("DEBUG")
    for name, value in environment.items():
        monkeypatch.setenv(f"JOBREC_{name}", value)
    settings.cache_clear()
    sql_root("t/one", "SELECT 1 AS n")
    wh = Warehouse(f"redshift+redshift_connector://{address.replace('HOST', f'{host}:{serve(host)}')}")
    assert wh.query("t/one")["n"][0] == 1
    wh.close()
    assert [(operation, key) for operation, _, key in asked] == expected
    assert SECRET not in caplog.text + repr(wh.engine) + repr(settings())
    for operation, parameters, _ in asked:
        if operation == "GetClusterCredentials":
            assert (parameters["ClusterIdentifier"], parameters["DbUser"]) == ("mycluster", "app")
        if operation == "GetCredentials":
            assert (parameters["workgroupName"], parameters["dbName"]) == ("mygroup", "dev")
