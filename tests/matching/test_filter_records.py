"""Each filter is one record: whatever there is to do with filters finds every one of them, by its record alone."""

import re

import pandas as pd
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.commands.doctor import deep
from jobrec_ui.matching import filters
from jobrec_ui.matching.filters import CHOICES, FILTERS, LISTS, CandidateFilters, Choices, Filter, Form
from jobrec_ui.warehouse import sqlfiles
from jobrec_ui.web.match import filter_chips, filter_widgets

OFFERED = Choices(dict.fromkeys(CHOICES, ("none", "other")), lists={"none": "My list"})
POSTING = {"skills_list": [], "currency": None}
TODAY = pd.Timestamp("2026-11-23").date()
each_filter = pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)


def on(one: Filter) -> CandidateFilters:
    """This filter alone."""
    return CandidateFilters(**one.trial())


def page() -> None:
    import streamlit as st

    from jobrec_ui.web.match import filter_widgets as widgets  # what runs is this function's text alone

    st.drawn.append(widgets.draw(*st.given))  # type: ignore[attr-defined]
    st.drawn.append(widgets.held())  # type: ignore[attr-defined]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, quick_app_tests: None) -> list[object]:
    """What the page with the widgets made of them."""
    found: list[object] = []
    monkeypatch.setattr(streamlit, "drawn", found, raising=False)
    monkeypatch.setattr(streamlit, "given", (OFFERED, POSTING, TODAY), raising=False)
    return found


# What to put into the widget of each form, as an address has it, so that it filters.
TYPED = {
    Form.SEARCH: "none", Form.SKILLS: ["none"], Form.ONE_OF: "none", Form.SOME_OF: ["none"], Form.DISTANCE: "50 km",
    Form.RANGE: ["1", "2"], Form.AMOUNT: "1000", Form.PERIOD: "In the last month", Form.DAY: "2020-01-01",
    Form.SWITCH: "true",
}  # fmt: skip


def address(one: Filter) -> dict[str, object]:
    typed = {widget.key: TYPED[widget.form] for widget in one.widgets}
    if one.name == "skills":
        typed["without"] = ["other"]  # no skill is both a must and excluded
    # Lists are shown, and so are in the address, by their names.
    names = {widget.key: ["My list"] for widget in one.widgets if widget.choices == LISTS}
    return typed | names


def test_every_field_belongs_to_one_filter() -> None:
    fields = [field for one in FILTERS for field in one.fields]
    assert sorted(fields) == sorted(vars(CandidateFilters()))
    keys = [key for one in FILTERS for key in one.keys]
    assert len(set(keys)) == len(keys)
    assert len({one.name for one in FILTERS}) == len(FILTERS)


@each_filter
def test_its_widgets_are_drawn_and_hold_what_the_address_says(one: Filter, drawn: list[object]) -> None:
    app = AppTest.from_function(page)
    for key, value in address(one).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    wanted, held = drawn[-2:]
    assert one.is_on(vars(wanted))
    assert [other.name for other in FILTERS if other.is_on(vars(wanted))] == [one.name]
    assert set(held) == set(one.keys)
    labels = [box.label for kind in ("text_input", "multiselect", "selectbox", "slider", "number_input", "date_input",
                                     "toggle") for box in app.get(kind)]  # fmt: skip
    assert {widget.label for widget in one.widgets} <= set(labels)


@each_filter
def test_a_saved_search_brings_it_back(one: Filter, drawn: list[object]) -> None:
    app = AppTest.from_function(page)
    for key, value in address(one).items():
        app.query_params[key] = value
    app.run()
    wanted, held = drawn[-2:]

    state: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit, "session_state", state)
        filter_widgets.put(held, OFFERED)
    again = AppTest.from_function(page)
    for key, value in state.items():
        again.session_state[key] = value
    again.run()
    assert drawn[-2] == wanted


@each_filter
def test_it_has_a_chip_in_words_that_takes_it_away(one: Filter) -> None:
    chips = filter_chips.chips(on(one), {"none": "My list"})
    assert chips
    assert all(chip.words and set(chip.widgets) <= set(one.keys) for chip in chips)
    assert {key for chip in chips for key in chip.widgets} == set(one.keys)
    assert filter_chips.chips(CandidateFilters(), {}) == []


@each_filter
@pytest.mark.parametrize("blind", [False, True])
def test_its_sql_is_in_the_statement_only_while_it_is_on(one: Filter, blind: bool) -> None:
    chosen = filters.parts(on(one), Viewer(blind=blind))
    [file] = chosen["filters"]
    assert file.startswith(f"matching/filters/{one.sql}")
    text = sqlfiles.render("matching/filter_counts", chosen)
    names = set(re.findall(r"CAST\('(\w+)' AS VARCHAR\(16\)\) AS filter", text)) or {"must_have", "excluded"}
    assert names == ({"must_have", "excluded"} if one.name == "skills" else {one.name})
    bound = set(re.findall(r"(?<!:):([a-z_]+)", re.sub(r"--[^\n]*", "", text)))
    assert bound <= set(filters.params(on(one), Viewer())) | {"posting_id"}
    assert "filters" not in filters.parts(CandidateFilters(), Viewer())


@each_filter
def test_who_does_not_pass_it_is_counted_by_its_name(one: Filter, wh, posting_id) -> None:
    counts = matching.filter_counts(wh, posting_id, on(one))
    kinds = {"must_have", "excluded"} if one.name == "skills" else {one.name}
    assert set(counts["filter"]) == kinds
    assert (counts["candidates"] > 0).all()


def test_the_doctor_tries_all_of_them() -> None:
    (tried, viewer), *_ = deep.FILTERS
    assert viewer.blind
    assert [one.name for one in FILTERS if not one.is_on(vars(tried))] == []


def test_there_is_something_to_choose_from_for_each(wh) -> None:
    values = matching.filter_values(wh)
    assert {widget.choices for one in FILTERS for widget in one.widgets} - {"", LISTS} == set(values)
    assert all(values.values())
