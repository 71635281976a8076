"""What users do to lists. Each action asks for its right, checks what it is given, and writes one event.

The events are written without reading the table they go to, so that writers never wait for or refuse each other.
"""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jobrec_ui.desk import decisions
from jobrec_ui.desk.decisions import LoggedView
from jobrec_ui.desk.shortlists import state
from jobrec_ui.desk.shortlists.state import FIRST_STAGE, REJECTED_STAGE, Shortlist
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.warehouse import Transaction, Warehouse
from jobrec_ui.warehouse.values import json_parts, new_id

MAX_PEOPLE = 5000
_BYTES = {"name": 256, "note": 4096, "tag": 64, "stage": 32}
# Places are counted in steps of which a second has 1,024, so that people added later come later, up to a thousand are
# added in a row, and others still fit in between.
_STEPS_PER_SECOND = 1024
_EPOCH = 1_577_836_800  # 2020


@dataclass(frozen=True)
class Added:
    """What came of adding people. ``unknown``: ids that are no candidates."""

    event_id: str | None
    new: tuple[str, ...]
    already: tuple[str, ...]
    unknown: tuple[str, ...]


def create(wh: Warehouse, username: str, name: str, posting_id: str | None = None) -> str:
    """Makes a list, for a posting or free. Returns its id. Raises InputError, WarehouseError."""
    shortlist_id = new_id()
    _write(wh, shortlist_id, username, "created", value=_checked("name", name), posting_id=posting_id)
    return shortlist_id


def rename(wh: Warehouse, username: str, shortlist_id: str, name: str) -> str:
    """Gives the list another name. Returns the event. Raises NotAllowed, InputError, WarehouseError."""
    _editable(wh, username, shortlist_id)
    return _write(wh, shortlist_id, username, "renamed", value=_checked("name", name))


def archive(wh: Warehouse, username: str, shortlist_id: str) -> None:
    """Puts the list away: it can be read, not changed. For its owner. Raises NotAllowed, WarehouseError."""
    _owned(wh, username, shortlist_id)
    _write(wh, shortlist_id, username, "archived")


def restore(wh: Warehouse, username: str, shortlist_id: str) -> None:
    """Takes the list out of the archive. For its owner. Raises NotAllowed, WarehouseError."""
    _owned(wh, username, shortlist_id)
    _write(wh, shortlist_id, username, "restored")


def share(
    wh: Warehouse, username: str, shortlist_id: str, with_user: str, access: str, known_users: Collection[str]
) -> str:
    """Lets ``with_user`` read or edit the list, or none of it any more. For its owner. Returns the event.

    Raises NotAllowed, InputError for somebody who is not among ``known_users``, WarehouseError.
    """
    owned = _owned(wh, username, shortlist_id)
    if access not in ("read", "edit", "none"):
        raise InputError(f"There is no right {access!r}. Use read, edit or none.")
    if with_user == owned.owner:
        raise InputError("The list is your own: there is no need to share it with yourself.")
    if access != "none" and with_user not in known_users:
        raise InputError(f"There is no user {with_user!r} to share with.")
    return _write(wh, shortlist_id, username, "shared", value=with_user, detail=access)


def set_stages(wh: Warehouse, username: str, shortlist_id: str, stages: Sequence[str]) -> str:
    """Gives the list stages of its own. New comes first and Rejected last, whether named or not. Returns the event.

    Raises NotAllowed, InputError, WarehouseError.
    """
    _editable(wh, username, shortlist_id)
    between: dict[str, str] = {}
    for stage in stages:
        if stage.strip():
            checked = _checked("stage", stage)
            between.setdefault(checked.lower(), checked)
    for fixed in (FIRST_STAGE, REJECTED_STAGE):
        between.pop(fixed.lower(), None)
    if len(between) > 20:
        raise InputError(f"A list can have at most 20 stages of its own, not {len(between)}.")
    kept = ";".join([FIRST_STAGE, *between.values(), REJECTED_STAGE])
    return _write(wh, shortlist_id, username, "stages", value=kept)


