"""Logging in with a real browser: the cookie, reloads, deep links, the lock, roles, logging out."""

import secrets
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobrec_ui.access import accounts
from tests.browser.browser_steps import COOKIE, expect_title, log_in, new_context, wait_for_cookie


def test_wrong_then_right_then_reload_then_out(context: BrowserContext, served: Any) -> None:
    page = context.new_page()
    page.goto(served.url)
    log_in(page, "recruiter", "not the password")
    expect(page.get_by_text("The name or the password is not right.")).to_be_visible()
    assert COOKIE not in {cookie["name"] for cookie in context.cookies()}

    log_in(page, "recruiter", served.installation.passwords["recruiter"])
    expect_title(page, "Home")
    wait_for_cookie(context, present=True)
    (cookie,) = [cookie for cookie in context.cookies() if cookie["name"] == COOKIE]
    assert cookie["sameSite"] == "Strict"
    assert served.installation.passwords["recruiter"] not in cookie["value"]

    page.reload()
    expect_title(page, "Home")
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)

    page.get_by_role("button", name="Demo recruiter").click()
    page.get_by_role("button", name="Log out").click()
    expect_title(page, "Jobrec")
    wait_for_cookie(context, present=False)
    page.reload()
    expect_title(page, "Jobrec")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_a_deep_link_leads_through_the_login_to_its_page(context: BrowserContext, served: Any) -> None:
    page = context.new_page()
    page.goto(f"{served.url}/data_and_model?open=x")
    log_in(page, "admin", served.installation.passwords["admin"])
    expect_title(page, "Model")
    assert page.evaluate("location.pathname + location.search") == "/data_and_model?open=x"


def test_a_recruiter_does_not_get_the_admin_page(recruiter: Page, served: Any) -> None:
    recruiter.goto(f"{served.url}/data_and_model")
    expect(recruiter.get_by_text("Your role does not open this page.")).to_be_visible()
    expect(recruiter.get_by_text("Locked logins")).to_have_count(0)
    expect(recruiter.get_by_role("link", name="Match postings")).to_be_visible()
    expect(recruiter.get_by_role("link", name="Model", exact=True)).to_have_count(0)


def test_five_failures_lock_a_name_for_every_browser(browser: Browser, served: Any) -> None:
    password = accounts.generate_password()
    lena = f"lena{secrets.token_hex(3)}"  # another one for another attempt
    accounts.add_user(served.installation.users_file, lena, password, "recruiter")
    # Two browsers: the counter is not the session's.
    first, second = new_context(browser), new_context(browser)
    pages = [context.new_page() for context in (first, second)]
    for page in pages:
        page.goto(served.url)
    for attempt in range(5):
        page = pages[attempt % 2]
        log_in(page, lena, f"wrong password {attempt}")
        expected = "The name or the password is not right." if attempt < 4 else "Too many failed logins for this name."
        expect(page.get_by_text(expected)).to_be_visible()
    log_in(pages[1], lena, password)
    expect(pages[1].get_by_text("Try again in 5 minutes.")).to_be_visible()
    expect_title(pages[1], "Jobrec")
    first.close()
    second.close()


def test_a_cookie_ends_with_its_user(browser: Browser, served: Any) -> None:
    password = accounts.generate_password()
    tom = f"tom{secrets.token_hex(3)}"  # another one for another attempt
    accounts.add_user(served.installation.users_file, tom, password, "recruiter")
    context = new_context(browser)
    page = context.new_page()
    page.goto(served.url)
    log_in(page, tom, password)
    expect_title(page, "Home")
    wait_for_cookie(context, present=True)
    accounts.remove_user(served.installation.users_file, tom)
    accounts.add_user(served.installation.users_file, tom, accounts.generate_password(), "admin")
    page.reload()
    expect_title(page, "Jobrec")
    context.close()


def test_a_forged_cookie_is_no_cookie(context: BrowserContext, served: Any) -> None:
    forged = (
        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJ1c2VybmFtZSI6ImFkbWluIiwiZXhwX2RhdGUiOjk5OTk5OTk5OTl9.",
        "not.a.token",
        "%00",
    )
    for value in forged:
        context.add_cookies([{"name": COOKIE, "value": value, "url": served.url}])
        page = context.new_page()
        page.goto(served.url)
        expect_title(page, "Jobrec")
        expect(page.get_by_text("Something went wrong")).to_have_count(0)
        page.close()
