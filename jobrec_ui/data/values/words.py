"""The words that stand for yes, no, unknown, and for the place of work, in the languages that companies export in."""

import csv
import functools
from pathlib import Path

from rapidfuzz import process

from jobrec_ui.data.tables import STAGES
from jobrec_ui.data.values.plain import same_case

_SURE = 80.0


@functools.cache
def meanings() -> dict[str, str]:
    """What each known word means: yes, no, remote, hybrid, on site, unknown, unknown amount."""
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        return {word: row["meaning"] for row in csv.DictReader(file) for word in row["words"].split("|")}


# "Unknown" in any column; "competitive" or "from now on" only where a number or a day is wanted.
UNKNOWN = tuple(word for word, meaning in meanings().items() if meaning == "unknown")
UNKNOWN_AMOUNT = (*UNKNOWN, *(word for word, meaning in meanings().items() if meaning == "unknown amount"))
_TRUE, _FALSE = ("yes", "remote"), ("no", "hybrid", "on site")


def yes_or_no(word: str) -> bool | None:
    """Whether a word means yes, also to "can be done from anywhere"; None if it means neither yes nor no.

    What is done partly from home cannot be done from anywhere.
    """
    meaning = meanings().get(same_case(word))
    return True if meaning in _TRUE else False if meaning in _FALSE else None


def closest_stage(word: str) -> str | None:
    """The stage whose name is likely meant by a misspelt one."""
    found = process.extractOne(word[:64], STAGES, score_cutoff=_SURE)
    return found[0] if found else None
