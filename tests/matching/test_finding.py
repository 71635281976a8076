"""Who and what is found by what a keyboard types: names of any spelling, phone numbers, addresses, words mistyped."""

import datetime as dt

import pyarrow as pa
import pytest

from jobrec_ui import matching, models
from jobrec_ui.data.load import load_tables
from jobrec_ui.matching import typed
from jobrec_ui.warehouse import Warehouse

DAY = dt.timedelta(days=1)
TODAY = dt.date.today()
PEOPLE = [
    ("obrien", "Mary O’Brien", "mary.ob@example.org", "+44 (0)20 7946 0123", "Accountant", "L’Aquila"),
    ("sahin", "Işık Şahin", None, "0151 234 567 89", "Şef · Büyük mutfak", "İzmir"),
    ("grun", "Zoë Grün", "z.g@example.org", "+49 151 998-877", "Fachkraft für Lagerlogistik", "Köln"),
    ("nguyen", "Nguyễn Thị Ánh", None, None, "Kỹ sư phần mềm", "Hà Nội"),
    ("weiss", "Jörg Weiß-Müller", None, "030/1234567", "Straßenbauer", "Düsseldorf"),
    ("mueller", "Ute Mueller", None, None, "Truck driver", "Muenchen"),
    ("lubomir", "Ľubomír Dvořák", None, None, "Vodič", "Košice"),
    ("johnson", "Pat Johnson", "johnson@example.org", None, "Warehouse manager", "Leeds"),
    ("bond", "James Bond", "bond@mi6.example", None, "C++ developer", "London"),
    ("nfd", "Ame\u0301lie Poulain", None, None, "Serveuse", "Orle\u0301ans"),
    ("REQ-0007", "Sven Åkerström", None, None, "Snickare", "Malmö"),
    ("ivan", "Иван Толстой", None, None, "Повар", "Йошкар-Ола"),
]
# Of the last the id is looked for; those of the others tell nothing.
IDS = {label: label if label.startswith("REQ") else f"{number:03}" for number, (label, *_) in enumerate(PEOPLE, 501)}
LABELS = {candidate_id: label for label, candidate_id in IDS.items()}
POSTINGS = [
    ("P-100", "Truck driver", "Brien & Söhne", None, None),
    ("P-200", "Fachkraft für Lagerlogistik (m/w/d)", None, "besetzt", None),
    ("P-300", "Chef d’équipe", "Café Zoë", "On-hold", TODAY + 30 * DAY),
    ("P-400", "Head of accountancy", None, None, TODAY - 3 * DAY),
]


@pytest.fixture(scope="module")
def named(reach, tmp_path_factory):
    """People and postings with names that no keyboard has all letters for."""
    warehouse = Warehouse(reach(tmp_path_factory.mktemp("named") / "warehouse.duckdb"))
    columns = ("candidate_id", "name", "email", "phone", "headline", "city")
    people = [dict(zip(columns, (IDS[label], *one), strict=True)) for label, *one in PEOPLE]
    columns = ("posting_id", "title", "company", "status", "closed_at")
    postings = [dict(zip(columns, one, strict=True)) for one in POSTINGS]
    load_tables(warehouse, {"postings": pa.Table.from_pylist(postings), "candidates": pa.Table.from_pylist(people)})
    models.refresh_features(warehouse)
    yield warehouse
    warehouse.close()


def people(wh, text, blind=False):
    return labels(matching.find_candidates(wh, text, blind=blind))


def labels(found):
    return [LABELS[candidate_id] for candidate_id in found["candidate_id"]] if len(found) else []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("obrien", ["obrien"]),
        ("O'Brien", ["obrien"]),
        ("O`BRIEN", ["obrien"]),
        ("LAquila", ["obrien"]),
        ("l’aquila", ["obrien"]),
        ("Isik Sahin", ["sahin"]),
        ("ISIK", ["sahin"]),
        ("izmir", ["sahin"]),
        ("İZMİR", ["sahin"]),
        ("buyuk", ["sahin"]),
        ("zoe grun", ["grun"]),
        ("zoe gruen", ["grun"]),
        ("koln", ["grun"]),
        ("koeln", ["grun"]),
        ("KÖLN", ["grun"]),
        ("nguyen thi anh", ["nguyen"]),
        ("ha noi", ["nguyen"]),
        ("weiss", ["weiss"]),
        ("weiß", ["weiss"]),
        ("joerg weiss mueller", ["weiss"]),
        ("weiss-muller", ["weiss"]),
        ("strassenbauer", ["weiss"]),
        ("müller", ["mueller", "weiss"]),
        ("mueller", ["mueller", "weiss"]),
        ("münchen", ["mueller"]),
        ("lubomir dvorak", ["lubomir"]),
        ("amelie", ["nfd"]),
        ("orléans", ["nfd"]),
        ("Ame\u0301lie", ["nfd"]),
        ("akerstrom", ["REQ-0007"]),
        ("req-0007", ["REQ-0007"]),
        ("REQ 0007", ["REQ-0007"]),
        ("Bond, James", ["bond"]),
        ("bond,james", ["bond"]),
        ("c++", ["bond"]),
        ("толстой", ["ivan"]),
        ("и\u0306ошкар", ["ivan"]),
        ("ошкар ола", ["ivan"]),
    ],
)
def test_people_by_what_is_typed(named, text, found):
    assert sorted(people(named, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mary.ob@example.org", ["obrien"]),
        ("mary.ob", ["obrien"]),
        ("bond@", ["bond"]),
        ("@mi6.example", ["bond"]),
        ("@example.org", ["grun", "johnson", "obrien"]),
        ("example", []),  # what all addresses have says nothing
        ("020 7946 0123", ["obrien"]),
        ("+44 20 79460123", ["obrien"]),
        ("0044 (0)20-7946-0123", ["obrien"]),
        ("442079460123", ["obrien"]),
        ("79460123", ["obrien"]),
        ("+90 151 23456789", ["sahin"]),
        ("0151/23456789", ["sahin"]),
        ("+49 30 1234567", ["weiss"]),
        ("151998877", ["grun"]),
        ("+49 151 998", ["grun"]),
        ("0151 998 879", []),
        ("123", []),  # too few to be a phone number
    ],
)
def test_people_by_address_and_phone(named, text, found):
    assert sorted(people(named, text)) == found


