"""Reads what a recruiter types to search in texts: words, "phrases", beginnings*, AND, OR, NOT and parentheses.

Words side by side must all occur. The query becomes clauses that must all hold, each of them by one of its terms
(conjunctive normal form), which SQL evaluates as bound values; see sql/matching/filters/text_matches.sql.
"""

import functools
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from jobrec_ui.errors import InputError
from jobrec_ui.warehouse import letters

MAX_LENGTH = 500
_MAX_DEPTH = 20
_MAX_TERMS = 200
# In shorter words ae, oe and ue are mostly no umlauts: due, does.
_LONG_ENOUGH = 5
_SPELLED_UMLAUT = re.compile("([aou])e")

# AND, OR and NOT begin and end a word of their own, in any case; in quotes they are words like any other.
_GRAMMAR = r"""
?start: either
either: all (_OR all)*
all: one (_AND? one)*
?one: NOT+ plain -> negated
    | plain
?plain: "(" either ")"
    | WORD -> word
    | PHRASE -> phrase

_AND.2: /(?<![^\s()"])and(?=[\s()"]|$)/i
_OR.2: /(?<![^\s()"])or(?=[\s()"]|$)/i
NOT.2: /(?<![^\s()"])(not(?=[\s()"]|$)|-(?=[^\s)]))/i
PHRASE: /"[^"]*"/
WORD: /[^\s()"]+/
%ignore /\s+/
"""


@dataclass(frozen=True)
class Term:
    """A word or phrase that must occur, or must not. ``begins``: words that only begin so count too."""

    text: str
    begins: bool = False
    wanted: bool = True


Clauses = frozenset[frozenset[Term]]


def parse(query: str) -> Clauses:
    """The clauses of ``query``; none for a blank one.

    Raises InputError that says at which character it went wrong and what to do.
    """
    if len(query) > MAX_LENGTH:
        raise InputError(f"The text search is too long: at most {MAX_LENGTH} characters, not {len(query)}.")
    if not query.strip():
        return frozenset()
    reader = _parser().parse_interactive(query)
    depth = 0
    try:
        for token in reader.iter_parse():
            depth += {"LPAR": 1, "RPAR": -1}.get(token.type, 0)
            _check(token, depth)
        meaning: _Meaning = reader.feed_eof()
    except UnexpectedCharacters as error:
        place = (error.pos_in_stream or 0) + 1
        raise InputError(f'The quote at character {place} of the text search is not closed. Add another ".') from error
    except UnexpectedToken as error:
        raise InputError(_in_words(error, reader, len(query) + 1)) from error
    return meaning(True)


def as_json(clauses: Clauses) -> str:
    """The terms for SQL: [{"clause": 0, "term": "sql", "begins": false, "wanted": true}, …]."""
    in_order = sorted((sorted(clause, key=_sort_key) for clause in clauses), key=lambda terms: [*map(_sort_key, terms)])
    return json.dumps(
        [
            {"clause": number, "term": term.text, "begins": term.begins, "wanted": term.wanted}
            for number, terms in enumerate(in_order)
            for term in terms
        ]
    )


def spellings(clauses: Clauses) -> str:
    """How texts may have the terms, for SQL, a row for each way: letters folded, apostrophes left out or parting words,
    umlauts written either way: [{"term": "Köln", "begins": false, "words": " koln ", "letters": "koln"}, …].

    ``words`` has a blank before each word and behind, but for the end of what only begins so; ``letters`` is the
    longest of them.
    """
    terms = sorted({(term.text, term.begins) for clause in clauses for term in clause})
    return json.dumps(
        [
            {"term": text, "begins": begins, "words": words, "letters": max(words.split(" "), key=len)}
            for text, begins in terms
            for words in _spelled(text, begins)
        ]
    )


def _spelled(text: str, begins: bool) -> list[str]:
    forms = [text, letters.with_umlauts_spelled(text)]
    found = [form(one) for one in forms for form in (letters.words, letters.joined_words)]
    if not begins and len(text) >= _LONG_ENOUGH:
        found.append(_SPELLED_UMLAUT.sub(r"\1", found[0]))
    if begins:
        found = [words.rstrip(" ") for words in found]
    return list(dict.fromkeys(words for words in found if words.strip(" "))) or [f" {text} "]


