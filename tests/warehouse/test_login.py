"""Who the app is: passwords, secrets, assumed roles (moto plays AWS), and that nothing of it shows."""

import json
import logging

import boto3
import pytest
import redshift_connector

import jobrec_ui.warehouse.dialect  # noqa: F401 - reads the driver's arguments before a test replaces them
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Aws, Login, settings
from jobrec_ui.warehouse import Warehouse, login
from jobrec_ui.warehouse.login import Credentials

ROLE = "arn:aws:iam::123456789012:role/jobrec-app"
SECRET = {"username": "app", "password": "first", "host": "cluster.example", "port": 5439, "engine": "redshift"}


@pytest.fixture
def aws(moto, monkeypatch):
    """Credentials of a machine in moto's AWS; gives a maker of clients."""
    for name, value in {
        "AWS_ENDPOINT_URL": moto, "AWS_ACCESS_KEY_ID": "AKIAMACHINE", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    login.session.cache_clear()
    yield lambda service: boto3.client(service, region_name="eu-west-1")
    login.session.cache_clear()


def test_a_password_of_the_settings_completes_the_address():
    arguments = {"user": "app", "host": "h"}
    Credentials(Login(password="secret"), Aws()).complete(arguments)
    assert arguments == {"user": "app", "host": "h", "password": "secret"}


def test_a_password_in_the_address_is_not_replaced():
    arguments = {"user": "app", "password": "mine"}
    Credentials(Login(password="other"), Aws()).complete(arguments)
    assert arguments["password"] == "mine"


def test_a_secret_gives_user_and_password_and_what_the_address_lacks(aws, caplog):
    caplog.set_level(logging.DEBUG)
    client = aws("secretsmanager")
    client.create_secret(Name="redshift", SecretString=json.dumps(SECRET))
    credentials = Credentials(Login(secret_id="redshift"), Aws(region="eu-west-1"))
    arguments = {"host": "other.example", "database": "dev"}
    credentials.complete(arguments)
    assert arguments == {
        "host": "other.example", "port": 5439, "database": "dev", "user": "app", "password": "first",
    }  # fmt: skip
    client.put_secret_value(SecretId="redshift", SecretString=json.dumps(SECRET | {"password": "rotated"}))
    credentials.complete(arguments := {})
    assert arguments["password"] == "first"  # kept for a while
    credentials.forget()  # as after a login that was refused
    credentials.complete(arguments := {})
    assert arguments["password"] == "rotated"
    assert "rotated" not in caplog.text
    assert "rotated" not in repr(credentials)


@pytest.mark.parametrize(("text", "words"), [("topsecret", "JSON"), ('{"user": "topsecret"}', "username and password")])
def test_a_secret_of_another_form_is_told_without_showing_it(aws, text, words):
    aws("secretsmanager").create_secret(Name=f"odd-{len(text)}", SecretString=text)
    with pytest.raises(WarehouseError, match=words) as raised:
        Credentials(Login(secret_id=f"odd-{len(text)}"), Aws()).complete({})
    assert "topsecret" not in str(raised.value)


def test_a_secret_that_is_not_there_is_told(aws):
    with pytest.raises(WarehouseError, match=r"ResourceNotFound.*GetSecretValue"):
        Credentials(Login(secret_id="none"), Aws()).complete({})


def test_iam_with_an_assumed_role_hands_its_credentials_to_the_driver(aws, caplog):
    caplog.set_level(logging.DEBUG)
    arguments = {"iam": True, "cluster_identifier": "c"}
    Credentials(Login(), Aws(region="eu-west-1", assume_role=ROLE)).complete(arguments)
    assert arguments["region"] == "eu-west-1"
    assert arguments["session_token"]
    assert arguments["session_token"] not in caplog.text
    assert arguments["access_key_id"] != "AKIAMACHINE"


def test_iam_with_a_profile_leaves_it_to_the_driver():
    arguments = {"iam": True, "cluster_identifier": "c"}
    Credentials(Login(), Aws(profile="hiring", region="eu-west-1")).complete(arguments)
    assert arguments == {"iam": True, "cluster_identifier": "c", "profile": "hiring", "region": "eu-west-1"}


@pytest.fixture
def connected(monkeypatch):
    """What the driver is asked for; it refuses."""
    asked = []

    def connect(**arguments):
        asked.append(arguments)
        raise redshift_connector.InterfaceError({"C": "28000", "M": "password authentication failed for user app"})

    monkeypatch.setattr(redshift_connector, "connect", connect)
    monkeypatch.setenv("JOBREC_WAREHOUSE_PASSWORD", "hidden")
    settings.cache_clear()
    yield asked
    settings.cache_clear()


def test_a_refused_login_shows_nothing_secret(connected, caplog):
    caplog.set_level(logging.DEBUG)
    wh = Warehouse("redshift+redshift_connector://app@h:5439/dev")
    with pytest.raises(WarehouseError, match="refused the login") as raised:
        wh.query("data/data_version")
    assert len(connected) == 1  # and is not tried again
    assert connected[0]["password"] == "hidden"
    assert (connected[0]["ssl"], connected[0]["sslmode"]) == (True, "verify-full")
    assert "hidden" not in caplog.text + str(raised.value) + repr(wh.engine) + repr(settings())


def test_no_credentials_at_all_are_told(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    wh = Warehouse(
        "redshift+redshift_connector://c.abc123.eu-west-1.redshift.amazonaws.com:5439/dev?iam=true&cluster_identifier=c&db_user=u"
    )
    with pytest.raises(WarehouseError, match="No login for the warehouse could be had from AWS"):
        wh.query("data/data_version")
