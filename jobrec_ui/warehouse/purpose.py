"""What the warehouse is being asked for: how long a statement may take, how it is labelled, and who waits for it.

Whoever begins a piece of work says so once (:func:`used_for`): the entry page, a command, a training. What they call
need not know.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Literal

# From the shortest time limit to the longest, see settings.Limits.
Kind = Literal["page", "batch", "training"]
_IN_ORDER: tuple[Kind, ...] = ("page", "batch", "training")


@dataclass(frozen=True)
class Purpose:
    """What the current thread wants of the warehouse.

    `kind` gives the time limit, `label` becomes the query group, which workload management can route by; `has_left`
    says whether nobody waits for the answer any more.
    """

    kind: Kind = "page"
    label: str = ""
    has_left: Callable[[], bool] | None = None

    def for_writing(self) -> "Purpose":
        """The same for a statement that writes: nobody ends it by leaving."""
        return replace(self, has_left=None)

    @property
    def query_group(self) -> str:
        """As it is found in Redshift's query history: jobrec, the kind, and the page or command."""
        return f"jobrec {self.kind} {self.label}".strip()[:30].rstrip()


_CURRENT: ContextVar[Purpose | None] = ContextVar("purpose", default=None)


def current() -> Purpose:
    """What this thread uses the warehouse for."""
    return _CURRENT.get() or Purpose()


@contextmanager
def used_for(kind: Kind, label: str, has_left: Callable[[], bool] | None = None) -> Iterator[None]:
    """Labels what this thread asks of the warehouse in the block, and limits it as its kind is limited.

    ``has_left`` is asked while a query runs, from another thread: once it says yes the query is cancelled.
    """
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in label.lower())
    with _set(Purpose(kind, plain, has_left)):
        yield


@contextmanager
def at_least(kind: Kind) -> Iterator[None]:
    """In the block the time limit is that of ``kind``, if the one there is is shorter. For work that takes its time,
    whoever asks for it.
    """
    now = current()
    longer = max(now.kind, kind, key=_IN_ORDER.index)
    with _set(replace(now, kind=longer)):
        yield


@contextmanager
def _set(purpose: Purpose) -> Iterator[None]:
    token = _CURRENT.set(purpose)
    try:
        yield
    finally:
        _CURRENT.reset(token)
