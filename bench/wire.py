"""What does the way to Redshift cost? Over its wire protocol against in process. python -m bench.wire FILE

The server is that of the tests, in a process of its own, on a copy of FILE: what a network adds is not in here.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import streamlit as st
from streamlit.testing.v1 import AppTest

from bench.figures import figure, report, seconds
from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.desk import shortlists
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse, deferred, setup

ROOT = Path(__file__).resolve().parents[1]
POSTINGS = 12
LIST = 200
PAGES = {path.stem: str(path.relative_to(ROOT)) for path in sorted((ROOT / "pages").glob("*/*.py"))}
# What is in the address when a page is opened from a link; the others are opened bare.
ADDRESSES = {
    "match_candidates": ("posting",), "match_postings": ("candidate",), "shortlists": ("list",),
    "compare": ("posting", "with"),
}  # fmt: skip
COMPARED = 5

Query = Callable[[Warehouse], object]


class Server:
    """The other process. counts: what has gone over the wire."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.url = url
        self._process = process

    def counts(self) -> dict[str, int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found: dict[str, int] = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def serving(file: Path, folder: Path) -> Iterator[Server]:
    """A server on ``file``, whose certificate this process trusts."""
    command = [sys.executable, "-m", "redshift_wire", str(file), str(folder)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'tests' / 'redshift'}{os.pathsep}{ROOT}"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        started = json.loads(process.stdout.readline())
        os.environ["SSL_CERT_FILE"] = started["certificate"]
        yield Server(process, started["url"])
        assert process.stdin is not None
        process.stdin.close()


def page_queries(wh: Warehouse) -> dict[str, list[Query]]:
    """What pages ask, each for some postings."""
    version = models.live_version(wh)
    postings = list(matching.find_postings(wh, "", POSTINGS)["posting_id"])
    candidates = list(matching.find_candidates(wh, "", POSTINGS)["candidate_id"])
    if version is None:
        raise SystemExit("The file holds no trained company. Make one with python -m bench.company.")
    asked: dict[str, list[Query]] = {
        "newest postings": [lambda wh: matching.find_postings(wh, "")] * POSTINGS,
        "filter values": [matching.filter_values] * POSTINGS,
        "a posting": [lambda wh, one=one: matching.get_posting(wh, one) for one in postings],  # type: ignore[misc]
        "a candidate": [lambda wh, one=one: matching.get_candidate(wh, one) for one in candidates],  # type: ignore[misc]
        "a history": [lambda wh, one=one: matching.get_history(wh, one) for one in candidates],  # type: ignore[misc]
        "a list of 50": [
            lambda wh, one=one: matching.rank_candidates(wh, one, version, limit=50)  # type: ignore[misc]
            for one in postings
        ],
        "postings for a candidate": [
            lambda wh, one=one: matching.rank_postings(wh, one, version)  # type: ignore[misc]
            for one in candidates
        ],
    }
    return asked


def dearer(queries: dict[str, list[Query]], inside: Warehouse, outside: Warehouse) -> dict[str, float]:
    """By query: how many milliseconds more over the wire, median, each asked both ways in turn."""
    found = {}
    for name, asked in queries.items():
        for one in asked[:2]:  # prepared, and its tables read
            one(inside), one(outside)
        pairs = [(seconds(lambda one=one: one(inside)), seconds(lambda one=one: one(outside))) for one in asked]  # type: ignore[misc]
        found[name] = 1000 * (statistics.median(far for _, far in pairs) - statistics.median(near for near, _ in pairs))
    return found


def round_trips(server: Server, home: Path, address: dict[str, str | list[str]]) -> dict[str, tuple[int, int]]:
    """By page: round trips when it is opened on a warm connection with nothing cached, and once more.

    What is written while nobody waits for it is not among them.
    """
    users = home / "users.yaml"
    accounts.ensure_demo_users(users)
    os.environ |= {"JOBREC_HOME": str(home), "JOBREC_WAREHOUSE": server.url}
    settings.cache_clear()

    def open_page(page: str, name: str) -> int:
        later: list[Callable[[], object]] = []
        before = server.counts()["round_trips"]
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
        user = accounts.read_users(users)["admin" if "/admin/" in page else "recruiter"]
        app.session_state["authentication_status"] = True
        app.session_state["username"] = user.session_id
        for key in ADDRESSES.get(name, ()):
            app.query_params[key] = address[key]
        app.switch_page(page)
        with mock.patch.object(deferred, "write", lambda _, work: later.append(work)):
            app.run()
        if app.exception:
            raise SystemExit(f"{page}: {app.exception[0].message}")
        needed = server.counts()["round_trips"] - before
        for work in later:
            work()
        return needed

    found = {}
    for name, page in PAGES.items():
        open_page(page, name)
        st.cache_data.clear()
        found[name] = (open_page(page, name), open_page(page, name))
    return found


def main(file: Path) -> None:
    """Times both ways in turn, counts what goes over the wire, and opens every page."""
    figures: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copyfile(file, folder / "copy.duckdb")
        with serving(folder / "copy.duckdb", folder) as server:
            inside, outside = Warehouse(local_url(file)), Warehouse(server.url)
            queries = page_queries(inside)
            more = dearer(queries, inside, outside)
            figures.append(figure("wire: a page's query costs more, median", statistics.median(more.values()), "ms"))
            figures += [figure(f"wire: {name} costs more", value, "ms") for name, value in more.items()]

            posting = str(matching.find_postings(inside, "", 1)["posting_id"].iloc[0])
            version = models.live_version(outside)
            assert version is not None
            before = server.counts()["sent"]
            rows = len(matching.rank_candidates(outside, posting, version, limit=LIST))
            figures.append(figure(f"wire: a list of {rows} matches", (server.counts()["sent"] - before) / 1000, "KB"))
            people = list(matching.find_candidates(inside, "", COMPARED)["candidate_id"])
            setup.make_app_tables(outside)
            shortlist = shortlists.create(outside, "recruiter", "A list", posting)
            shortlists.add(outside, "recruiter", shortlist, people)
            inside.close()
            outside.close()

            address = {"posting": posting, "candidate": people[0], "with": people, "list": shortlist}
            opened = round_trips(server, folder / "home", address)
            for name, (fresh, cached) in opened.items():
                figures.append(figure(f"wire: opening {name}, first time", fresh, "round trips"))
                figures.append(figure(f"wire: opening {name}, again", cached, "round trips"))
    report(figures)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
