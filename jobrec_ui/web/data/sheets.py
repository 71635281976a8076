"""The second step of an import: what each sheet is taken for, and what its columns are used for; all can be changed."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from jobrec_ui.data.check import ROW_INDEX, check_rows
from jobrec_ui.data.mapping.apply import apply
from jobrec_ui.data.mapping.proposal import Proposal
from jobrec_ui.data.mapping.propose import propose_sheet
from jobrec_ui.data.mapping.uses import uses
from jobrec_ui.data.reading import Sheet
from jobrec_ui.data.rejections import Rejections
from jobrec_ui.errors import InputError
from jobrec_ui.web import text
from jobrec_ui.web.data.draft import Draft

NOUNS = {
    "postings": "Postings",
    "candidates": "People",
    "interactions": "Stages reached",
    "demographics": "Declared attributes",
}
# What a sheet may hold, as the page offers it.
CHOICES: tuple[tuple[str, ...], ...] = (
    ("postings",),
    ("candidates",),
    ("interactions",),
    ("interactions", "postings", "candidates"),
    ("interactions", "candidates"),
    ("interactions", "postings"),
    ("candidates", "demographics"),
    ("demographics",),
    (),
)
_SHOWN_ROWS = 3
_NOT_USED = "Not used"


def cards(draft: Draft) -> None:
    """A card for each sheet: those that hold something first."""
    order = sorted(enumerate(draft.plan.proposals), key=lambda one: (not one[1].mapping.holds, one[0]))
    for position, proposal in order:
        with st.container(border=True, key=f"sheet_{position}"):
            _card(draft, position, proposal)
    for passed in draft.plan.not_read:
        if passed.file not in {one.sheet.label for one in draft.plan.proposals}:
            st.caption(f":material/block: **{text.plain(passed.file)}** is not read: {text.plain(passed.why)}.")


def _card(draft: Draft, position: int, proposal: Proposal) -> None:
    sheet, mapping = proposal.sheet, proposal.mapping
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f":material/description: **{text.plain(sheet.label)}**", width="content")
        holds = mapping.holds
        offered = [*CHOICES, *([holds] if holds not in CHOICES else [])]
        st.selectbox(
            f"What {sheet.label} holds",
            offered,
            index=offered.index(holds),
            format_func=_in_words,
            key=f"holds_{position}_{hash(draft.source)}_{'_'.join(holds)}",
            label_visibility="collapsed",
            width=320,
            on_change=_hold,
            args=(draft, position, f"holds_{position}_{hash(draft.source)}_{'_'.join(holds)}"),
        )
    if not holds:
        st.caption(f"Passed over: {text.plain(proposal.why)}.")
        return
    lacking = mapping.missing()
    if lacking:
        st.error(
            f"It lacks what is needed: {text.plain('; '.join(lacking))}. Choose a column below.",
            icon=":material/error:",
        )
    elif proposal.doubt:
        st.warning(f"Please look at it: {text.plain(proposal.doubt)}.", icon=":material/warning:")
    st.caption(f"Taken for {text.plain(proposal.why)}.")
    used = sum(bool(found) for found in mapping.columns.values())
    _results(draft, proposal)
    label = f"Columns: {used} of {len(mapping.columns)} used"
    with st.expander(label, icon=":material/view_column:", expanded=bool(lacking or proposal.doubt)):
        _columns(draft, position, proposal)
        st.caption("The first rows of the file")
        st.dataframe(_raw(proposal), hide_index=True, height="content", alt=f"The first rows of {sheet.label}")


def _columns(draft: Draft, position: int, proposal: Proposal) -> None:
    """A line for each column: its name, examples, what it is used for, and why."""
    why = {fit.column: fit.why for fit in proposal.fits}
    for place, (name, found) in enumerate(proposal.mapping.columns.items()):
        left, right = st.columns([3, 2], vertical_alignment="center")
        examples = " · ".join(text.plain(one[:40]) for one in proposal.profiles[name].examples) or "(empty)"
        reason = (
            f" — {text.plain(why[name])}" if found and name in why and not why[name].startswith("it is called") else ""
        )
        left.markdown(f"**{text.plain(name)}**{reason}  \n:small[{examples}]")
        key = f"use_{position}_{place}_{hash(draft.source)}_{'_'.join((*proposal.mapping.holds, *found))}"
        offered = _offered(proposal.mapping.holds, found)
        right.selectbox(
            f"What the column {name} is used for",
            offered,
            index=offered.index(found),
            format_func=_use_in_words,
            key=key,
            label_visibility="collapsed",
            on_change=_use,
            args=(draft, position, name, key),
        )


def _offered(holds: tuple[str, ...], found: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The uses that a column of such a sheet may have."""
    fitting = [(key,) for key, use in uses().items() if use.tables & set(holds)]
    return [(), *fitting, *([found] if found and found not in fitting else [])]


