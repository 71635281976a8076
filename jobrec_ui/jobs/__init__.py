"""What the running app does beside its pages, one piece of work at a time: imports, and the nightly jobs, by a schedule
that admins set or when one of them asks.
"""
