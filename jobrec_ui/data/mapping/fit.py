"""How well a column fits a use: its name first, then whether its values look like what the use wants."""

import re
from dataclasses import dataclass

from jobrec_ui.data.mapping.names import meanings_of
from jobrec_ui.data.mapping.profile import Profile
from jobrec_ui.data.mapping.roles import Role, options
from jobrec_ui.data.mapping.uses import uses
from jobrec_ui.data.tables import Kind
from jobrec_ui.data.values.plain import words_of

WORTH_A_TRY = 0.35
_NAMED_EXACTLY = 0.6
_ENOUGH, _SOME = 0.5, 0.2
_MOST = 0.8
# A description is longer, in letters.
_SHORT = 40
_WORDS = re.compile(r"[^\W\d_]+([ .,'’-]+[^\W\d_]+)+\.?")


@dataclass(frozen=True)
class Fit:
    """A column may have a use: how likely (0 to 1), and why, as a clause."""

    column: str
    use: str
    score: float
    why: str


def fits(column: str, seen: Profile, role: Role) -> list[Fit]:
    """The uses that a column may have in a sheet of that role, none below WORTH_A_TRY."""
    found: dict[str, Fit] = {}
    for meaning in meanings_of(column):
        for use, likely in options(role, meaning):
            score = likely * _looks_like(use, seen, role)
            if use.rpartition(".")[2] == "_".join(words_of(column)):  # who names it so means it, whatever stands there
                score = max(score, _NAMED_EXACTLY)
            if score >= WORTH_A_TRY and score > (found[use].score if use in found else 0.0):
                found[use] = Fit(column, use, score, f"it is called {column}")
    return [*found.values(), *(fit for fit in _by_values(column, seen, role) if fit.use not in found)]


def _by_values(column: str, seen: Profile, role: Role) -> list[Fit]:
    """Uses that the values alone suggest, whatever the column is called."""
    made = []
    if seen.filled and role.name in ("candidates", "applications") and seen.emails >= _MOST:
        made.append(Fit(column, "candidates.email", 0.7, "its values are e-mail addresses"))
    if seen.filled >= 3 and role.name == "applications" and seen.stages >= _MOST and len(seen.values) > 1:
        made.append(Fit(column, "stage", 0.5, f"its values are stages, such as {seen.examples[0]}"))
    return made


def _looks_like(use: str, seen: Profile, role: Role) -> float:
    """How well the values go with a use (0 to 1)."""
    if not seen.filled:
        return 0.6
    match uses()[use].kind:
        case Kind.ID:
            return _like_an_id(use, seen, role)
        case Kind.DATE | Kind.TIMESTAMP:
            return _graded(seen.dates)
        case Kind.NUMBER:
            share = seen.money if "salary" in use else seen.numbers
            return _graded(share)
        case Kind.BOOLEAN:
            return _graded(seen.booleans)
        case Kind.STAGE:
            return max(_graded(seen.stages), 0.6 if len(seen.values) <= 40 and seen.numbers < _ENOUGH else 0.0)
        case Kind.LIST:
            return 0.1 if max(seen.numbers, seen.dates) >= _MOST else 1.0
    return _like_text(use, seen)


def _graded(share: float) -> float:
    return 1.0 if share >= _ENOUGH else 0.6 if share >= _SOME else 0.0


def _like_an_id(use: str, seen: Profile, role: Role) -> float:
    if seen.length > 64 or (seen.dates >= _MOST and seen.numbers < _MOST):
        return 0.1
    if use == "candidate_id" and _matching_names(seen) >= _MOST:
        return 0.3
    own = {"postings": "posting_id", "candidates": "candidate_id"}.get(role.name)
    if use != own:
        return 1.0
    return 1.0 if seen.distinct >= 0.9 else 0.5 if seen.distinct >= _ENOUGH else 0.2


def _matching_names(seen: Profile) -> float:
    """The share of values that are several words of letters alone, as names are and ids are not."""
    return sum(_WORDS.fullmatch(value) is not None for value in seen.values) / max(1, len(seen.values))


def _like_text(use: str, seen: Profile) -> float:
    wanted = use.rpartition(".")[2]
    if wanted == "email":
        return _graded(seen.emails)
    if wanted == "phone":
        return _graded(seen.phones)
    if max(seen.emails, seen.numbers if wanted != "education" else 0.0, seen.dates) >= _MOST:
        return 0.1 if wanted not in ("declared", "value") else 1.0
    if wanted == "region" and seen.stages >= _ENOUGH:  # "Stato: aperto" is no region
        return 0.3
    if wanted == "description" and seen.length < _SHORT:
        return 0.6
    if wanted in ("title", "name", "first_name", "last_name", "city", "country") and seen.length > 120:
        return 0.3
    return 1.0
