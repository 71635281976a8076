"""What the recruiters' role of `setup` is enough for, on a server that refuses the rest."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from redshift_wire.harm import refuse
from redshift_wire.refusals import RefusedError
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.commands import serve
from jobrec_ui.desk import shortlists
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import ROOT, settings
from jobrec_ui.warehouse import Warehouse, deferred, setup

MOST_QUESTIONS = 6  # of a page that is opened with nothing cached: one round trip each, once a connection knows them
DENIED = refuse(RefusedError("42501", "permission denied"))

# A statement begins with its comment. What recruiters may: SELECT, and INSERT INTO app.
BEGINS = r"^(\s|--[^\n]*\n)*"
NOT_FOR_RECRUITERS = (
    rf"{BEGINS}(CREATE|DROP|DELETE|UPDATE|ALTER|TRUNCATE|GRANT|COPY)\b",
    rf"{BEGINS}INSERT INTO (?!app\.)",
    r"(FROM|JOIN)\s+(training|staging)\.",
    r"(FROM|JOIN)\s+hiring\.demographics",
)


@pytest.fixture
def demo(make_server, demo_warehouse, tmp_path):
    """A server in front of a copy of the demo company, after `setup`."""
    server = make_server(Path(shutil.copyfile(demo_warehouse, tmp_path / "demo.duckdb")))
    wh = Warehouse(server.url())
    setup.set_up(wh)
    wh.close()
    return server


def test_the_recruiters_role_is_enough_to_serve_and_to_work(demo, tmp_path, monkeypatch):
    for pattern in NOT_FOR_RECRUITERS:
        demo.harm(pattern, DENIED, times=999)
    home = tmp_path / "home"
    accounts.ensure_demo_users(home / "users.yaml")
    monkeypatch.setenv("JOBREC_HOME", str(home))
    monkeypatch.setenv("JOBREC_WAREHOUSE", demo.url())
    monkeypatch.delenv("JOBREC_USERS", raising=False)
    settings.cache_clear()
    st.cache_data.clear()
    wh = Warehouse(demo.url())
    steps = []
    serve.prepare_data(wh, steps.append)
    assert steps == []
    posting_id = matching.find_postings(wh, "", limit=1)["posting_id"][0]

    recruiter = accounts.read_users(home / "users.yaml")["recruiter"]
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    app.session_state["authentication_status"] = True
    app.session_state["username"] = recruiter.session_id
    app.run()
    app.query_params["posting"] = posting_id
    app.query_params["with"] = list(matching.find_candidates(wh, "", 3)["candidate_id"])
    later = []
    monkeypatch.setattr(deferred, "write", lambda _, work: later.append(work))  # what nobody waits for
    for page in ("match_candidates", "compare"):
        st.cache_data.clear()
        before = len(demo.statements)
        app.switch_page(f"pages/recruiter/{page}.py").run()
        assert not app.exception
        assert not app.error
        asked = [sql.splitlines()[0] for sql in demo.statements[before:] if "\nSET " not in sql]
        assert 0 < len(asked) <= MOST_QUESTIONS, asked
    assert any("Back to the list for" in link.proto.label for link in app.get("page_link"))
    for work in later:
        work()
    assert wh.query("quality/outcomes")["candidates"].sum() > 0  # the list as shown was written down
    number = shortlists.create(wh, "recruiter", "Cooks", posting_id)
    shortlists.add(wh, "recruiter", number, list(matching.find_candidates(wh, "", 3)["candidate_id"]))
    assert [(one.name, one.people) for one in shortlists.lists(wh, "recruiter")] == [("Cooks", 3)]
    with pytest.raises(WarehouseError, match="does not permit it: permission denied"):
        models.refresh_features(wh)
    wh.close()
    settings.cache_clear()
