"""An admin brings the export of another system to an empty installation: from the files to the first ranked list."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from jobrec_ui.access import accounts
from tests.browser.browser_steps import expect_title, go_to, log_in, pick, rows, wait_until_idle
from tests.browser.conftest import serve
from tests.foreign_export import write_export

LONG = 240_000  # a training on a busy machine


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of an installation with one admin and nothing else, and the admin's password."""
    home = tmp_path / "home"
    home.mkdir()
    password = accounts.generate_password()
    accounts.add_user(home / "users.yaml", "boss", password, "admin")
    with serve(home, tmp_path / "log") as url:
        yield url, password


class Clicks:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def button(self, name: str) -> None:
        wait_until_idle(self.page)
        self.page.get_by_role("button", name=re.compile(rf"\b{name}$")).click()
        self.count += 1


def test_from_nothing_to_the_first_list(empty: tuple[str, str], context: BrowserContext, tmp_path: Path) -> None:
    url, password = empty
    page = context.new_page()
    page.goto(url)
    log_in(page, "boss", password)
    expect_title(page, "Home")

    clicks = Clicks(page)
    go_to(page, "Data")
    page.locator("input[type=file]").set_input_files(write_export(tmp_path))
    expect(page.get_by_text("What the files hold")).to_be_visible()
    expect(page.get_by_text("P0000", exact=False).first).to_be_attached()
    clicks.button("Check the files")
    expect(page.get_by_text("60 new postings, 240 new people")).to_be_visible()
    clicks.button("Load")
    expect(page.get_by_text("Loaded: 60 new postings, 240 new people")).to_be_visible()

    page.get_by_role("link", name="Train the first model").click()
    expect_title(page, "Retrain")
    clicks.button("Start training")
    expect(page.get_by_text("Version 1 is live.").first).to_be_visible(timeout=LONG)

    go_to(page, "Match candidates")
    pick(page, "Postings")
    assert len(rows(page)) >= 10
    # Log in, Data, Train the first model, Match candidates, the posting: five more.
    assert clicks.count + 5 < 10