def add(
    wh: Warehouse,
    username: str,
    shortlist_id: str,
    candidates: Sequence[str],
    view: LoggedView | None = None,
    source: str | None = None,
) -> Added:
    """Puts people on the list, at its end, in this order; who is on it stays where they are.

    ``view`` is the ranked list they were chosen from. Raises NotAllowed, InputError, WarehouseError.
    """
    shortlist = _editable(wh, username, shortlist_id)
    wanted = list(dict.fromkeys(candidates))
    if not wanted:
        raise InputError("Nobody is chosen. Choose at least one row.")
    if shortlist.people + len(wanted) > MAX_PEOPLE:
        raise InputError(f"A list can hold at most {MAX_PEOPLE:,} people. Start another one.")
    listed = set(wh.query("desk/shortlists/members", {"shortlist_id": shortlist_id})["candidate_id"])
    known = _known(wh, [candidate for candidate in wanted if candidate not in listed])
    new = tuple(candidate for candidate in wanted if candidate in known)
    added = Added(
        new_id() if new else None,
        new,
        tuple(candidate for candidate in wanted if candidate in listed),
        tuple(candidate for candidate in wanted if candidate not in listed and candidate not in known),
    )
    if event_id := added.event_id:
        first = _now()
        placed = [(candidate, first + number) for number, candidate in enumerate(new)]

        def write(tx: Transaction) -> None:
            _write_people(tx, event_id, shortlist_id, username, "added", placed, detail=source)
            about = {"view": view, "posting_id": shortlist.posting_id, "shortlist_id": shortlist_id}
            decisions.add(tx, event_id, username, decisions.SHORTLISTED, new, **about)  # type: ignore[arg-type]

        wh.atomically(write)
    return added


def remove(wh: Warehouse, username: str, shortlist_id: str, candidates: Sequence[str]) -> str:
    """Takes people off the list. Returns the event, for :func:`undo`. Raises NotAllowed, InputError, WarehouseError."""
    shortlist, listed = _editable_people(wh, username, shortlist_id, candidates)
    event_id = new_id()

    def write(tx: Transaction) -> None:
        _write_people(tx, event_id, shortlist_id, username, "removed", [(one, None) for one in listed])
        about = {"posting_id": shortlist.posting_id, "shortlist_id": shortlist_id}
        decisions.add(tx, event_id, username, decisions.REMOVED, listed, **about)  # type: ignore[arg-type]

    wh.atomically(write)
    return event_id


def move(wh: Warehouse, username: str, shortlist_id: str, candidate_id: str, place: int) -> str:
    """Gives somebody another place in the list, counted from 1. Returns the event.

    Raises NotAllowed, InputError, WarehouseError.
    """
    _editable(wh, username, shortlist_id)
    listed = wh.query("desk/shortlists/members", {"shortlist_id": shortlist_id})
    if candidate_id not in set(listed["candidate_id"]):
        raise InputError("This candidate is no longer on the list. Somebody may have taken them off.")
    others = listed[listed["candidate_id"] != candidate_id]
    ids, positions = list(others["candidate_id"]), [float(position) for position in others["position"]]
    at = min(max(place, 1), len(ids) + 1) - 1
    placed = [(candidate_id, _between(positions, at))]
    if not _is_between(positions, at, placed[0][1]):
        first = _now()
        ids.insert(at, candidate_id)
        placed = [(one, first + number) for number, one in enumerate(ids)]
    event_id = new_id()

    def write(tx: Transaction) -> None:
        _write_people(tx, event_id, shortlist_id, username, "moved", placed)

    wh.atomically(write)
    return event_id


