"""What somebody typed to find a posting or a person: its words, folded as what is searched is, a phone number, and what
may have been meant by a word that was mistyped.

Redshift has neither edit distances nor trigrams. The warehouse narrows the words that there are down to a few hundred
that share pairs of letters with the one typed (sql/matching/closest_words.sql); of these the wrong letters are counted
here.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from jobrec_ui.warehouse import Warehouse, letters

About = Literal["postings", "candidates", "blind review"]

# As Elasticsearch's fuzziness AUTO: in a short word one wrong letter already makes another word.
_ONE_WRONG_FROM, _TWO_WRONG_FROM = 4, 6
_MOST_MEANT = 10  # words that one may stand for
_MOST_WORDS = 8  # that are put right
_LONGEST = 40
_FEWEST_DIGITS = 6
_PHONE = re.compile(r"[0-9 ()+./-]+")


def words(text: str) -> list[list[str]]:
    """The words of ``text``, each with its other spelling if it has an umlaut: [["zoe"], ["grun", "gruen"]].

    Commas and semicolons part words ("Bond, James"). What holds no word at all is taken as it is: it finds nothing.
    """
    parted = re.sub("[,;]", " ", text)
    as_typed = letters.folded(parted).split()
    spelled = letters.folded(letters.with_umlauts_spelled(parted)).split()
    if not as_typed and text.strip():
        return [[text.strip()]]
    return [list(dict.fromkeys(forms)) for forms in zip(as_typed, spelled, strict=True)]


def as_json(typed: Sequence[Sequence[str]]) -> str:
    """The words for SQL, none of them put right: [{"number": 0, "word": "zoe", "mistakes": 0}, …]."""
    return _rows((number, word, 0) for number, forms in enumerate(typed) for word in forms)


def phone(text: str) -> str:
    """The digits of a phone number without zeros that lead, if ``text`` is nothing but one; else an empty text."""
    plain = letters.letters(text)
    if not _PHONE.fullmatch(plain):
        return ""
    digits = re.sub("[^0-9]", "", plain.replace("(0)", "")).lstrip("0")
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def put_right(wh: Warehouse, typed: Sequence[Sequence[str]], about: About) -> str | None:
    """The words for SQL, each with those that it may stand for, by the letters that are wrong; None if none is near.

    A swap of two neighbouring letters is one mistake. Raises WarehouseError.
    """
    asked = {number: forms[0] for number, forms in enumerate(typed) if _most_wrong(forms[0])}
    if not asked or len(asked) > _MOST_WORDS:
        return None
    pairs = [
        {"number": number, "letters": len(word), "most": _most_wrong(word), "pair": "".join(pair)}
        for number, word in asked.items()
        for pair in sorted(set(itertools.pairwise(f" {word} ")))
    ]
    known = wh.query("matching/closest_words", {"pairs": json.dumps(pairs, ensure_ascii=False), "about": about})
    meant = [
        (int(number), word, int(mistakes))
        for number, found in known.groupby("number")["word"]
        for word, mistakes, _ in process.extract(
            asked[int(number)],
            found.tolist(),
            scorer=OSA.distance,
            score_cutoff=_most_wrong(asked[int(number)]),
            limit=_MOST_MEANT,
        )
        if mistakes
    ]
    if not meant:
        return None
    return _rows(itertools.chain(((number, word, 0) for number, forms in enumerate(typed) for word in forms), meant))


def _most_wrong(word: str) -> int:
    if not _ONE_WRONG_FROM <= len(word) <= _LONGEST or re.search("[0-9@]", word):
        return 0
    return 2 if len(word) >= _TWO_WRONG_FROM else 1


def _rows(found: Iterator[tuple[int, str, int]]) -> str:
    rows = [{"number": number, "word": word, "mistakes": mistakes} for number, word, mistakes in found]
    return json.dumps(rows, ensure_ascii=False)
