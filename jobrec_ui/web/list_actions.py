"""Runs what a user does to a shortlist, from its own page or from a ranked list, and takes it back."""

from collections.abc import Callable

from jobrec_ui.access.accounts import User
from jobrec_ui.desk import shortlists
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached, outcome
from jobrec_ui.web.outcome import Outcome

_DONE = {
    "added": "people were put on the list", "removed": "people were taken off", "moved": "somebody was moved",
    "stage": "a stage was set", "note": "a note was written", "tagged": "a tag was put on",
    "untagged": "a tag was taken off", "renamed": "the name was changed", "shared": "the sharing was changed",
    "stages": "the stages were changed", "archived": "the list was archived", "restored": "the list was restored",
}  # fmt: skip


def where(shortlist_id: str) -> str:
    """Under which name things are told about a list."""
    return f"list_{shortlist_id}"


def act(shortlist_id: str, action: Callable[[Warehouse, User], Outcome | None]) -> bool:
    """Runs an action on a list from a callback, and has this user see its outcome at once."""

    def run(user: User) -> Outcome | None:
        url = settings().warehouse_url
        try:
            return action(cached.connection.warehouse(url), user)
        finally:
            cached.desk.changed(url, user.username, shortlist_id)

    return outcome.attempt(where(shortlist_id), run)


def undoing(shortlist_id: str, event_id: str) -> Callable[[User], str]:
    """What takes back an event of a list."""

    def undo(user: User) -> str:
        url = settings().warehouse_url
        try:
            event, _ = shortlists.undo(cached.connection.warehouse(url), user.username, shortlist_id, event_id)
        finally:
            cached.desk.changed(url, user.username, shortlist_id)
        return f"Taken back: {_DONE.get(event, event)}."

    return undo
