"""The filters that are on: each a button that takes it away again, with a sentence and how many it leaves out."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from jobrec_ui.matching.filters import FILTERS, CandidateFilters, Chip
from jobrec_ui.matching.filters.kinds import checked_skills
from jobrec_ui.warehouse import letters
from jobrec_ui.web import text
from jobrec_ui.web.match import filter_widgets


def describe(filters: CandidateFilters) -> list[str]:
    """The filters that are on, each in words."""
    return [chip.words for chip in chips(filters, {})]


def chips(filters: CandidateFilters, lists: Mapping[str, str]) -> list[Chip]:
    """A chip for each filter that is on. ``lists`` are the names of shortlists by id."""
    return [chip for one in FILTERS for chip in one.chips(vars(filters), lists)]


def show(found: list[Chip], counts: pd.DataFrame) -> None:
    """Draws the chips. ``counts`` is matching.filter_counts."""
    if not found:
        return
    by_kind = {
        (row.filter, None if text.is_missing(row.value) else row.value): row for row in counts.itertuples(index=False)
    }
    with st.container(horizontal=True, gap="small", key="filter_chips"):
        for number, chip in enumerate(found):
            row = by_kind.get((chip.kind, letters.folded(chip.value) if chip.value else None))
            removed = int(row.removed) if row else 0
            tail = "" if not chip.leaves_out else f" · leaves out {removed:,}"
            st.button(
                text.plain(chip.words) + tail,
                icon=":material/close:",
                key=f"chip_{number}",
                help=_help(chip, row),
                on_click=_take_away(chip),
            )


def _help(chip: Chip, row: object) -> str:
    if not chip.leaves_out:
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
                held = checked_skills(st.session_state.get(widget) or [])
                st.session_state[widget] = [one for one in held if one != chip.value]
            else:
                st.session_state[widget] = filter_widgets.EMPTY[widget]

    return take_away
