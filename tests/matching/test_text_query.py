"""The language of the text search: what it means, in every spelling, and what it says about a malformed query."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.errors import InputError
from jobrec_ui.matching import text_query

WORDS = ["sql", "python", "c++", "machine learning", "node.js"]


def holds(query: str, words: set[str]) -> bool:
    """Whether a text with exactly these words meets the query, as SQL evaluates it."""
    met: dict[int, bool] = {}
    for term in json.loads(text_query.as_json(text_query.parse(query))):
        occurs = any(word.startswith(term["term"]) if term["begins"] else word == term["term"] for word in words)
        met[term["clause"]] = met.get(term["clause"], False) or occurs == term["wanted"]
    return all(met.values())


def expressions():
    """(query, what it means as a function of the words of a text) of any shape."""

    def quoted(word: str) -> str:
        return f'"{word}"'

    leaf = st.sampled_from(WORDS).map(lambda word: (quoted(word), lambda words: word in words))

    def negated(part):
        return (f"NOT {part[0]}", lambda words: not part[1](words))

    def both(parts):
        joint, (left, right) = parts
        return (f"({left[0]}{joint}{right[0]})", lambda words: left[1](words) and right[1](words))

    def either(parts):
        left, right = parts
        return (f"({left[0]} OR {right[0]})", lambda words: left[1](words) or right[1](words))

    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(negated),
            st.tuples(st.sampled_from([" AND ", " ", " and "]), st.tuples(inner, inner)).map(both),
            st.tuples(inner, inner).map(either),
        ),
        max_leaves=6,
    )


@given(expressions(), st.sets(st.sampled_from(WORDS)))
def test_means_what_it_says(expression, words):
    query, meaning = expression
    assert holds(query, words) == meaning(words)


@given(st.text(alphabet='ab ()"*-ANDORNOT;%\\é🚀', max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(query):
    try:
        clauses = text_query.parse(query)
    except InputError as error:
        refused = str(error)
        clauses = frozenset()
    else:
        refused = "The text search"
    assert "text search" in refused
    assert all(term.text.strip() for clause in clauses for term in clause)


@pytest.mark.parametrize(
    ("query", "words", "met"),
    [
        ("sql OR python java", {"sql"}, True),  # AND binds stronger
        ("(sql OR python) java", {"sql"}, False),
        ("NOT sql python", {"python"}, True),  # NOT binds strongest
        ("-sql", {"sql"}, False),
        ('-"machine learning"', {"machine learning"}, False),
        ('python -"machine learning"', {"python"}, True),
        ("-(sql OR python)", {"python"}, False),
        ("-(sql python)", {"python"}, True),
        ("-and", {"and"}, False),
        ("c++-sql", {"c++-sql"}, True),
        ("NOT NOT sql", {"sql"}, True),
        ("pyth*", {"python"}, True),
        ("pyth", {"python"}, False),
        ('"and"', {"and"}, True),
        ("sql OR NOT sql", set(), True),
        ("", set(), True),
        ("   ", set(), True),
    ],
)
def test_how_words_bind(query, words, met):
    assert holds(query, words) is met


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("(sql", "( at character 1 .* not closed"),
        ("sql)", "\\) at character 4 .* closes nothing"),
        ("sql AND", "the end at character 8 .* word is missing"),
        ("OR sql", "OR at character 1"),
        ("(sql OR", "the end at character 8 .* word is missing"),
        ("(a (b", "( at character 4 .* not closed"),
        ("sql AND OR go", "OR at character 9"),
        ("a (  )", "a \\) at character 6"),
        ('sql "machine', "quote at character 5 .* not closed"),
        ('sql ""', "nothing at character 5"),
        ("sql !!", "“!!” at character 5"),
        ("a" * 501, "at most 500"),
        ("(" * 21 + "a" + ")" * 21, "more than 20 parentheses"),
        (" ".join(f"(a{n} b{n} c{n}) OR" for n in range(9)) + " d", "too complicated"),
    ],
)
def test_a_malformed_query_is_said_with_its_place(query, says):
    with pytest.raises(InputError, match=says.replace("( at", "\\( at")):
        text_query.parse(query)
