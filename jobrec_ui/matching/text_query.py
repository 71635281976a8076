"""Reads what a recruiter types to search in texts: words, "phrases", beginnings*, AND, OR, NOT and parentheses.

Words side by side must all occur. The query becomes clauses that must all hold, each of them by one of its terms
(conjunctive normal form), which SQL evaluates as bound values; see sql/matching/filters/text_matches.sql.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jobrec_ui.errors import InputError
from jobrec_ui.warehouse import letters

MAX_LENGTH = 500
_MAX_DEPTH = 20
_MAX_TERMS = 200
# In shorter words ae, oe and ue are mostly no umlauts: due, does.
_LONG_ENOUGH = 5
_SPELLED_UMLAUT = re.compile("([aou])e")

_TOKEN = re.compile(r'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<phrase>[^"]*)"|(?P<quote>")|(?P<word>[^\s()"]+))')


@dataclass(frozen=True)
class Term:
    """A word or phrase that must occur, or must not. ``begins``: words that only begin so count too."""

    text: str
    begins: bool = False
    wanted: bool = True


Clauses = frozenset[frozenset[Term]]


@dataclass(frozen=True)
class _Token:
    kind: str  # (, ), and, or, not, term, end
    position: int  # of its first character, counted from 1
    text: str = ""
    begins: bool = False


def parse(query: str) -> Clauses:
    """The clauses of ``query``; none for a blank one.

    Raises InputError that says at which character it went wrong and what to do.
    """
    if len(query) > MAX_LENGTH:
        raise InputError(f"The text search is too long: at most {MAX_LENGTH} characters, not {len(query)}.")
    tokens = list(_tokens(query))
    if len(tokens) == 1:
        return frozenset()
    return _Parser(tokens).whole()


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


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while match := _TOKEN.match(query, at):
        kind = match.lastgroup or ""
        position = match.start(kind) + 1
        at = match.end()
        if kind == "quote":
            raise InputError(f'The quote at character {position} of the text search is not closed. Add another ".')
        if kind in ("open", "close"):
            yield _Token("(" if kind == "open" else ")", position)
        elif kind == "phrase":
            yield _term(match["phrase"], position - 1)
        else:
            yield from _word_tokens(match["word"], position)
    yield _Token("end", len(query) + 1)


def _word_tokens(word: str, position: int) -> Iterator[_Token]:
    if word.lower() in ("and", "or", "not"):
        yield _Token(word.lower(), position)
        return
    if word.startswith("-") and len(word) > 1:
        yield _Token("not", position)
        word, position = word[1:], position + 1
    yield _term(word.rstrip("*"), position, begins=word.endswith("*"))


def _term(text: str, position: int, begins: bool = False) -> _Token:
    if not any(character.isalnum() for character in text):
        shown = f"“{text}”" if text.strip() else "nothing"
        raise InputError(
            f"The text search asks for {shown} at character {position}. Type letters or digits there, or take it out."
        )
    return _Token("term", position, text, begins)


class _Parser:
    """Recursive descent: ``or`` binds weaker than ``and``, ``and`` weaker than ``not``."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = iter(tokens)
        self._next = next(self._tokens)
        self._depth = 0

    def whole(self) -> Clauses:
        clauses = self._either(wanted=True)
        if self._next.kind == ")":
            raise InputError(
                f"The ) at character {self._next.position} of the text search closes nothing. Take it out, or add a ( "
                "before it."
            )
        return clauses

    # ``wanted`` is False below a NOT: then OR asks for all of its parts, and AND for one of them (De Morgan).

    def _either(self, wanted: bool) -> Clauses:
        parts = [self._all(wanted)]
        while self._next.kind == "or":
            self._advance()
            parts.append(self._all(wanted))
        return _any_of(parts) if wanted else _all_of(parts)

    def _all(self, wanted: bool) -> Clauses:
        parts = [self._one(wanted)]
        while self._next.kind in ("and", "term", "not", "("):
            if self._next.kind == "and":
                self._advance()
            parts.append(self._one(wanted))
        return _all_of(parts) if wanted else _any_of(parts)

    def _one(self, wanted: bool) -> Clauses:
        token = self._advance()
        if token.kind == "term":
            return frozenset({frozenset({Term(" ".join(token.text.split()), token.begins, wanted)})})
        if token.kind == "not":
            while self._next.kind == "not":
                self._advance()
                wanted = not wanted
            return self._one(not wanted)
        if token.kind == "(":
            return self._in_parentheses(token, wanted)
        found = {"end": "the end", ")": "a )"}.get(token.kind, token.kind.upper())
        raise InputError(
            f"The text search has {found} at character {token.position} where a word is missing. "
            "Type a word there, or take out what joins it; AND, OR and NOT as plain words go in quotes."
        )

    def _in_parentheses(self, opening: _Token, wanted: bool) -> Clauses:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise InputError(
                f"The text search has more than {_MAX_DEPTH} parentheses in each other, at character "
                f"{opening.position}. Make it simpler."
            )
        inner = self._either(wanted)
        if self._next.kind != ")":
            raise InputError(
                f"The ( at character {opening.position} of the text search is not closed. Add a ) after its last word."
            )
        self._advance()
        self._depth -= 1
        return inner

    def _advance(self) -> _Token:
        token, self._next = self._next, next(self._tokens, _Token("end", self._next.position))
        return token


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
