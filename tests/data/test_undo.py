"""Taking back the last load: what it replaced comes back exactly, what it added goes."""

import pytest
import sqlalchemy as sa

from jobrec_ui.data import undo
from jobrec_ui.data.load import load, load_plan
from jobrec_ui.data.plan import make_plan
from jobrec_ui.data.reading import find_files
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError

pytestmark = pytest.mark.over_the_wire

FIRST = {
    "postings": "posting_id,title,salary_min\np1,Cook,1000\np2,Nurse,\n",
    "candidates": "candidate_id,name,skills\nc1,Ann,cooking; baking\nc2,محمد,\n",
    "interactions": "posting_id,candidate_id,stage,occurred_at,reason\n"
    "p1,c1,applied,2024-01-02,\np1,c1,hired,2024-02-03,ok\n",
    "demographics": "candidate_id,attribute,value\nc1,gender,woman\n",
}
SECOND = {
    "postings": "posting_id,title\np1,Chef\np3,Driver\n",
    "candidates": "candidate_id,name,skills\nc1,Ann,cooking; baking\nc2,Bob,care\nc3,Cid,\n",
    "interactions": "posting_id,candidate_id,stage,occurred_at,reason\n"
    "p1,c1,hired,2024-02-03,better\np3,c3,applied,2024-03-04,\n",
    "demographics": "candidate_id,attribute,value\nc1,gender,man\nc1,age,40\n",
}


def state(wh):
    with wh.engine.connect() as connection:
        return {
            table: sorted(tuple(row) for row in connection.execute(sa.text(f"SELECT * FROM hiring.{table}")))
            for table in FIRST
        }


def test_before_any_load_there_is_nothing_to_take_back(wh):
    assert undo.last_load(wh) is None


def test_additions_and_replacements_come_back_exactly(wh, files):
    load(wh, files(**FIRST))
    before, version = state(wh), data_version(wh)
    load(wh, files(**SECOND))
    assert state(wh) != before
    last = undo.last_load(wh)
    assert last == undo.LastLoad(
        2,
        {"candidates": 1, "demographics": 1, "interactions": 1, "postings": 1},
        {"candidates": 1, "demographics": 1, "interactions": 1, "postings": 1},
    )
    made = undo.take_back(wh, 2)
    assert state(wh) == before
    assert (made.version, made.as_of, made.candidates) == (3, version.as_of, version.candidates)
    assert data_version(wh) == made
    assert undo.last_load(wh) is None
    with pytest.raises(InputError, match="data version 2 cannot be taken back any more"):
        undo.take_back(wh, 2)
    assert state(wh) == before


@pytest.mark.embedded_only
def test_a_first_load_leaves_nothing(wh, files):
    load(wh, files(**FIRST))
    assert undo.take_back(wh, 1).as_of is None
    assert state(wh) == {table: [] for table in FIRST}
    load(wh, files(**FIRST))  # and the same can be loaded again
    assert [len(rows) for rows in state(wh).values()] == [2, 2, 2, 1]


@pytest.mark.embedded_only
def test_only_the_last_load_can_be_taken_back(wh, files):
    load(wh, files(**FIRST))
    load(wh, files(**SECOND))
    after = state(wh)
    with pytest.raises(InputError, match="data version 1 cannot be taken back any more: the data was changed after it"):
        undo.take_back(wh, 1)
    assert state(wh) == after
    assert undo.last_load(wh).version == 2
    load(wh, files(postings="posting_id,title\np9,Welder\n"))
    assert undo.last_load(wh) == undo.LastLoad(
        3,
        {"candidates": 0, "demographics": 0, "interactions": 0, "postings": 1},
        {"candidates": 0, "demographics": 0, "interactions": 0, "postings": 0},
    )
    undo.take_back(wh, 3)
    assert state(wh) == after


@pytest.mark.embedded_only
def test_a_load_of_nothing_new_takes_nothing_away(wh, files):
    load(wh, files(**FIRST))
    before = state(wh)
    load(wh, files(**FIRST))
    undo.take_back(wh, 2)
    assert state(wh) == before


@pytest.mark.embedded_only
def test_a_preview_leaves_nothing(wh, files):
    load(wh, files(**FIRST))
    before, last = state(wh), undo.last_load(wh)
    reasons = files(**SECOND, extra="wind\n1\n").parent / "reasons.csv"
    with find_files([files(**{**SECOND, "postings": SECOND["postings"] + "p4,\n"})]) as found:
        report = load_plan(wh, make_plan(found), reasons_file=reasons, preview=True)
    assert {one.table: (one.new, one.changed, one.unchanged, one.rejected) for one in report.tables} == {
        "postings": (1, 1, 0, 1),
        "candidates": (1, 1, 1, 0),
        "interactions": (1, 1, 0, 0),
        "demographics": (1, 1, 0, 0),
    }
    assert "is blank" in reasons.read_text(encoding="utf-8-sig")
    assert state(wh) == before
    assert (data_version(wh).version, undo.last_load(wh)) == (1, last)
    undo.take_back(wh, 1)  # the load before the preview can still be taken back
    assert state(wh) == {table: [] for table in FIRST}