def set_stage(
    wh: Warehouse, username: str, shortlist_id: str, candidates: Sequence[str], stage: str, reason: str | None = None
) -> str:
    """Moves people to a stage of the list; a rejection needs a reason. Returns the event.

    Raises NotAllowed, InputError, WarehouseError.
    """
    shortlist, listed = _editable_people(wh, username, shortlist_id, candidates)
    if stage not in shortlist.stages:
        raise InputError(f"The list has no stage {stage!r}. Its stages are: {', '.join(shortlist.stages)}.")
    is_rejection = stage == REJECTED_STAGE
    checked = decisions.why(reason, needed=is_rejection)
    event_id = new_id()

    def write(tx: Transaction) -> None:
        _write_people(tx, event_id, shortlist_id, username, "stage", [(one, None) for one in listed], stage, checked)
        decisions.add(
            tx,
            event_id,
            username,
            decisions.REJECTED if is_rejection else decisions.STAGE,
            listed,
            posting_id=shortlist.posting_id,
            stage=stage,
            reason=checked,
            shortlist_id=shortlist_id,
        )

    wh.atomically(write)
    return event_id


def add_note(wh: Warehouse, username: str, shortlist_id: str, candidate_id: str, note: str) -> str:
    """Writes a note about somebody on the list. Returns the event. Raises NotAllowed, InputError, WarehouseError."""
    return _about_people(wh, username, shortlist_id, [candidate_id], "note", _checked("note", note, lines=True))


def tag(wh: Warehouse, username: str, shortlist_id: str, candidates: Sequence[str], label: str) -> str:
    """Puts a tag on people. Returns the event. Raises NotAllowed, InputError, WarehouseError."""
    return _about_people(wh, username, shortlist_id, candidates, "tagged", _checked("tag", label))


def untag(wh: Warehouse, username: str, shortlist_id: str, candidates: Sequence[str], label: str) -> str:
    """Takes a tag off people, however it is spelt. Returns the event. Raises NotAllowed, InputError, WarehouseError."""
    return _about_people(wh, username, shortlist_id, candidates, "untagged", _checked("tag", label))


def undo(wh: Warehouse, username: str, shortlist_id: str, event_id: str | None = None) -> tuple[str, int]:
    """Takes back one of the user's own events, their latest unless one is named, with the decision that went with it.

    Returns what it was and how many people it was about. Raises NotAllowed if there is none, or without the right.
    """
    shortlist = state.get(wh, username, shortlist_id)
    if shortlist.access == "read":
        raise _no_right(shortlist)
    asked = {"shortlist_id": shortlist_id, "username": username, "event_id": event_id}
    found = wh.query("desk/shortlists/own_event", asked)
    if found.empty:
        raise NotAllowed("There is nothing of yours to take back here: it may be taken back already.")
    event = found.iloc[0]
    if event["event"] != "archived" and shortlist.is_archived:
        raise _no_right(shortlist)
    decided = wh.query("desk/decisions/own_decision", {"event_id": event["event_id"], "username": username})

    def write(tx: Transaction) -> None:
        _write(tx, shortlist_id, username, "undone", undoes=event["event_id"])
        decisions.add_undone(tx, username, event["event_id"], decided)

    wh.atomically(write)
    return str(event["event"]), int(event["people"])


# ---- rights and checks -----------------------------------------------------------------------------------------------


def _editable(wh: Warehouse, username: str, shortlist_id: str) -> Shortlist:
    shortlist = state.get(wh, username, shortlist_id)
    if not shortlist.may_edit:
        raise _no_right(shortlist)
    return shortlist


def _owned(wh: Warehouse, username: str, shortlist_id: str) -> Shortlist:
    shortlist = state.get(wh, username, shortlist_id)
    if shortlist.access != "own":
        raise NotAllowed(f"Only {shortlist.owner}, whose list this is, can do that.")
    return shortlist


def _no_right(shortlist: Shortlist) -> NotAllowed:
    if shortlist.is_archived:
        return NotAllowed("This list is in the archive. Its owner can take it out, then it can be changed again.")
    return NotAllowed(f"You may read this list, not change it. Ask {shortlist.owner} for the right to edit.")


