"""Reading Parquet files as their writers left them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobrec_ui.data.check import check_rows
from jobrec_ui.data.mapping.apply import apply
from jobrec_ui.data.plan import make_plan
from jobrec_ui.data.reading.files import find_files, single_file
from jobrec_ui.data.reading.parquet import read_parquet
from jobrec_ui.errors import InputError


def read(directory, name, table):
    pq.write_table(table, directory / f"{name}.parquet")
    return rows_of(directory)


def rows_of(directory):
    with find_files([directory]) as files:
        plan = make_plan(files)
        (raw,) = apply(read_parquet(files[0]), plan.mapping, plan.mapping.sheets[0])
        return check_rows(raw), raw


def test_types_that_differ_from_the_warehouse(tmp_path):
    rows, raw = read(
        tmp_path,
        "candidates",
        pa.table(
            {
                "Candidate_ID": pa.array([1, 2], pa.int64()),
                "name": pa.array(["Ann", "Bob"]).dictionary_encode(),
                "skills": pa.array([["SQL", "Excel"], None], pa.list_(pa.string())),
                "languages": pa.array([["English", "German"], None], pa.list_(pa.string(), 2)),
                "years_experience": pa.array([3, None], pa.int32()),
                "desired_salary": pa.array([Decimal("1234.50"), None], pa.decimal128(10, 2)),
                "latitude": pa.array([float("nan"), 12.5]),
                "remote": pa.array([True, None]),
                "available_from": pa.array([datetime(2024, 5, 6), None], pa.timestamp("ns")),
                "updated_at": pa.array(
                    [datetime(2024, 5, 6, 23, tzinfo=timezone(timedelta(hours=-3))), None],
                    pa.timestamp("ms", tz="America/Sao_Paulo"),
                ),
                "shoe_size": pa.array([40, 41]),
            }
        ),
    )
    assert rows.to_pylist()[0] == {
        "candidate_id": "1",
        "name": "Ann",
        "skills": "SQL; Excel",
        "languages": "English; German",
        "years_experience": 3.0,
        "desired_salary": 1234.5,
        "latitude": None,
        "remote": True,
        "available_from": date(2024, 5, 6),
        "updated_at": datetime(2024, 5, 7, 2),
        "row_index": 0,
    }
    assert rows.to_pylist()[1]["latitude"] == 12.5
    assert raw.notes == [
        'skills: read as lists with JSON lists, such as \'["SQL", "Excel"]\': SQL · Excel',
        'languages: read as lists with JSON lists, such as \'["English", "German"]\': English · German',
    ]


def test_text_where_other_types_are_wanted(tmp_path):
    rows, raw = read(
        tmp_path,
        "interactions",
        pa.table(
            {
                "posting_id": pa.array([1.0, 2.0, None]),
                "candidate_id": pa.array(["a", "b", "c"], pa.large_string()),
                "stage": ["Hired", "what", "viewed"],
                "occurred_at": ["2024-01-02", "2024-01-03", "2024-01-04"],
            }
        ),
    )
    assert [(row["posting_id"], row["stage"]) for row in rows.to_pylist()] == [("1", "hired")]
    assert [(one["line"], one["column"]) for one in raw.rejections.listed()] == [(2, "stage"), (3, "posting_id")]


def test_the_local_day_of_a_time_with_a_zone(tmp_path):
    late = pa.array([datetime(2024, 5, 7, 2, tzinfo=UTC)], pa.timestamp("us", tz="America/Sao_Paulo"))
    rows, _ = read(tmp_path, "postings", pa.table({"posting_id": ["1"], "title": ["Cook"], "opened_at": late}))
    assert rows["opened_at"].to_pylist() == [date(2024, 5, 6)]


def test_days_as_numbers_and_fractions_as_ids(tmp_path):
    table = pa.table({"posting_id": [1.5, 2.0], "title": ["Cook", "Nurse"], "opened_at": [20240506, 20241399]})
    rows, raw = read(tmp_path, "postings", table)
    assert rows["posting_id"].to_pylist() == ["1.5", "2"]
    assert rows["opened_at"].to_pylist() == [date(2024, 5, 6), None]
    assert raw.rejections.listed()[0]["value"] == "20241399"


def test_what_pandas_writes(tmp_path):
    frame = pd.DataFrame(
        {"posting_id": [1, 2], "title": ["Cook", None], "closed_at": pd.to_datetime(["2024-01-01", None])}
    )
    frame.to_parquet(tmp_path / "postings.parquet")
    assert rows_of(tmp_path)[0].to_pylist() == [
        {"posting_id": "1", "title": "Cook", "closed_at": date(2024, 1, 1), "row_index": 0}
    ]


def test_columns_without_any_value(tmp_path):
    table = pa.table({"candidate_id": ["1"], "name": pa.nulls(1), "latitude": pa.nulls(1), "updated_at": pa.nulls(1)})
    rows, _ = read(tmp_path, "candidates", table)
    assert rows.to_pylist() == [
        {"candidate_id": "1", "name": None, "latitude": None, "updated_at": None, "row_index": 0}
    ]


def test_no_rows(tmp_path):
    rows, raw = read(tmp_path, "candidates", pa.table({"candidate_id": pa.array([], pa.int64())}))
    assert (rows.num_rows, raw.rows_read) == (0, 0)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("skills", pa.array([{"a": 1}])),
        ("candidate_id", pa.array([b"\xff\xfe"])),
        ("available_from", pa.array([timedelta(days=1)])),
    ],
)
def test_types_that_make_no_sense(tmp_path, column, values):
    table = pa.table({"candidate_id": ["1"]}).append_column("x", values)
    names = ["other" if column == "candidate_id" else "candidate_id", column]
    with pytest.raises(
        InputError, match=rf"candidates\.parquet: column {column} has the type .*, which cannot be read"
    ):
        read(tmp_path, "candidates", table.rename_columns(names))


@pytest.mark.parametrize(("content", "why"), [(b"", "it is empty"), (b"candidate_id\n1\n", "not a Parquet file")])
def test_files_that_are_not_parquet(tmp_path, content, why):
    (tmp_path / "candidates.parquet").write_bytes(content)
    with pytest.raises(InputError, match=why):
        read_parquet(single_file(tmp_path / "candidates.parquet"))


def test_a_missing_column(tmp_path):
    with pytest.raises(InputError, match=r"postings\.parquet lacks a title. It has the columns posting_id"):
        read(tmp_path, "postings", pa.table({"posting_id": ["1"]}))
