"""Quotes from a candidate's own text that speak for a match: the sentences with the posting's weightiest words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.letters import letters as folded

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+|\s[|·•]\s")
# As in sql/features/build_words.sql: a dot, plus or hash belongs to a word when no blank follows it; where a script has
# no blanks, two neighbouring characters count like a word, and so do Latin letters among them.
_WORD = re.compile(r"[\w.+#\u0300-\u036f]+")  # with accents that stand by themselves
_PAIR = re.compile(r"(?=([\u0e00-\u0eff]{2}|[\u2e80-\ufaff]{2}))")
_LATIN = re.compile(r"[A-Za-z0-9+#.]+")
_LONGEST = 400


@dataclass(frozen=True)
class Piece:
    """A part of a quote; ``is_match`` if it is one of the posting's words."""

    text: str
    is_match: bool


def shared_words(wh: Warehouse, posting_id: str, candidate_id: str) -> dict[str, float]:
    """The posting's weightiest words that the candidate's own text uses, and how much each says.

    Raises WarehouseError.
    """
    pair = {"posting_id": posting_id, "candidate_id": candidate_id}
    found = wh.query("matching/shared_words", pair, {"schema": "features"})
    return dict(zip(found["term"], found["weight"].astype(float), strict=True))


def quotes(texts: Sequence[str | None], words: Mapping[str, float], most: int = 3) -> list[list[Piece]]:
    """The sentences of ``texts`` whose words say most, each in pieces; the best first, none without a word."""
    found: dict[str, tuple[float, list[Piece]]] = {}
    for text in texts:
        for sentence in _SENTENCE_END.split(text or ""):
            shown = sentence.strip()[:_LONGEST]
            matches = _matches(shown, words)
            if matches and shown not in found:
                found[shown] = (sum(words[word] for word in {one.word for one in matches}), _pieces(shown, matches))
    best = sorted(found.values(), key=lambda one: -one[0])
    return [pieces for _, pieces in best[:most]]


@dataclass(frozen=True)
class _Match:
    """One of the words, and where it is in a sentence."""

    word: str
    start: int
    end: int


def _matches(sentence: str, words: Mapping[str, float]) -> list[_Match]:
    found = []
    for run in _WORD.finditer(sentence):
        spelled = run[0].rstrip(".")
        if folded(spelled) in words:
            found.append(_Match(folded(spelled), run.start(), run.start() + len(spelled)))
        elif pairs := list(_PAIR.finditer(spelled)):
            parts = [(pair[1], pair.start(1)) for pair in pairs]
            parts += [(latin[0], latin.start()) for latin in _LATIN.finditer(spelled)]
            found += [
                _Match(folded(part), run.start() + at, run.start() + at + len(part))
                for part, at in sorted(parts, key=lambda one: one[1])
                if folded(part) in words
            ]
    return found


def _pieces(sentence: str, matches: Sequence[_Match]) -> list[Piece]:
    """The sentence with its matches marked; those that touch are one piece."""
    pieces: list[Piece] = []
    end = 0
    for match in matches:
        if pieces and match.start <= end and pieces[-1].is_match:
            pieces[-1] = Piece(pieces[-1].text + sentence[end : match.end], is_match=True)
        else:
            if match.start > end:
                pieces.append(Piece(sentence[end : match.start], is_match=False))
            pieces.append(Piece(sentence[match.start : match.end], is_match=True))
        end = match.end
    if end < len(sentence):
        pieces.append(Piece(sentence[end:], is_match=False))
    return pieces
