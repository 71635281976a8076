"""Who may do what: accounts and roles, the audit log, blind review, for whom an answer is."""
