"""A model that is not ready, has failed or is gone, and a warehouse that is gone, as people meet them."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from redshift_wire import harm
from streamlit.testing.v1 import AppTest

from embedded_redshift import dbapi
from jobrec_ui import matching, models
from jobrec_ui.access import accounts
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.failures import ModelNotReady

ENTRY = Path(__file__).resolve().parents[2] / "streamlit_app.py"


@pytest.fixture
def demo(make_server, demo_warehouse, tmp_path):
    """A server in front of a copy of the demo company."""
    path = tmp_path / "demo.duckdb"
    shutil.copyfile(demo_warehouse, path)
    return make_server(path)


@pytest.fixture
def wh(demo):
    warehouse = Warehouse(demo.url())
    yield warehouse
    warehouse.close()


@pytest.fixture
def behind(demo):
    """The same warehouse past the wire."""
    connection = dbapi.connect(str(demo.path))
    connection.autocommit = True
    yield connection
    connection.close()


def rank(wh):
    version = models.live_version(wh)
    posting_id = matching.find_postings(wh, "", limit=1)["posting_id"][0]
    return matching.rank_candidates(wh, posting_id, version, limit=5)


NOT_READY = "The model cannot score: its training is still running, or has failed."


class TestModel:
    def test_not_ready(self, demo, wh):
        demo.harm("match_v1_score", harm.not_ready)
        with pytest.raises(ModelNotReady) as raised:
            rank(wh)
        assert str(raised.value).startswith(NOT_READY)
        assert len(rank(wh)) == 5

    def test_failed(self, wh, behind, sql_root):
        cursor = behind.cursor()
        cursor.execute("CREATE TABLE public.beyond AS SELECT years_experience AS a, 5 AS y FROM hiring.candidates")
        cursor.execute(
            "CREATE MODEL ml.bad FROM (SELECT a, y FROM public.beyond) TARGET y FUNCTION bad_score IAM_ROLE default "
            "AUTO OFF MODEL_TYPE XGBOOST OBJECTIVE 'reg:logistic' PREPROCESSORS 'none' HYPERPARAMETERS DEFAULT "
            "SETTINGS (S3_BUCKET 'bucket')"
        )
        behind.wait_for_trainings(60)
        assert "FAILED" in str(cursor.execute("SHOW MODEL ml.bad").fetchall())
        sql_root("t/score", "SELECT ml.bad_score(a) AS s FROM public.beyond LIMIT 1")
        with pytest.raises(ModelNotReady) as raised:
            wh.query("t/score")
        assert str(raised.value).startswith(NOT_READY)

    def test_dropped_by_somebody_else(self, wh, behind):
        assert len(rank(wh)) == 5
        behind.cursor().execute("DROP MODEL ml.match_v1")
        with pytest.raises(WarehouseError) as raised:
            rank(wh)
        assert str(raised.value).startswith("The model of this version is gone from the warehouse")


def test_people_meet_a_warehouse_that_is_gone_as_a_sentence(demo, tmp_path, monkeypatch):
    monkeypatch.setattr("jobrec_ui.warehouse.warehouse.PAUSES", (0.0, 0.0))
    home = tmp_path / "home"
    accounts.ensure_demo_users(home / "users.yaml")
    monkeypatch.setenv("JOBREC_HOME", str(home))
    monkeypatch.setenv("JOBREC_WAREHOUSE", demo.url())
    monkeypatch.delenv("JOBREC_USERS", raising=False)
    settings.cache_clear()
    st.cache_data.clear()
    demo.stop()
    app = AppTest.from_file(str(ENTRY), default_timeout=120)
    app.session_state["authentication_status"] = True
    app.session_state["username"] = accounts.read_users(home / "users.yaml")["recruiter"].session_id
    app.run()
    assert not app.exception
    assert any("The warehouse does not answer at its address" in error.value for error in app.error)
    demo.start()
    app.run()
    assert not app.exception
    assert not app.error
    settings.cache_clear()
