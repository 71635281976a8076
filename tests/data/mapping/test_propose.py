"""What columns are taken for: over the exports of many applicant systems, in eight languages, by names and values."""

from itertools import groupby

import numpy as np
import pyarrow as pa
import pytest

from jobrec_ui.data.mapping.propose import propose, propose_sheet
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.rejections import Rejections
from tests.data.mapping.foreign import FOREIGN


def sheet_of(file, **columns):
    rows = len(next(iter(columns.values())))
    made = {
        name.replace("__", " "): pa.chunked_array([pa.array(cells, pa.string())]) for name, cells in columns.items()
    }
    return Sheet(file, "", made, np.arange(2, 2 + rows), Rejections(file), rows)


@pytest.mark.parametrize("foreign", FOREIGN, ids=lambda one: f"{one.system}, {one.file}")
def test_a_foreign_sheet(foreign):
    found = propose_sheet(foreign.sheet())
    assert set(foreign.holds) <= set(found.mapping.holds)
    wrong = {
        name: (use, found.mapping.columns[name])
        for name, use in foreign.matters.items()
        if use not in found.mapping.columns[name]
    }
    # A column of pay stands beside another one of pay: either may be meant.
    wrong.pop("salary", None) if "payRate" in found.mapping.columns else None
    assert wrong == {}
    assert found.mapping.missing() == []


@pytest.mark.parametrize("system", ["Greenhouse", "Lever", "Workday", "Teamtailor", "Spanish", "Portuguese", "Polish"])
def test_the_sheets_of_one_system_together(system):
    sheets = [one.sheet() for one in FOREIGN if one.system == system]
    proposals = propose(sheets)
    assert [one.doubt for one in proposals] == [""] * len(proposals)
    held = [table for one in proposals for table in one.mapping.holds]
    assert len(held) == len(set(held)), "a table is made from two sheets"


def test_what_others_bring_a_sheet_of_applications_need_not():
    [(_, sheets)] = [
        (key, list(found)) for key, found in groupby(FOREIGN, key=lambda one: one.system) if key == "Personio"
    ]
    applications, jobs = propose([one.sheet() for one in sheets])
    assert applications.mapping.holds == ("interactions", "candidates")
    assert jobs.mapping.holds == ("postings",)
    assert applications.mapping.columns["Stelle"] == ()
    alone = propose_sheet(sheets[0].sheet())
    assert alone.mapping.holds == ("interactions", "postings", "candidates")
    [beside_loaded] = propose([sheets[0].sheet()], loaded={"postings", "candidates"})
    assert beside_loaded.mapping.holds == ("interactions",)


def test_of_two_columns_of_ids_the_one_that_joins():
    jobs = sheet_of("jobs.csv", Job__ID=["1", "2", "3"], Requisition__ID=["R1", "R2", "R3"], Title=["a", "b", "c"])
    rows = {"Candidate ID": ["x", "y", "z"], "Stage": ["Applied"] * 3, "Date": ["2024-01-02"] * 3}
    for column, values, expected in (
        ("Job ID", ["1", "3", "3"], "Job ID"),
        ("Job", ["R1", "R1", "R3"], "Requisition ID"),
        ("Requisition", ["R2", "R9", "R3"], "Requisition ID"),
    ):
        stages = sheet_of("applications.csv", **{column: values, **rows})
        found, other = propose([jobs, stages])
        assert [name for name, use in found.mapping.columns.items() if "posting_id" in use] == [expected]
        assert "posting_id" in other.mapping.columns[column]
        assert found.doubt == ""


def test_an_id_of_nobody_named_is_whose_it_joins():
    jobs = sheet_of("vagas.json", id=["50", "51"], titulo=["Cook", "Nurse"])
    rows = {"prospects codigo": ["c1", "c2"], "prospects fase": ["Entrevista", "Contratado"]}
    steps = sheet_of(
        "prospects.json", id=["50", "51"], titulo=["Cook", "Nurse"], **rows, **{"prospects data": ["2024-01-02"] * 2}
    )
    columns = propose([jobs, steps])[1].mapping.columns
    assert columns["id"] == ("posting_id",)
    assert columns["prospects codigo"] == ("candidate_id",)
    assert columns["titulo"] == ()


def test_ids_that_join_nowhere_are_left_to_whoever_decides():
    jobs = sheet_of("jobs.csv", Job__ID=["1", "2"], Requisition__ID=["R1", "R2"], Title=["a", "b"])
    stages = sheet_of(
        "stages.csv", Job__ID=["x", "y"], Candidate__ID=["1", "2"], Stage=["Hired"] * 2, Date=["2024-01-02"] * 2
    )
    assert propose([jobs, stages])[0].doubt.startswith("it has two columns for the posting id")


