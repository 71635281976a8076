"""Reading and checking whole columns."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from jobrec_ui.data.tables import CANDIDATES, INTERACTIONS, POSTINGS
from jobrec_ui.data.values.columns import check_column, shorten


def check(table, name, cells):
    chunked = cells if isinstance(cells, pa.ChunkedArray) else pa.chunked_array([pa.array(cells, pa.string())])
    checked = check_column(table.by_name[name], chunked, np.arange(2, 2 + len(chunked)))
    assert checked.values.type == table.by_name[name].arrow_type
    return checked.values.to_pylist(), checked.faults.to_pylist(), checked.notes


def test_ids():
    values, faults, _ = check(CANDIDATES, "candidate_id", [" 7 ", "", "é" * 32, "é" * 32 + "x", "a\nb", "a\x00", "  "])
    assert values[0] == "7"
    assert faults == [
        None,
        "is blank",
        None,
        "the id is too long: at most 64 bytes",
        "the id holds a control character",
        "the id holds a control character",
        "is blank",
    ]


def test_text_is_trimmed_shortened_and_cleaned_with_a_remark():
    values, faults, notes = check(CANDIDATES, "name", ["  Ann ", "", "김" * 100, "a\x00b", "\x00", "NULL", "مريم 🚀"])
    assert values == ["Ann", None, "김" * 85, "ab", None, "NULL", "مريم 🚀"]
    assert faults == [None] * 7
    assert notes == [
        "NUL bytes removed from name in 2 rows (lines 5, 6)",
        "shortened to 256 bytes: name in 1 row (line 4)",
    ]


def test_a_title_is_required():
    assert check(POSTINGS, "title", ["Cook", " ", "\x00"])[1] == [None, "is blank", "is blank"]


def test_shortening_cuts_no_character():
    assert shorten("a" * 10, 4) == "aaaa"
    assert shorten("é" * 10, 5) == "éé"
    assert shorten("👩" * 3, 7) == "👩"
    assert shorten("ab cd", 3) == "ab"


def test_stages():
    values, faults, _ = check(INTERACTIONS, "stage", ["Hired", " applied ", "shortlist", "xyz", ""])
    assert values[:2] == ["hired", "applied"]
    known = "viewed, applied, shortlisted, interviewed, offered, hired, rejected, withdrawn"
    assert faults[2:] == [
        f"unknown stage; the known ones are {known}; did you mean shortlisted?",
        f"unknown stage; the known ones are {known}",
        "is blank",
    ]


def test_booleans():
    values, faults, _ = check(CANDIDATES, "remote", ["TRUE", "no", "1", "0", "y", "", "N/A", "sometimes"])
    assert values == [True, False, True, False, True, None, None, None]
    assert faults == [None] * 7 + ["neither true nor false: write true or false"]


def test_the_place_of_work():
    values, faults, notes = check(
        POSTINGS, "remote", ["Hybrid", "Remote", "On-site", "vor Ort", "télétravail", "hybrid"]
    )
    assert values == [False, True, False, False, True, False]
    assert faults == [None] * 6
    assert notes == ["remote: 'Hybrid' is read as partly remote, so not from anywhere (2 cells)"]


def test_numbers_in_one_column_agree_on_their_decimal_mark():
    assert check(POSTINGS, "salary_min", ["1.500", "2,5", " 900 ", "n/a"])[0] == [1500, 2.5, 900, None]
    assert check(POSTINGS, "salary_min", ["1.500", "2.5"])[0] == [1.5, 2.5]
    assert check(POSTINGS, "salary_min", ["1,500", "1,234.50"])[0] == [1500, 1234.5]
    assert check(CANDIDATES, "latitude", ["45,123", "-3.5"])[0][1] == -3.5
    values, faults, _ = check(POSTINGS, "salary_min", ["1.500", "2,5", "2.5", "1.000"])
    assert values == [None, 2.5, 2.5, None]
    assert faults[0].startswith("ambiguous")


def test_ranges():
    assert check(CANDIDATES, "latitude", ["90", "-90.5", "inf", "1e400"])[1] == [
        None,
        "out of range: must be between -90 and 90",
        "not a number",
        "not a finite number",
    ]
    assert check(CANDIDATES, "longitude", ["180", "181"])[1] == [None, "out of range: must be between -180 and 180"]
    assert check(POSTINGS, "salary_max", ["0", "-1"])[1] == [None, "is less than 0"]
    assert check(CANDIDATES, "years_experience", ["4,5", "400", "many"])[1] == [
        None,
        "out of range: must be between 0 and 100",
        "not a number",
    ]


def test_dates():
    cells = ["2024-02-29", "2024-02-30", "29.2.2024", "13/02/2024", "01/02/2024", "2024-05-31T23:00:00-08:00", "null"]
    values, faults, _ = check(POSTINGS, "opened_at", cells)
    leap = date(2024, 2, 29)
    assert values == [leap, None, leap, date(2024, 2, 13), date(2024, 2, 1), date(2024, 5, 31), None]
    assert faults == [None, "there is no such date or time", *[None] * 5]


def test_timestamps():
    cells = ["2024-02-28", "2024-02-28T10:11:12Z", "2024-02-28 10:11:12.5", "2024-02-28T10:11+01:00", "1850-01-01"]
    values, faults, _ = check(INTERACTIONS, "occurred_at", cells)
    day = datetime(2024, 2, 28)
    assert values[:4] == [
        day,
        day.replace(hour=10, minute=11, second=12),
        day.replace(hour=10, minute=11, second=12, microsecond=500_000),
        day.replace(hour=9, minute=11),
    ]
    assert faults == [None] * 4 + ["the year is before 1900"]


def test_a_stage_cannot_have_been_reached_in_the_future():
    now = datetime.now(UTC).replace(tzinfo=None)
    cells = [(now + timedelta(hours=12)).isoformat(), (now + timedelta(days=2)).isoformat(), "2201-01-01"]
    assert check(INTERACTIONS, "occurred_at", cells)[1] == [None, "lies in the future", "lies in the future"]
    assert check(POSTINGS, "closed_at", ["9999-12-31"])[0] == [date(9999, 12, 31)]


@pytest.mark.parametrize("name", ["candidate_id", "name", "remote", "latitude", "available_from", "updated_at"])
def test_columns_without_rows_or_values(name):
    assert check(CANDIDATES, name, [])[:2] == ([], [])
    assert check(CANDIDATES, name, pa.chunked_array([], pa.string()))[0] == []
    assert check(CANDIDATES, name, ["", None])[0] == [None, None]


def test_chunks_do_not_matter():
    cells = ["1.500", "2,5", "x", "", "7"]
    chunked = pa.chunked_array([pa.array(cells[:2]), pa.array([], pa.string()), pa.array(cells[2:])])
    assert check(POSTINGS, "salary_min", chunked) == check(POSTINGS, "salary_min", cells)


def test_text_is_composed():
    decomposed = "Zoe\u0308 Gu\u0308nther"
    assert check(CANDIDATES, "name", [decomposed])[0] == ["Zoë Günther"]
    assert check(CANDIDATES, "candidate_id", ["u\u0308"])[0] == ["ü"]
    assert check(CANDIDATES, "skills", ["Se\u0301curite\u0301; b"])[0] == ["Sécurité; b"]


def test_spreadsheet_days_and_epochs_are_read_where_the_whole_column_is_written_so():
    days = check(POSTINGS, "opened_at", ["45292", "45293.5", None])
    assert days[0] == [date(2024, 1, 1), date(2024, 1, 2), None]
    assert days[2] == ["opened_at: read as the numbers that a spreadsheet gives to days"]
    moment = datetime(2024, 1, 1, 12)
    for cells in (["1704110400", "1704110400.0"], ["1704110400000"], ["1704110400000000"]):
        values, faults, notes = check(INTERACTIONS, "occurred_at", cells)
        assert set(values) == {moment}
        assert notes == ["occurred_at: read as seconds since 1970"]
    values, faults, _ = check(POSTINGS, "opened_at", ["45292", "2024-05-03", "7"])
    assert values == [None, date(2024, 5, 3), None]
    assert faults[0].startswith("not a date")


def test_ranges_give_each_bound_its_own_column():
    cells = pa.chunked_array([pa.array(["$70,000 - $90,000 a year", "85k", "Not disclosed", "up to 60k", "odd"])])
    lines = np.arange(2, 7)
    low = check_column(POSTINGS.by_name["salary_min"], cells, lines, "lowest")
    high = check_column(POSTINGS.by_name["salary_max"], cells, lines, "highest")
    assert low.values.to_pylist() == [70_000, 85_000, None, None, None]
    assert high.values.to_pylist() == [90_000, 85_000, None, 60_000, None]
    assert low.faults.to_pylist() == [None] * 4 + ["not a number"]
    assert "salary_min: unknown where it says 'Not disclosed' or the like (1 cell)" in low.notes
    assert "salary_min: '$70,000 - $90,000 a year' is read as 70,000 to 90,000" in low.notes
    assert high.notes == []


def test_pay_by_the_hour_beside_pay_by_the_year():
    values, _, notes = check(POSTINGS, "salary_min", ["$20 an hour", "$41,600 a year", "$3,000 a month"])
    assert values == [41_600, 41_600, 36_000]
    assert "salary_min: what is said by the hour or the month is turned into a year's" in notes
    assert check(POSTINGS, "salary_min", ["$20 an hour", "$25/hr"])[0] == [20, 25]


def test_years_in_words():
    values, faults, _ = check(CANDIDATES, "years_experience", ["2 - 5 yrs", "5+", "18 months", "n/a", "a lot"])
    assert values == [2, 5, 1.5, None, None]
    assert faults == [None, None, None, None, "not a number"]


def test_how_lists_were_read_is_said_with_an_example():
    values, _, notes = check(CANDIDATES, "skills", ["CI/CD, Python", "SQL", "Excel, Sage"])
    assert values == ["CI/CD; Python", "SQL", "Excel; Sage"]
    assert notes == ["skills: read as lists with commas, such as 'CI/CD, Python': CI/CD · Python"]


def test_where_a_contract_type_says_where_the_work_is_done():
    cells = pa.chunked_array([pa.array(["Full-time", "Remote", "Contract", "Hybrid", None])])
    found = check_column(POSTINGS.by_name["remote"], cells, np.arange(5), "where said")
    assert found.values.to_pylist() == [None, True, None, False, None]
    assert not found.wrong.any()


@pytest.mark.parametrize(
    "word",
    ["Not disclosed", "keine Angabe", "non renseigné", "no especificado", "não informado", "nvt", "brak danych", "-"],
)
def test_words_for_unknown(word):
    for table, name in ((POSTINGS, "salary_min"), (POSTINGS, "city"), (POSTINGS, "opened_at"), (CANDIDATES, "remote")):
        assert check(table, name, [word.upper(), word])[:2] == ([None, None], [None, None])
    assert check(CANDIDATES, "name", [word])[0] == [word]  # a name may be any word


def test_ids_that_all_end_in_a_point_and_a_nought():
    assert check(CANDIDATES, "candidate_id", ["17.0", "18.0"])[0] == ["17", "18"]
    assert check(CANDIDATES, "candidate_id", ["17.0", "18"])[0] == ["17.0", "18"]
