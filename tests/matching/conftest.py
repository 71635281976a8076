"""One copy of the demo company for all tests of matching, and its tables read into pandas."""

import pytest

from jobrec_ui import matching, models
from tests.matching.matching_helpers import EVERYBODY, skill_set
from tests.warehouse_copies import ask, opened_copy


@pytest.fixture(scope="session")
def wh(demo_warehouse, reach, tmp_path_factory):
    """A copy of the demo company. For reading only, so that tests may share what they asked."""
    with opened_copy(demo_warehouse, tmp_path_factory.mktemp("matching"), reach) as warehouse:
        for tables in ("schema/app_shortlists", "schema/app_decisions", "schema/app_searches", "schema/app_blind"):
            warehouse.execute(tables)
        yield warehouse


@pytest.fixture(scope="session")
def version(wh):
    found = models.live_version(wh)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def people(wh):
    """Every candidate by id, with the skills as a set of lower-case words."""
    found = ask(wh, "SELECT * FROM hiring.candidates").set_index("candidate_id")
    return found.assign(skill_set=[skill_set(text) for text in found["skills"]])


@pytest.fixture(scope="session")
def postings(wh):
    found = ask(wh, "SELECT * FROM hiring.postings").set_index("posting_id")
    return found.assign(skill_set=[skill_set(text) for text in found["skills"]])


@pytest.fixture(scope="session")
def events(wh):
    return ask(
        wh, "SELECT i.*, s.stage_order FROM hiring.interactions AS i JOIN hiring.stages AS s ON i.stage = s.stage"
    )


@pytest.fixture(scope="session")
def posting_id(events):
    """An old posting that many were put forward for."""
    return events[events["stage"] != "viewed"]["posting_id"].value_counts().index[0]


@pytest.fixture(scope="session")
def ranked(wh, version, posting_id):
    """Everybody, ranked for that posting."""
    return matching.rank_candidates(wh, posting_id, version, limit=EVERYBODY, exhaustive=True)


@pytest.fixture(scope="session")
def open_postings(wh):
    return list(matching.find_postings(wh, "", limit=EVERYBODY, open_only=True)["posting_id"])
