"""The panels of the quality page and the model card, in their order."""

from jobrec_ui.quality.panels.base import Panel
from jobrec_ui.quality.panels.changes import DRIFT, OUTCOMES, STAGES, outcome_sentence
from jobrec_ui.quality.panels.ranking import BASELINES, LIFT, PRECISION, RECALL, SEGMENTS, VERSIONS
from jobrec_ui.quality.panels.scores import BY_OUTCOME, CALIBRATION, IMPORTANCE, PR, ROC

QUALITY = (VERSIONS, BASELINES, PRECISION, RECALL, LIFT, BY_OUTCOME, SEGMENTS, IMPORTANCE)
DETAILS = (CALIBRATION, ROC, PR)
CHANGES = (DRIFT, STAGES)
PANELS = {panel.key: panel for panel in (*QUALITY, *DETAILS, *CHANGES, OUTCOMES)}

__all__ = ["CHANGES", "DETAILS", "OUTCOMES", "PANELS", "QUALITY", "Panel", "outcome_sentence"]
