"""What a recruiter should know before opening a candidate: on which lists, what was decided, seen before, and the like.

All of it depends on who looks: shortlists are private unless shared, and "seen" means seen by oneself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from jobrec_ui.access.viewer import Viewer
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.values import id_list


def marks(wh: Warehouse, viewer: Viewer, posting_id: str, candidate_ids: Sequence[str]) -> pd.DataFrame:
    """What is known of these candidates, for the viewer; a row for each who has a mark.

    Columns: candidate_id, lists (names, each on a line), rejected_by, unfit_by, contacted_by (who rejected them for
    this posting, found that they are not for it, contacted them last), contacted_at, rejected_for (the title of the
    most similar posting that they were rejected for, of at most twenty that are much like this one), seen_at (when the
    viewer last opened their details). What there is none of is None. Raises WarehouseError.
    """
    listed = id_list(candidate_ids)
    names = {"schema": "features"}
    return wh.query("desk/marks", {"username": viewer.username, "posting_id": posting_id, "listed": listed}, names)


def decided(wh: Warehouse, viewer: Viewer, posting_id: str, candidate_ids: Sequence[str]) -> pd.DataFrame:
    """What was decided about these candidates for a posting and still counts, the latest first.

    Columns: candidate_id, event_id, decided_at, username, decision (shortlisted, removed, stage, rejected, contacted,
    not_for_posting), stage, reason (masked for a blind viewer), shortlist_id, list_name (None unless it was done on a
    list). What was done on lists that the viewer does not see is left out. Raises WarehouseError.
    """
    about = {"posting_id": posting_id, "listed": id_list(candidate_ids)}
    return wh.query("desk/decided", {"username": viewer.username, "blind": viewer.blind, **about})


@dataclass(frozen=True)
class Past:
    """What was with some candidates before.

    postings   candidate_id, title, company, stage, occurred_at: the last stage on each posting, the newest first
    notes      candidate_id, username, occurred_at, list_name, note: on lists that the viewer sees, oldest first; masked
               for a blind viewer
    """

    postings: pd.DataFrame
    notes: pd.DataFrame


def past(wh: Warehouse, viewer: Viewer, candidate_ids: Sequence[str]) -> Past:
    """The candidates' earlier postings, and the notes about them. Raises WarehouseError."""
    asked = {"username": viewer.username, "blind": viewer.blind, "listed": id_list(candidate_ids)}
    rows = wh.query("desk/past", asked)
    postings, notes = (rows[rows["kind"] == kind] for kind in ("posting", "note"))
    return Past(
        postings.rename(columns={"subject": "title", "owner": "company", "body": "stage"}).iloc[::-1],
        notes.rename(columns={"subject": "list_name", "owner": "username", "body": "note"}),
    )


def record_seen(wh: Warehouse, username: str, posting_id: str, candidate_id: str) -> None:
    """Writes down that a user opened the details of a candidate, for a posting. Raises WarehouseError."""
    wh.execute("desk/record_seen", {"username": username, "posting_id": posting_id, "candidate_id": candidate_id})
