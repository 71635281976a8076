"""Mappings as files: written, read back, and refused in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobrec_ui.data.mapping.record import DataMapping, SheetMapping, find_for, read_toml, source_key, to_toml
from jobrec_ui.data.mapping.uses import uses
from jobrec_ui.data.tables import STAGES, TABLES
from jobrec_ui.errors import InputError
from tests.data.mapping.test_propose import sheet_of

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
SHEETS = st.builds(
    SheetMapping,
    NAMES,
    st.just("") | NAMES,
    st.lists(st.sampled_from(list(TABLES)), unique=True).map(tuple),
    st.dictionaries(NAMES, st.lists(st.sampled_from(list(uses())), max_size=3, unique=True).map(tuple), max_size=5),
)
MAPPINGS = st.builds(
    DataMapping,
    st.lists(SHEETS, max_size=3).map(tuple),
    st.dictionaries(NAMES, st.sampled_from(["", *STAGES]), max_size=4),
)


@settings(max_examples=60)
@given(mapping=MAPPINGS)
def test_any_mapping_is_read_back(tmp_path_factory, mapping):
    path = tmp_path_factory.getbasetemp() / "mapping.toml"
    path.write_bytes(to_toml(mapping).encode())
    assert read_toml(path) == mapping


def test_the_file_is_for_people(tmp_path):
    columns = {"Job ID": ("posting_id",), "Where": ("postings.city", "postings.region"), "Memo": ()}
    text = to_toml(
        DataMapping((SheetMapping("jobs.xlsx", "Open", ("postings",), columns),), {"On hold": "shortlisted"})
    )
    assert text.startswith("# How the files of a company are read.")
    for line in ('"On hold" = "shortlisted"', 'part = "Open"', '"Job ID" = "posting_id"', 'Memo = ""'):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[stages", "is not TOML: Expected"),
        ("[tables]\n", "'tables' is not known; a mapping has"),
        ("stages = 3\n", r"write \[stages\] for the stages"),
        ('[stages]\nFoo = "hird"\n', "stage 'Foo': 'hird' is none of .* Is hired meant"),
        ("[[sheets]]\n", "must say its file"),
        ('[[sheets]]\nfile = "a.csv"\nholds = ["posting"]\n', "a.csv: 'posting' is none of .* Is postings meant"),
        ('[[sheets]]\nfile = "a.csv"\nholds = "postings"\n', "holds must be a list"),
        (
            '[[sheets]]\nfile = "a.csv"\n[sheets.columns]\nJob = "posting.title"\n',
            "a.csv, column 'Job': 'posting.title' is no use of a column. Is postings.title meant",
        ),
        ('[[sheets]]\nfile = "a.csv"\n[sheets.columns]\nJob = 3\n', "column 'Job': write one use"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, why):
    path = tmp_path / "mapping.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=why):
        read_toml(path)


def test_files_that_are_no_mapping(tmp_path):
    with pytest.raises(InputError, match=r"missing\.toml cannot be read \(No such file"):
        read_toml(tmp_path / "missing.toml")
    (tmp_path / "old.toml").write_bytes(b"a = 'caf\xe9'")
    with pytest.raises(InputError, match="is not UTF-8"):
        read_toml(tmp_path / "old.toml")


def test_the_same_source_of_another_day():
    assert source_key("Jobs 2024-05-01.csv", "") == source_key("jobs_2024-06.xlsx", "") == "jobs"
    assert source_key("a.csv", "Open") != source_key("a.csv", "Closed")


def mapping_of(file, *names):
    return SheetMapping(file, "", ("postings",), dict.fromkeys(names, ("posting_id",)))


def test_which_mapping_is_for_a_sheet():
    sheet = sheet_of("export_2.csv", id=["1"], title=["a"])
    first, second = mapping_of("export_1.csv", "id"), mapping_of("export_2.csv", "id", "title")
    assert find_for(sheet, [first, second]) is second  # the one of its own name
    assert find_for(sheet_of("export_9.csv", id=["1"], title=["a"]), [first, second]) is second  # of its columns
    assert find_for(sheet_of("export_9.csv", id=["1"], more=["a"]), [first, second]) is first
    assert find_for(sheet_of("other.csv", id=["1"], title=["a"]), [first, second]) is second
    assert find_for(sheet_of("other.csv", id=["1"], more=["a"]), [first, second]) is None
    assert find_for(sheet_of("export_1.csv", title=["a"]), [first, second]) is None  # it lacks what the mapping uses


def test_what_a_mapping_lacks():
    assert mapping_of("a.csv", "id").missing() == ["postings: a title"]
    assert SheetMapping("a.csv", "", (), {"id": ()}).missing() == []
