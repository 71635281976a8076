"""What pages ask, cached: the only place that does. The answers come from the domains; a module for each.

Streamlit's cache is shared by all users, so every function is at module level, takes all that its answer depends on as
hashed arguments (the warehouse's address, the filters, the model version, the data version; the role where it matters)
and returns data only. Loading data or promoting a model changes an argument, so nothing is ever cleared for everybody.
"""

from jobrec_ui.web.cached import access, connection, data, desk, jobs, matching, models, quality, shared

__all__ = ["access", "connection", "data", "desk", "jobs", "matching", "models", "quality", "shared"]
