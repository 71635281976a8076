"""Features say which data and statements made them; a load that died before its features is noticed and finished."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobrec_ui import matching, models
from jobrec_ui.data.load import load_tables
from jobrec_ui.errors import InputError
from jobrec_ui.models import background, feature_builds
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse
from tests.models.company_shapes import Shape, company

# Loads a second company and kills itself when it has run the named statement.
LOAD = """
import os, signal, sys
from jobrec_ui import models
from jobrec_ui.data.load import load_tables
from jobrec_ui.warehouse import Transaction, Warehouse
from tests.models.company_shapes import Shape, company
url, fatal = sys.argv[1:]
run = Transaction.execute
def run_and_die(self, name, *args, **kwargs):
    result = run(self, name, *args, **kwargs)
    if name == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
Transaction.execute = run_and_die
wh = Warehouse(url)
load_tables(wh, company(Shape(postings=3, people=5)).tables())
models.refresh_features(wh)
"""


def known(wh: Warehouse) -> int:
    with wh.engine.connect() as connection:
        query = "SELECT COUNT(*) FROM features.candidate_facts WHERE candidate_id LIKE 'C%'"
        return int(connection.execute(sa.text(query)).scalar_one())


@pytest.mark.parametrize("fatal", ["features/build_facts", "features/build_words", "features/build_snapshot"])
def test_a_load_killed_before_its_features_is_finished_by_whoever_comes(
    tiny_file: Path, tmp_path: Path, fatal: str
) -> None:
    file = tmp_path / "killed.duckdb"
    shutil.copyfile(tiny_file, file)
    done = subprocess.run([sys.executable, "-c", LOAD, local_url(file), fatal], timeout=120, capture_output=True)
    assert done.returncode == -signal.SIGKILL

    wh = Warehouse(local_url(file))
    now = models.in_use(wh)
    assert (now.data and now.data.version, now.newest_data, now.features_are_stale) == (1, 2, True)
    assert models.why_stale(wh) == "The features were made for data version 1, and data version 2 is loaded"
    before = known(wh)
    background.make_features(wh)  # as the app does
    assert background.wait(wh, 60)
    assert (known(wh), models.why_stale(wh)) == (before + 5, None)
    now = models.in_use(wh)
    assert (now.data and now.data.version, now.features_are_stale) == (2, False)
    wh.close()


def test_features_of_other_statements_are_made_anew(wh: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert models.why_stale(wh) is None
    monkeypatch.setattr(feature_builds, "this_app", lambda: "0" * 32)
    assert models.in_use(wh).features_are_stale
    steps: list[str] = []
    models.ensure_features(wh, steps.append)
    assert steps[0] == "Another version of the app made the features: making them anew"
    steps.clear()
    models.ensure_features(wh, steps.append)
    assert steps == []
    assert not models.in_use(wh).features_are_stale


def test_the_digest_follows_the_statements_not_their_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    read, digest = feature_builds.sqlfiles.read, feature_builds.this_app.__wrapped__
    before = digest()
    monkeypatch.setattr(feature_builds.sqlfiles, "read", lambda name: f"-- a new comment\n{read(name)}")
    assert digest() == before
    monkeypatch.setattr(feature_builds.sqlfiles, "read", lambda name: f"SELECT 1;\n{read(name)}")
    assert digest() != before


def test_features_that_were_never_made(tmp_path: Path) -> None:
    wh = Warehouse(local_url(tmp_path / "new.duckdb"))
    models.create_schema(wh)
    with pytest.raises(InputError, match="no data yet"):
        models.refresh_features(wh)
    models.ensure_features(wh)  # nothing to make them of
    load_tables(wh, company(Shape(postings=3, people=5)).tables())
    now = models.in_use(wh)
    assert (now.data, now.newest_data, now.features_are_stale) == (None, 1, True)
    models.ensure_features(wh)
    assert known(wh) == 5
    assert len(matching.rank_candidates(wh, "P0", models.LIKENESS)) > 0
    wh.close()
