"""Saved searches: filters under a name, one's own or shared with everybody. Append-only: the latest event decides."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.warehouse import Warehouse

_LONGEST_NAME = 80
_MOST_BYTES = 16_384


@dataclass(frozen=True)
class SavedSearch:
    """A search somebody saved. ``values`` are those of the filters' widgets, by their names in the address."""

    search_id: str
    name: str
    owner: str
    is_shared: bool
    values: dict[str, Any]


def saved(wh: Warehouse, username: str) -> list[SavedSearch]:
    """The searches of a user and those shared by others, by name. Raises WarehouseError."""
    return searches_from(wh.query("desk/saved_searches", {"username": username}))


def searches_from(rows: pd.DataFrame) -> list[SavedSearch]:
    """From [search_id, name, username, is_shared, filters]."""
    return [
        SavedSearch(row.search_id, row.name, row.username, bool(row.is_shared), json.loads(row.filters))
        for row in rows.itertuples(index=False)
    ]


def save(wh: Warehouse, username: str, name: str, is_shared: bool, values: Mapping[str, Any]) -> str:
    """Saves a search; one of the same user and name gets these filters. Returns its id.

    Raises InputError for a name that is empty or too long, no filters, or too many; WarehouseError.
    """
    name = " ".join(name.split())
    if not values:
        raise InputError("There is no filter to save yet. Choose some first.")
    if not name:
        raise InputError("Give the search a name.")
    if len(name) > _LONGEST_NAME:
        raise InputError(f"The name is too long: at most {_LONGEST_NAME} characters, not {len(name)}.")
    filters = json.dumps(dict(values), default=str)
    if len(filters) > _MOST_BYTES:
        raise InputError("These are too many filters to save. Remove some.")
    mine = {one.name.lower(): one.search_id for one in saved(wh, username) if one.owner == username}
    search_id = mine.get(name.lower()) or uuid.uuid4().hex
    _record(wh, search_id, username, "saved", name, is_shared, filters)
    return search_id


def delete(wh: Warehouse, username: str, search_id: str) -> None:
    """Deletes a search of the user's own. Raises InputError if there is none, NotAllowed if it is another's."""
    found = next((one for one in saved(wh, username) if one.search_id == search_id), None)
    if found is None:
        raise InputError("This search is no longer there. Load the page again.")
    if found.owner != username:
        raise NotAllowed(f"Only {found.owner}, who saved this search, can delete it.")
    _record(wh, search_id, username, "deleted", found.name, found.is_shared, "{}")


def _record(wh: Warehouse, search_id: str, username: str, event: str, name: str, is_shared: bool, filters: str) -> None:
    row = {
        "search_id": search_id,
        "event_id": uuid.uuid4().hex,
        "username": username,
        "event": event,
        "name": name,
        "is_shared": is_shared,
        "filters": filters,
    }
    wh.execute("desk/record_search", row)
