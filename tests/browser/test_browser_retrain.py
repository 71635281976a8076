"""An admin trains a version from the page, makes it live in spite of the holdout, and rolls back."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.browser_steps import expect_title, log_in, wait_until_idle

LONG = 120_000  # a training on a busy machine


@pytest.fixture
def admin(context: BrowserContext, served: Any) -> Page:
    """The page, open for an admin."""
    page = context.new_page()
    page.goto(f"{served.url}/retrain")
    log_in(page, "admin", served.installation.passwords["admin"])
    expect_title(page, "Retrain")
    return page


def confirm(page: Page, title: str, button: str, reason: str) -> None:
    """Fills in the dialog's reason and confirms; without one it asks for it."""
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(title)).to_be_visible()
    wait_until_idle(page)
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog.get_by_text("Say why: the reason is kept with the change.")).to_be_visible()
    dialog.get_by_label("Reason").fill(reason)
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden()


def test_train_promote_and_roll_back(admin: Page, served: Any) -> None:
    expect(admin.get_by_text("Version 1 is live.").first).to_be_visible()
    expect(admin.get_by_text("There is nothing to roll back to")).to_be_visible()
    admin.get_by_role("button", name="Start training").click()
    expect(admin.get_by_text("Version 2 is on its way")).to_be_visible()
    # The page looks again by itself, and stops when the training is done.
    expect(admin.get_by_text("Version 2 is on its way")).to_be_hidden(timeout=LONG)
    expect(admin.get_by_role("button", name="Start training")).to_be_visible()
    expect(admin.get_by_text("Version 1 is live.").first).to_be_visible()

    wait_until_idle(admin)
    admin.get_by_role("button", name="Make it live").click()
    confirm(admin, "Make version 2 live?", "Make it live", "Half of the team wants to see it")
    expect(admin.get_by_text("Version 2 is live.").first).to_be_visible()
    expect(admin.get_by_text("Half of the team wants to see it").first).to_be_visible()

    wait_until_idle(admin)
    admin.get_by_role("button", name="Roll back to version 1").click()
    confirm(admin, "Roll back to version 1?", "Roll back", "The lists are worse")
    expect(admin.get_by_text("Version 1 is live.").first).to_be_visible()
    expect(admin.get_by_text("There is nothing to roll back to")).to_be_visible()
