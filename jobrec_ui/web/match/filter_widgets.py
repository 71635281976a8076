"""The widgets of the filters for candidates, drawn from the filters' records: one function for each form of widget.

Their values live in the address. Widgets check what they get in the browser only, and an address can hold anything: the
records check every value again.
"""

import contextlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from jobrec_ui.matching.filters import FILTERS, LISTS, Asked, CandidateFilters, Choices, Form, Widget
from jobrec_ui.matching.filters.kinds import DISTANCES, MOST_SKILLS, PERIODS
from jobrec_ui.web.match import fields

_A_ROW = 3

WIDGETS: Mapping[str, Widget] = {widget.key: widget for one in FILTERS for widget in one.widgets}
EMPTY: Mapping[str, Any] = {key: widget.empty for key, widget in WIDGETS.items()}


def draw(choices: Choices, posting: Mapping[str, Any], today: date) -> CandidateFilters:
    """Draws the filters, for the candidates of ``posting``. Returns what is asked for.

    Raises InputError for a text search that cannot be read.
    """
    asked = Asked(_with_skills_of(posting, choices), posting.get("currency"), today)
    cells = [cell for one in FILTERS for cell in one.cells if _can_be_chosen(cell[0], asked.choices)]
    held = dict(EMPTY)
    for cell in _of_form(cells, Form.SEARCH):
        held |= _draw_cell(cell, asked)
    in_rows = [cell for cell in cells if cell[0].form not in (Form.SEARCH, Form.SWITCH)]
    for start in range(0, len(in_rows), _A_ROW):
        for column, cell in zip(st.columns(_A_ROW), in_rows[start : start + _A_ROW], strict=False):
            with column:
                held |= _draw_cell(cell, asked)
    for cell in _of_form(cells, Form.SWITCH):
        held |= _draw_cell(cell, asked)
    values: dict[str, Any] = {}
    for one in FILTERS:
        values |= one.read(held, asked)
    return CandidateFilters(**values)


def clear() -> None:
    """A button that takes all filters away."""
    fields.clear_button(EMPTY, "clear_candidate_filters")


def are_set() -> bool:
    """Whether there may be a filter, in the address or in a widget: only the widgets' own values say for certain."""
    return any(key in st.query_params for key in WIDGETS) or bool(held())


def held() -> dict[str, Any]:
    """What the widgets hold that differs from no filter, by key; as it can be saved."""
    values = {key: st.session_state.get(key, empty) for key, empty in EMPTY.items()}
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value not in (None, EMPTY[key])
    }


def put(values: Mapping[str, Any], choices: Choices) -> None:
    """Gives the widgets saved values, before they are drawn; what is no longer there to choose is left out."""
    for key, widget in WIDGETS.items():
        value = values.get(key, widget.empty)
        known = _ALLOWED[widget.form](widget, choices) if widget.form in _ALLOWED else None
        if known is not None and isinstance(value, list):
            value = [one for one in value if one in known]
        elif known is not None and value not in known:
            value = widget.empty
        if widget.form is Form.DAY and isinstance(value, str):
            value = date.fromisoformat(value)
        st.session_state[key] = tuple(value) if widget.form is Form.RANGE else value


# What saved values must be among.
_ALLOWED: Mapping[Form, Callable[[Widget, Choices], set[Any]]] = {
    Form.ONE_OF: lambda widget, choices: set(choices.of(widget.choices)),
    Form.SOME_OF: lambda widget, choices: set(choices.of(widget.choices)),
    Form.DISTANCE: lambda widget, choices: set(DISTANCES),
    Form.PERIOD: lambda widget, choices: set(PERIODS),
}


# ---- drawing ---------------------------------------------------------------------------------------------------------

_Cell = tuple[Widget, ...]


def _with_skills_of(posting: Mapping[str, Any], choices: Choices) -> Choices:
    """The posting's skills come first."""
    skills = list(dict.fromkeys([*posting["skills_list"], *choices.of("skill")]))
    return Choices({**choices.values, "skill": skills}, choices.lists)


