"""`setup` and `check` over the wire, where Redshift refuses some things: each refusal with the grant that mends it."""

import functools
import shutil
from pathlib import Path

import pytest
from redshift_wire.harm import refuse
from redshift_wire.refusals import RefusedError

from jobrec_ui.commands import doctor
from jobrec_ui.commands.doctor import aws, database, deep, machine
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, setup
from tests.redshift.conftest import PASSWORD


@pytest.fixture
def server(make_server, set_up_file, tmp_path):
    """A server in front of a warehouse after `setup`."""
    return make_server(Path(shutil.copyfile(set_up_file, tmp_path / "set_up.duckdb")))


@pytest.fixture
def wh(server, monkeypatch, tmp_path):
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path))
    settings.cache_clear()
    warehouse = Warehouse(server.url(query="sslmode=verify-full"))
    yield warehouse
    warehouse.close()
    settings.cache_clear()


def denied(relation):
    return refuse(RefusedError("42501", f"permission denied for {relation}"))


def test_what_is_refused_is_told_with_the_grant_that_mends_it(wh, server):
    server.harm(r"FROM hiring\.demographics", denied("relation demographics"), times=9)
    server.harm(r"FROM features\.clock", denied("relation clock"), times=9)
    server.harm(r"INSERT INTO app\.decisions", denied("relation decisions"), times=9)
    server.harm(r"CREATE TABLE (training|ml)\.check_", denied("schema"), times=9)
    found = {(one.subject, one.state): one for one in database.look(wh)}
    assert ("Connection", "ok") in found
    assert "right for recruiters" in found["Tables of hiring", "note"].detail
    assert found["Tables of features", "wrong"].remedy == (
        "GRANT USAGE ON SCHEMA features TO ROLE jobrec_recruiter;\n"
        "GRANT SELECT ON features.clock TO ROLE jobrec_recruiter;"
    )
    assert found["Appending to app", "wrong"].remedy == (
        "GRANT SELECT, INSERT ON app.decisions TO ROLE jobrec_recruiter;"
    )
    assert "training, ml" in found["Loading and training", "note"].detail
    assert found["Loading and training", "note"].remedy.startswith("GRANT ROLE jobrec_admin TO ")
    assert ("CREATE MODEL", "skipped") in found  # the server has no such view; the rest is looked at all the same
    assert ("Model", "note") in found


def test_with_everything_in_place_nothing_is_wrong_and_what_was_tried_is_gone(wh, server, bucket, monkeypatch):
    """`check --deep`: the list that ends docs/redshift.md, on this server."""
    monkeypatch.setattr(deep, "look", functools.partial(deep.look, poll_seconds=0.1, leave_after=0.2))
    before = setup.known_tables(wh)
    told: list[str] = []
    found = {one.subject: one for one in doctor.examine(wh, told.append, thoroughly=True)}
    assert {one.subject for one in found.values() if one.state == "wrong"} == set()
    for subject in (
        "S3 bucket", "IAM role", "Settings for training", "Rows through staging", "Leaving a query", "Trial training",
        "Label of queries",
    ):  # fmt: skip
        assert found[subject].state == "ok", found[subject]
    assert any("COPY staging.check_rows" in sql for sql in server.statements)
    assert f"S3_BUCKET '{bucket.name}'" in next(sql for sql in server.statements if "CREATE MODEL ml.check_" in sql)
    assert (setup.known_tables(wh), bucket.held()) == (before, [])
    assert wh.run("models/list_models").empty
    assert PASSWORD not in "".join(told)


def test_a_role_that_may_not_be_taken_on_is_told_with_its_grant(wh, monkeypatch):
    monkeypatch.setenv("JOBREC_AWS_IAM_ROLE", "arn:aws:iam::123456789012:role/other")
    settings.cache_clear()
    found = {one.subject: one for one in aws.look(wh)}
    assert found["IAM role"].remedy == (
        "GRANT ASSUMEROLE ON 'arn:aws:iam::123456789012:role/other' TO <user> FOR COPY, CREATE MODEL;  "
        "-- to a user or group, not to a role"
    )


def test_tls_is_seen(wh):
    (tls,) = (one for one in machine.look(wh) if one.subject == "TLS")
    assert (tls.state, tls.detail) == ("ok", "On; certificate and host name are checked.")


def test_a_bucket_that_is_missing_in_the_settings_is_told(wh):
    found = {one.subject: one for one in aws.look(wh)}
    assert found["S3 bucket"].state == "wrong"
    assert "JOBREC_S3_BUCKET" in found["Settings for training"].detail


def test_a_server_that_is_not_there_ends_the_looking(wh, server, monkeypatch):
    monkeypatch.setattr("jobrec_ui.warehouse.warehouse.PAUSES", (0.0, 0.0))
    server.stop()
    assert [(one.subject, one.state) for one in database.look(wh)] == [
        ("Connection", "wrong"),
        ("Everything inside", "skipped"),
    ]
    assert {one.subject: one.state for one in aws.look(wh)}["IAM role"] == "skipped"
