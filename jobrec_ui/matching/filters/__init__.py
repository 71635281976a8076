"""What a recruiter may ask candidates to be like. Each filter is one record: a field of CandidateFilters says it all.

The record names the filter's widgets, its words, its file in sql/matching/filters/ and what that needs. Widgets, chips,
the address, saved searches, SQL, the values to choose from and the doctor's trial are made from the records.
"""

from jobrec_ui.matching.filters.candidate_filters import CHOICES, FILTERS, CandidateFilters, params, parts, trial
from jobrec_ui.matching.filters.record import LISTS, Asked, Chip, Choices, Filter, Form, Widget

__all__ = [
    "CHOICES",
    "FILTERS",
    "LISTS",
    "Asked",
    "CandidateFilters",
    "Chip",
    "Choices",
    "Filter",
    "Form",
    "Widget",
    "params",
    "parts",
    "trial",
]
