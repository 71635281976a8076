"""The app served for real, and headless Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.browser_steps import PATIENCE, expect_title, log_in, new_context, wait_for_cookie

ROOT = Path(__file__).resolve().parents[2]
# A page is open for seconds here: its scripts are over before it pays to have compiled them well.
_SHORT_VISITS = ["--js-flags=--no-opt,--no-maglev"]
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test that fails gets one more chance: a click can go under when an answer redraws what it met."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker("browser")


@dataclass(frozen=True)
class Served:
    """The app's address, its installation, and the file with all that the server wrote."""

    url: str
    installation: Any
    log: Path


@pytest.fixture(scope="session")
def served(make_installation: Callable[[], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on a free port, as `make run` serves it. In the end its log has no errors, whatever was clicked."""
    installation = make_installation()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "jobrec_ui", "run"]
    with open(log, "wb") as output:
        server = subprocess.Popen(
            [*command, "--address=127.0.0.1", f"--port={port}"],
            cwd=ROOT,
            env=os.environ | {"JOBREC_HOME": str(installation.home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield Served(f"http://127.0.0.1:{port}", installation, log)
        written = log.read_text()
        assert "Traceback" not in written
        assert "reference" not in written
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:  # a busy machine
            server.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the system's if there is one, else the one that playwright installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, names)), None),
            args=[*(["--no-sandbox"] if os.geteuid() == 0 else []), *_SHORT_VISITS],
        )
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    context = new_context(browser)
    yield context
    context.close()


@pytest.fixture(scope="session")
def login_cookies(browser: Browser, served: Served) -> dict[str, Any]:
    """What the browser of a logged-in recruiter keeps."""
    context = new_context(browser)
    page = context.new_page()
    page.goto(served.url)
    log_in(page, "recruiter", served.installation.passwords["recruiter"])
    expect_title(page, "Home")
    wait_for_cookie(context, present=True)
    state: Any = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def recruiters_browser(browser: Browser, login_cookies: dict[str, Any]) -> Iterator[BrowserContext]:
    """The profile of a recruiter who logged in before. It keeps what it loaded, which a fresh one loads anew."""
    context = new_context(browser, storage_state=login_cookies)
    yield context
    context.close()


@pytest.fixture
def recruiter(recruiters_browser: BrowserContext) -> Iterator[Page]:
    """A new page in the browser of a recruiter who logged in before."""
    page = recruiters_browser.new_page()
    yield page
    page.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")