def _hold(draft: Draft, position: int, key: str) -> None:
    """Another table: what its columns are used for is proposed anew."""
    holds = st.session_state[key]
    proposal = draft.plan.proposals[position]
    if not holds:
        made = replace(proposal, mapping=replace(proposal.mapping, holds=()), why="you decided so", doubt="")
    else:
        made = propose_sheet(proposal.sheet, only=holds[:1])
        columns = made.mapping.columns
        if not made.mapping.holds:  # as far as its columns can be told; the rest is for the admin to say
            columns = {name: tuple(fit.use for fit in made.fits if fit.column == name) for name in proposal.sheet.names}
        made = replace(made, mapping=replace(made.mapping, holds=holds, columns=columns))
    draft.change(draft.plan.replaced(position, made))


def _use(draft: Draft, position: int, name: str, key: str) -> None:
    """Another use for a column; where only one column may have it, the one that had it has none."""
    wanted: tuple[str, ...] = st.session_state[key]
    proposal = draft.plan.proposals[position]
    single = {use for use in wanted if uses()[use].between is None}
    columns = {
        other: tuple(use for use in found if use not in single) for other, found in proposal.mapping.columns.items()
    }
    columns[name] = wanted
    mapping = replace(proposal.mapping, columns=columns)
    draft.change(draft.plan.replaced(position, replace(proposal, mapping=mapping, doubt="")))


def _results(draft: Draft, proposal: Proposal) -> None:
    """What becomes of the first rows."""
    if proposal.mapping.missing():
        return
    try:
        tables = {
            raw.table.name: (check_rows(raw), raw.notes)
            for raw in apply(_copy(proposal), draft.plan.mapping, proposal.mapping)
        }
    except InputError as error:
        st.error(str(error), icon=":material/error:")
        return
    for name, (rows, _) in tables.items():
        frame = rows.slice(0, _SHOWN_ROWS).drop_columns([ROW_INDEX]).to_pandas()
        frame = frame.dropna(axis="columns", how="all")
        st.markdown(f":small[{NOUNS[name]}, as the app will have them:]")
        st.dataframe(
            frame.rename(columns=lambda column: column.replace("_", " ")).map(_cell),
            hide_index=True,
            height="content",
            alt=f"{NOUNS[name]} of {proposal.sheet.label}",
        )


def _cell(value: object) -> str:
    """A value as the page shows it; nothing for what is unknown."""
    if text.is_missing(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _copy(proposal: Proposal) -> Sheet:
    """The sheet with notes and rejections of its own: to read it writes into both."""
    sheet = proposal.sheet
    return replace(sheet, rejections=Rejections(sheet.label, sheet.rejections.unit), notes=[])


def _raw(proposal: Proposal) -> pd.DataFrame:
    return pd.DataFrame(
        {name: cells.slice(0, _SHOWN_ROWS).to_pandas().astype(str) for name, cells in proposal.sheet.columns.items()}
    )


def _in_words(holds: tuple[str, ...]) -> str:
    if not holds:
        return "Nothing: pass it over"
    first, *others = [NOUNS[name] for name in holds]
    return first + (f", with {' and '.join(other.lower() for other in others)}" if others else "")


def _use_in_words(found: tuple[str, ...]) -> str:
    return " + ".join(uses()[use].label for use in found) or _NOT_USED
