"""Speed, each figure a ratio or a median within one run. ``python -m bench`` runs all of it."""

import jobrec_ui  # noqa: F401  (before XGBoost, so that both sides of a ratio wait in the same way)
