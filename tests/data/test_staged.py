"""Rows of several sheets on their way into one table, and ids that do not join."""

import pytest
import sqlalchemy as sa

from jobrec_ui.data.load import load
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError

HEADER = "Candidate ID,Job ID,Stage,Stage Date\n"


@pytest.fixture
def folder(tmp_path):
    """Writes files of any names into a folder, and returns it."""

    def write(**contents):
        made = tmp_path / "files"
        made.mkdir(exist_ok=True)
        for old in made.iterdir():
            old.unlink()
        for name, content in contents.items():
            (made / name.replace("__", ".")).write_text(content)
        return made

    return write


def jobs(*ids):
    return "Job ID,Job Title\n" + "".join(f"{one},Cook\n" for one in ids)


def people(*ids):
    return "Candidate ID,Name\n" + "".join(f"{one},Ann B\n" for one in ids)


def stages(*pairs):
    return HEADER + "".join(f"{person},{job},Applied,2024-01-02\n" for person, job in pairs)


def count(wh, table):
    with wh.engine.connect() as connection:
        return connection.execute(sa.text(f"SELECT COUNT(*) FROM hiring.{table}")).scalar_one()


def test_several_files_make_one_table(wh, folder):
    directory = folder(
        jobs__csv=jobs("j1", "j2"),
        people_a__csv=people("c1", "c2"),
        people_b__csv=people("c3", "c2"),
        stages__csv=stages(("c1", "j1"), ("c3", "j2"), ("c9", "j2")),
    )
    report = load(wh, directory)
    by_table = {one.table: one for one in report.tables}
    assert by_table["candidates"].file == "people_a.csv and people_b.csv"
    assert (by_table["candidates"].rows_read, by_table["candidates"].new) == (4, 3)
    assert [(one["file"], one["line"], one["why"]) for one in by_table["candidates"].reasons] == [
        ("people_b.csv", 3, "repeats line 3 of people_a.csv")
    ]
    assert [(one["file"], one["line"], one["value"]) for one in by_table["interactions"].reasons] == [
        ("stages.csv", 4, "c9")
    ]
    assert count(wh, "interactions") == 2
    assert report.lost_files == ()


def test_a_whole_file_that_was_lost_is_named_though_others_of_its_table_were_read(wh, folder):
    directory = folder(
        jobs__csv=jobs("j1"),
        people__csv=people("c1"),
        stages_a__csv=stages(("c1", "j1")),
        stages_b__csv=stages(("c7", "j1"), ("c8", "j1")),
        copy__csv=jobs("j1"),
    )
    report = load(wh, directory)
    assert report.lost_files == ("stages_b.csv",)  # what the copy says is there
    assert count(wh, "interactions") == 1


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        (
            {
                "jobs__csv": jobs("j1"),
                "people__csv": people(1, 2, 3),
                "stages__csv": stages(*[(f"S000{n}", "j1") for n in range(6)]),
            },
            "None of the 6 candidate ids of stages.csv are in people.csv: they look like S0000 and 1. Nothing",
        ),
        (
            {
                "jobs__csv": jobs("R1"),
                "people__csv": people(*range(5)),
                "stages__csv": stages(*[(n, n) for n in range(5)]),
            },
            "None of the 5 posting ids of stages.csv are in jobs.csv: they look like 0 and R1. Nothing was loaded",
        ),
    ],
)
def test_ids_that_do_not_join_are_said_before_anything_is_loaded(wh, folder, contents, why):
    with pytest.raises(InputError) as refused:
        load(wh, folder(**contents))
    assert str(refused.value).startswith(why)
    load(wh, folder(jobs__csv=jobs("j1")))
    assert data_version(wh).version == 1, "the refused load counts as one"
    assert count(wh, "candidates") == 0


def test_ids_that_do_not_join_with_the_warehouse(wh, folder):
    load(wh, folder(jobs__csv=jobs("j1"), people__csv=people("P1")))
    with pytest.raises(
        InputError, match=r"None of the 6 candidate ids of stages\.csv are in the warehouse: .* 0 and P1"
    ):
        load(wh, folder(stages__csv=stages(*[(n, "j1") for n in range(6)])))


def test_stages_of_postings_that_nobody_brought(wh, folder):
    rows = "posting_id,candidate_id,stage,occurred_at\n" + "".join(f"{n},c1,hired,2024-01-02\n" for n in range(6))
    with pytest.raises(
        InputError, match=r"interactions\.csv names 6 postings, but there are no postings yet\. Load their"
    ):
        load(wh, folder(people__csv=people("c1"), interactions__csv=rows))


def test_a_few_unknown_ids_may_be_chance(wh, folder):
    report = load(
        wh, folder(jobs__csv=jobs("j1"), people__csv=people("c1"), stages__csv=stages(("x", "j1"), ("y", "j1")))
    )
    assert {one.table: one.rejected for one in report.tables} == {"postings": 0, "candidates": 0, "interactions": 2}


def test_one_row_that_tells_a_stage_twice_is_no_repetition(wh, folder):
    wide = "Candidate ID,Job ID,Applied Date,Stage,Stage Date\n"
    wide += "c1,j1,2024-01-02,Applied,2024-01-02\nc1,j1,2024-01-02,Hired,2024-02-03\n"
    report = load(wh, folder(jobs__csv=jobs("j1"), people__csv=people("c1"), stages__csv=wide))
    [found] = [one for one in report.tables if one.table == "interactions"]
    assert (found.new, count(wh, "interactions")) == (2, 2)
    assert found.rows_read == found.new + found.changed + found.unchanged + found.rejected
