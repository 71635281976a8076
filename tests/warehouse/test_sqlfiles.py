"""Reading, rendering and splitting the statements in sql/."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.warehouse import sqlfiles
from jobrec_ui.warehouse.sqlfiles import Parts


def test_read_takes_the_file_of_that_name(sql_root):
    sql_root("a/b", "SELECT 'ação 한국어 🚀'\n")
    assert sqlfiles.read("a/b") == "SELECT 'ação 한국어 🚀'\n"


def test_a_missing_file_is_named(sql_root):
    with pytest.raises(LookupError, match="'no/such'"):
        sqlfiles.read("no/such")


def test_includes_take_the_place_of_their_line(sql_root):
    sql_root("inner/deep", "c AS (SELECT 3)\n")
    sql_root("inner/list", "b AS (SELECT 2),\n-- include: inner/deep\n")
    sql_root("outer", "WITH a AS (SELECT 1),\n  -- include: inner/list\nSELECT * FROM c")
    assert sqlfiles.read("outer") == "WITH a AS (SELECT 1),\nb AS (SELECT 2),\nc AS (SELECT 3)\nSELECT * FROM c"


def test_an_include_of_nothing_is_an_error(sql_root):
    sql_root("outer", "-- include: no/such\nSELECT 1")
    with pytest.raises(LookupError, match="no/such"):
        sqlfiles.read("outer")


def test_an_included_file_may_have_slots(sql_root):
    sql_root("inner", "FROM {schema}.t")
    sql_root("outer", "SELECT {columns}\n-- include: inner\nWHERE x = {number}")
    assert sqlfiles.render("outer", {"schema": "features", "columns": ["a", "b.c"], "number": 7}) == (
        "SELECT a, b.c\nFROM features.t\nWHERE x = 7"
    )


def test_of_the_parts_of_a_statement_only_those_chosen_are_in_it(sql_root):
    sql_root("before", "a AS (SELECT {number})\n")
    sql_root("checks/one", "SELECT 1\n")
    sql_root("checks/two", "SELECT 2\n-- include: checks/one\n")
    sql_root("checks", "checks AS (\n-- include each, UNION ALL between: chosen\n)")
    sql_root("outer", "WITH\n  -- include each: tables\nSELECT * FROM checks")
    names = {"tables": Parts(("before", "checks")), "chosen": Parts(("checks/two", "checks/one")), "number": 7}
    assert sqlfiles.render("outer", names) == (
        "WITH\na AS (SELECT 7)\n,\nchecks AS (\nSELECT 2\nSELECT 1\nUNION ALL\nSELECT 1\n)\nSELECT * FROM checks"
    )
    assert sqlfiles.slots("outer") == {"tables"}


@pytest.mark.parametrize(
    ("chosen", "error"),
    [(Parts(), ValueError), (Parts(("no/such",)), LookupError), (["inner"], KeyError), ("inner", KeyError)],
)
def test_parts_are_files(sql_root, chosen, error):
    sql_root("inner", "SELECT 1")
    sql_root("outer", "-- include each: chosen")
    with pytest.raises(error):
        sqlfiles.render("outer", {"chosen": chosen})


def test_parts_are_no_names(sql_root):
    sql_root("one", "SELECT {slot}")
    with pytest.raises(KeyError, match="slot"):
        sqlfiles.render("one", {"slot": Parts(("one",))})


def test_a_slot_without_a_value_is_an_error(sql_root):
    sql_root("one", "SELECT {a}, {b}")
    with pytest.raises(KeyError, match="b"):
        sqlfiles.render("one", {"a": "x"})


@pytest.mark.parametrize("name", ["a", "_a1", "ml.match_v1_score", "a" * 127, "a." + "b" * 127])
def test_plain_names_are_identifiers(name):
    assert sqlfiles.identifier(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "A", "1a", "a b", "a;b", "a--", "a'", 'a"', "a.b.c", "a.", ".a", "a\n", "a" * 128, "é", "a(1)", ":a", "{a}"],
)
def test_everything_else_is_not(name):
    with pytest.raises(ValueError, match="Not a plain SQL identifier"):
        sqlfiles.identifier(name)


@given(st.text())
def test_no_text_gets_through_as_an_identifier_but_names(text):
    if re.fullmatch(r"[a-z_][a-z0-9_]{0,126}(\.[a-z_][a-z0-9_]{0,126})?", text, re.ASCII):
        assert sqlfiles.identifier(text) == text
    else:
        with pytest.raises(ValueError, match="identifier"):
            sqlfiles.identifier(text)


@pytest.mark.parametrize(
    "value", ["x; DROP TABLE t", ["a", "b; --"], [], (), True, None, float("nan"), float("inf"), [1]]
)
def test_slots_take_names_and_numbers_only(sql_root, value):
    sql_root("one", "SELECT {slot}")
    with pytest.raises((ValueError, TypeError)):
        sqlfiles.render("one", {"slot": value})


@pytest.mark.parametrize("bucket", ["jobrec-ui", "a.b-1", "abc"])
def test_a_bucket_is_taken_by_its_own_rule(sql_root, bucket):
    sql_root("one", "SETTINGS (S3_BUCKET '{bucket}')")
    assert sqlfiles.render("one", {"bucket": bucket}) == f"SETTINGS (S3_BUCKET '{bucket}')"


@pytest.mark.parametrize("bucket", ["", "ab", "-abc", "abc-", "a'b", "s3://abc", "ABC", "a" * 64, ["abc"], "abc\n"])
def test_no_other_text_is_a_bucket(sql_root, bucket):
    sql_root("one", "'{bucket}'")
    with pytest.raises(ValueError, match="S3 bucket"):
        sqlfiles.render("one", {"bucket": bucket})


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("", []),
        (" ;; \n;", []),
        ("-- nothing;\n/* ; */", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;", ["SELECT 1"]),
        ("SELECT ';'; SELECT 2", ["SELECT ';'", "SELECT 2"]),
        ("SELECT 'it''s; so'; SELECT 2", ["SELECT 'it''s; so'", "SELECT 2"]),
        ('SELECT "a;b" ; SELECT 2', ['SELECT "a;b"', "SELECT 2"]),
        ("-- one; two\nSELECT 1; -- three;\n", ["-- one; two\nSELECT 1"]),
        ("SELECT 1 -- it's;\n; SELECT 2", ["SELECT 1 -- it's;", "SELECT 2"]),
        ("SELECT /* ';' \n ; */ 1; SELECT 2", ["SELECT /* ';' \n ; */ 1", "SELECT 2"]),
        ("SELECT '--'; SELECT '/*'; SELECT '*/'", ["SELECT '--'", "SELECT '/*'", "SELECT '*/'"]),
    ],
)
def test_split(text, statements):
    assert list(sqlfiles.split(text)) == statements


_words = st.text(st.characters(blacklist_characters="'\";-/*", blacklist_categories=["Cs"]), max_size=8)
_inside = st.text("ab;-/* \n", max_size=8)
_piece = st.one_of(
    _words,
    _inside.map(lambda text: "'" + text + "''" + text + "'"),
    _inside.map(lambda text: '"' + text + '"'),
    st.text("ab;'\"/* ", max_size=8).map(lambda text: "--" + text + "\n"),
    st.text("ab;'\"- \n", max_size=8).map(lambda text: "/*" + text + "*/"),
)
_statement = st.lists(_piece, max_size=6).map(lambda pieces: "SELECT " + " ".join(pieces) + " x")


@given(st.lists(_statement, max_size=5), st.sampled_from([";", " ; ", ";\n\n", ";;"]))
def test_split_undoes_the_joining_of_statements(statements, between):
    assert list(sqlfiles.split(between.join(statements))) == statements
