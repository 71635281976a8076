"""Speed, each figure a ratio or a median within one run. ``python -m bench`` runs all of it."""
