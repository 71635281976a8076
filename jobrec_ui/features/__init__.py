"""What a model sees of a pair, and how that is told."""
