"""How good the model is: metrics of a holdout, the panels of the quality page, drift, outcomes, the model card."""

from jobrec_ui.quality.measure import measure

__all__ = ["measure"]
