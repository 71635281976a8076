"""Texts with several statements."""

import pytest

from embedded_redshift.script import statements


def cut(text):
    return [(one.text, one.line, one.ended) for one in statements(text)]


@pytest.mark.parametrize("quoted", ["';'", "'it''s;'", r"'\';'", '"a;b"', '"a"";"', "/* ; */", "-- ;\n"])
def test_a_semicolon_inside_ends_nothing(quoted):
    assert [text for text, _, _ in cut(f"SELECT 1 {quoted} + 1; SELECT 2")] == [f"SELECT 1 {quoted} + 1", "SELECT 2"]


def test_lines_are_those_of_the_first_words():
    assert cut("\n-- one\nSELECT 1;;\n/* two\n*/ SELECT\n2 ;") == [
        ("-- one\nSELECT 1", 3, True),
        ("/* two\n*/ SELECT\n2", 5, True),
    ]


def test_the_last_may_have_no_semicolon():
    assert [ended for _, _, ended in cut("SELECT 1; SELECT 2 -- ;")] == [True, False]


@pytest.mark.parametrize("text", ["", " \n", ";", "-- nothing", "/* nothing */ ; -- at all\n"])
def test_blanks_and_comments_are_no_statement(text):
    assert cut(text) == []


@pytest.mark.parametrize("text", ["SELECT 'a;", 'SELECT "a;', "/* a; ", "SELECT 1 /* ;"])
def test_what_is_not_closed_goes_on_to_the_end(text):
    assert cut(text) == [(text.strip(), 1, False)]
