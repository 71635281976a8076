"""What a company's own words for stages likely mean. The words are in stage_words.csv, in eight languages."""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from jobrec_ui.data.tables import STAGES
from jobrec_ui.data.values.plain import spellings, words_of

_ALIKE = 90.0
_ENDS = ("rejected", "withdrawn")


@dataclass(frozen=True)
class StageProposal:
    """A stage that a word likely means. `sure`: whether anybody would say so, or an admin had better decide."""

    stage: str
    sure: bool


@functools.lru_cache(maxsize=4096)
def propose_stage(word: str) -> StageProposal | None:
    """What a word for a stage likely means; None if nothing is known about it."""
    plain = " ".join(words_of(word))
    known = _known()
    if plain in known:
        return known[plain]
    without_numbers = " ".join(part for part in plain.split() if not part.isdecimal())
    if without_numbers in known:
        return known[without_numbers]
    alike = process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE) if len(plain) > 4 else None
    if alike:
        return StageProposal(known[alike[0]].stage, sure=False)
    within = [phrase for phrase in known if len(phrase) > 3 and f" {phrase} " in f" {plain} "]
    if not within:
        return None

    def says_most(phrase: str) -> tuple[bool, int, int]:
        """How it ended says more than what came before: "Rejected after interview", "Interview, then offer"."""
        return known[phrase].stage in _ENDS, f" {plain} ".rfind(f" {phrase} ") + len(phrase), len(phrase)

    return StageProposal(known[max(within, key=says_most)].stage, sure=False)


@functools.cache
def _known() -> dict[str, StageProposal]:
    made = {stage: StageProposal(stage, sure=True) for stage in STAGES}
    with (Path(__file__).parent / "stage_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split("|"):
                for spelling in spellings(word):
                    made.setdefault(spelling, StageProposal(row["stage"], row["sure"] == "yes"))
    return made
