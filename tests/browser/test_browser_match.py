"""The main path in a real browser: search, the list, filters, one candidate with reasons, the file, a phone."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Browser, Page, expect

from tests.browser.browser_steps import (
    add_choice,
    chosen,
    close_drawer,
    expect_title,
    log_in,
    new_context,
    open_row,
    pick,
    query,
    rows,
    table,
)

RANK, CANDIDATE = 0, 2  # cells of a row


def test_search_filter_open_and_share(recruiter: Page, served: Any, browser: Browser) -> None:
    page = recruiter
    page.goto(f"{served.url}/match_candidates")
    page.get_by_label("Find a posting").fill("man")
    wanted = pick(page, "Found")
    expect(page.get_by_role("heading", name=wanted)).to_be_visible()
    assert [row[RANK] for row in rows(page)[:3]] == ["1", "2", "3"]

    page.get_by_text("Filters", exact=True).click()
    add_choice(page, "Must have", "a")
    assert chosen(page, "must")
    expect(page.get_by_text(re.compile("^must have .")).first).to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    filtered = rows(page)

    drawer = open_row(page, 0)
    expect(drawer.get_by_role("heading").first).to_contain_text(filtered[0][CANDIDATE])
    expect(drawer.get_by_test_id("stVegaLiteChart")).to_be_visible()
    expect(drawer.get_by_text(re.compile("What speaks (for|against)")).first).to_be_visible()
    chosen(page, "open")
    shared = query(page)

    page.reload()
    expect(page.get_by_role("dialog").get_by_text("Why this score")).to_be_visible()
    close_drawer(page)
    page.wait_for_function("!location.search.includes('open=')")

    # A colleague in another browser gets the same list, after logging in.
    context = new_context(browser)
    colleague = context.new_page()
    colleague.goto(f"{served.url}/{shared}")
    log_in(colleague, "admin", served.installation.passwords["admin"])
    expect(colleague.get_by_role("dialog").get_by_text("Why this score")).to_be_visible()
    assert sorted(query(colleague)[1:].split("&")) == sorted(shared[1:].split("&"))
    close_drawer(colleague)
    assert [row[CANDIDATE] for row in rows(colleague)] == [row[CANDIDATE] for row in filtered]
    context.close()


def test_the_file_holds_the_list_and_the_tables_own_export_is_off(recruiter: Page, served: Any) -> None:
    recruiter.goto(f"{served.url}/match_candidates")
    title = pick(recruiter, "Newest postings")
    posting_id, listed = chosen(recruiter, "posting"), rows(recruiter)
    table(recruiter).hover()
    expect(recruiter.get_by_label("Fullscreen").first).to_be_visible()
    expect(recruiter.get_by_label("Download as CSV")).to_have_count(0)

    with recruiter.expect_download() as download:
        recruiter.get_by_role("button", name="Export CSV").click()
    name = download.value.suggested_filename
    assert re.fullmatch(rf"candidates-{re.escape(posting_id)}-\d{{4}}-\d\d-\d\d\.csv", name)
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    content = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["Rank"] for row in content] == [str(rank) for rank in range(1, 51)]
    assert [row["Candidate"] for row in content[: len(listed)]] == [row[CANDIDATE] for row in listed]
    assert {(row["Posting"], row["Posting number"]) for row in content} == {(title, posting_id)}
    assert len({row["Candidate number"] for row in content}) == 50
    assert all(re.fullmatch(r"match_v\d+", row["Model version"]) for row in content)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["Exported (UTC)"]) for row in content)
    assert all(0 <= float(row["Score (0 to 100)"]) <= 100 for row in content)

    with recruiter.expect_download() as download:
        recruiter.get_by_role("button", name="Export XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    about = dict(row[:2] for row in cells[: cells.index((None,) * len(cells[0]))])
    assert (about["Posting"], about["Filters"], about["Exported by"]) == (title, "none", "recruiter")
    assert about["Model version"] == content[0]["Model version"]
    assert about["Exported (UTC)"] >= content[0]["Exported (UTC)"]
    assert [row[1] for row in cells[-50:]] == [row["Candidate number"] for row in content]


def test_postings_for_a_candidate(recruiter: Page, served: Any) -> None:
    recruiter.goto(f"{served.url}/match_postings")
    pick(recruiter, "Candidates with the latest activity")
    assert rows(recruiter)[0][RANK] == "1"
    drawer = open_row(recruiter, 0)
    drawer.get_by_role("link", name="Candidates for this posting").click()
    expect_title(recruiter, "Match candidates")
    chosen(recruiter, "posting")
    assert "open=" not in query(recruiter)


def test_an_unknown_posting(recruiter: Page, served: Any) -> None:
    recruiter.goto(f"{served.url}/?posting=%3Cscript%3Ealert(1)%3C/script%3E")
    expect(recruiter.get_by_text("There is no posting with the number in this address.")).to_be_visible()
    expect(recruiter.get_by_label("Find a posting")).to_be_visible()


def test_a_phone_gets_cards_that_fit(browser: Browser, served: Any, login_cookies: Any) -> None:
    context = new_context(
        browser,
        viewport={"width": 390, "height": 844},
        user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1",
        storage_state=login_cookies,
    )
    page = context.new_page()
    page.goto(f"{served.url}/match_candidates")
    pick(page, "Newest postings")
    opener = page.get_by_role("button", name="Details and reasons")
    expect(opener).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    opener.first.click()
    expect(page.get_by_role("dialog").get_by_text("Why this score")).to_be_visible()
    context.close()


def test_search_in_texts_compare_and_review_blind(recruiter: Page, served: Any) -> None:
    page = recruiter
    page.goto(f"{served.url}/match_candidates")
    pick(page, "Newest postings", 3)  # of which no other test opens anybody: the marks stay as they are
    posting_id, everybody = chosen(page, "posting"), rows(page)
    page.get_by_text("Filters", exact=True).click()
    search = page.locator("input[aria-label='Search in profiles and notes']")
    search.fill("manag* AND (")
    search.press("Enter")
    expect(page.get_by_text("The text search has the end at character 13")).to_be_visible()
    search.fill("manag* OR senior")
    search.press("Enter")
    chip = page.get_by_role("button", name=re.compile(r"text has manag.* leaves out [\d,]+"))
    expect(chip).to_be_visible()
    assert chosen(page, "words")
    assert len(rows(page)) > 0
    chip.click()
    expect(chip).to_have_count(0)
    page.wait_for_function("!location.search.includes('words=')")
    assert rows(page) == everybody

    # The address of a comparison opens it; home is a click away and forgets it.
    page.goto(f"{served.url}/compare?posting={posting_id}&with=C0000001&with=C0000002")
    expect_title(page, "Compare")
    expect(page.get_by_role("heading", name="What made the scores")).to_be_visible()
    expect(page.get_by_test_id("stProgress")).to_have_count(2)

    page.get_by_text("Demo recruiter").click()
    page.get_by_role("button", name="Review blind").click()
    expect(page.get_by_text("Blind review is on")).to_be_visible()
    expect(page.get_by_text(re.compile("^Candidate [0-9A-F]{6}$")).first).to_be_visible()
    page.get_by_label("Why do you leave blind review?").fill("The test is over")
    page.get_by_role("button", name="Leave blind review").click()
    expect(page.get_by_text("Blind review is on")).to_have_count(0)
