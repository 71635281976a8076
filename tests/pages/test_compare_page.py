"""Compare: people side by side, from the address; what it says when there is nobody; blind too."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.access import blind_review
from jobrec_ui.desk import shortlists
from jobrec_ui.warehouse import Warehouse

OpenPage = Callable[..., AppTest]


@pytest.fixture
def posting_id(warehouse: Warehouse) -> str:
    for number in matching.find_postings(warehouse, "", 20, open_only=True)["posting_id"]:
        found = matching.get_posting(warehouse, number)
        if found and len(found["skills_list"]) >= 2:
            return str(number)
    raise AssertionError("the demo company has no such posting")


@pytest.mark.over_the_wire
def test_people_side_by_side(open_page: OpenPage, warehouse: Warehouse, posting_id: str) -> None:
    version = models.live_version(warehouse)
    assert version is not None
    best = matching.rank_candidates(warehouse, posting_id, version, limit=3)
    ids = best["candidate_id"].tolist()[::-1]  # the address decides the order
    explained = matching.explain_all(warehouse, posting_id, ids, version)
    assert {number: one.score for number, one in explained.items()} == pytest.approx(
        dict(zip(best["candidate_id"], best["score"], strict=True)), abs=1e-6
    )
    mine = shortlists.create(warehouse, "recruiter", "Compared")
    shortlists.add(warehouse, "recruiter", mine, ids[:1])
    shortlists.add_note(warehouse, "recruiter", mine, ids[0], "Wants to move")

    app = open_page("compare", posting=posting_id, **{"with": ids})
    posting = matching.get_posting(warehouse, posting_id)
    assert posting is not None
    skills, facts, parts = (table.value for table in app.dataframe[:3])
    named = best.set_index("candidate_id").loc[ids]
    assert skills.columns.tolist() == [" ", *named["name"]]
    assert skills[" "].tolist() == [*posting["skills_list"], "All together"]
    for number, row in named.iterrows():
        met = [skill for skill in str(row["matched_skills"] or "").split("; ") if skill and skill != "nan"]
        assert skills[row["name"]].iloc[-1] == f"{len(met)} of {len(posting['skills_list'])}", number
    assert facts[" "].iloc[0] == "Place"
    assert len(parts) > 1
    assert any("Wants to move" in part.value for part in app.markdown)
    assert len(app.progress) == 3
    assert not app.warning


def test_who_is_unknown_or_too_many_is_said(open_page: OpenPage, warehouse: Warehouse, posting_id: str) -> None:
    ids = matching.find_candidates(warehouse, "", 6)["candidate_id"].tolist()
    app = open_page("compare", posting=posting_id, **{"with": [ids[0], "nobody"]})
    assert "1 person is shown of the 2" in app.warning[0].value
    app = open_page("compare", posting=posting_id, **{"with": ids})
    assert "5 people are shown of the 6" in app.warning[0].value


@pytest.mark.parametrize("address", [{}, {"with": ["x\ny", ""]}, {"posting": "no such", "with": ["C0000001"]}])
def test_nobody_to_compare(open_page: OpenPage, address: dict[str, str | list[str]]) -> None:
    app = open_page("compare", **address)
    assert [part.value for part in app.subheader] == ["Nobody to compare yet"]
    assert not app.error


def test_blind(open_page: OpenPage, warehouse: Warehouse, posting_id: str) -> None:
    people = matching.find_candidates(warehouse, "", 2)
    mine = shortlists.create(warehouse, "recruiter", "Blind compared")
    shortlists.add(warehouse, "recruiter", mine, people["candidate_id"].tolist())
    shortlists.add_note(warehouse, "recruiter", mine, people["candidate_id"].iloc[0], f"Ask {people['name'].iloc[0]}!")
    blind_review.start(warehouse, "recruiter")
    try:
        app = open_page("compare", posting=posting_id, **{"with": people["candidate_id"].tolist()})
    finally:
        blind_review.leave(warehouse, "recruiter", "end of the test")
    assert app.dataframe[0].value.columns.str.fullmatch("Candidate [0-9A-F]{6}").sum() == 2
    said = "\n".join(part.value for part in app.markdown)
    assert "Ask " in said
    assert people["name"].iloc[0] not in said
