"""Quotes from a candidate's own text that speak for a match: the sentences with the posting's weightiest words."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobrec_ui.warehouse import Warehouse

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+|\s[|·•]\s")
# As in sql/features/build_words.sql: a dot, plus or hash belongs to a word when no blank follows it.
_WORD = re.compile(r"[\w.+#]+")
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
    found = wh.query("match/shared_words", pair, {"schema": "features"})
    return dict(zip(found["term"], found["weight"].astype(float), strict=True))


def quotes(texts: Sequence[str | None], words: Mapping[str, float], most: int = 3) -> list[list[Piece]]:
    """The sentences of ``texts`` whose words say most, each in pieces; the best first, none without a word."""
    found: dict[str, tuple[float, list[Piece]]] = {}
    for text in texts:
        for sentence in _SENTENCE_END.split(text or ""):
            shown = sentence.strip()[:_LONGEST]
            pieces = _pieces(shown, words)
            said = {_folded(piece.text) for piece in pieces if piece.is_match}
            if said and shown not in found:
                found[shown] = (sum(words[word] for word in said), pieces)
    best = sorted(found.values(), key=lambda one: -one[0])
    return [pieces for _, pieces in best[:most]]


def _pieces(sentence: str, words: Mapping[str, float]) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for match in _WORD.finditer(sentence):
        word = match[0].rstrip(".")
        if _folded(word) in words:
            if match.start() > end:
                pieces.append(Piece(sentence[end : match.start()], is_match=False))
            pieces.append(Piece(word, is_match=True))
            end = match.start() + len(word)
    if end < len(sentence):
        pieces.append(Piece(sentence[end:], is_match=False))
    return pieces


def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in parts if not unicodedata.combining(character))
