"""Quotes: the sentences with the posting's weightiest words, the words marked, nothing of the text changed."""

from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.evidence import quotes

WORDS = {"sql": 3.0, "c++": 2.0, "node.js": 1.0, "caf": 0.5, "cafe": 0.5}


def told(text: str, most: int = 3) -> list[str]:
    """Quotes with the marked words in brackets."""
    return [
        "".join(f"<{piece.text}>" if piece.is_match else piece.text for piece in pieces)
        for pieces in quotes([text], WORDS, most)
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


def test_nothing_to_quote():
    assert told("No word of it.") == []
    assert quotes([None, ""], WORDS) == []
    assert quotes(["SQL"], {}) == []


@given(st.text(alphabet="sqlSQLcC++ .!?\n|·é🚀node.js", max_size=80))
def test_quotes_are_the_candidates_own_words(text):
    for pieces in quotes([text], WORDS):
        assert "".join(piece.text for piece in pieces) in text
        assert any(piece.is_match for piece in pieces)