def test_people_with_a_title_are_no_applications():
    people = sheet_of(
        "export.csv",
        Name=["Ann B", "Bob C"],
        Email=["a@x.de", "b@x.de"],
        Title=["Cook", "Nurse"],
        Created__At=["2024-01-02"] * 2,
    )
    assert propose_sheet(people).mapping.holds == ("candidates",)
    with_stage = sheet_of(
        "export.csv",
        Name=["Ann B", "Bob C"],
        Job=["Cook", "Nurse"],
        Stage=["Applied", "Hired"],
        Date=["2024-01-02"] * 2,
    )
    assert propose_sheet(with_stage).mapping.holds == ("interactions", "postings", "candidates")


@pytest.mark.parametrize(
    ("columns", "uses"),
    [
        ({"Name": ["Weiß"] * 3, "Vorname": ["Zoë"] * 3}, ["candidates.last_name", "candidates.first_name"]),
        ({"Cognome": ["Rossi"] * 3, "Nome": ["Eva"] * 3}, ["candidates.last_name", "candidates.first_name"]),
        ({"Nom": ["Dupont"] * 3, "Prénom": ["Lea"] * 3}, ["candidates.last_name", "candidates.first_name"]),
        ({"Full Name": ["Ann Lee"] * 3, "First Name": ["Ann"] * 3}, ["candidates.name", ""]),
    ],
)
def test_first_and_last_names(columns, uses):
    found = propose_sheet(sheet_of("Kandidaten.csv", ID=["1", "2", "3"], **columns)).mapping.columns
    assert [" ".join(found[name]) for name in columns] == uses


def test_names_are_no_ids():
    rows = {
        "Candidato": ["José García", "Ana Silva"],
        "Correo": ["j@x.es", "a@x.es"],
        "Oferta": ["Cocinero", "Cocinero"],
    }
    made = sheet_of("Listado.csv", **rows, Estado=["Inscrito", "Entrevista"], Fecha=["2024-01-02"] * 2)
    columns = propose_sheet(made).mapping.columns
    assert columns["Candidato"] == ("candidates.name",)
    assert columns["Correo"] == ("candidate_id", "candidates.email")


def test_a_text_is_a_title_where_it_is_short_and_there_is_no_other():
    short = sheet_of("jobs.csv", id=["1", "2"], text=["Cook", "Nurse"])
    assert propose_sheet(short).mapping.columns["text"] == ("postings.title",)
    both = sheet_of("jobs.csv", id=["1", "2"], text=["Cooks", "Cares"], title=["Cook", "Nurse"])
    assert propose_sheet(both).mapping.columns["text"] == ("postings.description",)


def test_values_that_do_not_look_so_outweigh_a_name():
    found = propose_sheet(
        sheet_of(
            "candidates.csv", id=["1", "2"], email=["no mail", "none"], phone=["see cv", "call me"], salary=["x", "y"]
        )
    )
    assert found.mapping.columns["salary"] == ()
    state = sheet_of(
        "annunci.csv", Codice=["1", "2", "3"], Titolo=["a", "b", "c"], Stato=["chiuso", "aperto", "chiuso"]
    )
    assert propose_sheet(state).mapping.columns["Stato"] == ("postings.status",)


def test_nothing_is_said_about_what_is_nothing():
    weather = propose_sheet(sheet_of("weather.csv", Humidity=["1", "2"], Wind=["3", "4"]))
    assert (weather.mapping.holds, weather.why) == ((), "nothing that the app knows")
    almost = propose_sheet(sheet_of("x.csv", Candidate__ID=["1", "2"], Job__ID=["3", "3"], Stage=["Applied", "Hired"]))
    assert almost.mapping.holds == ()
    assert almost.why == "it may hold stages that people reached on postings, but lacks a day or time"


def test_people_without_an_id_are_told_apart_by_their_mail_addresses():
    rows = {"Mail": [f"p{n}@x.de" for n in range(9)], "Name": ["Ann B", "Bob C", "Cid D"] * 3}
    people = propose_sheet(sheet_of("list.csv", **rows))
    assert people.mapping.columns == {"Mail": ("candidate_id", "candidates.email"), "Name": ("candidates.name",)}
    assert "there is no id, so they are told apart by email" in [fit.why for fit in people.fits]
    # Where addresses repeat they tell nobody apart.
    assert propose_sheet(sheet_of("list.csv", **{**rows, "Mail": ["office@x.de"] * 9})).mapping.holds == ()


def test_a_misspelt_name_is_understood():
    found = propose_sheet(
        sheet_of(
            "x.csv",
            **{
                "Job Refrence": ["7", "7"],
                "Person": ["1", "2"],
                "Stage": ["Applied", "Hired"],
                "Date": ["2024-01-02"] * 2,
            },
        )
    )
    assert found.mapping.columns["Job Refrence"] == ("posting_id",)
    assert found.mapping.columns["Person"] == ("candidate_id",)
