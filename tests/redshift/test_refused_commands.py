"""What a command on the warehouse says when it refuses a statement: which one it was, and the way out."""

import pytest
from redshift_wire import RefusedError
from redshift_wire.harm import refuse

from jobrec_ui.commands import cli, exit_codes
from jobrec_ui.data.demo import make_demo, write_demo
from jobrec_ui.settings import settings

DENIED = refuse(RefusedError("42501", "permission denied for schema features"))
WAY_OUT = "once the cause is mended, run `python -m jobrec_ui refresh`."


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home folder, which the settings of this process point to."""
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOBREC_WAREHOUSE", "")  # undone after the test, whatever a command puts there
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def files(home):
    """A small company's files."""
    return write_demo(make_demo(candidates=60, postings=8, interactions=300), home / "company", "csv")[0].parent


def test_setup_names_the_statement(server, home, capsys):
    server.harm("CREATE SCHEMA.*features", DENIED, times=9)
    assert cli.main(["setup", "--warehouse", server.url()]) == exit_codes.ERROR
    [line] = capsys.readouterr().err.splitlines()[-1:]
    assert line.startswith("The warehouse refused CREATE SCHEMA IF NOT EXISTS features")
    assert "permission denied for schema features" in line


def test_a_load_whose_features_fail_says_the_way_out(server, home, files, bucket, capsys):
    assert cli.main(["setup", "--warehouse", server.url()]) == exit_codes.DONE
    server.harm(r"INSERT INTO features\.clock|CREATE TABLE features\.clock", DENIED, times=9)
    assert cli.main(["load", str(files), "--warehouse", server.url()]) == exit_codes.ERROR
    [line] = capsys.readouterr().err.splitlines()[-1:]
    assert line.startswith("The warehouse refused ")
    assert "(sql/features/" in line
    assert line.endswith(WAY_OUT)

    server.heal()
    assert cli.main(["refresh", "--warehouse", server.url()]) == exit_codes.DONE
