"""What a recruiter should know before opening a candidate: on which lists, seen before, rejected for a similar posting.

All of it depends on who looks: shortlists are private unless shared, and "seen" means seen by oneself.
"""

import json
from collections.abc import Sequence

import pandas as pd

from jobrec_ui.candidate_filters import Viewer
from jobrec_ui.warehouse import Warehouse


def marks(wh: Warehouse, viewer: Viewer, posting_id: str, candidate_ids: Sequence[str]) -> pd.DataFrame:
    """What is known of these candidates, for the viewer; a row for each who has a mark.

    Columns: candidate_id, lists (names, "; " between them), rejected_for (the title of the most similar posting that
    they were rejected for, of at most twenty that are much like this one), seen_at (when the viewer last opened their
    details). What there is none of is None. Raises WarehouseError.
    """
    listed = json.dumps(list(candidate_ids))
    names = {"schema": "features"}
    return wh.query("find/marks", {"username": viewer.username, "posting_id": posting_id, "listed": listed}, names)


def notes(wh: Warehouse, viewer: Viewer, candidate_ids: Sequence[str]) -> pd.DataFrame:
    """The notes about these candidates on the lists that the viewer sees, oldest first; masked for a blind viewer.

    Columns: candidate_id, username, occurred_at, list_name, note. Raises WarehouseError.
    """
    asked = {"username": viewer.username, "blind": viewer.blind, "listed": json.dumps(list(candidate_ids))}
    return wh.query("find/my_notes_about", asked)


def record_seen(wh: Warehouse, username: str, posting_id: str, candidate_id: str) -> None:
    """Writes down that a user opened the details of a candidate, for a posting. Raises WarehouseError."""
    wh.execute("find/record_seen", {"username": username, "posting_id": posting_id, "candidate_id": candidate_id})
