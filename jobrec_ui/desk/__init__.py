"""What recruiters do with matches: decisions, shortlists, saved searches, marks, news."""
