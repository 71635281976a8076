"""Lists are filled: whoever passes the filters can be found, even with nothing in common with the posting."""

from datetime import datetime

import pytest

from jobrec_ui import matching
from jobrec_ui.matching.ranking import CandidateFilters
from jobrec_ui.models import ModelVersion


@pytest.fixture(scope="module")
def version():
    """A model that needs no training: the score is how often somebody was put forward."""
    moment = datetime(2024, 7, 1)
    return ModelVersion(
        1, "match_v1", "abs", ("times_put_forward",), moment, moment, moment, data_version=1, examples=0, postings=0
    )


@pytest.mark.parametrize("exhaustive", [False, True])
def test_everybody_is_listed_once_enough_are_asked_for(company, version, exhaustive):
    ranked = matching.rank_candidates(company, "p5", version, exhaustive=exhaustive)
    assert ranked["candidate_id"].tolist() == ["c1", "c2", "c3", "c6", "c4", "c5"]  # by 2, 2, 2, 1, 0 and 0
    assert ranked["score"].tolist() == [1, 1, 1, 1, 0, 0]  # never shown above 1


def test_with_filters_too(company, version):
    company.execute("schema/app_shortlists")
    filters = CandidateFilters(exclude_known=True)
    ranked = matching.rank_candidates(company, "p2", version, filters, limit=4)
    assert sorted(ranked["candidate_id"]) == ["c2", "c3", "c4", "c5"]  # c5 only viewed it
