"""The page of shortlists."""
