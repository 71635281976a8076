"""Who does the next step of a version: one process at a time, and another one when that has died.

The warehouse has no lock that outlives a statement, and rows are only added. So whoever wants to work adds a claim,
then reads all that are there: theirs alone, and the step is theirs. Of two that come at once at least one sees both,
since each reads after its own is written; who sees another lets go and tries again a little later. It may happen that
both let go, never that both go on. A claim ends when it is released, when nothing was heard of it for LEASE_MINUTES, or
when the process that made it is known to be gone.
"""

import contextlib
import functools
import os
import random
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse import Warehouse

LEASE_MINUTES = 5
_RENEW_SECONDS = 60
_TRIES = 6

_held: set[str] = set()  # claims of this process that are not released


@dataclass
class Claim:
    """The right to do the next step of a version, for as long as the block of :func:`claimed` lasts."""

    wh: Warehouse
    version: int
    claim_id: str
    progress: str = ""
    last_heard: float = field(default_factory=time.time)

    def report(self, progress: str) -> None:
        """Writes down how far the step is, and that somebody is still at it."""
        self.progress = progress
        self.renew()

    def renew(self) -> None:
        """Says that somebody is still at it; too late is too late, since another may have taken over."""
        if self.still_holds():
            self.add("renewed")
            self.last_heard = time.time()

    def still_holds(self) -> bool:
        """Whether nobody can have taken it over, as after a pause longer than the lease."""
        return time.time() - self.last_heard < LEASE_MINUTES * 60

    def add(self, event: str) -> None:
        row = {
            "version": self.version,
            "claim_id": self.claim_id,
            "event": event,
            "claimed_by": _this_process(),
            "progress": self.progress[:200],
        }
        self.wh.execute("models/add_claim", row)


@dataclass(frozen=True)
class ActiveClaim:
    """A claim as others see it."""

    claim_id: str
    progress: str


@contextmanager
def claimed(wh: Warehouse, version: int) -> Iterator[Claim | None]:
    """The claim on the next step of ``version``; None if somebody else is at work on it. Raises WarehouseError."""
    claim = _take(wh, version)
    if claim is None:
        yield None
        return
    over = threading.Event()
    renewal = threading.Thread(target=_renew, args=(claim, over), daemon=True)
    renewal.start()
    try:
        yield claim
    finally:
        over.set()
        renewal.join()
        with contextlib.suppress(WarehouseError):  # then it ends by itself
            claim.add("released")
        _held.discard(claim.claim_id)


def active_claims(wh: Warehouse, version: int) -> list[ActiveClaim]:
    """Who is at work on ``version`` now, those left out whose process is known to be gone. Raises WarehouseError."""
    rows = wh.query("models/active_claims", {"version": version, "minutes": LEASE_MINUTES})
    return [
        ActiveClaim(row["claim_id"], row["progress"])
        for row in rows.to_dict("records")
        if not _is_dead(row["claim_id"], row["claimed_by"])
    ]


def _take(wh: Warehouse, version: int) -> Claim | None:
    for _ in range(_TRIES):
        if active_claims(wh, version):
            return None
        claim = Claim(wh, version, uuid.uuid4().hex)
        _held.add(claim.claim_id)
        try:
            claim.add("claimed")
            if [one.claim_id for one in active_claims(wh, version)] == [claim.claim_id]:
                return claim
            claim.add("released")
        except BaseException:
            _held.discard(claim.claim_id)
            raise
        _held.discard(claim.claim_id)
        time.sleep(random.uniform(0.02, 0.2))
    return None


def _renew(claim: Claim, over: threading.Event) -> None:
    while not over.wait(_RENEW_SECONDS):
        with contextlib.suppress(WarehouseError):  # tried again in a minute
            claim.renew()


@functools.lru_cache(maxsize=1)
def _host() -> str:
    return socket.gethostname()


def _this_process() -> str:
    return f"{_host()}/{os.getpid()}/{_began(os.getpid())}"


def _began(process_id: int) -> str:
    """When a process of this machine began, in the system's own count; empty if it is gone or that is not known."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state == "Z" else fields[18]


def _is_dead(claim_id: str, claimed_by: str) -> bool:
    """Whether a claim is of a process of this machine that is gone, or of this one and forgotten."""
    host, _, rest = claimed_by.partition("/")
    process_id, _, began = rest.partition("/")
    if host != _host() or not process_id.isdigit() or not began:
        return False
    if claimed_by == _this_process():
        return claim_id not in _held
    return _began(int(process_id)) != began
