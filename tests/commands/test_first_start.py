"""The demo company's first visitor finds a desk in use."""

import shutil
from datetime import UTC, datetime, timedelta

from jobrec_ui import models
from jobrec_ui.commands import first_start
from jobrec_ui.desk import news, shortlists
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse, setup


def test_a_list_is_begun_and_shared(demo_warehouse, tmp_path):
    copy = tmp_path / "warehouse.duckdb"
    shutil.copyfile(demo_warehouse, copy)
    wh = Warehouse(local_url(copy))
    setup.make_app_tables(wh)

    first_start.begin_a_list(wh, models.live_version(wh))

    [begun] = shortlists.lists(wh, "recruiter")
    people = shortlists.people(wh, "recruiter", begun)
    changed = news.changed_lists(wh, "recruiter", datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1))
    wh.close()
    assert (begun.access, begun.owner, begun.name) == ("edit", "admin", f"First calls: {begun.posting_title}")
    assert list(people["stage"]) == ["Contacted"] * 2 + ["New"] * 6
    assert list(changed["name"]) == [begun.name]
