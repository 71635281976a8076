"""Model versions: gathers examples, trains in the warehouse, judges on the holdout, and says which version is live."""

from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.models.examples import Readiness, readiness
from jobrec_ui.models.feature_builds import ensure_features, refresh_features, why_stale
from jobrec_ui.models.lifecycle import advance, request, train
from jobrec_ui.models.records import Serving, VersionRecord, list_versions, open_version, serving, version_record
from jobrec_ui.models.schedule import Schedule, plan
from jobrec_ui.models.tables import create_schema
from jobrec_ui.models.version import (
    LIKENESS,
    InUse,
    Likeness,
    ModelVersion,
    Ranker,
    get_version,
    in_use,
    live_version,
    version_for,
)

__all__ = [
    "LIKENESS",
    "InUse",
    "Likeness",
    "ModelVersion",
    "Ranker",
    "Readiness",
    "Schedule",
    "Serving",
    "TrainingChoices",
    "VersionRecord",
    "advance",
    "create_schema",
    "ensure_features",
    "get_version",
    "in_use",
    "list_versions",
    "live_version",
    "open_version",
    "plan",
    "readiness",
    "refresh_features",
    "request",
    "serving",
    "train",
    "version_for",
    "version_record",
    "why_stale",
]
