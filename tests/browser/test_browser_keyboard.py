"""Without a mouse: from the login to a shortlist by keyboard, by the roles and names that a screen reader tells."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.browser_steps import close_drawer, expect_title, open_row, rows, table, wait_until_idle

_ON_FOCUS = "element => element === document.activeElement || element.contains(document.activeElement)"
_SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def tab_to(page: Page, target: Locator) -> None:
    """Goes there with the tabulator, from wherever the keyboard is."""
    expect(target).to_be_visible()
    for _ in range(150):
        if target.evaluate(_ON_FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached with the tabulator")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    wait_until_idle(page)
    tab_to(page, target)
    page.keyboard.press(key)


def test_from_the_login_to_a_shortlist(context: BrowserContext, served: Any) -> None:
    page = context.new_page()
    page.goto(served.url)
    tab_to(page, page.get_by_role("textbox", name="Name", exact=True))
    page.keyboard.type("recruiter")
    tab_to(page, page.get_by_role("textbox", name="Password", exact=True))
    page.keyboard.type(served.installation.passwords["recruiter"])
    page.keyboard.press("Enter")
    expect_title(page, "Home")
    # At once, before the page is at rest: the click must not go under.
    press(page, page.get_by_role("link", name="Match candidates").first)
    expect_title(page, "Match candidates")

    # Search, and pick the first posting found.
    tab_to(page, page.get_by_label("Find a posting"))
    page.keyboard.type("man")
    found = page.get_by_role("radiogroup", name="Found")
    press(page, found.get_by_role("radio").first, "Space")
    expect(page.get_by_role("heading", name="Best")).to_be_visible()
    assert len(rows(page)) > 1  # the table is there for a screen reader, though it is drawn on a canvas

    # As cards, which a keyboard reaches; the reasons of the first.
    press(page, page.get_by_role("radio", name="Table"), "ArrowRight")
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Details and reasons").first)
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="Why this score")).to_be_visible()
    close_drawer(page)

    # Onto a new list.
    press(page, page.get_by_role("checkbox", name="Choose").first, "Space")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    put = page.get_by_role("button", name="Put on a list")
    expect(put).to_be_enabled()
    wait_until_idle(page)
    put.focus()  # it is above: backwards with the tabulator, some twenty times
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Put on the list"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 person put on")).to_be_visible()


def test_a_click_in_a_list_does_not_scroll(recruiter: Page, served: Any) -> None:
    recruiter.set_viewport_size({"width": 1440, "height": 560})
    recruiter.goto(f"{served.url}/match_candidates?posting=P000001")
    rows(recruiter)
    table(recruiter).locator("canvas").first.scroll_into_view_if_needed()
    wait_until_idle(recruiter)
    before = recruiter.evaluate(_SCROLLED)
    assert before > 0
    for position in (1, 2):
        open_row(recruiter, position)
        assert recruiter.evaluate(_SCROLLED) == before
        close_drawer(recruiter)
        wait_until_idle(recruiter)
        assert recruiter.evaluate(_SCROLLED) == before
