"""Blind review: who somebody is stays in the warehouse, for one recruiter or, if an admin says so, for all.

Every switch is an event with a reason and is in the audit log; the latest event decides. What is withheld is in
sql/access/blind_review/.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from jobrec_ui.access import audit
from jobrec_ui.access.reason import checked_reason
from jobrec_ui.errors import NotAllowed
from jobrec_ui.warehouse import Transaction, Warehouse

MAX_REASON_BYTES = 1024


@dataclass(frozen=True)
class Status:
    """Whether a recruiter reviews blind. ``enforced_by`` is the admin who asks it of everybody, since ``since``."""

    own: bool = False
    enforced_by: str | None = None
    reason: str = ""
    since: datetime | None = None

    @property
    def on(self) -> bool:
        return self.own or self.enforced_by is not None


def status(wh: Warehouse, username: str) -> Status:
    """Whether a recruiter reviews blind now. Raises WarehouseError."""
    return status_from(wh.query("access/blind_review/status", {"username": username}))


def status_from(switches: pd.DataFrame) -> Status:
    """From the latest switches, their own and everybody's: [subject, is_on, username, reason, occurred_at]."""
    own, enforced_by, reason, since = False, None, "", None
    for switch in switches.itertuples(index=False):
        if not pd.isna(switch.subject):
            own = bool(switch.is_on)
        elif switch.is_on:
            enforced_by, reason = switch.username, switch.reason
            since = pd.Timestamp(switch.occurred_at).to_pydatetime()
    return Status(own, enforced_by, reason, since)


def start(wh: Warehouse, username: str) -> None:
    """Switches blind review on for a recruiter, by own choice. Raises WarehouseError."""
    _record(wh, username, username, True, "own choice")


def leave(wh: Warehouse, username: str, reason: str) -> None:
    """Switches a recruiter's own blind review off. Raises InputError without a reason, NotAllowed if it is enforced."""
    if status(wh, username).enforced_by is not None:
        raise NotAllowed("An admin has switched blind review on for everybody. Only an admin can switch it off.")
    _record(wh, username, username, False, _why(reason))


def enforce(wh: Warehouse, admin: str, reason: str) -> None:
    """Switches blind review on for everybody. Raises InputError without a reason."""
    _record(wh, admin, None, True, _why(reason))


def lift(wh: Warehouse, admin: str, reason: str) -> None:
    """Everybody chooses for themselves again. Raises InputError without a reason."""
    _record(wh, admin, None, False, _why(reason))


def latest(wh: Warehouse) -> pd.DataFrame:
    """The last 100 switches: occurred_at, username, subject (None: everybody), is_on, reason."""
    return wh.query("access/blind_review/latest")


def _why(reason: str) -> str:
    return checked_reason(reason, MAX_REASON_BYTES, "Give a reason: it is written down together with your name.")


def _record(wh: Warehouse, username: str, subject: str | None, is_on: bool, reason: str) -> None:
    action = "blind review on" if is_on else "blind review off"

    def write(tx: Transaction) -> None:
        audit.record(tx, username, action, subject or "everybody", reason)
        row = {"event_id": uuid.uuid4().hex, "username": username, "subject": subject, "is_on": is_on, "reason": reason}
        tx.execute("access/blind_review/record", row)

    wh.atomically(write)
