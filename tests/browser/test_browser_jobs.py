"""An admin sets when a job runs by itself, runs one now, sees what came of it, and takes the list that it wrote."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from tests.browser.browser_steps import expect_title, go_to, log_in, wait_until_idle
from tests.browser.conftest import serve


def test_a_schedule_and_a_run(
    make_installation: Callable[[], Any], context: BrowserContext, tmp_path_factory: Any
) -> None:
    installation = make_installation()
    with serve(installation.home, tmp_path_factory.mktemp("server") / "log") as url:
        page = context.new_page()
        page.goto(url)
        log_in(page, "admin", installation.passwords["admin"])
        expect_title(page, "Home")
        go_to(page, "Jobs")

        rank = page.locator(".st-key-job_rank")
        expect(rank.get_by_text("Only when somebody asks.")).to_be_visible()
        rank.get_by_role("button", name=re.compile("Schedule$")).click()
        for day in ("Sat", "Sun"):
            page.get_by_role("button", name=day, exact=True).click()
            wait_until_idle(page)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Rank runs Monday to Friday at 04:30.")).to_be_visible()
        expect(rank.get_by_text(re.compile(r"Monday to Friday at 04:30, the server's time, .*Next: "))).to_be_visible()

        wait_until_idle(page)
        page.keyboard.press("Escape")
        rank.get_by_role("button", name=re.compile("Run now$")).click()
        expect(
            rank.get_by_text(re.compile(r"Last run done, .* lines for \d+ open postings by match_v1"))
        ).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile(r"ranked_.*\.csv$")).first.click()
        lines = download.value.path().read_text(encoding="utf-8").splitlines()
        assert lines[0] == "posting_id,candidate_id,rank,score,model_version"
        assert len(lines) > 100
