"""Rows on their way into Redshift over the wire: Parquet in S3 (moto plays it) and COPY, or INSERT of many rows."""

import datetime as dt

import pyarrow as pa
import pytest
from redshift_wire.copying import Copy, refused_by_s3
from redshift_wire.harm import break_line, refuse

from jobrec_ui.data.load import load
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse, s3, staging

NOW = dt.datetime(2026, 2, 3, 4, 5, 6, 789)


@pytest.fixture
def wh(server, monkeypatch):
    """Every row but two at a time goes through S3, if there is a bucket."""
    monkeypatch.setattr(staging, "FEW", 2)
    warehouse = Warehouse(server.url())
    warehouse.execute("schema/hiring")
    yield warehouse
    warehouse.close()


@pytest.fixture
def rows():
    return pa.table({
        "line_number": pa.array([1, 2, 3], pa.int64()),
        "word": pa.array(["a'b", "Zoë 한국어", None]),
        "score": pa.array([0.5, None, -1.0]),
        "flag": pa.array([True, None, False]),
        "day": pa.array([NOW.date(), None, None], pa.date32()),
        "at": pa.array([NOW, None, None], pa.timestamp("us")),
        "nothing": pa.nulls(3),
    })  # fmt: skip


EXPECTED = [
    (1, "a'b", 0.5, True, NOW.date(), NOW, None),
    (2, "Zoë 한국어", None, None, None, None, None),
    (3, None, -1.0, False, None, None, None),
]


def stage(wh, rows):
    """Stages the rows and reads them back."""
    with wh.transaction() as tx:
        tx.stage("people", rows)
        result = tx.connection.exec_driver_sql("SELECT * FROM staging.people ORDER BY line_number")
        return [tuple(row) for row in result.fetchall()]


def test_by_insert_in_batches(wh, rows, monkeypatch):
    monkeypatch.setattr(staging, "BINDS", 14)  # two rows at a time
    assert stage(wh, rows) == EXPECTED


class TestThroughS3:
    def test_rows_arrive_as_they_went_and_nothing_stays(self, wh, rows, server, bucket, monkeypatch):
        monkeypatch.setattr(s3, "PART_ROWS", 2)
        assert stage(wh, rows) == EXPECTED
        (copy,) = (sql for sql in server.statements if "COPY" in sql)
        assert "FORMAT AS PARQUET" in copy
        assert "IAM_ROLE default" in copy
        assert f"FROM 's3://{bucket.name}/jobrec/staging/" in copy
        assert bucket.held() == []

    @pytest.mark.parametrize(
        ("harm", "words"),
        [
            (refuse(refused_by_s3("AccessDenied", "Access Denied")), "S3 refused the IAM role"),
            (refuse(refused_by_s3("NoSuchBucket", "The bucket")), "The S3 bucket of the settings does not exist"),
            (break_line, "The connection to the warehouse was lost"),
        ],
    )
    def test_nothing_stays_after_a_failure_either(self, wh, rows, server, bucket, harm, words):
        server.harm("COPY", harm)
        with pytest.raises(WarehouseError, match=words):
            stage(wh, rows)
        assert bucket.held() == []
        assert stage(wh, rows) == EXPECTED

    def test_what_a_killed_load_left_goes_with_the_next(self, wh, rows, bucket, monkeypatch):
        for key in ("jobrec/staging/old/part-00000.parquet", "jobrec/other/part-00000.parquet"):
            bucket.client.put_object(Bucket=bucket.name, Key=key, Body=b"x")
        stage(wh, rows)
        assert len(bucket.held()) == 2  # another load may be at work
        monkeypatch.setattr(s3, "LEFT_BEHIND", dt.timedelta(days=-1))
        stage(wh, rows)
        assert bucket.held() == ["jobrec/other/part-00000.parquet"]

    def test_a_bucket_that_is_not_there_is_named(self, wh, rows, bucket, monkeypatch):
        monkeypatch.setenv("JOBREC_S3_BUCKET", "no-such-bucket")
        settings.cache_clear()
        with pytest.raises(WarehouseError, match="no-such-bucket does not exist"):
            stage(wh, rows)

    def test_rows_that_got_lost_are_noticed(self, wh, rows, bucket, monkeypatch):
        monkeypatch.setattr(Copy, "_add", lambda *arguments: None)
        with pytest.raises(WarehouseError, match="Of 3 rows"):
            stage(wh, rows)


def test_too_many_rows_without_a_bucket(wh, rows, monkeypatch):
    monkeypatch.setattr(staging, "MOST", 2)
    with pytest.raises(InputError, match="JOBREC_S3_BUCKET"):
        stage(wh, rows)


FILES = {
    "postings": "posting_id,title,salary_min,opened_at\nP1,Nurse,100,2026-01-01\nP2,,1,2026-01-01\n"
    "P3,Cook,x,2026-01-02\nP1,Nurse again,1,2026-01-01\n",
    "candidates": "candidate_id,name,remote\nC1,Ann,yes\nC2,Zoë,no\nC3,,perhaps\n",
    "interactions": "posting_id,candidate_id,stage,occurred_at\nP1,C1,applied,2026-02-01 10:00\n"
    "P9,C1,applied,2026-02-01 10:00\nP1,C2,hired,2026-02-02 10:00\nP1,C2,applied,long ago\n",
}


def test_a_load_reports_the_same_as_in_the_embedded_warehouse_and_leaves_all_as_it_was_if_it_fails(
    wh, server, bucket, tmp_path, monkeypatch
):
    """By INSERT, without a bucket, all tests of loading run over the wire too."""
    monkeypatch.setattr(staging, "FEW", 0)
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    embedded = Warehouse(local_url(tmp_path / "embedded.duckdb"))
    expected = load(embedded, folder, reasons_file=tmp_path / "expected.csv")
    found = load(wh, folder, reasons_file=tmp_path / "found.csv")
    assert found.tables == expected.tables
    assert found.rejected > 3
    assert (tmp_path / "found.csv").read_text() == (tmp_path / "expected.csv").read_text()
    counts = ["postings", "candidates", "interactions"]
    version = wh.query("data/data_version")
    assert version[counts].equals(embedded.query("data/data_version")[counts])
    assert sum("COPY" in sql for sql in server.statements) == 3
    assert bucket.held() == []
    embedded.close()

    server.harm("COPY staging.interactions", break_line)
    with pytest.raises(WarehouseError, match=r"^Nothing was loaded: The connection to the warehouse was lost"):
        load(wh, folder)
    assert wh.query("data/data_version").equals(version)
    assert bucket.held() == []
