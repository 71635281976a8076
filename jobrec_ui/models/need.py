"""Whether another training is worth it: the data drifted, or the last one is old."""

from datetime import UTC, datetime, timedelta

from jobrec_ui.models.records import list_versions
from jobrec_ui.quality import drift, figures
from jobrec_ui.warehouse import Warehouse


def why_not(wh: Warehouse, *, if_drifted: bool, if_older_than: timedelta | None) -> str | None:
    """Why nothing is trained, as a sentence; None to train. One condition that holds is enough.

    What counts is the last training, whether it went live or was held back: the same data would give the same again.
    Raises WarehouseError.
    """
    versions = list_versions(wh)
    if running := [one.version for one in versions if one.is_open]:
        return f"Nothing was trained: version {running[0]} is on its way."
    latest = next((one for one in versions if one.may_serve), None)
    if latest is None:
        return None
    reasons = []
    if if_older_than:
        age = datetime.now(UTC).replace(tzinfo=None) - latest.requested_at
        if age > if_older_than:
            return None
        reasons.append(f"the last training, of version {latest.version}, is {age.days} days old")
    if if_drifted:
        verdict = figures.drift_verdict(wh, latest.version)
        if verdict.state == drift.RETRAIN:
            return None
        reasons.append(f"since version {latest.version}, {verdict.state}: {' '.join(verdict.reasons).rstrip('.')}")
    return f"Nothing was trained: {'; '.join(reasons)}."
