"""The app makes the embedded warehouse's address known without importing it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st

import jobrec_ui  # noqa: F401 - registers the dialect

ROOT = Path(__file__).resolve().parents[2]


def test_streamlit_connection(tmp_path: Path) -> None:
    connection = st.connection("warehouse", type="sql", url=f"redshift+local:///{tmp_path / 'warehouse.duckdb'}")
    try:
        assert connection.query("SELECT 1 + :n AS x", params={"n": 2}, ttl=0)["x"].tolist() == [3]
    finally:
        connection.engine.dispose()
        st.cache_resource.clear()


@pytest.mark.process
def test_it_is_loaded_by_who_connects(tmp_path: Path) -> None:
    script = """
import sys, jobrec_ui.warehouse, sqlalchemy as sa
print("embedded_redshift" in sys.modules)
sa.create_engine("redshift+local:///x.duckdb").connect().close()
print("embedded_redshift" in sys.modules)
"""
    found = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["False", "True"]
