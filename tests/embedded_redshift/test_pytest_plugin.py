"""The fixtures for other people's tests, used as they use them: in a run of pytest of its own."""

import subprocess
import sys

import pytest

from tests.embedded_redshift.conftest import ROOT, create_model

pytestmark = pytest.mark.process


@pytest.fixture
def run_pytest(tmp_path):
    """Runs a file of tests in an empty folder with the plugin. Gives the exit code and what it prints."""

    def run(tests, ini=""):
        (tmp_path / "test_theirs.py").write_text(tests)
        (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n{ini}")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "embedded_redshift.pytest_plugin",
            "-p",
            "no:cacheprovider",
        ]
        environment = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    return run


def test_each_test_has_a_database_of_its_own_with_what_the_files_made(run_pytest, tmp_path):
    (tmp_path / "made.sql").write_text("CREATE TABLE t (word VARCHAR(9));\nINSERT INTO t VALUES ('a;b');")
    code, printed = run_pytest(
        """
import pytest
import sqlalchemy as sa

@pytest.mark.parametrize("turn", [1, 2])
def test_rows(redshift_engine, redshift_path, turn):
    with redshift_engine.begin() as connection:
        assert connection.execute(sa.text("SELECT word FROM t")).scalars().all() == ["a;b"]
        connection.execute(sa.text("INSERT INTO t VALUES ('c')"))
    assert redshift_path.is_file()
""",
        "redshift_setup = made.sql",
    )
    assert code == 0, printed
    assert "2 passed" in printed


def test_models(run_pytest):
    statement = create_model("public.m", "public.train", function="f").replace("\n", " ")
    code, printed = run_pytest(
        f"""
import numpy as np
import pyarrow as pa
import pytest
import sqlalchemy as sa

def test_a_model(redshift_engine, wait_for_trainings):
    x = np.random.default_rng(1).random(600)
    with redshift_engine.begin() as connection:
        connection.connection.driver_connection.stage("public", "train", pa.table({{"x": x, "y": x}}))
    with redshift_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text({statement!r}))
        with pytest.raises(pytest.fail.Exception, match="still in training"):
            wait_for_trainings(0.0)
        wait_for_trainings(120.0)
        assert 0.6 < connection.execute(sa.text("SELECT f(0.9)")).scalar() <= 1
"""
    )
    assert code == 0, printed


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ("SELECT 1;\n\nSELECT 1 / 0;", "made.sql, statement at line 3: Divide by zero"),
        (None, "made.sql cannot be read"),
    ],
)
def test_a_file_that_does_not_run_is_named(run_pytest, tmp_path, made, message):
    if made:
        (tmp_path / "made.sql").write_text(made)
    code, printed = run_pytest("def test_rows(redshift_engine):\n    pass\n", "redshift_setup = made.sql")
    assert code == 1
    assert message in printed
