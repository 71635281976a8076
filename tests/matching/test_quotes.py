"""Quotes: the sentences with the posting's weightiest words, the words marked, nothing of the text changed."""

import re

from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.matching.quotes import quotes
from jobrec_ui.warehouse import letters, sqlfiles

WORDS = {"sql": 3.0, "c++": 2.0, "node.js": 1.0, "caf": 0.5, "cafe": 0.5, "工程": 0.4, "程师": 0.4}


def told(text: str, most: int = 3, words: dict[str, float] = WORDS) -> list[str]:
    """Quotes with the marked words in brackets."""
    return [
        "".join(f"<{piece.text}>" if piece.is_match else piece.text for piece in pieces)
        for pieces in quotes([text], words, most)
    ]


def test_the_weightiest_sentence_comes_first():
    assert told("I like Node.js. Years of SQL, and C++!\nNothing here. CAFÉ owner | SQL again") == [
        "Years of <SQL>, and <C++>!",
        "<SQL> again",
        "I like <Node.js>.",
    ]


def test_as_many_as_asked_for_and_none_twice():
    assert told("SQL. SQL. SQL!", most=1) == ["<SQL>."]
    assert told("SQL. SQL. SQL!") == ["<SQL>.", "<SQL>!"]


def test_where_a_script_has_no_blanks_two_characters_are_marked():
    words = {"工程": 2.0, "程师": 1.0, "java": 0.5, "개발": 0.5, "ai": 3.0, "ơi": 3.0}
    found = quotes(["去过上海。高级Java开发工程师！\n백엔드개발자. Email: chơi"], words)
    assert [[piece.text for piece in pieces if piece.is_match] for pieces in found] == [["Java", "工程师"], ["개발"]]
    assert [piece.text for piece in found[0]] == ["高级", "Java", "开发", "工程师", "！"]


def test_accents_are_folded_as_in_sql():
    texts = {name: sqlfiles.read(name) for name in sqlfiles.names()}.values()
    listed = [found for text in texts for found in re.findall(r"'([^']*áâ[^']*)', '([^']*)'", text)]
    assert len(listed) == sum(text.count("áâ") for text in texts)
    foldings = set(listed)
    assert len(foldings) == 1, "features, searches and blind reviews fold alike"
    [(accents, plain)] = foldings
    assert (accents, plain) == (letters.tables()[0].these, letters.tables()[0].plain)
    marked = dict(zip(accents, plain, strict=False))
    for accent in "áçéñöşž":
        assert [[piece.is_match for piece in pieces] for pieces in quotes([accent], {marked[accent]: 1.0})] == [[True]]


def test_accents_that_stand_by_themselves_belong_to_the_word():
    assert told("Cafe\u0301 and cafés", words={"cafe": 1.0}) == ["<Cafe\u0301> and cafés"]


def test_nothing_to_quote():
    assert told("No word of it.") == []
    assert quotes([None, ""], WORDS) == []
    assert quotes(["SQL"], {}) == []


@given(st.text(alphabet="sqlSQLcC++ .!?\n|·é🚀node.js工程师", max_size=80))
def test_quotes_are_the_candidates_own_words(text):
    for pieces in quotes([text], WORDS):
        assert "".join(piece.text for piece in pieces) in text
        assert any(piece.is_match for piece in pieces)
