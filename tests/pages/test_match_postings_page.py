"""Match postings: from a candidate to the open postings that fit."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.matching.ranking import PostingFilters
from jobrec_ui.warehouse import Warehouse, letters
from jobrec_ui.web import text

OpenPage = Callable[..., AppTest]


@pytest.fixture
def candidate_id(warehouse: Warehouse) -> str:
    """Somebody with a history."""
    return str(matching.find_candidates(warehouse, "", 1)["candidate_id"].iloc[0])


def ranked(warehouse: Warehouse, candidate_id: str, include_closed: bool = False) -> list[str]:
    """The postings that the page should show."""
    model = models.live_version(warehouse)
    assert model is not None
    filters = PostingFilters(include_closed=include_closed)
    return matching.rank_postings(warehouse, candidate_id, model, filters, 50)["posting_id"].tolist()


def test_typing_finds_and_picking_shows_the_list(open_page: OpenPage, warehouse: Warehouse, candidate_id: str) -> None:
    app = open_page("postings")
    app.text_input(key="find_candidate").set_value(candidate_id).run()
    app.radio(key="found_candidate").set_value(candidate_id).run()
    app.run()
    assert app.query_params["candidate"] == candidate_id
    assert app.dataframe[0].value.index.tolist() == ranked(warehouse, candidate_id)


@pytest.mark.parametrize("last_name_first", [False, True])
def test_a_name_is_found_by_what_a_keyboard_types(
    open_page: OpenPage, warehouse: Warehouse, last_name_first: bool
) -> None:
    people = matching.find_candidates(warehouse, "", 600)
    name = next(one for one in people["name"] if not one.isascii() and letters.folded(one).isascii())
    typed = ", ".join(reversed(letters.folded(name).split())) if last_name_first else letters.folded(name)
    app = open_page("postings")
    app.text_input(key="find_candidate").set_value(typed).run()
    assert text.plain(name) in app.radio(key="found_candidate").options
    assert not any("closest" in caption.value for caption in app.caption)


def test_a_phone_number_and_an_address_find_their_owner_and_are_not_shown(
    open_page: OpenPage, warehouse: Warehouse, candidate_id: str
) -> None:
    person = matching.get_candidate(warehouse, candidate_id)
    assert person is not None
    app = open_page("postings")
    for typed in (person["email"], person["phone"], re.sub("[^0-9]", "", person["phone"])[-8:]):
        app.text_input(key="find_candidate").set_value(typed).run()
        found = app.radio(key="found_candidate")
        assert text.plain(person["name"]) in found.options
        assert not any(person[contact] in caption for caption in found.proto.captions for contact in ("email", "phone"))


def test_open_postings_unless_closed_ones_are_wanted(
    open_page: OpenPage, warehouse: Warehouse, candidate_id: str
) -> None:
    app = open_page("postings", candidate=candidate_id)
    assert set(app.dataframe[0].value["status"].str.lower()) == {"open"}
    app.toggle(key="closed").set_value(True).run()
    assert app.dataframe[0].value.index.tolist() == ranked(warehouse, candidate_id, include_closed=True)
    assert "closed" in set(app.dataframe[0].value["status"].str.lower())
    assert app.dataframe[0].value["closed_since"].notna().any()


@pytest.mark.over_the_wire
def test_the_address_opens_the_drawer_with_reasons(
    open_page: OpenPage, warehouse: Warehouse, candidate_id: str
) -> None:
    posting_id = ranked(warehouse, candidate_id)[0]
    app = open_page("postings", candidate=candidate_id, open=posting_id)
    assert {metric.label: metric.value for metric in app.metric}["Rank"] == "1"
    assert len(app.get("vega_lite_chart")) == 1


def test_an_unknown_candidate_is_said(open_page: OpenPage) -> None:
    app = open_page("postings", candidate="C-nobody")
    assert "There is no candidate with the number in this address." in app.warning[0].value
    assert app.radio(key="found_candidate").options
