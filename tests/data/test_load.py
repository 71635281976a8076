"""Loading files into a warehouse, end to end."""

import csv
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from jobrec_ui.data.load import load, load_tables
from jobrec_ui.data.tables import STAGES
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError

pytestmark = pytest.mark.over_the_wire


POSTINGS = "posting_id,title,description,salary_min,salary_max\np1,Cook,Cooks,1000,2000\np2,Nurse,,,\n"
CANDIDATES = "candidate_id,name,skills\nc1,Ann,cooking; baking\nc2,محمد,\nc3,김민준 🚀,care\n"
INTERACTIONS = (
    "posting_id,candidate_id,stage,occurred_at,reason\n"
    "p1,c1,Applied,2024-01-02,\np1,c1,hired,2024-02-03 10:00,good\np2,c3,viewed,2024-01-05,\n"
)


def rows(wh, table, columns="*"):
    with wh.engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(sa.text(f"SELECT {columns} FROM hiring.{table}")))


def counts(report):
    return {one.table: (one.rows_read, one.new, one.changed, one.unchanged, one.rejected) for one in report.tables}


def reasons(report, table):
    [one] = [one for one in report.tables if one.table == table]
    return [(reason["line"], reason["column"], reason["value"], reason["why"]) for reason in one.reasons]


def test_a_first_load(wh, files):
    steps = []
    directory = files(postings=POSTINGS, candidates=CANDIDATES, interactions=INTERACTIONS)
    report = load(wh, directory, reasons_file=directory.parent / "reasons.csv", progress=steps.append)
    assert counts(report) == {
        "postings": (2, 2, 0, 0, 0),
        "candidates": (3, 3, 0, 0, 0),
        "interactions": (3, 3, 0, 0, 0),
    }
    assert rows(wh, "candidates", "candidate_id, name, skills") == [
        ("c1", "Ann", "cooking; baking"),
        ("c2", "محمد", None),
        ("c3", "김민준 🚀", "care"),
    ]
    assert rows(wh, "interactions") == [
        ("p1", "c1", "applied", datetime(2024, 1, 2), None),
        ("p1", "c1", "hired", datetime(2024, 2, 3, 10), "good"),
        ("p2", "c3", "viewed", datetime(2024, 1, 5), None),
    ]
    assert report.reasons_file is None
    assert not (directory.parent / "reasons.csv").exists()
    assert steps[0].startswith("Reading postings.csv")
    assert steps[-1] == "Writing to the warehouse"


def test_the_data_version(wh, files):
    directory = files(postings=POSTINGS, candidates=CANDIDATES, interactions=INTERACTIONS)
    first = load(wh, directory).version
    assert (first.version, first.as_of) == (1, datetime(2024, 2, 3, 10))
    assert (first.postings, first.candidates, first.interactions, first.demographics) == (2, 3, 3, 0)
    second = load(wh, files(demographics="candidate_id,attribute,value\nc1,gender,woman\n")).version
    assert (second.version, second.as_of, second.demographics) == (2, datetime(2024, 2, 3, 10), 1)
    assert second.loaded_at >= first.loaded_at
    assert data_version(wh) == second


@pytest.mark.embedded_only
def test_a_version_without_interactions_has_no_moment(wh, files):
    assert load(wh, files(postings=POSTINGS)).version.as_of is None


def test_loading_again_replaces_by_id(wh, files):
    directory = files(postings=POSTINGS, candidates=CANDIDATES, interactions=INTERACTIONS)
    load(wh, directory)
    assert counts(load(wh, directory)) == {
        "postings": (2, 0, 0, 2, 0),
        "candidates": (3, 0, 0, 3, 0),
        "interactions": (3, 0, 0, 3, 0),
    }
    later = load(
        wh,
        files(
            candidates="candidate_id,name\nc1,Ann Other\nc4,New\nc2,محمد\n",
            interactions="posting_id,candidate_id,stage,occurred_at,reason\np1,c1,hired,2024-02-03 10:00:00,better\n",
        ),
    )
    assert counts(later) == {"candidates": (3, 1, 1, 1, 0), "interactions": (1, 0, 1, 0, 0)}
    assert rows(wh, "candidates", "candidate_id, name, skills") == [
        ("c1", "Ann Other", None),
        ("c2", "محمد", None),
        ("c3", "김민준 🚀", "care"),
        ("c4", "New", None),
    ]
    assert rows(wh, "interactions", "stage, reason") == [("applied", None), ("hired", "better"), ("viewed", None)]
    assert len(rows(wh, "postings")) == 2


