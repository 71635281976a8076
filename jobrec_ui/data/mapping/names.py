"""What the name of a column may mean: "Bewerber-ID", "candidateId" and "Applicant No." are all a person's id.

The words are in column_names.csv and entities.csv, by language; names that are almost one of them count for less.
"""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from jobrec_ui.data.values.plain import spellings, words_of

_HERE = Path(__file__).parent
# Words that join others and say nothing themselves.
_JOINING = frozenset(
    {
        *("of", "the", "a", "an", "for", "in", "on", "by", "to", "and"),
        *("der", "des", "die", "das", "und", "het", "van"),
        *("de", "du", "la", "le", "les", "l", "d", "et", "el", "del", "los", "y"),
        *("do", "da", "dos", "das", "e", "di", "della", "dei", "il", "i"),
    }
)
_EXACT, _BARE, _WITHIN, _ALMOST, _ENTITY_ONLY = 1.0, 0.95, 0.6, 0.8, 0.55
_ALIKE = 88.0


@dataclass(frozen=True)
class Meaning:
    """What a name may mean: a concept of column_names.csv, whose it is (entities.csv, or ""), how surely (0 to 1)."""

    concept: str
    entity: str
    score: float


@functools.lru_cache(maxsize=4096)
def meanings_of(name: str) -> tuple[Meaning, ...]:
    """What a column's name may mean, the surest first; nothing for a name without a known word."""
    words = words_of(name)
    if not words:
        return ()
    entities = _entities()
    named = {entities[word] for word in _without_whose(words) if word in entities}
    entity = _first(named, ("staff", "candidate", "posting", "application"))
    found = [Meaning(concept, entity, _EXACT) for concept in _concepts().get(" ".join(words), ())]
    bare = _without_digits([word for word in words if word not in entities and word not in _JOINING])
    rest = " ".join(bare)
    if rest:
        found += [Meaning(concept, entity, _BARE) for concept in _concepts().get(rest, ())]
        found += _compound(bare) if len(words) == 1 else []
        if not found:
            found = _alike(words, rest, entity)
    elif entity:
        found += [Meaning("id", entity, _ENTITY_ONLY)]
        called = {"posting": "title", "candidate": "name"}.get(entity)
        found += [Meaning(called, entity, _ENTITY_ONLY)] if called else []
    best: dict[str, Meaning] = {}
    for meaning in sorted(found, key=lambda one: -one.score):
        best.setdefault(meaning.concept, meaning)
    return tuple(best.values())


def _without_whose(words: list[str]) -> list[str]:
    """The id of a "job application" or "candidate submission" is the application's, whoever's that is."""
    entities = [_entities().get(word) for word in words]
    return [
        word
        for word, entity, following in zip(words, entities, [*entities[1:], None], strict=True)
        if not (following == "application" and entity in ("posting", "candidate"))
    ]


def entity_of(text: str) -> str:
    """Whose rows a file or sheet of that name holds: posting, candidate, application, or "" if it does not say."""
    words = words_of(text)
    entities = _entities()
    named = {entities[word] for word in words if word in entities}
    if not named:
        named = {entities[head] for word in words for head, _ in _heads(word)}
    return _first(named, ("application", "posting", "candidate"))


def _first(named: set[str], order: tuple[str, ...]) -> str:
    return next((entity for entity in order if entity in named), "")


def _without_digits(words: list[str]) -> list[str]:
    """ "skill 1" and "skill1" are skill."""
    bare = [word.rstrip("0123456789") or word for word in words]
    return [word for word in bare if not word.isdecimal()] or bare


def _compound(words: list[str]) -> list[Meaning]:
    """One word made of two: Stellentitel, jobid, Bewerbername."""
    [word] = words if len(words) == 1 else [""]
    return [
        Meaning(concept, _entities()[head], _BARE)
        for head, tail in _heads(word)
        for concept in _concepts().get(tail, ())
    ]


def _heads(word: str) -> list[tuple[str, str]]:
    """The known entities that a word begins with, each with what follows, a joining s, n or en left out."""
    heads = [head for head in _entities() if len(head) > 2 and word.startswith(head) and len(word) > len(head)]
    tails = [(head, word[len(head) :]) for head in sorted(heads, key=len, reverse=True)]
    return [(head, tail.removeprefix(joint)) for head, tail in tails for joint in ("", "s", "n", "en")]


def _alike(words: list[str], rest: str, entity: str) -> list[Meaning]:
    """Concepts whose names are almost this one, or a part of it."""
    known = _concepts()
    found = [
        Meaning(concept, entity, _ALMOST * score / 100)
        for alike, score, _ in process.extract(
            rest, list(known), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=3
        )
        for concept in known[alike]
        if min(len(alike), len(rest)) > 3
    ]
    spans = [(start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    longest = 0
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        part = " ".join(words[start:end])
        if len(part) > 2 and part in known and part not in _entities() and end - start >= longest:
            # Of parts of one length the first says most, unless the values say otherwise.
            found += [Meaning(concept, entity, _WITHIN if not longest else 0.9 * _WITHIN) for concept in known[part]]
            longest = end - start
    return found


@functools.cache
def _concepts() -> dict[str, tuple[str, ...]]:
    """The concepts that a phrase may stand for."""
    made: dict[str, dict[str, None]] = {}
    for row in _rows("column_names.csv"):
        concept = row.pop("concept")
        for phrase in "|".join(row.values()).split("|"):
            for spelling in spellings(phrase):
                made.setdefault(spelling, {})[concept] = None
    return {phrase: tuple(concepts) for phrase, concepts in made.items()}


@functools.cache
def _entities() -> dict[str, str]:
    made: dict[str, str] = {}
    for row in _rows("entities.csv"):
        entity = row.pop("entity")
        for word in " ".join(row.values()).split():
            for spelling in spellings(word):
                made.setdefault(spelling, entity)
    return made


def _rows(file: str) -> list[dict[str, str]]:
    with (_HERE / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
