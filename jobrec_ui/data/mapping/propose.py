"""Proposes what the sheets of a company hold and what their columns are used for, and says why.

Each sheet is read in every role that it could have (roles.py). A role is worth what its columns are worth in it: how
well their names and values fit (fit.py). The best role is proposed; then the sheets are looked at together, for what
one of them already brings another need not.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from jobrec_ui.data.mapping.fit import Fit, fits
from jobrec_ui.data.mapping.joins import joined
from jobrec_ui.data.mapping.names import entity_of
from jobrec_ui.data.mapping.profile import Profile, profile
from jobrec_ui.data.mapping.proposal import Proposal
from jobrec_ui.data.mapping.record import SheetMapping
from jobrec_ui.data.mapping.roles import ROLES, Role
from jobrec_ui.data.mapping.uses import DAY_OF, missing, uses
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.values.words import meanings

# How much a sheet's name adds to the role that it speaks of, in columns that fit.
_NAMED_SO = 1.5
# Below this a required column was guessed rather than recognised.
SURE = 0.5
# A day counts as that of an application from here on, whatever else the sheet says.
_NAMED_FOR_IT = 0.6
_NEEDED = ("posting_id", "candidate_id", "postings.title", "occurred_at", "stage")
# So much of a role has to be there for it to be worth a word.
_SOMETHING = 2.0
# So many of the cells have to say where the work is done for a contract type to be read for it as well.
_SAYS_WHERE = 0.1


def propose(sheets: Sequence[Sheet], loaded: Collection[str] = ()) -> list[Proposal]:
    """What each sheet holds, for all sheets of a load; ``loaded`` are the tables that have rows in the warehouse."""
    proposals = joined([propose_sheet(sheet) for sheet in sheets])
    held = [proposal.mapping.holds for proposal in proposals]
    made = []
    for position, proposal in enumerate(proposals):
        others = {table for place, holds in enumerate(held) if place != position for table in holds}
        made.append(_beside_others(proposal, others | set(loaded)) if "interactions" in held[position] else proposal)
    return made


def propose_sheet(sheet: Sheet, only: Collection[str] = ()) -> Proposal:
    """What one sheet holds by itself; ``only`` the roles that hold these tables are considered, if any are named."""
    profiles = {name: profile(cells.slice(0, 2000)) for name, cells in sheet.columns.items()}
    roles = [role for role in ROLES if not only or role.holds in only]
    ranked = sorted((_in_role(sheet, profiles, role) for role in roles), key=lambda found: -found[0])
    worth, role, chosen = ranked[0]
    if worth <= 0:
        _, closest, found = max(ranked, key=lambda one: sum(fit.score for fit in one[2]))
        return Proposal(sheet, _nothing(sheet), _why_nothing(closest, found), tuple(found), profiles=profiles)
    columns = _columns(sheet, chosen, profiles)
    mapping = SheetMapping(sheet.file, sheet.part, _holds(role, columns), columns)
    second = ranked[1] if len(ranked) > 1 else (0.0, role, [])
    doubt = _doubt(sheet, profiles, role, chosen)
    if not doubt and worth - second[0] < SURE:
        doubt = f"it may also hold {second[1].in_words}"
    return Proposal(sheet, mapping, _why(role, chosen), tuple(chosen), doubt, profiles)


def _doubt(sheet: Sheet, profiles: dict[str, Profile], role: Role, chosen: list[Fit]) -> str:
    """What of the required columns was guessed, or could be another."""
    for fit in chosen:
        if fit.use not in _NEEDED:
            continue
        if fit.score < SURE:
            return f"it is not sure that {fit.column} is the {uses()[fit.use].label.lower()}"
        for name, seen in profiles.items():
            used = any(other.column == name for other in chosen)
            if not used and any(other.use == fit.use and other.score >= fit.score for other in fits(name, seen, role)):
                return f"it has two columns for the {uses()[fit.use].label.lower()}: {fit.column} and {name}"
    return ""


def _in_role(sheet: Sheet, profiles: dict[str, Profile], role: Role) -> tuple[float, Role, list[Fit]]:
    """What a role is worth for a sheet (0 = impossible), with what its columns would be used for."""
    every = [fit for name, seen in profiles.items() for fit in fits(name, seen, role)]
    chosen = _with_both_names(_assign(every), profiles)
    if role.name == "applications":
        chosen = _with_references(_with_moments(chosen), profiles)
    if role.name == "candidates" and not any(fit.use == "candidate_id" for fit in chosen):
        chosen = _identified(chosen, "candidates.email", "candidate_id", profiles)
    if role.name == "postings" and not any(fit.use == "posting_id" for fit in chosen):
        chosen = _identified(chosen, "postings.title", "posting_id", profiles)
    used = {fit.use for fit in chosen}
    if missing(role.holds, used) or not _enough(role, used, sheet) or _only_looks_so(role, chosen):
        return 0.0, role, chosen
    named = entity_of(f"{sheet.file.rsplit('.', 1)[0]} {sheet.part}")
    return sum(fit.score for fit in chosen) + _NAMED_SO * (named == role.entity != ""), role, chosen


def _enough(role: Role, used: set[str], sheet: Sheet) -> bool:
    """Whether there is more than an id to make a sheet this role's: a bare list of ids must be called one of people."""
    if role.name == "candidates" and not any(use.startswith("candidates.") for use in used):
        return entity_of(f"{sheet.file.rsplit('.', 1)[0]} {sheet.part}") == "candidate"
    if role.name == "demographics":
        return "declared" in used or {"attribute", "value"} <= used
    return True


