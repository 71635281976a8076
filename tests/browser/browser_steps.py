"""What the browser tests do and look at, in the words of a user."""

import contextlib
import re
import time
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect

COOKIE = "jobrec_login"
# That the server got to know of a click, or has answered it.
_SEEN = """document.querySelector('[role=dialog]') || location.search.includes('open=')
    || document.querySelector('[data-testid=stApp]').dataset.testScriptState != 'notRunning'"""
# When the page last asked the server for something, and when it last heard from it.
_KEEP_TIMES = """
window.askedAt = window.heardAt = 0;
window.WebSocket = class extends WebSocket {
    constructor(...about) {
        super(...about);
        this.addEventListener("message", () => { window.heardAt = performance.now(); });
    }
    send(message) {
        window.askedAt = performance.now();
        super.send(message);
    }
};
"""
_IDLE = """window.heardAt > window.askedAt
    && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState == 'notRunning'"""
# Long, for busy machines: the first visit imports all that the pages need. Nothing waits longer than it has to.
PATIENCE = 120_000  # milliseconds


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh browser profile, with a window of a desk's size unless another is given."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(_KEEP_TIMES)
    return context


def log_in(page: Page, username: str, password: str) -> None:
    """Fills in the form and sends it."""
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    page.get_by_label("Name", exact=True).fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in").click()


def expect_title(page: Page, text: str) -> None:
    """The page has this title."""
    expect(page.get_by_role("heading", name=text, exact=True, level=1)).to_be_visible()


def go_to(page: Page, title: str) -> None:
    """Clicks the page's name in the navigation."""
    page.get_by_role("link", name=title, exact=True).first.click()
    expect_title(page, title)


def wait_for_cookie(context: BrowserContext, *, present: bool) -> None:
    """Until the browser has, or has no longer, the login cookie."""
    deadline = time.monotonic() + PATIENCE / 1000
    while any(cookie.get("name") == COOKIE for cookie in context.cookies()) != present:
        assert time.monotonic() < deadline, "the login cookie did not change"
        time.sleep(0.05)


def wait_until_idle(page: Page) -> None:
    """Until the server has answered all that was clicked."""
    page.wait_for_function(_IDLE)


def pick(page: Page, group: str, position: int = 0) -> str:
    """Picks one of the hits of a search, or of the suggestions. Returns its first line."""
    choice = page.get_by_role("radiogroup", name=group).locator("label").nth(position)
    expect(choice).to_be_visible()
    text = choice.inner_text().split("\n")[0].strip()
    choice.click()
    return text


def add_choice(page: Page, label: str, typed: str) -> None:
    """Adds the first option that contains ``typed`` to a field that takes several, with the keyboard.

    An answer of the server that comes in while one types closes the list of options: then one types again.
    """
    field = page.get_by_role("combobox", name=label)
    option = page.get_by_role("option").first
    for _ in range(8):
        wait_until_idle(page)
        field.fill("")
        field.press_sequentially(typed)
        with contextlib.suppress(TimeoutError):
            option.wait_for(state="visible", timeout=5_000)
            break
    field.press("Enter")
    wait_until_idle(page)


def table(page: Page) -> Locator:
    """The ranked list."""
    return page.get_by_test_id("stDataFrame")


def rows(page: Page) -> list[list[str]]:
    """The rows that a screen reader gets from the table, without its header."""
    wait_until_idle(page)
    expect(table(page).locator('[role="row"]').nth(1)).to_be_attached()
    read = "rows => rows.map(row => [...row.querySelectorAll('[role=gridcell]')].map(cell => cell.textContent))"
    return [row for row in table(page).locator('[role="row"]').evaluate_all(read) if row]


def click_table(page: Page, x: int, position: int) -> None:
    """Clicks into a row, at its place, since the table is drawn on a canvas; once nothing above it moves any more."""
    wait_until_idle(page)
    canvas = table(page).locator("canvas").first
    canvas.scroll_into_view_if_needed()
    before, now = None, canvas.bounding_box()
    while before != now:
        page.wait_for_timeout(200)
        before, now = now, canvas.bounding_box()
    place: Any = {"x": x, "y": 40 * (position + 1) + 20}
    canvas.hover(position=place, force=True)
    page.wait_for_timeout(100)  # a mouse that comes and clicks in the same moment, as none does, is not always seen
    canvas.click(position=place, force=True)


def open_row(page: Page, position: int, x: int = 300, shows: str = "Why this score") -> Locator:
    """Clicks a name. Returns the drawer.

    A list that is drawn anew at that very moment does not see the click: then one clicks again.
    """
    drawer = page.get_by_role("dialog")
    for _ in range(8):
        click_table(page, x, position)
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(_SEEN, timeout=2_000)
            break
    drawer.wait_for(state="visible")
    expect(drawer.get_by_text(shows).first).to_be_visible()
    return drawer


def close_drawer(page: Page) -> None:
    """Closes the drawer with the keyboard."""
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def query(page: Page) -> str:
    """The address's query as the browser shows it."""
    return str(page.evaluate("location.search"))


def chosen(page: Page, name: str) -> str:
    """The id that the address holds under ``name``, once it does."""
    page.wait_for_function(f"location.search.includes('{name}=')")
    found = re.search(rf"{name}=([^&]+)", query(page))
    assert found
    return found[1]
