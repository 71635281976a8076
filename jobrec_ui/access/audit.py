"""What is written down about who did what: exports, and leaving a blind review. Append-only, for admins to read."""

import uuid

import pandas as pd

from jobrec_ui.warehouse import Transaction, Warehouse

_SUBJECT_BYTES, _DETAIL_BYTES = 256, 4096


def record(wh: Warehouse | Transaction, username: str, action: str, subject: str, detail: str = "") -> None:
    """Writes down that ``username`` did ``action`` to ``subject`` (an id); what is too long is cut.

    Raises WarehouseError: what must be audited does not happen when it cannot be.
    """
    row = {
        "event_id": uuid.uuid4().hex,
        "username": username,
        "action": action,
        "subject": _cut(subject, _SUBJECT_BYTES),
        "detail": _cut(detail, _DETAIL_BYTES),
    }
    wh.execute("access/record_audit", row)


def latest(wh: Warehouse, limit: int = 500) -> pd.DataFrame:
    """What was written down, the latest first: occurred_at (UTC), username, action, subject, detail."""
    return wh.query("access/audit_latest", {"limit": limit})


def _cut(text: str, most: int) -> str:
    """``text`` as far as it fits into ``most`` bytes of UTF-8, without half a character at its end."""
    return text.encode()[:most].decode(errors="ignore")