def _sort_key(term: Term) -> tuple[str, bool, bool]:
    return term.text, term.begins, term.wanted


def _check(token: Token, depth: int) -> None:
    """Raises InputError for a term of no letters, and for parentheses too deep in each other."""
    place = _place(token)
    if depth > _MAX_DEPTH:
        raise InputError(
            f"The text search has more than {_MAX_DEPTH} parentheses in each other, at character {place}. "
            "Make it simpler."
        )
    text = token.strip('"') if token.type == "PHRASE" else token.rstrip("*")
    if token.type in ("WORD", "PHRASE") and not any(character.isalnum() for character in text):
        shown = f"“{text}”" if text.strip() else "nothing"
        raise InputError(
            f"The text search asks for {shown} at character {place}. Type letters or digits there, or take it out."
        )


def _in_words(error: UnexpectedToken, reader: InteractiveParser, end: int) -> str:
    """What is wrong where the reader can go on with nothing that stands there."""
    found: Token = error.token
    opened = [token for token in reader.parser_state.value_stack if isinstance(token, Token) and token.type == "LPAR"]
    if found.type == "RPAR" and not opened:
        return (
            f"The ) at character {_place(found)} of the text search closes nothing. Take it out, or add a ( before it."
        )
    if found.type == "$END" and "RPAR" in reader.accepts():
        return f"The ( at character {_place(opened[-1])} of the text search is not closed. Add a ) after its last word."
    shown = {"$END": "the end", "RPAR": "a )"}.get(found.type, found.upper())
    place = end if found.type == "$END" else _place(found)
    return (
        f"The text search has {shown} at character {place} where a word is missing. "
        "Type a word there, or take out what joins it; AND, OR and NOT as plain words go in quotes."
    )


def _place(token: Token) -> int:
    """Of its first character, counted from 1."""
    return (token.start_pos or 0) + 1


# What a part of a query means: its clauses, or below a NOT those of the opposite. There OR asks for all of its parts,
# and AND for one of them (De Morgan).
_Meaning = Callable[[bool], "Clauses"]


class _Meanings(Transformer[Token, _Meaning]):
    """Of each part of the grammar, by the name of its rule."""

    def either(self, parts: list[_Meaning]) -> _Meaning:
        return lambda wanted: (_any_of if wanted else _all_of)([part(wanted) for part in parts])

    def all(self, parts: list[_Meaning]) -> _Meaning:
        return lambda wanted: (_all_of if wanted else _any_of)([part(wanted) for part in parts])

    def negated(self, parts: list[Any]) -> _Meaning:
        *nots, part = parts
        return lambda wanted: part(wanted != bool(len(nots) % 2))

    def word(self, parts: list[Token]) -> _Meaning:
        return _term(parts[0].rstrip("*"), begins=parts[0].endswith("*"))

    def phrase(self, parts: list[Token]) -> _Meaning:
        return _term(parts[0].strip('"'), begins=False)


def _term(text: str, begins: bool) -> _Meaning:
    return lambda wanted: frozenset({frozenset({Term(" ".join(text.split()), begins, wanted)})})


@functools.cache
def _parser() -> Lark:
    # The basic lexer: AND and OR are never words, wherever they stand.
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Meanings())


def _all_of(parts: list[Clauses]) -> Clauses:
    return _checked(frozenset[frozenset[Term]]().union(*parts))


def _any_of(parts: list[Clauses]) -> Clauses:
    joined = parts[0]
    for part in parts[1:]:
        joined = _checked(frozenset(one | other for one, other in itertools.product(joined, part)))
    return joined


def _checked(clauses: Clauses) -> Clauses:
    """Without clauses that always hold. Raises InputError if there are too many terms for one statement."""
    if sum(map(len, clauses)) > _MAX_TERMS:
        raise InputError("The text search is too complicated. Use fewer words, or fewer parentheses with OR.")
    return frozenset(
        clause for clause in clauses if not any(Term(t.text, t.begins, not t.wanted) in clause for t in clause)
    )
