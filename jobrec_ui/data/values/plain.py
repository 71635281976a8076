"""Names and words in plain letters, so that those of a file can be compared with the lists of known ones."""

import re

from jobrec_ui.warehouse.letters import letters

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[\W_]+")


def same_case(word: str) -> str:
    """A word of a file as it is looked up: in one case, with single blanks."""
    return " ".join(word.casefold().split())


def words_of(name: str) -> list[str]:
    """The words of a name in plain letters: "candidateID (neu)" is candidate, id, neu."""
    spaced = _CAMEL.sub(" ", name.replace("#", " number ")) if not name.isupper() else name
    return _NO_WORD.sub(" ", letters(spaced.replace("°", "o"))).split()  # N° is numero


def spellings(phrase: str) -> set[str]:
    """A phrase of the lists as :func:`words_of` gives it, German umlauts written out and not."""
    plain = " ".join(words_of(phrase))
    return {plain, plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")} - {""}
