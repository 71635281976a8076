"""A first start that is killed, wherever it is, goes on at the next start; a warehouse of one's own gets no demo."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobrec_ui import models
from jobrec_ui.access import accounts
from jobrec_ui.commands import serve
from jobrec_ui.data.versions import data_version
from jobrec_ui.desk import shortlists
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse

# A small first start, that kills itself before or after one of its steps.
START = """
import os, signal, sys
from jobrec_ui.commands import first_start, serve
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Transaction, Warehouse
fatal = sys.argv[1]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def deadly(kind, method):
    run = getattr(kind, method)
    def run_and_die(self, name, *args, **kwargs):
        result = run(self, name, *args, **kwargs)
        if name == fatal:
            die()
        return result
    setattr(kind, method, run_and_die)
for kind, method in ((Warehouse, "run"), (Warehouse, "execute"), (Warehouse, "query"), (Transaction, "execute")):
    deadly(kind, method)
build = first_start.build
def small(wh, until, progress):
    return build(wh, candidates=300, postings=40, interactions=4000, until=until, progress=progress)
first_start.build = small
if fatal == "making data":
    first_start.make_demo = die
wh = Warehouse(settings().warehouse_url)
serve.prepare_data(wh, lambda step: print(step, flush=True), demo=serve._demo_is_wanted(settings()))
wh.close()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("JOBREC_WAREHOUSE", "JOBREC_USERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JOBREC_HOME", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


def start(fatal: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START, fatal]
    return subprocess.run(command, timeout=200, capture_output=True, text=True, env=os.environ)


@pytest.mark.parametrize(
    "fatal",
    [
        "making data",
        "data/record_load",
        "features/build_facts",
        "features/build_snapshot",
        "models/add_request",
        "models/add_examples",
        "models/create_match_model",
        "models/score_holdout",
        "desk/shortlists/add_event",
        "desk/shortlists/add_people_event",
    ],
)
def test_goes_on_at_the_next_start(home: Path, fatal: str) -> None:
    assert start(fatal).returncode == -signal.SIGKILL
    again = start("nothing")
    assert again.returncode == 0, again.stderr
    wh = Warehouse(settings().warehouse_url)
    loaded = data_version(wh)
    assert loaded is not None
    assert (loaded.candidates, loaded.postings) == (300, 40)
    assert models.why_stale(wh) is None
    assert models.live_version(wh) is not None
    assert models.open_version(wh) is None
    (begun,) = shortlists.lists(wh, "recruiter")  # shared with them as the last step
    assert begun.people == 8
    wh.close()
    assert start("nothing").stdout == ""  # nothing is left to do


def test_a_warehouse_or_users_of_ones_own_get_no_demo_company(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve._demo_is_wanted(settings())
    monkeypatch.setenv("JOBREC_WAREHOUSE", local_url(home / "our.duckdb"))
    settings.cache_clear()
    assert not serve._demo_is_wanted(settings())
    done = start("nothing")
    assert done.stdout == "There are no data yet: an admin loads them on the page Data\n"
    wh = Warehouse(settings().warehouse_url)
    assert data_version(wh) is None
    wh.close()

    monkeypatch.delenv("JOBREC_WAREHOUSE")
    settings.cache_clear()
    accounts.add_user(settings().users_file, "ana", "a long password", "admin")
    assert not serve._demo_is_wanted(settings())