def _editable_people(
    wh: Warehouse, username: str, shortlist_id: str, candidates: Sequence[str]
) -> tuple[Shortlist, list[str]]:
    """The list, and those of ``candidates`` who are on it. Raises InputError if none is."""
    shortlist = _editable(wh, username, shortlist_id)
    listed = set(wh.query("desk/shortlists/members", {"shortlist_id": shortlist_id})["candidate_id"])
    chosen = [candidate for candidate in dict.fromkeys(candidates) if candidate in listed]
    if not chosen:
        raise InputError("Nobody of those chosen is on the list any more. Somebody may have taken them off.")
    return shortlist, chosen


def _known(wh: Warehouse, candidates: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for part in json_parts(candidates):
        found.update(wh.query("desk/shortlists/known_candidates", {"listed": part})["candidate_id"])
    return found


def _checked(what: str, text: str, lines: bool = False) -> str:
    """``text`` without blanks around it, on one line unless ``lines``. Raises InputError if empty or too long."""
    # Tabs and blanks of other widths become plain ones, which every font and spreadsheet has.
    kept = text.strip().splitlines() if lines else [" ".join(text.split())]
    text = "\n".join("".join(" " if character.isspace() else character for character in line) for line in kept)
    text = "".join(character for character in text if character.isprintable() or character in "\n\u200c\u200d")
    if not text:
        raise InputError(f"The {what} is empty. Type at least one letter.")
    if len(text.encode()) > _BYTES[what]:
        raise InputError(
            f"The {what} is too long: use at most {_BYTES[what]} bytes (letters without accents take one)."
        )
    if what in ("tag", "stage") and ";" in text:
        raise InputError(f"A {what} cannot have a semicolon in it.")
    return text


# ---- places ----------------------------------------------------------------------------------------------------------


def _now() -> float:
    return float(int((time.time() - _EPOCH) * _STEPS_PER_SECOND))


def _between(positions: Sequence[float], at: int) -> float:
    if not positions:
        return _now()
    if at == 0:
        return positions[0] - 1
    return positions[-1] + 1 if at == len(positions) else (positions[at - 1] + positions[at]) / 2


def _is_between(positions: Sequence[float], at: int, position: float) -> bool:
    after, before = positions[at - 1] if at else None, positions[at] if at < len(positions) else None
    return (after is None or after < position) and (before is None or position < before)


# ---- writing ---------------------------------------------------------------------------------------------------------


def _about_people(
    wh: Warehouse, username: str, shortlist_id: str, candidates: Sequence[str], event: str, value: str
) -> str:
    _, listed = _editable_people(wh, username, shortlist_id, candidates)
    event_id = new_id()

    def write(tx: Transaction) -> None:
        _write_people(tx, event_id, shortlist_id, username, event, [(one, None) for one in listed], value)

    wh.atomically(write)
    return event_id


def _write(
    wh: Warehouse | Transaction,
    shortlist_id: str,
    username: str,
    event: str,
    value: str | None = None,
    detail: str | None = None,
    posting_id: str | None = None,
    undoes: str | None = None,
) -> str:
    """One event about the list itself. Returns its id."""
    event_id = new_id()
    row = {
        "shortlist_id": shortlist_id,
        "event_id": event_id,
        "username": username,
        "event": event,
        "posting_id": posting_id,
        "value": value,
        "detail": detail,
        "undoes": undoes,
    }
    wh.execute("desk/shortlists/add_event", row)
    return event_id


def _write_people(
    tx: Transaction,
    event_id: str,
    shortlist_id: str,
    username: str,
    event: str,
    people: Sequence[tuple[str, float | None]],
    value: str | None = None,
    detail: str | None = None,
) -> None:
    """One INSERT for all of them, or a few if there are thousands."""
    row = {
        "shortlist_id": shortlist_id,
        "event_id": event_id,
        "username": username,
        "event": event,
        "value": value,
        "detail": detail,
    }
    for part in json_parts(people):
        tx.execute("desk/shortlists/add_people_event", {**row, "people": part})