def test_repeated_ids(wh, files):
    report = load(
        wh,
        files(
            candidates="candidate_id,name\nc1,Ann\nc2,Bob\n c1 ,Ann\nc1,Other\n",
            postings="posting_id,title\np1,Cook\n",
            interactions="posting_id,candidate_id,stage,occurred_at,reason\n"
            "p1,c1,viewed,2024-01-02,\np1,c1,viewed,2024-01-02,again\np1,c1,viewed,2024-01-02 00:00,\n",
            demographics="candidate_id,attribute,value\nc1,gender,woman\nc1,gender,man\nc1,age,40\n",
        ),
    )
    assert counts(report)["candidates"] == (4, 2, 0, 0, 2)
    assert reasons(report, "candidates") == [
        (4, "candidate_id", "c1", "repeats line 2"),
        (5, "candidate_id", "c1", "has the id of line 2 but other content; that line was taken"),
    ]
    assert reasons(report, "interactions") == [
        (3, "candidate_id", "c1", "has the id of line 2 but other content; that line was taken"),
        (4, "candidate_id", "c1", "repeats line 2"),
    ]
    assert reasons(report, "demographics") == [
        (3, "candidate_id", "c1", "has the id of line 2 but other content; that line was taken")
    ]
    assert rows(wh, "candidates", "name") == [("Ann",), ("Bob",)]


def test_interactions_with_unknown_postings_and_candidates(wh, files):
    load(wh, files(postings=POSTINGS, candidates=CANDIDATES))
    report = load(
        wh,
        files(
            postings="posting_id,title\np9,Cook\np8,\n",
            interactions="posting_id,candidate_id,stage,occurred_at\n"
            "p1,c1,viewed,2024-01-02\np9,c1,viewed,2024-01-02\np8,c1,viewed,2024-01-02\nx,y,viewed,2024-01-02\n",
            demographics="candidate_id,attribute,value\nz,gender,woman\n",
        ),
    )
    why = "unknown id: no accepted row of this load has it, and the warehouse does not have it"
    assert counts(report)["interactions"] == (4, 2, 0, 0, 2)
    assert reasons(report, "interactions") == [
        (4, "posting_id", "p8", why),
        (5, "candidate_id", "y", why),
        (5, "posting_id", "x", why),
    ]
    assert reasons(report, "demographics") == [(2, "candidate_id", "z", why)]


