"""The filters that are on: each a button that takes it away again, with a sentence and how many it leaves out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.web import text
from jobrec_ui.web.match import filter_widgets


@dataclass(frozen=True)
class Chip:
    """One filter that is on.

    kind, value   what it is called in matching.filter_counts; value for skills only
    said          the filter in words
    widgets       the widgets that hold it, which are reset when it goes; with a value, only that leaves the widget
    """

    kind: str
    said: str
    widgets: tuple[str, ...]
    value: str | None = None


def describe(filters: CandidateFilters) -> list[str]:
    """The filters that are on, each in words."""
    return [chip.said for chip in chips(filters, {})]


def chips(filters: CandidateFilters, lists: Mapping[str, str]) -> list[Chip]:
    """A chip for each filter that is on. ``lists`` are the names of shortlists by id."""
    return list(_chips(filters, lists))


def show(found: list[Chip], counts: pd.DataFrame) -> None:
    """Draws the chips. ``counts`` is matching.filter_counts."""
    if not found:
        return
    by_kind = {
        (row.filter, None if text.is_missing(row.value) else row.value): row for row in counts.itertuples(index=False)
    }
    with st.container(horizontal=True, gap="small", key="filter_chips"):
        for number, chip in enumerate(found):
            row = by_kind.get((chip.kind, chip.value.lower() if chip.value else None))
            removed = int(row.removed) if row else 0
            tail = "" if chip.kind == "nice_to_have" else f" · leaves out {removed:,}"
            st.button(
                text.plain(chip.said) + tail,
                icon=":material/close:",
                key=f"chip_{number}",
                help=_help(chip, row),
                on_click=_take_away(chip),
            )


def _help(chip: Chip, row: object) -> str:
    if chip.kind == "nice_to_have":
        return "Leaves out nobody: who has these ranks higher. Click to remove this filter."
    if row is None:
        return "Click to remove this filter."
    removed, alone, everybody = int(row.removed), int(row.alone), int(row.candidates)  # type: ignore[attr-defined]
    return (
        f"Of {text.count(everybody, 'candidate')}, {removed:,} do not pass this filter; {alone:,} of them pass all "
        "others and come back without it. Click to remove it."
    )


def _take_away(chip: Chip) -> Callable[[], None]:
    def take_away() -> None:
        for widget in chip.widgets:
            if chip.value is not None:
                held = filter_widgets.checked_skills(st.session_state.get(widget) or [])
                st.session_state[widget] = [one for one in held if one != chip.value]
            else:
                st.session_state[widget] = filter_widgets.DEFAULTS[widget]

    return take_away


def _chips(filters: CandidateFilters, lists: Mapping[str, str]) -> Iterator[Chip]:
    if filters.text:
        yield Chip("text", f"text has {filters.text}", ("words",))
    for skill in filters.must_have:
        yield Chip("must_have", f"must have {skill}", ("must",), skill)
    for skill in filters.excluded:
        yield Chip("excluded", f"without {skill}", ("without",), skill)
    if filters.nice_to_have:
        yield Chip("nice_to_have", f"nice to have {_either(filters.nice_to_have, 'and')}", ("nice",))
    if filters.place:
        near = f"within {filters.within_km:g} km of {filters.place}" if filters.within_km else f"in {filters.place}"
        yield Chip("place", near, ("place", "km"))
    if filters.seniority:
        yield Chip("seniority", f"seniority {_either(filters.seniority)}", ("level",))
    if filters.experience_min is not None or filters.experience_max is not None:
        years = _range(filters.experience_min, filters.experience_max, "years")
        yield Chip("experience", f"{years} of experience", ("years",))
    if filters.pay_min is not None or filters.pay_max is not None:
        amount = _range(filters.pay_min, filters.pay_max, filters.currency or "")
        yield Chip("pay", f"wants {amount}", ("pay_from", "pay_to", "pay_in"))
    if filters.available_by:
        yield Chip("available", f"available by {text.day(filters.available_by)}", ("from",))
    if filters.active_since:
        yield Chip("active", f"active since {text.day(filters.active_since)}", ("active",))
    if filters.languages:
        yield Chip("languages", f"speaks {_either(filters.languages, 'and')}", ("speaks",))
    if filters.education:
        yield Chip("education", f"education {_either(filters.education)}", ("education",))
    if filters.stages_here:
        yield Chip("stages_here", f"{_either(filters.stages_here)} on this posting", ("stage",))
    if filters.stages_elsewhere:
        yield Chip("stages_elsewhere", f"{_either(filters.stages_elsewhere)} on another posting", ("stage_elsewhere",))
    if filters.exclude_known:
        yield Chip("new", "new to this posting", ("new",))
    if filters.on_lists:
        names = _either(tuple(lists.get(one, one) for one in filters.on_lists))
        yield Chip("on_lists", f"on list {names}", ("on_list",))
    if filters.off_lists:
        names = _either(tuple(lists.get(one, one) for one in filters.off_lists))
        yield Chip("off_lists", f"not on list {names}", ("off_list",))
    if filters.sources:
        yield Chip("sources", f"source {_either(filters.sources)}", ("source",))


def _either(values: tuple[str, ...], joint: str = "or") -> str:
    return f" {joint} ".join(values)


def _range(low: float | None, high: float | None, unit: str) -> str:
    said = [f"{value:,.10g}" for value in (low, high) if value is not None]
    unit = unit.removesuffix("s") if unit == "years" and said == ["1"] else unit
    if len(said) == 2:
        return f"{said[0]} to {said[1]} {unit}".strip()
    return f"{'at least' if high is None else 'at most'} {said[0]} {unit}".strip()
