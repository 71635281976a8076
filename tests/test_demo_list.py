"""The demo company's first visitor finds a desk in use."""

import shutil
from datetime import UTC, datetime, timedelta

from jobrec_ui import demo_company, models, setup, shortlists, today
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse


def test_a_list_is_begun_and_shared(demo_warehouse, tmp_path):
    copy = tmp_path / "warehouse.duckdb"
    shutil.copyfile(demo_warehouse, copy)
    wh = Warehouse(local_url(copy))
    setup.make_app_tables(wh)

    demo_company.begin_a_list(wh, models.live_version(wh))

    [begun] = shortlists.lists(wh, "recruiter")
    people = shortlists.people(wh, "recruiter", begun)
    news = today.changed_lists(wh, "recruiter", datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1))
    wh.close()
    assert (begun.access, begun.owner, begun.name) == ("edit", "admin", f"First calls: {begun.posting_title}")
    assert list(people["stage"]) == ["Contacted"] * 2 + ["New"] * 6
    assert list(news["name"]) == [begun.name]
