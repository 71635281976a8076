"""Rows on their way into Redshift: through S3 (moto's server) and COPY, or by INSERT; COPY itself is played here."""

import datetime as dt
import io
from pathlib import Path

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobrec_ui.data.load import load
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.local.dialect import RedshiftLocalDialect
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, login, s3, staging

BUCKET = "hiring-eu"
NOW = dt.datetime(2026, 2, 3, 4, 5, 6, 789)


@pytest.fixture
def bucket(moto, monkeypatch):
    """The settings name a bucket of moto's server; gives boto3's client for it."""
    for name, value in {
        "JOBREC_S3_BUCKET": BUCKET, "AWS_ENDPOINT_URL": moto, "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(staging, "FEW", 2)
    settings.cache_clear()
    login.session.cache_clear()
    client = boto3.client("s3", endpoint_url=moto, region_name="us-east-1")
    client.create_bucket(Bucket=BUCKET)
    yield client
    for item in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=item["Key"])
    settings.cache_clear()
    login.session.cache_clear()


class Redshift:
    """A connection of the embedded warehouse that can COPY Parquet from S3, by the position of columns as Redshift."""

    def __init__(self, connection, client=None, fails=False):
        self._connection, self._client, self._fails, self.copied = connection, client, fails, []

    def execute(self, *arguments):
        return self._connection.execute(*arguments)

    def exec_driver_sql(self, statement):
        if "COPY" not in statement:
            return self._connection.exec_driver_sql(statement)
        self.copied.append(statement)
        if self._fails:
            raise WarehouseError("Spectrum Scan Error")
        table = statement.split("COPY ")[1].split(" ")[0]
        prefix = statement.split(f"s3://{BUCKET}/")[1].split("'")[0]
        keys = [item["Key"] for item in self._client.list_objects_v2(Bucket=BUCKET, Prefix=prefix)["Contents"]]
        for key in sorted(keys):
            part = pq.read_table(io.BytesIO(self._client.get_object(Bucket=BUCKET, Key=key)["Body"].read()))
            times = [pa.timestamp("us") if pa.types.is_timestamp(field.type) else field.type for field in part.schema]
            part = part.cast(pa.schema([pa.field(n, t) for n, t in zip(part.column_names, times, strict=True)]))
            staging._insert(self._connection, {"staged": table, "columns": part.column_names}, part)
        return None


@pytest.fixture
def wh(tmp_path):
    warehouse = Warehouse(f"redshift+local:///{tmp_path}/warehouse.duckdb")
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


def stored(tx):
    result = tx.connection.exec_driver_sql("SELECT * FROM staging.people ORDER BY line_number")
    return [tuple(row) for row in result.fetchall()]


EXPECTED = [
    (1, "a'b", 0.5, True, NOW.date(), NOW, None),
    (2, "Zoë 한국어", None, None, None, None, None),
    (3, None, -1.0, False, None, None, None),
]


def test_by_insert_in_batches(wh, rows, monkeypatch):
    monkeypatch.setattr(staging, "BINDS", 14)  # two rows at a time
    with wh.transaction() as tx:
        staging.stage(tx.connection, "staging", "people", rows)
        assert stored(tx) == EXPECTED


def test_through_s3(wh, rows, bucket, monkeypatch):
    monkeypatch.setattr(s3, "PART_ROWS", 2)
    with wh.transaction() as tx:
        redshift = Redshift(tx.connection, bucket)
        staging.stage(redshift, "staging", "people", rows)
        assert stored(tx) == EXPECTED
    (copy,) = redshift.copied
    assert "FORMAT AS PARQUET" in copy
    assert "IAM_ROLE default" in copy
    assert f"FROM 's3://{BUCKET}/jobrec/staging/" in copy


def keys(client):
    return [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def test_nothing_stays_in_s3(wh, rows, bucket):
    with wh.transaction() as tx:
        staging.stage(Redshift(tx.connection, bucket), "staging", "people", rows)
    assert keys(bucket) == []


def test_nothing_stays_in_s3_after_a_failure_either(wh, rows, bucket):
    with pytest.raises(WarehouseError), wh.transaction() as tx:
        staging.stage(Redshift(tx.connection, bucket, fails=True), "staging", "people", rows)
    assert keys(bucket) == []


def test_what_a_killed_load_left_goes_with_the_next(wh, rows, bucket, monkeypatch):
    bucket.put_object(Bucket=BUCKET, Key="jobrec/staging/old/part-00000.parquet", Body=b"x")
    bucket.put_object(Bucket=BUCKET, Key="jobrec/other/part-00000.parquet", Body=b"x")
    with wh.transaction() as tx:
        staging.stage(Redshift(tx.connection, bucket), "staging", "people", rows)
        assert len(keys(bucket)) == 2  # another load may be at work
        monkeypatch.setattr(s3, "LEFT_BEHIND", dt.timedelta(days=-1))
        staging.stage(Redshift(tx.connection, bucket), "staging", "people", rows)
    assert keys(bucket) == ["jobrec/other/part-00000.parquet"]


def test_a_bucket_that_is_not_there_is_named(wh, rows, bucket, monkeypatch):
    monkeypatch.setenv("JOBREC_S3_BUCKET", "no-such-bucket")
    settings.cache_clear()
    with pytest.raises(WarehouseError, match="no-such-bucket does not exist"), wh.transaction() as tx:
        staging.stage(Redshift(tx.connection, bucket), "staging", "people", rows)


def test_too_many_rows_without_a_bucket(wh, rows, monkeypatch):
    monkeypatch.setattr(staging, "MOST", 2)
    with pytest.raises(InputError, match="JOBREC_S3_BUCKET"), wh.transaction() as tx:
        staging.stage(tx.connection, "staging", "people", rows)


def test_rows_that_got_lost_are_noticed(wh, rows, bucket, monkeypatch):
    monkeypatch.setattr(staging, "_insert", lambda *arguments: None)
    with pytest.raises(WarehouseError, match="Of 3 rows"), wh.transaction() as tx:
        staging.stage(Redshift(tx.connection, bucket), "staging", "people", rows)


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("way", ["s3", "insert"])
def test_a_load_reports_the_same_as_in_the_embedded_warehouse(wh, bucket, tmp_path, monkeypatch, way):
    folder = write(
        tmp_path / "files",
        postings="posting_id,title,salary_min,opened_at\nP1,Nurse,100,2026-01-01\nP2,,1,2026-01-01\nP3,Cook,x,2026-01-02\n"
        "P1,Nurse again,1,2026-01-01\n",
        candidates="candidate_id,name,remote\nC1,Ann,yes\nC2,Zoë,no\nC3,,perhaps\n",
        interactions="posting_id,candidate_id,stage,occurred_at\nP1,C1,applied,2026-02-01 10:00\n"
        "P9,C1,applied,2026-02-01 10:00\nP1,C2,hired,2026-02-02 10:00\n",
    )
    expected = load(wh, folder)
    other = Warehouse(f"redshift+local:///{tmp_path}/other.duckdb")

    def stage(self, connection, schema, table, rows):
        staging.stage(Redshift(connection, bucket), schema, table, rows)

    monkeypatch.setattr(staging, "FEW", 0 if way == "s3" else 10_000)
    monkeypatch.setattr(RedshiftLocalDialect, "stage", stage)
    found = load(other, folder)
    assert found.tables == expected.tables
    assert found.rejected > 3
    assert other.query("load/data_version")[["postings", "candidates"]].equals(
        wh.query("load/data_version")[["postings", "candidates"]]
    )
    assert keys(bucket) == []
    other.close()
