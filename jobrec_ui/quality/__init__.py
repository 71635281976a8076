"""How good the model is: metrics of a holdout, the panels of the quality page, drift, the model card."""

from jobrec_ui.quality.drift import Verdict
from jobrec_ui.quality.figures import drift_verdict
from jobrec_ui.quality.measure import measure

__all__ = ["Verdict", "drift_verdict", "measure"]