def _only_looks_so(role: Role, chosen: list[Fit]) -> bool:
    """Whether people with a title, and a day on which they came, only look like applications for that title."""
    of_use = {fit.use: fit for fit in chosen}
    if (
        role.name != "applications"
        or "stage" in of_use
        or of_use["posting_id"].column != _column(of_use, "postings.title")
    ):
        return False
    days = [fit for use, fit in of_use.items() if use.startswith(DAY_OF) or use == "occurred_at"]
    return all(fit.score < _NAMED_FOR_IT for fit in days)


def _column(of_use: dict[str, Fit], use: str) -> str | None:
    return of_use[use].column if use in of_use else None


def _with_both_names(chosen: list[Fit], profiles: dict[str, Profile]) -> list[Fit]:
    """Beside a first name or a last one, a name of one word is the other: "Name, Vorname", "Cognome, Nome"."""
    of_use = {fit.use: fit for fit in chosen}
    halves = ["candidates.first_name", "candidates.last_name"]
    known = [use for use in halves if use in of_use]
    if "candidates.name" not in of_use or len(known) != 1:
        return _without_doubles(chosen)
    whole = of_use["candidates.name"]
    values = profiles[whole.column].values
    other = halves[1 - halves.index(known[0])]
    if values and sum(" " in value for value in values) <= len(values) / 2:
        return _without_doubles([replace(fit, use=other) if fit is whole else fit for fit in chosen])
    return _without_doubles(chosen)


def _assign(every: list[Fit]) -> list[Fit]:
    """The best use of each column, and the best column of each use, but for uses that several columns may share."""
    chosen: list[Fit] = []
    taken: set[str] = set()
    for fit in sorted(every, key=lambda one: -one.score):
        if fit.column in {one.column for one in chosen}:
            continue
        if fit.use not in taken or (uses()[fit.use].between is not None and fit.score > 0.65):
            chosen.append(fit)
            taken.add(fit.use)
    return chosen


def _without_doubles(chosen: list[Fit]) -> list[Fit]:
    """A full name makes first and last names superfluous; a range of pay its bounds; a city the place of all."""
    used = {fit.use for fit in chosen}
    superfluous: set[str] = set()
    if "candidates.name" in used and not {"candidates.first_name", "candidates.last_name"} <= used:
        superfluous |= {"candidates.first_name", "candidates.last_name"}
    elif {"candidates.first_name", "candidates.last_name"} <= used:
        superfluous.add("candidates.name")
    if used & {"postings.salary_min", "postings.salary_max"}:
        superfluous.add("postings.salary")
    for table in ("postings", "candidates"):
        if f"{table}.city" in used:
            superfluous.add(f"{table}.place")
    return [fit for fit in chosen if fit.use not in superfluous]


def _with_moments(chosen: list[Fit]) -> list[Fit]:
    """Where each row is one stage, the one day that there is is the stage's."""
    used = {fit.use for fit in chosen}
    days = [fit for fit in chosen if fit.use.startswith(DAY_OF)]
    if "stage" in used and "occurred_at" not in used and len(days) == 1:
        return [replace(fit, use="occurred_at") if fit in days else fit for fit in chosen]
    if "stage" not in used and "occurred_at" in used:
        # A moment without a stage is the application's.
        named = "day applied" not in used
        kept = [fit for fit in chosen if fit.use != "occurred_at" or named]
        return [replace(fit, use="day applied") if fit.use == "occurred_at" else fit for fit in kept]
    return chosen


