"""The audit log: rows as they were written, and texts that are too long for it."""

import pytest
import sqlalchemy as sa

from jobrec_ui.access import audit
from jobrec_ui.warehouse import Warehouse


@pytest.mark.over_the_wire
def test_who_did_what_is_kept_in_any_script_and_length(reach, tmp_path):
    wh = Warehouse(reach(tmp_path / "warehouse.duckdb"))
    wh.execute("schema/app_decisions")
    audit.record(wh, "ana", "export", "P-1", "CSV, 50 rows")
    audit.record(wh, "ana", "export", "한" * 200, "é" * 4000)
    with wh.engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT * FROM app.audit_log ORDER BY occurred_at, CASE WHEN subject = 'P-1' THEN 1 ELSE 2 END")
        ).fetchall()
    wh.close()
    assert [row[2:] for row in rows] == [
        ("ana", "export", "P-1", "CSV, 50 rows"),
        ("ana", "export", "한" * 85, "é" * 2048),
    ]
    assert len({row.event_id for row in rows}) == 2
    assert rows[0].occurred_at.microsecond or rows[1].occurred_at.microsecond
