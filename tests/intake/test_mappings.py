"""How files were read the last time is known the next time, by source."""

from dataclasses import replace

from jobrec_ui.data.mapping.record import DataMapping, SheetMapping
from jobrec_ui.intake import mappings

JOBS = SheetMapping("export_1.csv", "", ("postings",), {"Id": ("posting_id",), "Name": ("postings.title",)})
PEOPLE = SheetMapping("export_2.csv", "", ("candidates",), {"No": ("candidate_id",), "Other": ()})


def test_nothing_is_known_at_first(wh):
    assert mappings.known_mapping(wh) == DataMapping(())


def test_each_sheet_and_word_is_kept(wh):
    mappings.keep(wh, DataMapping((JOBS, PEOPLE), {"Kaffee": "shortlisted", "Spam": ""}), "boss")
    known = mappings.known_mapping(wh)
    assert sorted(known.sheets, key=lambda one: one.file) == [JOBS, PEOPLE]
    assert known.stages == {"Kaffee": "shortlisted", "Spam": ""}


def test_the_latest_of_a_source_counts(wh):
    mappings.keep(wh, DataMapping((JOBS,)), "boss")
    changed = replace(JOBS, file="export_7.csv", columns={**JOBS.columns, "Name": ("postings.description",)})
    mappings.keep(wh, DataMapping((changed,)), "boss")
    assert mappings.known_mapping(wh).sheets == (changed,)


def test_what_is_too_long_is_not_kept(wh):
    long = replace(JOBS, columns={f"{'x' * 500}{number}": () for number in range(200)})
    mappings.keep(wh, DataMapping((long, PEOPLE)), "boss")
    assert mappings.known_mapping(wh).sheets == (PEOPLE,)
