"""What the warehouse is being used for: how long a statement may take, how it is labelled, and who waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["page", "batch", "training"]

# What is written by the statements of these folders prepares or trains, whoever asks for it.
_TRAINING_FOLDERS = ("models/", "features/")
# The few rows that a page writes: as short as what it reads. A change of limit and label costs two round trips.
_PAGE_FOLDERS = ("access/", "desk/")


@dataclass(frozen=True)
class Use:
    """What the current thread wants of the warehouse.

    `kind` gives the time limit, `label` becomes the query group, which workload management can route by; `has_left`
    says whether nobody waits for the answer any more.
    """

    kind: Kind = "page"
    label: str = ""
    has_left: Callable[[], bool] | None = None

    def of(self, name: str, writes: bool) -> "Use":
        """The use for the statements in sql/<name>.sql: long work has a long limit, and no leaving ends a write."""
        kind: Kind = self.kind
        if writes and name.startswith(_TRAINING_FOLDERS):
            kind = "training"
        elif writes and kind == "page" and not name.startswith(_PAGE_FOLDERS):
            kind = "batch"
        return replace(self, kind=kind, has_left=None if writes else self.has_left)

    @property
    def query_group(self) -> str:
        """As it is found in Redshift's query history: jobrec, the kind, and the page or command."""
        return f"jobrec {self.kind} {self.label}".strip()[:30].rstrip()


_CURRENT: ContextVar[Use | None] = ContextVar("use of the warehouse", default=None)


def current() -> Use:
    """What this thread uses the warehouse for."""
    return _CURRENT.get() or Use()


@contextmanager
def used_for(kind: Kind, label: str, has_left: Callable[[], bool] | None = None) -> Iterator[None]:
    """Labels what this thread asks of the warehouse in the block, and limits it as its kind is limited.

    ``has_left`` is asked while a query runs, from another thread: once it says yes the query is cancelled.
    """
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in label.lower())
    token = _CURRENT.set(Use(kind, plain, has_left))
    try:
        yield
    finally:
        _CURRENT.reset(token)