def test_every_rejected_row_is_in_the_reasons_file(wh, files):
    directory = files(
        postings="posting_id,title,salary_min,salary_max,opened_at\n"
        'p1,"two\nlines",5000,3000,\n'
        f"{'x' * 65},Cook,,,\n"
        ",Cook,,,\n"
        "p4,Cook,,,2024-02-30\n"
        "p5,Cook,=1+1,,03/04/2024\n"
        "p6,Cook\n"
        "p7,Cook,1.500,,\n",
        interactions="posting_id,candidate_id,stage,occurred_at\np7,c1,Promoted,2024-01-01\n",
    )
    path = directory.parent / "reasons.csv"
    report = load(wh, directory, reasons_file=path)
    assert counts(report) == {"postings": (7, 1, 0, 0, 6), "interactions": (1, 0, 0, 0, 1)}
    assert rows(wh, "postings", "posting_id, salary_min") == [("p7", 1500)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        listed = [tuple(row.values()) for row in csv.DictReader(file)]
    assert [row[:4] for row in listed] == [
        ("postings.csv", "2", "salary_min", "5000 > 3000"),
        ("postings.csv", "4", "posting_id", "x" * 65),
        ("postings.csv", "5", "posting_id", ""),
        ("postings.csv", "6", "opened_at", "2024-02-30"),
        ("postings.csv", "7", "opened_at", "03/04/2024"),
        ("postings.csv", "7", "salary_min", "'=1+1"),
        ("postings.csv", "8", "", "p6,Cook"),
        ("interactions.csv", "2", "stage", "Promoted"),
    ]
    assert [row[4].split(":")[0] for row in listed] == [
        "the lowest salary is above the highest",
        "the id is too long",
        "is blank",
        "there is no such date or time",
        "ambiguous",
        "not a number",
        "the row has 2 cells, the header has 5",
        "unknown stage; the known ones are " + ", ".join(STAGES),
    ]
    assert report.reasons_file == path
    assert f"All of them, with reasons: {path}" in report.text()


def test_long_text_is_shortened_and_said(wh, files):
    report = load(wh, files(candidates=f'candidate_id,summary\nc1,"{"é" * 5_000_000}"\nc2,x\n'))
    assert rows(wh, "candidates", "summary") == [("x",), ("é" * 32767,)]
    assert report.tables[0].notes == ("shortened to 65,535 bytes: summary in 1 row (line 2)",)


def test_the_report_in_words(wh, files):
    directory = files(candidates="candidate_id,skils\nc1,x\nc1,y\n" + "".join(f",{n}\n" for n in range(1200)))
    text = load(wh, directory).text()
    assert text.splitlines()[:2] == [
        "                rows read  new  changed  unchanged  rejected",
        "candidates.csv      1,202    1        0          0     1,201",
    ]
    assert "candidates.csv: column skils is not known and was ignored; rename it if skills is meant" in text
    assert "candidates.csv, line 3, candidate_id: 'c1' repeats line 2" in text
    assert "candidates.csv, line 4, candidate_id: is blank" in text
    assert "candidates.csv: … 1,201 rows in all" in text
    assert "Load again with --reasons FILE to have them all listed" in text
    assert "Data version 1, loaded in " in text


@pytest.mark.embedded_only
def test_header_only_and_empty_files(wh, files):
    report = load(wh, files(candidates="candidate_id,name\n", postings=POSTINGS))
    assert counts(report)["candidates"] == (0, 0, 0, 0, 0)
    assert "candidates.csv: has a header but no rows" in report.text()
    with pytest.raises(InputError, match=r"candidates\.csv is empty"):
        load(wh, files(candidates="", postings="posting_id,title\np9,Cook\n"))
    assert len(rows(wh, "postings")) == 2


def test_csv_and_parquet_together(wh, files):
    directory = files(postings=POSTINGS)
    pq.write_table(pa.table({"candidate_id": [1, 2], "skills": [["a", "b"], []]}), directory / "candidates.parquet")
    report = load(wh, directory)
    assert counts(report) == {"postings": (2, 2, 0, 0, 0), "candidates": (2, 2, 0, 0, 0)}
    assert rows(wh, "candidates", "candidate_id, skills") == [("1", "a; b"), ("2", None)]


def test_nothing_of_a_load_stays_in_staging(wh, files):
    load(wh, files(postings=POSTINGS, candidates=CANDIDATES))
    with wh.engine.connect() as connection:
        found = connection.execute(
            sa.text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'staging'")
        ).fetchall()
    assert found == []


def test_tables_from_memory(wh):
    tables = {
        "postings": pa.table({"posting_id": ["p1"], "title": ["Cook"]}),
        "candidates": pa.table({"candidate_id": ["c1", "c1"], "skills": [["a"], ["a"]]}),
        "interactions": pa.table(
            {
                "posting_id": ["p1"],
                "candidate_id": ["c1"],
                "stage": ["hired"],
                "occurred_at": pa.array([datetime(2024, 1, 2)], pa.timestamp("us")),
            }
        ),
    }
    report = load_tables(wh, tables)
    assert counts(report) == {
        "postings": (1, 1, 0, 0, 0),
        "candidates": (2, 1, 0, 0, 1),
        "interactions": (1, 1, 0, 0, 0),
    }
    assert reasons(report, "candidates") == [(2, "candidate_id", "c1", "repeats line 1")]
    with pytest.raises(InputError, match="Not a table of the company's data: people"):
        load_tables(wh, {"people": tables["postings"]})
    with pytest.raises(InputError, match="postings lacks the column title"):
        load_tables(wh, {"postings": pa.table({"posting_id": ["p1"]})})


def test_stage_targets_are_there_once(wh, files):
    for _ in range(2):
        load(wh, files(postings=POSTINGS))
    assert rows(wh, "stages", "stage_order, stage")[5:6] == [(6, "hired")]
    assert len(rows(wh, "stages")) == 8
