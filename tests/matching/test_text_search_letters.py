"""The text search finds words by what a keyboard types, in profiles and notes, blind or not."""

import datetime as dt

import pyarrow as pa
import pytest

from jobrec_ui import models
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.load import load_tables
from jobrec_ui.desk import shortlists
from jobrec_ui.matching import filters
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.warehouse import Warehouse, setup, sqlfiles
from tests.warehouse_copies import ask

TEXTS = {
    "a": "O’Brien’s kitchen. Chef d’équipe, L’Hôtel; İstanbul, C++/C# and non‑stop work...",
    "b": "Köln; Düsseldorf! Straße.",
    "c": "Koeln and Duesseldorf",
    "d": "Cafe\u0301 Go\u0308tz, a\u00a0la\u3000carte",
    "e": "blut du Nguyễn Йошкар-Ола",
}
NOTE = "Spoke to Ľubomír: “d’accord”"
SEARCHES = [
    ("obrien", "a"),
    ("o'brien", "a"),
    ("obriens", "a"),
    ("O’BRIENS", "a"),
    ("brien", "a"),
    ("hotel", "a"),
    ("lhotel", "a"),
    ("equipe", "a"),
    ("dequipe", "a"),
    ('"chef d\'équipe"', "a"),
    ("istanbul", "a"),
    ("İSTANBUL", "a"),
    ('"non stop"', "a"),
    ("non-stop", "a"),
    ("work", "a"),
    ("c++", "a"),
    ("c#", "a"),
    ("c", ""),
    ("köln", "bc"),
    ("koeln", "bc"),
    ("koln", "b"),
    ("strasse", "b"),
    ("STRAẞE", "b"),
    ("duesseldorf", "bc"),
    ("düssel*", "bc"),
    ("dussel*", "b"),
    ("café", "d"),
    ("cafe", "d"),
    ("goetz", "d"),
    ("götz", "d"),
    ('"a la carte"', "d"),
    ("nguyen", "e"),
    ("йошкар", "e"),
    ("ЙОШКАР", "e"),
    ("иошкар", ""),
    ("blue", ""),  # no umlaut
    ("due", ""),
    ("NOT koeln", "ade"),
    ("koeln OR cafe", "bcd"),
    ("koeln -strasse", "c"),
    ("zzz*", ""),
]


@pytest.fixture(scope="module")
def told(reach, tmp_path_factory):
    warehouse = Warehouse(reach(tmp_path_factory.mktemp("texts") / "warehouse.duckdb"))
    setup.make_app_tables(warehouse)
    people = [{"candidate_id": name, "summary": text} for name, text in TEXTS.items()]
    load_tables(
        warehouse,
        {
            "postings": pa.Table.from_pylist([{"posting_id": "p", "title": "Cook"}]),
            "candidates": pa.Table.from_pylist(people),
            "interactions": pa.Table.from_pylist(
                [{"posting_id": "p", "candidate_id": "a", "stage": "applied", "occurred_at": dt.datetime(2026, 1, 2)}]
            ),
        },
    )
    models.refresh_features(warehouse)
    made = shortlists.create(warehouse, "ana", "Mine")
    shortlists.add(warehouse, "ana", made, ["c"])
    shortlists.add_note(warehouse, "ana", made, "c", NOTE)
    yield warehouse
    warehouse.close()


def passing(wh, text, viewer):
    """Who passes such a search."""
    asked = CandidateFilters(text=text)
    ctes = sqlfiles._with_parts("-- include each: eligible", filters.parts(asked, viewer))
    everybody = "SELECT f.candidate_id FROM features.candidate_facts AS f"
    sql = f"WITH {ctes} {everybody} JOIN eligible AS e ON f.candidate_key = e.candidate_key"
    return "".join(sorted(ask(wh, sql, **filters.params(asked, viewer))["candidate_id"]))


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_words_are_found_by_what_is_typed(told, text, found):
    assert passing(told, text, Viewer()) == found


@pytest.mark.parametrize(("text", "found"), [row for row in SEARCHES if "work" not in row[0]][::3])
def test_in_a_blind_review_as_well(told, text, found):
    assert passing(told, text, Viewer("bo", blind=True)) == found


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("text", ["lubomir", "daccord", "accord", "spoke koeln", '"to lubomir"'])
def test_in_the_notes_of_those_who_may_see_them(told, text, blind):
    assert passing(told, text, Viewer("ana", blind)) == "c"
    assert passing(told, text, Viewer("bo", blind)) == ""


def test_a_text_of_the_longest_size_is_searched_to_its_end(reach, tmp_path_factory):
    warehouse = Warehouse(reach(tmp_path_factory.mktemp("long") / "warehouse.duckdb"))
    setup.make_app_tables(warehouse)
    text = "x" + " o’b" * 10_900 + " Endstück"
    people = pa.Table.from_pylist([{"candidate_id": "a", "summary": text}, {"candidate_id": "b", "summary": "y"}])
    load_tables(
        warehouse, {"postings": pa.Table.from_pylist([{"posting_id": "p", "title": "Cook"}]), "candidates": people}
    )
    models.refresh_features(warehouse)
    try:
        assert passing(warehouse, "endstueck", Viewer()) == "a"
        assert passing(warehouse, "ob", Viewer()) == "a"
    finally:
        warehouse.close()