def _can_be_chosen(widget: Widget, choices: Choices) -> bool:
    """Whether there is anything to choose from; a user without lists need not see what is about lists."""
    return widget.choices != LISTS or bool(choices.lists)


def _of_form(cells: list[_Cell], form: Form) -> list[_Cell]:
    return [cell for cell in cells if cell[0].form is form]


def _draw_cell(cell: _Cell, asked: Asked) -> dict[str, Any]:
    """Draws widgets that belong together, side by side. Returns their values by key."""
    held: dict[str, Any] = {}
    with st.container(horizontal=True, gap="small") if len(cell) > 1 else contextlib.nullcontext():
        for widget in cell:
            held[widget.key] = _FORMS[widget.form](widget, asked, held)
    return held


def _search(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> str:
    return st.text_input(
        widget.label,
        key=widget.key,
        bind="query-params",
        type="search",
        max_chars=int(widget.most),
        placeholder=widget.nothing,
        help=widget.help,
    )


def _skills(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> list[str]:
    return st.multiselect(
        widget.label,
        asked.choices.of(widget.choices),
        key=widget.key,
        bind="query-params",
        accept_new_options=True,
        max_selections=MOST_SKILLS,
        placeholder=widget.nothing,
        help=widget.help,
        select_all=False,
    )


def _one_of(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> str | None:
    nothing = str(asked.currency or widget.nothing) if widget.choices == "currency" else widget.nothing
    return fields.choice(widget.label, widget.key, asked.choices.of(widget.choices), nothing)


def _some_of(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> list[str]:
    names = asked.choices.lists if widget.choices == LISTS else {}
    return st.multiselect(
        widget.label,
        asked.choices.of(widget.choices),
        key=widget.key,
        bind="query-params",
        format_func=lambda value: names.get(value, value),
        placeholder=widget.nothing,
        select_all=False,
        help=widget.help,
    )


def _distance(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> int | None:
    """Around the place that is held already."""
    return st.selectbox(
        widget.label,
        DISTANCES,
        index=None,
        key=widget.key,
        bind="query-params",
        format_func=lambda km: f"{km} km",
        placeholder=widget.nothing,
        width=130,
        disabled=not set(held.values()) & set(asked.choices.of(widget.choices)),
        help=widget.help,
    )


def _range(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> tuple[int, int]:
    most = int(widget.most)
    return st.slider(widget.label, 0, most, widget.empty, key=widget.key, bind="query-params")


def _amount(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> float | None:
    return st.number_input(
        widget.label,
        min_value=0.0,  # not whole numbers: at these Streamlit fails if an address says "inf"
        max_value=widget.most,
        value=None,
        step=5000.0,
        format="%.0f",
        key=widget.key,
        bind="query-params",
        placeholder=widget.nothing,
        width=110,
        help=widget.help,
    )


def _period(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> int | None:
    return st.selectbox(
        widget.label,
        list(PERIODS),
        index=None,
        key=widget.key,
        bind="query-params",
        format_func=PERIODS.__getitem__,
        placeholder=widget.nothing,
        help=widget.help,
    )


def _day(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> Any:
    return st.date_input(widget.label, value=None, key=widget.key, bind="query-params")


def _switch(widget: Widget, asked: Asked, held: Mapping[str, Any]) -> bool:
    return st.toggle(widget.label, key=widget.key, bind="query-params", help=widget.help)


_FORMS: Mapping[Form, Callable[[Widget, Asked, Mapping[str, Any]], Any]] = {
    Form.SEARCH: _search,
    Form.SKILLS: _skills,
    Form.ONE_OF: _one_of,
    Form.SOME_OF: _some_of,
    Form.DISTANCE: _distance,
    Form.RANGE: _range,
    Form.AMOUNT: _amount,
    Form.PERIOD: _period,
    Form.DAY: _day,
    Form.SWITCH: _switch,
}
