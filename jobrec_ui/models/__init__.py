"""Model versions: gathers examples, trains in the warehouse, judges on the holdout, and says which version is live."""

from jobrec_ui.models.schedule import Schedule, plan
from jobrec_ui.models.tables import create_schema, refresh_features
from jobrec_ui.models.training import MIN_EXAMPLES, train
from jobrec_ui.models.version import ModelVersion, live_version

__all__ = [
    "MIN_EXAMPLES",
    "ModelVersion",
    "Schedule",
    "create_schema",
    "live_version",
    "plan",
    "refresh_features",
    "train",
]
