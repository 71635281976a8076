"""Model quality in a real browser: every panel is drawn, a measure chosen, a file and a model card taken home."""

import csv
import io
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from jobrec_ui.quality.panels import CHANGES, DETAILS, QUALITY
from tests.browser.browser_steps import expect_title, log_in, new_context, wait_until_idle


def panel(page: Page, key: str) -> Any:
    return page.locator(f".st-key-panel_{key}")


def test_the_panels_the_file_and_the_card(browser: Browser, served: Any) -> None:
    context = new_context(browser)
    page = context.new_page()
    page.goto(f"{served.url}/model_quality")
    log_in(page, "admin", served.installation.passwords["admin"])
    expect_title(page, "Model quality")
    expect(page.get_by_text(re.compile("Of the first ten people that the live model"))).to_be_visible()
    for shown in (*QUALITY, *CHANGES, *DETAILS):
        expect(panel(page, shown.key).get_by_test_id("stVegaLiteChart")).to_be_visible()
    wait_until_idle(page)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)

    baselines = panel(page, "baselines")
    baselines.get_by_role("radio", name="Right order of two").click()
    expect(baselines.get_by_test_id("stVegaLiteChart").get_by_text("Right order of two")).to_be_attached()
    wait_until_idle(page)
    baselines.get_by_role("button", name="In words").click()
    expect(page.get_by_text(re.compile("Right order of two, Version 1: [0-9]+%"))).to_be_visible()
    page.keyboard.press("Escape")

    with page.expect_download() as download:
        baselines.get_by_role("button", name="CSV").click()
    content = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"), newline="")))
    assert {row["Ordered by"] for row in content} >= {"Version 1", "Random order"}
    assert {row["Model version"] for row in content} == {"match_v1"}

    page.get_by_role("button", name="Make the model card").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download it (HTML)").click()
    assert "Model card: version 1" in Path(download.value.path()).read_text("utf-8")
    context.close()
