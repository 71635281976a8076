"""What recruiters decide about candidates, and the lists they had before them. Events: nothing is ever changed.

A decision says who decided what about whom, for which posting, and, if it was made on a ranked list, in which view of
it (view_id), at which rank and by which model version. Trainings learn from them (docs/model.md).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from jobrec_ui.access.reason import checked_reason
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.warehouse import Transaction, Warehouse
from jobrec_ui.warehouse.values import json_parts, new_id

SHORTLISTED, REMOVED, REJECTED, CONTACTED = "shortlisted", "removed", "rejected", "contacted"
STAGE, NOT_FOR_POSTING, WRONG_REASON, UNDONE = "stage", "not_for_posting", "wrong_reason", "undone"
NEEDS_REASON = (REJECTED, WRONG_REASON)

MAX_REASON_BYTES = 1024


@dataclass(frozen=True)
class LoggedView:
    """A ranked list as it was shown: what a decision made on it refers to. ``ranks`` by candidate id.

    Without a ``view_id`` the list is not logged: then only the posting and the model are known.
    """

    view_id: str | None
    posting_id: str
    model_version: int
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A list as it was shown, to be written down: ``ranked`` [rank, candidate_id, score]; ``filters`` in words."""

    view: LoggedView
    username: str
    data_version: int
    filters: Sequence[str]
    ranked: pd.DataFrame


def as_shown(posting_id: str, model_version: int, ranked: pd.DataFrame) -> LoggedView:
    """A view of ``ranked``: what decisions refer to, which may come before it is written down."""
    ranks = dict(zip(ranked["candidate_id"].astype(str), ranked["rank"].astype(int), strict=True))
    return LoggedView(new_id(), posting_id, model_version, ranks)


def write_views(wh: Warehouse, lists: Sequence[Shown]) -> None:
    """Writes down, all of it or nothing, which lists were shown and who was on them. Raises WarehouseError."""
    views, rows = [], []
    for shown in lists:
        view = shown.view
        filters = _filters_as_json(shown.filters)
        views.append((view.view_id, shown.username, view.posting_id, view.model_version, shown.data_version, filters))
        rows += [
            (view.view_id, int(rank), str(candidate_id), round(float(score), 6))
            for rank, candidate_id, score in shown.ranked[["rank", "candidate_id", "score"]].itertuples(index=False)
        ]

    def write(tx: Transaction) -> None:
        for part in json_parts(views):
            tx.execute("desk/decisions/add_views", {"views": part})
        for part in json_parts(rows):
            tx.execute("desk/decisions/add_view_rows", {"shown": part})

    wh.atomically(write)


def decide(
    wh: Warehouse, username: str, decision: str, candidates: Sequence[str], view: LoggedView, reason: str | None = None
) -> str:
    """Writes down a decision made on a ranked list. Returns its event id, for :func:`undo`.

    Raises InputError if a reason is missing or too long, or if nobody is chosen; WarehouseError.
    """
    event_id = new_id()
    checked = why(reason, needed=decision in NEEDS_REASON)
    if not candidates:
        raise InputError("Nobody is chosen. Choose at least one row.")

    def write(tx: Transaction) -> None:
        add(tx, event_id, username, decision, candidates, view=view, reason=checked)

    wh.atomically(write)
    return event_id


def undo(wh: Warehouse, username: str, event_id: str) -> int:
    """Takes back one of the user's own decisions. Returns how many people it was about.

    Raises NotAllowed if there is no such decision of theirs that still counts; WarehouseError.
    """
    rows = wh.query("desk/decisions/own_decision", {"event_id": event_id, "username": username})
    if rows.empty:
        raise NotAllowed("There is nothing of yours to take back here: it may be taken back already.")

    def write(tx: Transaction) -> None:
        add_undone(tx, username, event_id, rows)

    wh.atomically(write)
    return len(rows)


def reports(wh: Warehouse, limit: int = 200, blind: bool = False) -> pd.DataFrame:
    """What recruiters reported as wrong, the newest first, with the match it was about; ``blind`` masks what they say.

    Columns: event_id, decided_at, username, decision (wrong_reason, not_for_posting), reason, posting_id, title,
    candidate_id, rank, model_version, score. Raises WarehouseError.
    """
    return wh.query("desk/decisions/reports", {"limit": limit, "blind": blind})


def _filters_as_json(filters: Sequence[str]) -> str:
    """``filters`` as a JSON array that fits its column; those at the end that do not fit are left out."""
    kept = list(filters)
    while len(text := json.dumps(kept, ensure_ascii=False)) and len(text.encode()) > 4096:
        kept.pop()
    return text


# ---- for services that decide and do more in one transaction ---------------------------------------------------------


def add(
    tx: Transaction,
    event_id: str,
    username: str,
    decision: str,
    candidates: Sequence[str],
    *,
    posting_id: str | None = None,
    view: LoggedView | None = None,
    stage: str | None = None,
    reason: str | None = None,
    shortlist_id: str | None = None,
    undoes: str | None = None,
) -> None:
    """One row for each candidate. The posting is the view's unless there is none."""
    row = {
        "event_id": event_id,
        "username": username,
        "posting_id": view.posting_id if view else posting_id,
        "decision": decision,
        "stage": stage,
        "reason": reason,
        "shortlist_id": shortlist_id,
        "view_id": view.view_id if view else None,
        "model_version": view.model_version if view else None,
        "undoes": undoes,
    }
    ranks: Mapping[str, int] = view.ranks if view else {}
    for part in json_parts([(candidate, ranks.get(candidate)) for candidate in candidates]):
        tx.execute("desk/decisions/add_decisions", {**row, "people": part})


def add_undone(tx: Transaction, username: str, event_id: str, rows: pd.DataFrame) -> None:
    """Takes back the decisions of one event, whose ``rows`` are those of own_decision.sql."""
    for (posting_id, shortlist_id), same in rows.groupby(["posting_id", "shortlist_id"], dropna=False):
        add(
            tx,
            new_id(),
            username,
            UNDONE,
            list(same["candidate_id"]),
            posting_id=None if pd.isna(posting_id) else posting_id,
            shortlist_id=None if pd.isna(shortlist_id) else shortlist_id,
            undoes=event_id,
        )


def why(reason: str | None, needed: bool) -> str | None:
    """``reason`` on one line, None if there is none. Raises InputError."""
    missing = "Say why: a reason is needed here, so that others understand it later." if needed else None
    return checked_reason(reason, MAX_REASON_BYTES, missing) or None
