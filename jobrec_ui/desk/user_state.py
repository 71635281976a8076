"""What pages ask about whoever looks at them, all of it in one question: most of it is needed to draw anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from jobrec_ui.access import blind_review
from jobrec_ui.desk import saved_searches
from jobrec_ui.desk.saved_searches import SavedSearch
from jobrec_ui.desk.shortlists import export
from jobrec_ui.warehouse import Warehouse


@dataclass(frozen=True)
class ListName:
    """A shortlist as it is named where one can be chosen; ``label`` tells it from others of the same name."""

    shortlist_id: str
    label: str
    posting_id: str | None
    people: int
    may_edit: bool
    changed_at: datetime


@dataclass(frozen=True)
class UserState:
    """A user's own things.

    blind            whether they review blind
    lists            the shortlists they see and that are not archived, by name
    searches         those they can load, by name
    export_columns   what they chose last for the file of a shortlist
    last_visit       when they last looked in (UTC), half an hour ago or more; None before the first time
    revision         changes whenever a shortlist, a decision or what somebody has seen does
    """

    blind: blind_review.Status
    lists: list[ListName]
    searches: list[SavedSearch]
    export_columns: list[str]
    last_visit: datetime | None
    revision: int

    @property
    def list_labels(self) -> dict[str, str]:
        """How each of the lists is named, by id."""
        return {one.shortlist_id: one.label for one in self.lists}


def user_state(wh: Warehouse, username: str) -> UserState:
    """A user's own things, as they are now. Raises WarehouseError."""
    rows = wh.query("desk/user_state", {"username": username})
    blind, lists, searches, columns, visit, revision = (
        rows[rows["kind"] == kind] for kind in ("blind", "list", "search", "columns", "visit", "revision")
    )
    switches = {"blind_subject": "subject", "is_blind": "is_on", "switched_by": "username", "switched_why": "reason"}
    visited = visit["visited_at"].iloc[0]
    return UserState(
        blind=blind_review.status_from(blind.rename(columns={**switches, "switched_at": "occurred_at"})),
        lists=list(_lists(lists)),
        searches=saved_searches.searches_from(searches.rename(columns={"search_name": "name", "saved_by": "username"})),
        export_columns=export.columns_from(columns),
        last_visit=None if pd.isna(visited) else pd.Timestamp(visited).to_pydatetime(),
        revision=int(revision["revision"].iloc[0]),
    )


def _lists(rows: pd.DataFrame) -> Iterator[ListName]:
    repeated = set(rows.loc[rows["list_name"].duplicated(), "list_name"])
    for row in rows.itertuples(index=False):
        yield ListName(
            row.shortlist_id,
            f"{row.list_name} #{row.shortlist_id[:6]}" if row.list_name in repeated else row.list_name,
            None if pd.isna(row.posting_id) else row.posting_id,
            int(row.people),
            bool(row.may_edit),
            pd.Timestamp(row.changed_at).to_pydatetime(),
        )
