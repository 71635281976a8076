"""Statements that somebody wrote: where they stand, what they bind, where an error is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.warehouse import by_hand

FILE = """-- first; of all
SELECT 1;

  /* a; comment */ SELECT ':no', "a:b", CAST(x AS DATE), y::INTEGER -- :nor this
FROM t WHERE a > :low AND b < :high AND c > :low;
;;
BEGIN;
START  TRANSACTION; END; rollback
"""


@pytest.fixture
def statements():
    return list(by_hand.written(FILE))


def test_where_each_begins(statements):
    assert [one.place for one in statements] == [(2, 1), (4, 20), (7, 1), (8, 1), (8, 21), (8, 26)]
    assert [one.text.split()[0] for one in statements] == ["SELECT", "SELECT", "BEGIN", "START", "END", "rollback"]


def test_which_begin_and_end_a_transaction(statements):
    assert [one.begins for one in statements] == [False, False, True, True, False, False]
    assert [one.ends for one in statements] == [False, False, False, False, True, True]


def test_what_is_quoted_or_commented_binds_nothing(statements):
    assert statements[1].binds == ["low", "high", "low"]
    clause = statements[1].clause({"low": 1, "high": 2, "of another statement": 3})
    assert set(clause._bindparams) == {"low", "high"}
    compiled = str(clause.compile(compile_kwargs={"literal_binds": True}))
    assert compiled == statements[1].text.replace(":low", "1").replace(":high", "2")


class TestWhereAnErrorIs:
    def test_as_the_embedded_warehouse_says_it(self, statements):
        assert statements[1].found_at(ValueError('column "b" does not exist (line 2, column 27)')) == (5, 27)
        assert statements[1].found_at(ValueError("wrong (line 1, column 1)")) == (4, 20)

    def test_as_redshift_says_it(self, statements):
        """There the place counts in what was sent, where each bound value is $1, $2, ..."""
        sent = statements[1].text.replace(":low", "$1", 1).replace(":high", "$2", 1).replace("c > :low", "c > $3")
        for word in ("CAST", "FROM", "a >", "b <", "c >"):
            error = ValueError({"M": "wrong", "P": str(sent.index(word) + 1)})
            line, column = statements[1].found_at(error)
            assert FILE.split("\n")[line - 1][column - 1 :].startswith(word)

    def test_where_it_is_not_said(self, statements):
        assert statements[1].found_at(ValueError("Divide by zero")) == (4, 20)
        assert statements[1].found_at(ValueError({"M": "Divide by zero"})) == (4, 20)
        assert statements[1].found_at(ValueError("beyond (line 99, column 1)")) == (4, 20)
        assert statements[1].found_at(None) == (4, 20)


PIECES = ["SELECT", "';'", "-- ;\n", "/*;*/", ";", "\n", " :a ", '";"', " ", "é", "$$;$$"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_statement_stands_where_it_says(text):
    for one in by_hand.written(text):
        assert text[one.offset :].startswith(one.text)
        line, column = one.place
        assert text.split("\n")[line - 1][column - 1 :].startswith(one.text.split("\n")[0])
        assert set(one.binds) <= {"a"}
