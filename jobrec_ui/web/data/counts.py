"""How many rows of a table, in words."""

from jobrec_ui.web import text

NOUNS = {
    "postings": ("posting", "postings"),
    "candidates": ("person", "people"),
    "interactions": ("stage", "stages"),
    "demographics": ("declared attribute", "declared attributes"),
}


def counted(number: int, table: str, word: str = "") -> str:
    """``1 person``, or with a word ``1,204 new people``."""
    one, many = (f"{word} {noun}".strip() for noun in NOUNS[table])
    return text.count(number, one, many)
