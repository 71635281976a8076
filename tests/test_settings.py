"""Settings: from the environment, from a file, and what is said about those that cannot be."""

import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest

from jobrec_ui import settings as module
from jobrec_ui.errors import InputError
from jobrec_ui.settings import Settings, local_url, settings


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Writes the settings file."""
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path))
    monkeypatch.setenv("JOBREC_SETTINGS", str(path))
    for name in ("JOBREC_WAREHOUSE", "JOBREC_S3_BUCKET"):
        monkeypatch.delenv(name, raising=False)

    def write(text):
        path.write_text(text, encoding="utf-8")
        settings.cache_clear()

    yield write
    settings.cache_clear()


def test_without_any_it_is_the_embedded_warehouse(file, tmp_path):
    file("")
    found = settings()
    assert found.warehouse_url == f"redshift+local:///{tmp_path}/warehouse.duckdb"
    assert (found.s3_bucket, found.aws.s3_bucket, found.aws.iam_role) == ("jobrec-ui", "", "default")


def test_the_file_is_read(file):
    file('[warehouse]\nurl = "redshift+redshift_connector://h/db"\npassword = "x"\n[limits]\npage = 5\n'
         '[training]\nkeep_artefacts = true\n[aws]\ns3_bucket = "b1"\n[auth]\nsomething = "of others"')  # fmt: skip
    found = settings()
    assert found.warehouse_url == "redshift+redshift_connector://h/db"
    assert (found.login.password, found.limits.page, found.limits.batch) == ("x", 5, 3600)
    assert found.training.keep_artefacts is True
    assert found.s3_bucket == "b1"


def test_the_environment_comes_first(file, monkeypatch):
    file('[warehouse]\nurl = "redshift+redshift_connector://h/db"\n[aws]\ns3_bucket = "b1"\nregion = "eu-west-1"')
    monkeypatch.setenv("JOBREC_WAREHOUSE", "redshift+local:///other")
    monkeypatch.setenv("JOBREC_AWS_REGION", "us-east-2")
    monkeypatch.setenv("JOBREC_S3_BUCKET", "b2")
    monkeypatch.setenv("JOBREC_LIMITS_SCORING", "9")
    found = settings()
    assert (found.warehouse_url, found.aws.region, found.s3_bucket, found.limits.scoring) == (
        "redshift+local:///other", "us-east-2", "b2", 9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[limits]\npage = 'long'", "page.*whole number"),
        ("[limits]\npages = 3", "pages.*Known"),
        ("[training]\nkeep_artefacts = 'perhaps'", "true or false"),
        ("[aws]\nregion = 5", "text in quotes"),
        ("[warehouse]\npassword = topsecret", "not TOML"),
    ],
)
def test_what_cannot_be_is_named(file, text, words):
    file(text)
    with pytest.raises(InputError, match=words) as raised:
        settings()
    assert "topsecret" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(file, monkeypatch, tmp_path):
    monkeypatch.setenv("JOBREC_SETTINGS", str(tmp_path / "none.toml"))
    settings.cache_clear()
    with pytest.raises(InputError, match=r"none\.toml"):
        settings()


def test_secrets_are_not_shown(file):
    file('[warehouse]\nurl = "redshift+redshift_connector://u:hidden1@h/db"\npassword = "hidden2"')
    assert "hidden" not in repr(settings())


def test_the_example_has_only_what_is_known():
    """Each way in, taken out of its comment, is a file of settings."""
    text = (module.ROOT / ".streamlit" / "secrets.example.toml").read_text(encoding="utf-8")
    ways = text.split("# ---- ")[1:]
    assert len(ways) >= 7
    for way in ways:
        lines = way.splitlines()[1:]
        tables = tomllib.loads("\n".join(line.removeprefix("# ") for line in lines if not line.startswith("#  ")))
        for name, kinds in (("warehouse", module.Login), ("aws", module.Aws), ("limits", module.Limits)):
            given = dict(tables.get(name, {}))
            given.pop("url", None)
            module._group(kinds, name, given)
        assert set(tables) <= {"warehouse", "aws", "training", "limits", "roles"}


def cookie_key(home):
    return Settings(home=home, warehouse_url=local_url(home / "w.duckdb"), users_file=home / "users.yaml").cookie_key


def test_many_who_want_the_first_key_get_the_same(tmp_path):
    for round in range(20):
        home = tmp_path / str(round)
        with ThreadPoolExecutor(16) as pool:
            keys = set(pool.map(cookie_key, [home] * 16))
        assert len(keys) == 1
        assert len(keys.pop()) == 64
        assert (home / "cookie_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_begun_and_not_written_is_no_key(tmp_path):
    (tmp_path / "cookie_key").touch(0o600)
    key = cookie_key(tmp_path)
    assert len(key) == 64
    assert cookie_key(tmp_path) == key