@pytest.mark.parametrize(
    "text", ["obrien", "bond", "@mi6.example", "mary.ob", "020 7946 0123", "442079460123", "accountant", "zoe"]
)
def test_nobody_is_found_by_who_they_are_in_a_blind_review(named, text):
    assert people(named, text)
    assert people(named, text, blind=True) == []
    assert matching.closest_candidates(named, text[1:], blind=True).empty


def test_a_blind_review_finds_by_place_and_number(named):
    assert people(named, "koeln", blind=True) == ["grun"]
    assert people(named, "REQ-0007", blind=True) == ["REQ-0007"]
    assert labels(matching.closest_candidates(named, "Londno", blind=True)) == ["bond"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jonhson", ["johnson"]),
        ("Jonson", ["johnson", "bond"]),  # London is two letters away
        ("pat jonhson", ["johnson"]),
        ("jonhson leeds", ["johnson"]),
        ("drivr", ["mueller"]),
        ("truk drivr", ["mueller"]),
        ("warehosue managr", ["johnson"]),
        ("Nguyem", ["nguyen"]),
        ("obrein", ["obrien"]),
        ("zeo grnu", []),  # too short to guess
        ("jonhson paris", []),
        ("qqqqqqq", []),
        ("", []),
    ],
)
def test_people_by_words_that_are_mistyped(named, text, found):
    assert not text or people(named, text) == []
    assert labels(matching.closest_candidates(named, text)) == found


def test_the_fewest_mistakes_come_first(named):
    assert matching.closest_postings(named, "acountancy")["posting_id"].tolist() == ["P-400"]
    assert labels(matching.closest_candidates(named, "acountent")) == ["obrien"]
    # One letter is wrong in the one, two in the other: London.
    assert labels(matching.closest_candidates(named, "jonson")) == ["johnson", "bond"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fur lager", ["P-200"]),
        ("fuer lager", ["P-200"]),
        ("chef dequipe", ["P-300"]),
        ("chef d'équipe", ["P-300"]),
        ("cafe zoe", ["P-300"]),
        ("sohne", ["P-100"]),
        ("soehne", ["P-100"]),
        ("p-300", ["P-300"]),
        ("driver, truck", ["P-100"]),
        ("drivr", []),
    ],
)
def test_postings_by_what_is_typed(named, text, found):
    assert matching.find_postings(named, text)["posting_id"].tolist() == found


def test_postings_by_words_that_are_mistyped(named):
    assert matching.closest_postings(named, "drivr")["posting_id"].tolist() == ["P-100"]
    assert matching.closest_postings(named, "lagerlogisitk")["posting_id"].tolist() == ["P-200"]
    assert matching.closest_postings(named, "lagerlogisitk", open_only=True).empty
    assert matching.closest_postings(named, "jonhson").empty  # people's names are not guessed for postings


def test_open_postings_come_first_and_closed_ones_say_since_when(named):
    found = matching.find_postings(named, "").set_index("posting_id")
    assert found.index[0] == "P-100"
    assert found["is_open"].to_dict() == {"P-100": True, "P-200": False, "P-300": False, "P-400": False}
    assert found["closed_since"].dropna().to_dict() == {"P-400": TODAY - 3 * DAY}
    assert found["status"].to_dict() == {"P-100": "open", "P-200": "besetzt", "P-300": "On-hold", "P-400": "closed"}
    assert matching.get_posting(named, "P-200")["is_open"] is False
    assert matching.get_posting(named, "P-400")["closed_since"] == TODAY - 3 * DAY


@pytest.mark.embedded_only
@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0151 2345678", "1512345678"),
        ("+49 (0)151-2345678", "491512345678"),
        ("00491512345678", "491512345678"),
        ("１５１２３４５６", "15123456"),
        ("12345", ""),
        ("call 0151 2345678", ""),
        ("2026-01-02", "20260102"),
        ("", ""),
    ],
)
def test_what_is_a_phone_number(text, digits):
    assert typed.phone(text) == digits


@pytest.mark.embedded_only
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zoë  Grün", [["zoe"], ["grun", "gruen"]]),
        ("Weiß-Müller, Jörg;", [["weiss"], ["muller", "mueller"], ["jorg", "joerg"]]),
        ("O'Brien", [["obrien"]]),
        ("--", [["--"]]),
        (" ", []),
        ("", []),
    ],
)
def test_the_words_of_what_is_typed(text, words):
    assert typed.words(text) == words