def _with_references(chosen: list[Fit], profiles: dict[str, Profile]) -> list[Fit]:
    """A person without an id is known by the mail address, a posting by its title."""
    used = {fit.use for fit in chosen}
    if "candidate_id" not in used:
        chosen = _identified(chosen, "candidates.email", "candidate_id", profiles, repeats=True)
        used = {fit.use for fit in chosen}
    if "candidate_id" not in used:
        chosen = _identified(chosen, "candidates.name", "candidate_id", profiles, repeats=True)
    if "posting_id" not in used:
        chosen = _identified(chosen, "postings.title", "posting_id", profiles, repeats=True)
    return chosen


def _identified(
    chosen: list[Fit], by: str, use: str, profiles: dict[str, Profile], *, repeats: bool = False
) -> list[Fit]:
    """``chosen``, with the column used as ``by`` for an id as well, where its values may be one."""
    found = next((fit for fit in chosen if fit.use == by), None)
    if found is None or (not repeats and profiles[found.column].distinct < 0.95) or profiles[found.column].length > 64:
        return chosen
    word = by.rpartition(".")[2]
    return [*chosen, Fit(found.column, use, found.score * 0.7, f"there is no id, so they are told apart by {word}")]


def _columns(sheet: Sheet, chosen: list[Fit], profiles: dict[str, Profile]) -> dict[str, tuple[str, ...]]:
    """The uses of every column of a sheet, in the order of the sheet."""
    made: dict[str, list[str]] = {name: [] for name in sheet.names}
    for fit in chosen:
        made[fit.column].append(fit.use)
    used = {fit.use for fit in chosen}
    for name, found in made.items():
        if "postings.employment_type" in found and "postings.remote" not in used and _says_where(profiles[name]):
            found.append("postings.remote_where_said")
    return {name: tuple(sorted(found, key=list(uses()).index)) for name, found in made.items()}


def _says_where(seen: Profile) -> bool:
    words = [meanings().get(value.casefold(), "") for value in seen.values]
    return sum(word in ("remote", "hybrid", "on site") for word in words) >= max(1, _SAYS_WHERE * len(words))


def _holds(role: Role, columns: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    used = {use for found in columns.values() for use in found}
    held = [role.holds]
    if role.name == "applications":
        held += ["postings"] * ("postings.title" in used)
        held += ["candidates"] * any(use.startswith("candidates.") for use in used)
    if role.name == "candidates" and "declared" in used:
        held.append("demographics")
    return tuple(held)


def _beside_others(proposal: Proposal, others: set[str]) -> Proposal:
    """A sheet of applications without what other sheets, or the warehouse, bring: people and postings in full."""
    mapping = proposal.mapping
    dropped = {table for table in ("postings", "candidates") if table in mapping.holds and table in others}
    added = ["candidates"] if "candidates" not in (*mapping.holds, *others) else []
    holds = tuple(table for table in (*mapping.holds, *added) if table not in dropped)
    columns = {
        name: tuple(use for use in found if use.partition(".")[0] not in dropped)
        for name, found in mapping.columns.items()
    }
    return replace(proposal, mapping=replace(mapping, holds=holds, columns=columns))


def _nothing(sheet: Sheet) -> SheetMapping:
    return SheetMapping(sheet.file, sheet.part, (), dict.fromkeys(sheet.names, ()))


def _why(role: Role, chosen: list[Fit]) -> str:
    names = [fit.column for fit in sorted(chosen, key=lambda fit: -fit.score)]
    shown = list(dict.fromkeys(names))[:3]
    return f"{role.in_words}: it has columns such as {', '.join(shown)}"


def _why_nothing(role: Role, chosen: list[Fit]) -> str:
    """What it may be, and what it lacks to be that."""
    if sum(fit.score for fit in chosen) < _SOMETHING:
        return "nothing that the app knows"
    lacking = missing(role.holds, {fit.use for fit in chosen})
    without = f", but lacks {' and '.join(lacking)}" if lacking else ""
    return f"it may hold {role.in_words}{without}"
