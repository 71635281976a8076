"""What lists are now: asked of the warehouse, for a user who may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from jobrec_ui.errors import NotAllowed
from jobrec_ui.warehouse import Warehouse

FIRST_STAGE, REJECTED_STAGE = "New", "Rejected"
DEFAULT_STAGES = (FIRST_STAGE, "Contacted", "Interview", "Offer", "Hired", REJECTED_STAGE)


@dataclass(frozen=True)
class Shortlist:
    """A list as one user sees it. ``access`` is own, edit or read; times are UTC.

    ``revision`` grows with every change of what the list shows.
    """

    shortlist_id: str
    name: str
    owner: str
    posting_id: str | None
    posting_title: str | None
    posting_company: str | None
    is_archived: bool
    access: str
    stages: tuple[str, ...]
    people: int
    changed_by: str
    changed_at: datetime
    revision: int

    @property
    def may_edit(self) -> bool:
        """Whether the user may change who is on it and what is said of them. An archived list rests."""
        return self.access in ("own", "edit") and not self.is_archived


def lists(wh: Warehouse, username: str) -> list[Shortlist]:
    """The user's lists and those shared with them, the last changed first, archived ones at the end."""
    found = wh.query("desk/shortlists/visible_lists", {"username": username, "shortlist_id": None})
    return [_shortlist(row) for row in found.to_dict("records")]


def get(wh: Warehouse, username: str, shortlist_id: str) -> Shortlist:
    """The list. Raises NotAllowed if there is none of this number that the user may see; WarehouseError."""
    found = wh.query("desk/shortlists/visible_lists", {"username": username, "shortlist_id": shortlist_id})
    if found.empty:
        raise NotAllowed("There is no list with this number, or nobody has shared it with you. Ask its owner.")
    return _shortlist(found.iloc[0].to_dict())


def people(wh: Warehouse, username: str, of: Shortlist | str) -> pd.DataFrame:
    """Who is on the list, in its order. Raises NotAllowed, WarehouseError.

    ``of``, here and below, is the list's number, or the list as :func:`get` gave it to this user: that it is there says
    that they may see it.

    Columns: place_in_list, candidate_id, name, headline, city, region, country, seniority, years_experience, stage,
    reason, tags ("; " between them), notes (how many), added_by, added_at, position.
    """
    return wh.query("desk/shortlists/people", {"shortlist_id": _seen(wh, username, of), "username": username})


def history(
    wh: Warehouse, username: str, of: Shortlist | str, candidate_id: str | None = None, limit: int = 500
) -> pd.DataFrame:
    """What happened to the list, or to one person on it, newest first. Raises NotAllowed, WarehouseError.

    Columns: event_id, occurred_at, username, event, people (how many it was about), candidate_id, name, value, detail,
    is_undone, undone_by.
    """
    about = {"shortlist_id": _seen(wh, username, of), "candidate_id": candidate_id}
    return wh.query("desk/shortlists/history", {**about, "limit": limit, "username": username})


def notes(wh: Warehouse, username: str, of: Shortlist | str, candidate_id: str) -> pd.DataFrame:
    """The notes about somebody on the list, oldest first. Raises NotAllowed, WarehouseError.

    Columns: candidate_id, event_id, occurred_at, username, note.
    """
    about = {"shortlist_id": _seen(wh, username, of), "candidate_id": candidate_id}
    return wh.query("desk/shortlists/notes", {**about, "username": username})


def shared_with(wh: Warehouse, username: str, of: Shortlist | str) -> dict[str, str]:
    """Whom the list is shared with: user: read or edit. Raises NotAllowed, WarehouseError."""
    found = wh.query("desk/shortlists/shared_with", {"shortlist_id": _seen(wh, username, of)})
    return dict(zip(found["username"], found["access"], strict=True))


def _seen(wh: Warehouse, username: str, of: Shortlist | str) -> str:
    return (get(wh, username, of) if isinstance(of, str) else of).shortlist_id


def _shortlist(row: dict[str, Any]) -> Shortlist:
    def text(name: str) -> str | None:
        return None if pd.isna(row[name]) else str(row[name])

    stages = text("stages")
    return Shortlist(
        shortlist_id=row["shortlist_id"],
        name=row["name"],
        owner=row["owner"],
        posting_id=text("posting_id"),
        posting_title=text("posting_title"),
        posting_company=text("posting_company"),
        is_archived=bool(row["is_archived"]),
        access=row["access"],
        stages=tuple(stages.split(";")) if stages else DEFAULT_STAGES,
        people=int(row["people"]),
        changed_by=row["changed_by"],
        changed_at=pd.Timestamp(row["changed_at"]).to_pydatetime(),
        revision=int(row["revision"]),
    )
