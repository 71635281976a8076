"""Matching: ranks candidates for postings and postings for candidates, says why, finds and filters. All in SQL."""

from jobrec_ui.matching.lookup import (
    MAX_LIMIT,
    compare_candidates,
    filter_counts,
    filter_values,
    find_candidates,
    find_postings,
    get_candidate,
    get_history,
    get_posting,
)
from jobrec_ui.matching.ranking import (
    POOL,
    POOL_GROWTH,
    POSTING_POOL,
    Explained,
    PostingFilters,
    explain,
    explain_all,
    rank_candidates,
    rank_postings,
    retrieved,
    retrieved_of,
)

__all__ = [
    "MAX_LIMIT",
    "POOL",
    "POOL_GROWTH",
    "POSTING_POOL",
    "Explained",
    "PostingFilters",
    "compare_candidates",
    "explain",
    "explain_all",
    "filter_counts",
    "filter_values",
    "find_candidates",
    "find_postings",
    "get_candidate",
    "get_history",
    "get_posting",
    "rank_candidates",
    "rank_postings",
    "retrieved",
    "retrieved_of",
]
