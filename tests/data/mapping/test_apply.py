"""From sheets to rows of the tables: names put together, wide tables of days, one row for each application."""

import pytest

from jobrec_ui.data.mapping.apply import apply
from jobrec_ui.data.mapping.propose import propose_sheet
from jobrec_ui.data.mapping.record import DataMapping, SheetMapping
from tests.data.mapping.test_propose import sheet_of


def tables(sheet, uses=None, holds=(), stages=None):
    """By table: the rows as dictionaries without what is empty, and the lines they stand on."""
    mapping = propose_sheet(sheet).mapping
    if uses is not None:
        mapping = SheetMapping(sheet.file, "", holds, {name: tuple(use.split("+")) for name, use in uses.items()})
    made = {}
    for raw in apply(sheet, DataMapping((mapping,), stages or {}), mapping):
        columns = {name: cells.to_pylist() for name, cells in raw.columns.items()}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        made[raw.table.name] = [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
        made[f"{raw.table.name} raw"] = raw
    return made


def stages_of(made):
    return sorted((row["candidate_id"], row["stage"], str(row["occurred_at"])) for row in made["interactions"])


def test_first_and_last_name_become_a_name_in_this_order():
    people = sheet_of(
        "people.csv", ID=["1", "2", "3"], Surname=["Weiß", " ", "O’Brien"], First__Name=["Zoë", "Ann", None]
    )
    assert [row["name"] for row in tables(people)["candidates"]] == ["Zoë Weiß", "Ann", "O’Brien"]


def test_a_wide_table_of_days():
    sheet = sheet_of(
        "funnel.csv",
        applicant_id=["c1", "c2"], job_id=["j1", "j1"], applied_date=["2024-01-02", "2024-01-03"],
        interview_date=["2024-01-09", ""], hire_date=["2024-02-01", None], rejected_date=[None, "2024-01-05"],
    )  # fmt: skip
    made = tables(sheet)
    assert stages_of(made) == [
        ("c1", "applied", "2024-01-02"),
        ("c1", "hired", "2024-02-01"),
        ("c1", "interviewed", "2024-01-09"),
        ("c2", "applied", "2024-01-03"),
        ("c2", "rejected", "2024-01-05"),
    ]
    raw = made["interactions raw"]
    assert raw.rows_read == 5
    assert sorted(raw.lines.tolist()) == [2, 2, 2, 3, 3]


def test_days_of_stages_beside_the_current_stage():
    sheet = sheet_of("x.csv", Candidate__ID=["c1", "c2"], Job__ID=["j", "j"], State=["Interview", "Applied"])
    for name, cells in {"Applied": ["2024-01-02", "2024-01-03"], "Offered": [None, None]}.items():
        sheet.columns[name] = sheet_of("y", cells=cells).columns["cells"]
    uses = {"Candidate ID": "candidate_id", "Job ID": "posting_id", "State": "stage"}
    made = tables(sheet, {**uses, "Applied": "day applied", "Offered": "day offered"}, ("interactions",))
    assert stages_of(made) == [
        ("c1", "applied", "2024-01-02"),
        ("c1", "interviewed", "2024-01-02"),
        ("c2", "applied", "2024-01-03"),
    ]
    assert any("got the day of the furthest stage that has one" in note for note in made["interactions raw"].notes)


def test_one_row_for_each_application_gives_all_three_tables():
    sheet = sheet_of(
        "export.csv",
        Candidate__ID=["c1", "c2", "c1", ""], Name=["Ann", "Bob", " ", "Nobody"],
        Email=["a@x.de", "b@x.de", "new@x.de", None],
        Job__ID=["j1", "j1", "j2", "j2"], Job__Title=["Cook", "Cook", "Nurse", "Nurse"],
        Stage=["Applied", "Hired", "Rejected", "Applied"], Stage__Date=["2024-01-02"] * 4,
    )  # fmt: skip
    made = tables(sheet)
    assert made["candidates"] == [
        {"candidate_id": "c1", "name": "Ann", "email": "new@x.de"},  # of each column the last that is filled
        {"candidate_id": "c2", "name": "Bob", "email": "b@x.de"},
    ]
    assert made["candidates raw"].lines.tolist() == [2, 3]
    assert made["postings"] == [{"posting_id": "j1", "title": "Cook"}, {"posting_id": "j2", "title": "Nurse"}]
    assert len(made["interactions"]) == 4  # the one without a person is there, to be rejected with a reason


STAGES = {"ids": ["c1", "c2", "c3", "c4"], "words": ["Telefoninterview", "Blue", "xyz", " hired "]}


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ({}, ["shortlisted", "Blue", "xyz", "hired"]),
        ({"blue": "offered"}, ["shortlisted", "offered", "xyz", "hired"]),
        ({"XYZ": "", "hired": "viewed", "Telefoninterview": "interviewed"}, ["interviewed", "Blue", "viewed"]),
    ],
)
def test_what_words_for_stages_mean(decided, expected):
    sheet = sheet_of("stages.csv", Person=STAGES["ids"], Job=["j"] * 4, Stage=STAGES["words"], Date=["2024-01-02"] * 4)
    uses = {"Person": "candidate_id", "Job": "posting_id", "Stage": "stage", "Date": "occurred_at"}
    made = tables(sheet, uses, ("interactions",), decided)
    raw = made["interactions raw"]
    assert [row["stage"] for row in made["interactions"]] == expected
    assert raw.left_out == 4 - len(expected)
    assert len(raw.lines) + raw.left_out == 4
    if raw.left_out:
        assert "left out, as the mapping says: 1 rows with xyz" in raw.notes


def test_several_columns_of_one_list_and_of_one_text():
    sheet = sheet_of("x.csv", id=["1"], a=["Python, SQL"], b=["Go"], t=["Cook"], d=["First."], e=["Then."])
    uses = {"id": "posting_id", "a": "postings.skills", "b": "postings.skills", "t": "postings.title"}
    [row] = tables(sheet, {**uses, "d": "postings.description", "e": "postings.description"}, ("postings",))["postings"]
    assert row["skills"].replace("\n", "; ") == "Python; SQL; Go"
    assert row["description"] == "First.\n\nThen."


def test_a_place_is_taken_apart():
    sheet = sheet_of("jobs.csv", id=["1", "2"], title=["a", "b"], Location=["Austin, TX, USA", "Remote"])
    assert tables(sheet)["postings"] == [
        {"posting_id": "1", "title": "a", "city": "Austin", "region": "TX", "country": "USA"},
        {"posting_id": "2", "title": "b"},
    ]


def test_declared_attributes_leave_the_people():
    sheet = sheet_of("people.csv", id=["1", "2"], name=["Ann", "Bob"], Gender=["f", " "], Religion=[None, "Sikh"])
    made = tables(sheet)
    assert made["candidates"] == [{"candidate_id": "1", "name": "Ann"}, {"candidate_id": "2", "name": "Bob"}]
    assert made["demographics"] == [
        {"candidate_id": "1", "attribute": "gender", "value": "f"},
        {"candidate_id": "2", "attribute": "religion", "value": "Sikh"},
    ]
