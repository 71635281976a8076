"""Why a training cannot be had: a sentence that names the cause in this data, with counts, and the column to mend.

What there is of everything is counted by sql/models/why_no_examples.sql; the first cause that holds is told.
"""

from collections.abc import Callable
from datetime import timedelta

import pandas as pd

from jobrec_ui.models.schedule import SHORTEST_HISTORY, SHORTEST_SPREAD
from jobrec_ui.warehouse import Warehouse

MIN_EXAMPLES = 500  # Redshift ML's own minimum
_NEARLY_ALL = 0.9
# Facts about people that have to be in the postings too.
_FACTS = ("city", "region", "country", "seniority", "education")

Cause = Callable[[pd.Series], str | None]


def why(wh: Warehouse, examples: int = 0, positives: int = 0) -> str:
    """Why there are only so many examples, of which so many did well. Raises WarehouseError."""
    counts = wh.query("models/why_no_examples").iloc[0]
    found = (cause(counts) for cause in _CAUSES)
    return next((sentence for sentence in found if sentence), None) or _too_few(counts, examples, positives)


def _nothing_happened(counts: pd.Series) -> str | None:
    if counts["events"]:
        return None
    if not counts["candidates"] and not counts["postings"]:
        return (
            "There is nothing to learn from yet: no data are loaded. Load postings, candidates and interactions first."
        )
    return (
        f"There is nothing to learn from yet: {_number(counts['candidates'], 'candidate')} and "
        f"{_number(counts['postings'], 'posting')} are loaded, but no stage that anybody reached. Load interactions: "
        "who (candidate_id) reached which stage (stage) on which posting (posting_id), and when (occurred_at)."
    )


def _only_views(counts: pd.Series) -> str | None:
    if counts["relevant_events"]:
        return None
    return (
        "There is nothing to learn from yet: no candidate reached a stage beyond viewing, in all "
        f"{_number(counts['events'], 'stage')}. In interactions, the column stage should also say who applied, was "
        "shortlisted, interviewed or hired."
    )


def _short_history(counts: pd.Series) -> str | None:
    first, last = counts["first_at"], counts["last_at"]
    if last - first >= SHORTEST_HISTORY:
        return None
    if counts["days"] == 1:
        which = "The only stage is" if counts["events"] == 1 else f"All {counts['events']:,} stages are"
        return (
            f"{which} on one day, {_day(first)}: what was known before cannot be "
            "told from what came of it. At least four weeks are needed to learn from. In interactions, the column "
            "occurred_at should hold the day on which each stage was reached."
        )
    return (
        f"The {_number(counts['events'], 'stage')} reach over {(last - first).days} days only, from {_day(first)} to "
        f"{_day(last)}. At least four weeks are needed to learn from. Load the stages of the weeks before as well "
        f"(interactions, with their day in occurred_at), or train when there are some from "
        f"{_day(first + SHORTEST_HISTORY)} on."
    )


def _all_at_once(counts: pd.Series) -> str | None:
    first, last = counts["first_pair_at"], counts["last_pair_at"]
    if last - first >= SHORTEST_SPREAD:
        return None
    when = (
        f"on one day, {_day(first)}"
        if counts["pair_days"] == 1
        else f"within {(last - first + timedelta(days=1)).days} days, from {_day(first)} to {_day(last)}"
    )
    return (
        f"{_number(counts['people_on_postings'], 'candidate')} came to their postings {when}: what was known "
        "before cannot be told from what came of it. In interactions, the column occurred_at should hold the day on "
        "which each first stage (such as applied) was reached, not that of an export."
    )


def _unknown_people(counts: pd.Series) -> str | None:
    if 2 * counts["unknown_pairs"] < counts["pairs"]:
        return None
    sentence = (
        f"{counts['unknown_people']:,} of {_number(counts['people_on_postings'], 'candidate')} have neither a text nor "
        "an earlier application: when they came to a posting, nothing was known of them to hold against it. In "
        "candidates, fill headline, summary or skills."
    )
    facts = [fact for fact in _FACTS if counts[f"only_{fact}"] > 0]
    if facts:
        sentence += (
            f" Or in postings, fill {' and '.join(facts)}: candidates have {'it' if len(facts) == 1 else 'these'}, "
            "postings have none that differ."
        )
    return sentence


def _nobody_to_compare_with(counts: pd.Series) -> str | None:
    possible = counts["postings_with_people"] * counts["candidates"]
    if counts["pairs"] < _NEARLY_ALL * possible:
        return None
    return (
        f"{counts['pairs']:,} of {_number(possible, 'possible pair')} of a candidate and a posting have come about: "
        "nearly everybody is on every posting, and nobody is left to compare them with. In candidates, load people who "
        "did not apply as well."
    )


def _too_few(counts: pd.Series, examples: int, positives: int) -> str:
    sentence = (
        f"There are {examples:,} examples to learn from, {positives:,} of them positive; at least {MIN_EXAMPLES} and "
        f"some positives are needed. The record has {_number(counts['people_on_postings'], 'candidate')} on "
        f"{_number(counts['postings_with_people'], 'posting')} ({_number(counts['pairs'], 'pair')}), from "
        f"{_day(counts['first_at'])} to {_day(counts['last_at'])}."
    )
    if counts["unknown_pairs"]:
        return (
            f"{sentence} Of {_number(counts['unknown_people'], 'candidate')} nothing was known when they came to a "
            "posting: in candidates, fill headline, summary or skills."
        )
    return f"{sentence} That is a small record: earlier stages in interactions would add to it, and so will time."


_CAUSES: tuple[Cause, ...] = (
    _nothing_happened, _only_views, _short_history, _all_at_once, _unknown_people, _nobody_to_compare_with,
)  # fmt: skip


def _number(value: int, thing: str) -> str:
    return f"{value:,} {thing}{'' if value == 1 else 's'}"


def _day(moment: pd.Timestamp) -> str:
    return f"{moment.day} {moment:%B %Y}"
