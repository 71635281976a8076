"""The whole way of a recruiter, with a second one on the same list at the same time: from the login to the file."""

import csv
import io
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from jobrec_ui.access import accounts
from tests.browser.browser_steps import (
    add_choice,
    click_table,
    close_drawer,
    expect_title,
    go_to,
    log_in,
    new_context,
    open_row,
    pick,
    rows,
    table,
    wait_until_idle,
)

LIST = "مخبز 🥖 a list with a name that is rather long, for a narrow screen too"
NOTE = "=HYPERLINK(1) يعمل ليلاً 👩‍🍳"


@pytest.fixture
def attempt() -> str:
    """What tells this attempt's names from those of one before, which failed."""
    return secrets.token_hex(3)


@pytest.fixture
def colleague(browser: Browser, served: Any, attempt: str) -> Iterator[Page]:
    """The page of a second recruiter, ben."""
    password = accounts.generate_password()
    name = f"ben{attempt}"
    accounts.add_user(served.installation.users_file, name, password, "recruiter", name=f"Ben {attempt}")
    context = new_context(browser)
    page = context.new_page()
    page.goto(served.url)
    log_in(page, name, password)
    expect_title(page, "Home")
    yield page
    context.close()
    accounts.remove_user(served.installation.users_file, name)


def tick(page: Page, position: int, chosen: int) -> None:
    """Ticks a row, so that so many are chosen."""
    click_table(page, 18, position)
    expect(page.get_by_text(f"{chosen} chosen")).to_be_visible()
    wait_until_idle(page)


def press(page: Page, name: str) -> None:
    """Presses a button with the keyboard."""
    button = page.get_by_role("button", name=name).first
    expect(button).to_be_enabled()
    button.press("Enter")


def open_name(page: Page, position: int) -> Locator:
    """Opens somebody on a shortlist. Returns the drawer."""
    return open_row(page, position, x=200, shows="New note")


def shut(page: Page) -> None:
    """Closes the drawer, and waits until the page knows."""
    close_drawer(page)
    page.wait_for_function("!location.search.includes('open=')")
    wait_until_idle(page)


def cell(page: Page, position: int, column: int) -> Locator:
    """What a screen reader gets of one cell."""
    return table(page).locator(f'[role="row"][aria-rowindex="{position + 2}"] [role=gridcell]').nth(column)


def test_two_recruiters_from_the_login_to_the_file(
    browser: Browser, served: Any, colleague: Page, attempt: str
) -> None:
    list_name = f"{LIST} {attempt}"
    context = new_context(browser)
    page = context.new_page()
    page.goto(served.url)
    log_in(page, "recruiter", served.installation.passwords["recruiter"])
    expect_title(page, "Home")
    go_to(page, "Match candidates")

    # Search, filter, look at the reasons.
    page.get_by_label("Find a posting").fill("man")
    pick(page, "Found")
    rows(page)
    page.get_by_text("Filters", exact=True).click()
    add_choice(page, "Must have", "a")
    page.get_by_text("Filters", exact=True).click()
    listed = rows(page)
    drawer = open_row(page, 0)
    expect(drawer.get_by_text(re.compile("What speaks (for|against)")).first).to_be_visible()
    shut(page)

    # Two of them side by side and back, then onto a new list, without a jump of the page.
    tick(page, 0, 1)
    tick(page, 1, 2)
    page.get_by_role("link", name="Compare").click()
    expect_title(page, "Compare")
    expect(page.get_by_test_id("stProgress")).to_have_count(2)
    page.get_by_role("link", name=re.compile("^Back to the list for ")).click()
    expect(page.get_by_text("2 chosen")).to_be_visible()
    assert [row[2] for row in rows(page)] == [row[2] for row in listed]
    before = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    press(page, "Put on a list")
    # An attempt before this one may have left a list, which is offered first.
    add_choice(page, "List", "A new list")
    page.get_by_label("Its name").fill(list_name)
    page.keyboard.press("Enter")
    wait_until_idle(page)
    press(page, "Put on the list")
    expect(page.get_by_text("2 people put on")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == before

    # The list, shared with the colleague.
    page.get_by_role("link", name="Shortlists").click()
    expect_title(page, "Shortlists")
    page.get_by_role("button", name=list_name).click()
    expect(cell(page, 1, 2)).to_have_text("New")
    assert [row[1] for row in rows(page)] == [row[2] for row in listed[:2]]
    press(page, "Share")
    page.get_by_role("combobox", name="With").press_sequentially(f"Ben {attempt}")
    page.get_by_role("option").first.click()
    page.get_by_role("radio", name="May edit").click()
    wait_until_idle(page)
    page.get_by_role("button", name="Share", exact=True).last.click()
    expect(page.get_by_text(f"Ben {attempt} may edit")).to_be_visible()
    page.keyboard.press("Escape")

    # Both work on it at once: one writes a note, the other sets a stage, each sees the other's work without a click.
    colleague.goto(page.url)
    expect(colleague.get_by_text("recruiter’s list")).to_be_visible()
    drawer = open_name(page, 0)
    tick(colleague, 1, 1)
    press(colleague, "Stage")
    drawer.get_by_label("New note").fill(NOTE)
    colleague.get_by_role("combobox", name="Stage").press_sequentially("Interview")
    colleague.keyboard.press("Enter")
    wait_until_idle(colleague)
    drawer.get_by_role("button", name="Add the note").click()
    expect(cell(colleague, 0, 4)).to_have_text("1")
    press(colleague, "Set the stage")  # still open, with what was chosen
    expect(drawer.get_by_text("يعمل").first).to_be_visible()
    shut(page)
    expect(cell(page, 1, 2)).to_have_text("Interview")

    # The files, with both their work in it.
    press(page, "Export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export CSV").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    content = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["Stage"] for row in content] == ["New", "Interview"]
    assert content[0]["Notes"].endswith(f"recruiter: {NOTE}")
    assert {row["List"] for row in content} == {list_name}
    with page.expect_download() as download:
        page.get_by_role("button", name="Export XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet is not None
    about = {row[0]: row[1] for row in sheet.iter_rows(max_row=7, max_col=2, values_only=True)}
    assert (about["List"], about["Exported by"]) == (list_name, "recruiter")
    assert re.fullmatch(r"match_v\d+", str(about["Model version"]))
    assert about["Posting"]
    assert about["Filters"]

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    log = served.log.read_text()
    assert "Traceback" not in log
    assert "reference" not in log
    context.close()
