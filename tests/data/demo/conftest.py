"""One demo company for all tests of this folder: smaller than the real one, large enough for its distributions."""

import pytest

from jobrec_ui.data.demo import DemoCompany, make_company


@pytest.fixture(scope="session")
def company() -> DemoCompany:
    """2,500 candidates, 150 postings, about 30,000 interactions."""
    return make_company(candidates=2_500, postings=150, interactions=30_000, seed=7)
