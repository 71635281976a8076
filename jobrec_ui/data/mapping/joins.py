"""Chooses between several columns of ids by their values: those of the applications are among those of their owners."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from jobrec_ui.data.mapping.names import meanings_of
from jobrec_ui.data.mapping.proposal import Proposal
from jobrec_ui.data.mapping.uses import uses
from jobrec_ui.data.tables import OWNERS

# So many of the ids that a sheet of applications names have to be known for two columns to be of one system.
JOINED = 0.5
_ENTITIES = {"posting_id": "posting", "candidate_id": "candidate"}


def joined(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, with the columns of ids that join one another where the ones proposed do not, or are unsure."""
    made = list(proposals)
    for use, table in OWNERS.items():
        owners = [at for at, one in enumerate(made) if one.mapping.holds[:1] == (table,) and use in one.mapping.used]
        others = [at for at, one in enumerate(made) if one.mapping.holds[:1] == ("interactions",)]
        if len(owners) == 1:
            for other in others:
                made[owners[0]], made[other] = _join(made[owners[0]], made[other], use)
    return made


def _join(owner: Proposal, other: Proposal, use: str) -> tuple[Proposal, Proposal]:
    pairs = [
        (_shared(owner, mine, other, theirs), mine == _column(owner, use), theirs == _column(other, use), mine, theirs)
        for mine, theirs in product(_options(owner, use), _options(other, use))
    ]
    # Where several join equally well, what was proposed stays.
    share, *_, mine, theirs = max(pairs, default=(0.0, False, False, "", ""))
    return (_with_id(owner, mine, use), _with_id(other, theirs, use)) if share >= JOINED else (owner, other)


def _column(proposal: Proposal, use: str) -> str | None:
    return next((name for name, found in proposal.mapping.columns.items() if use in found), None)


def _options(proposal: Proposal, use: str) -> list[str]:
    """The column proposed for ``use``, and those not used whose names mean such an id, or an id of nobody named."""
    whose = ("", _ENTITIES[use])

    def may_be(name: str, found: tuple[str, ...]) -> bool:
        named = any(meaning.concept == "id" and meaning.entity in whose for meaning in meanings_of(name))
        return use in found or (not found and named)

    return [name for name, found in proposal.mapping.columns.items() if may_be(name, found)]


def _shared(owner: Proposal, mine: str, other: Proposal, theirs: str) -> float:
    """Which share of the ids in a column of ``other`` are in one of ``owner`` (0 to 1), as far as they were read."""
    mentioned = other.profiles[theirs].values
    return len(mentioned & owner.profiles[mine].values) / len(mentioned) if mentioned else 0.0


def _with_id(proposal: Proposal, name: str, use: str) -> Proposal:
    """The proposal with the column ``name`` for the ids of ``use``; what was doubted about them is settled."""
    before = _column(proposal, use)
    columns = dict(proposal.mapping.columns)
    if before is not None and before != name:
        columns[before] = tuple(one for one in columns[before] if one != use)
        columns[name] = (use, *columns[name])
    doubt = "" if uses()[use].label.lower() in proposal.doubt else proposal.doubt
    found = [fit for fit in proposal.fits if fit.use != use]
    why = next((fit for fit in proposal.fits if fit.use == use), None)
    if why is not None and before != name:
        why = replace(why, column=name, why="its values are those of the other files")
    mapping = replace(proposal.mapping, columns=columns)
    return replace(proposal, mapping=mapping, doubt=doubt, fits=(*found, *([why] if why else [])))
