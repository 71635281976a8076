"""Shortlists: people kept together for a posting or freely, shared between users, with stages, notes and tags.

Everything is an event in app.shortlist_events that says who did what; what a list is now is their sum, made in SQL
(sql/desk/shortlists/). So two people who work on one list at once lose nothing, and anything can be taken back.
"""

from jobrec_ui.desk.shortlists.actions import (
    Added,
    add,
    add_note,
    archive,
    create,
    move,
    remove,
    rename,
    restore,
    set_stage,
    set_stages,
    share,
    tag,
    undo,
    untag,
)
from jobrec_ui.desk.shortlists.ids_file import IdsFile, read_ids
from jobrec_ui.desk.shortlists.state import (
    DEFAULT_STAGES,
    FIRST_STAGE,
    REJECTED_STAGE,
    Shortlist,
    get,
    history,
    lists,
    notes,
    people,
    shared_with,
)

__all__ = [
    "DEFAULT_STAGES",
    "FIRST_STAGE",
    "REJECTED_STAGE",
    "Added",
    "IdsFile",
    "Shortlist",
    "add",
    "add_note",
    "archive",
    "create",
    "get",
    "history",
    "lists",
    "move",
    "notes",
    "people",
    "read_ids",
    "remove",
    "rename",
    "restore",
    "set_stage",
    "set_stages",
    "share",
    "shared_with",
    "tag",
    "undo",
    "untag",
]
