"""The ranked list: as a table to scan and sort, or as cards that read well on a phone; who is chosen; and its files."""

import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from jobrec_ui.web import address, text
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.match import marks

_CARDS_AT_ONCE = 10
TABLE, CARDS = "Table", "Cards"
_LAYOUT_ICONS = {TABLE: "table_rows", CARDS: "view_agenda"}


@dataclass(frozen=True)
class RankedList:
    """A list as it is shown.

    key       changes with what the list depends on, so that a selected row never means another person
    ids       the id of each row
    rows      what the table shows, one column per entry of ``columns``; lists in the skills columns
    columns   column: header
    title     which column a card has as its title
    """

    key: str
    ids: list[str]
    rows: pd.DataFrame
    columns: Mapping[str, str]
    title: str
    alt: str

    @functools.cached_property
    def sent(self) -> pa.Table:
        """The rows as the browser gets them, by id."""
        return pa.Table.from_pandas(self.rows.set_index(pd.Index(self.ids)))

    @functools.cached_property
    def order(self) -> list[str]:
        """The columns that the table shows: without those in which nobody has anything."""
        empty = {column for column in ("pipeline", "marks") if column in self.rows and not self.rows[column].any()}
        empty |= {column for column in ("closed_since",) if column in self.rows and self.rows[column].isna().all()}
        return [column for column in self.columns if column not in empty]

    @functools.cached_property
    def column_config(self) -> dict[str, Any]:
        """How the table shows each column."""
        return _column_config(self.rows, self.columns)


def candidates_list(ranked: pd.DataFrame, known: pd.DataFrame, key: str) -> RankedList:
    """The list that Match candidates shows, from matching.rank_candidates and marks.marks."""
    ids = ranked["candidate_id"].astype(str).tolist()
    marks_of = marks.by_candidate(known)
    rows = _common(ranked) | {
        "marks": [marks_of.get(candidate_id, []) for candidate_id in ids],
        "name": ranked["name"].where(ranked["name"].notna(), ranked["candidate_id"]),
        "headline": ranked["headline"],
        "years": ranked["years_experience"],
        "last_activity": pd.to_datetime(ranked["last_activity"]),
        "available_from": pd.to_datetime(ranked["available_from"]),
    }
    columns = {
        "rank": "Rank",
        "score": "Score",
        "name": "Candidate",
        "pipeline": "In pipeline",
        "marks": "Marks",
        "headline": "Headline",
        "place": "Place",
        "seniority": "Seniority",
        "matched": "Matched skills",
        "missing": "Missing skills",
        "last_activity": "Last activity",
        "years": "Years",
        "available_from": "Available from",
    }
    table = pd.DataFrame(rows, columns=list(columns))
    return RankedList(key, ids, table, columns, "name", "Candidates ranked for this posting")


def postings_list(ranked: pd.DataFrame, key: str) -> RankedList:
    """The list that Match postings shows, from matching.rank_postings."""
    rows = _common(ranked) | {
        "title": ranked["title"],
        "company": ranked["company"],
        "status": ranked["status"],
        "opened_at": pd.to_datetime(ranked["opened_at"]),
        "closed_since": pd.to_datetime(ranked["closed_since"]),
    }
    columns = {
        "rank": "Rank",
        "score": "Score",
        "title": "Posting",
        "pipeline": "In pipeline",
        "company": "Company",
        "place": "Place",
        "seniority": "Seniority",
        "matched": "Matched skills",
        "missing": "Missing skills",
        "opened_at": "Opened",
        "status": "Status",
        "closed_since": "Closed since",
    }
    ids = ranked["posting_id"].astype(str).tolist()
    table = pd.DataFrame(rows, columns=list(columns))
    return RankedList(key, ids, table, columns, "title", "Postings ranked for this candidate")


def list_key(kind: str, subject_id: str, filters: object, limit: int, versions: Versions) -> str:
    """A key that changes with all that the list depends on."""
    model, data = versions.model, versions.data
    asked = (kind, subject_id, filters, limit, model.name if model else None, data.version if data else None)
    return f"{kind}_{hashlib.sha256(repr(asked).encode()).hexdigest()[:16]}"


def _common(ranked: pd.DataFrame) -> dict[str, Any]:
    """The columns of both lists, by name."""
    return {
        "rank": ranked["rank"].astype(int),
        "score": (ranked["score"].astype(float) * 100).round(1),
        "place": [text.place(row) for row in ranked[["city", "region", "country"]].to_dict("records")],
        "seniority": ranked["seniority"],
        "matched": [text.words(skills) for skills in ranked["matched_skills"].tolist()],
        "missing": [text.words(skills) for skills in ranked["missing_skills"].tolist()],
        "pipeline": ["" if text.is_missing(stage) else stage.capitalize() for stage in ranked["known_stage"].tolist()],
    }


def show(shown: RankedList, layout: str, today: date, choosable: bool = False) -> int | None:
    """Draws the list. Returns the position of the row that is open, if one is. Of ``choosable`` rows several can be
    chosen, see :func:`chosen`.
    """
    position = address.opened(shown.ids)
    if layout == CARDS:
        _cards(shown, today, choosable)
    else:
        _table(shown, position, choosable)
    return position


def chosen(shown: RankedList) -> list[str]:
    """The ids of the rows that are chosen, in the list's order."""
    kept = st.session_state.get(_chosen_key(shown.key), ())
    return [identifier for identifier in shown.ids if identifier in kept]


def close(shown: RankedList, identifier: str) -> None:
    """Closes the row ``identifier``, when its drawer is shut."""
    address.close_row(shown.key, identifier, [shown.ids.index(one) for one in chosen(shown)])


def _chosen_key(key: str) -> str:
    return f"{key}_chosen"


def _tick_key(key: str, identifier: str) -> str:
    return f"{key}_tick_{identifier}"


def layout_switch() -> str:
    """Table or cards; cards come first on a phone, where a table shows little."""
    on_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    layout = st.segmented_control(
        "View",
        [TABLE, CARDS],
        default=CARDS if on_phone else TABLE,
        required=True,
        key="view",
        persist_state="session",
        format_func=lambda name: f":material/{_LAYOUT_ICONS[name]}: {name}",
        label_visibility="collapsed",
    )
    return layout if layout in (TABLE, CARDS) else TABLE


def _table(shown: RankedList, position: int | None, choosable: bool) -> None:
    if choosable:
        rows = [shown.ids.index(identifier) for identifier in chosen(shown)]
    else:
        rows = [] if position is None else [position]
    st.dataframe(
        shown.sent,
        key=shown.key,
        hide_index=True,
        column_order=shown.order,
        column_config=shown.column_config,
        on_select=functools.partial(_selected, shown.key, tuple(shown.ids), choosable),
        selection_mode=["multi-row" if choosable else "single-row", "single-cell"],
        selection_default={"selection": {"rows": rows}},
        row_height=40,
        height=min(40 * (len(shown.ids) + 1) + 2, 522),
        placeholder="",
        alt=shown.alt,
    )


def _column_config(rows: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, Any]:
    skills = sorted({skill for column in ("matched", "missing") for cell in rows[column] for skill in cell})
    marks_of = sorted({mark for cell in rows.get("marks", []) for mark in cell})
    configured: dict[str, Any] = {
        "rank": st.column_config.NumberColumn("Rank", pinned=True, width=48, format="%d"),
        "score": st.column_config.ProgressColumn(
            "Score", min_value=0, max_value=100, format="%.0f", width=100, help="How well they match, from 0 to 100."
        ),
        "matched": st.column_config.MultiselectColumn("Matched skills", options=skills, color="green", width=170),
        "missing": st.column_config.MultiselectColumn("Missing skills", options=skills, color="orange", width=150),
        "marks": st.column_config.MultiselectColumn(
            "Marks",
            options=marks_of,
            color="blue",
            width=140,
            help="On your lists, seen by you, rejected for a like posting.",
        ),
        "last_activity": st.column_config.DateColumn("Last activity", format="D MMM YYYY", width=100),
        "available_from": st.column_config.DateColumn("Available from", format="D MMM YYYY", width=110),
        "opened_at": st.column_config.DateColumn("Opened", format="D MMM YYYY", width=100),
        "closed_since": st.column_config.DateColumn("Closed since", format="D MMM YYYY", width=100),
        "years": st.column_config.NumberColumn("Years", format="%.4g", width=60, help="Years of experience"),
    }
    # So that on a common screen everything up to the last activity is in view.
    wide = {"headline": 180, "name": 140, "title": 200, "company": 140, "place": 140, "seniority": 85, "pipeline": 90}
    return {
        column: configured.get(column) or st.column_config.TextColumn(header, width=wide.get(column))
        for column, header in columns.items()
    }


def _selected(key: str, ids: tuple[str, ...], choosable: bool) -> None:
    selection = st.session_state[key]["selection"]
    rows = [row for row in selection["rows"] if 0 <= row < len(ids)]
    cells = [row for row, _ in selection["cells"] if 0 <= row < len(ids)]
    if choosable and not cells:
        st.session_state[_chosen_key(key)] = tuple(ids[row] for row in rows)
        return
    opened = cells if choosable else [*rows, *cells]
    if opened:
        address.set_opened(ids[opened[0]])


def _ticked(key: str, identifier: str) -> None:
    others = [one for one in st.session_state.get(_chosen_key(key), ()) if one != identifier]
    ticked = [identifier] if st.session_state[_tick_key(key, identifier)] else []
    st.session_state[_chosen_key(key)] = (*others, *ticked)


def _cards(shown: RankedList, today: date, choosable: bool) -> None:
    key = f"{shown.key}_cards"
    most = st.session_state.get(key, _CARDS_AT_ONCE)
    grid = st.grid(2, min_column_width=420)
    for identifier, row in zip(shown.ids[:most], shown.rows.head(most).to_dict("records"), strict=True):
        with grid.container(border=True, gap="xsmall", height="stretch"):
            _card(shown, identifier, row, today, choosable)
    if len(shown.ids) > most:
        st.button(
            f"Show {min(_CARDS_AT_ONCE, len(shown.ids) - most)} more",
            key=f"{key}_more",
            width="stretch",
            on_click=_more_cards(key, most),
        )


def _card(shown: RankedList, identifier: str, row: Mapping[str, Any], today: date, choosable: bool) -> None:
    pipeline = f" :blue-badge[{text.plain(row['pipeline'])}]" if row["pipeline"] else ""
    st.markdown(f"**{row['rank']}. {text.plain(row[shown.title])}**{pipeline}")
    st.progress(min(max(row["score"] / 100, 0.0), 1.0), text=f"Score {row['score']:.0f} of 100")
    if row.get("marks"):
        st.markdown(text.badges(row["marks"], "violet"))
    if not text.is_missing(row.get("headline")):
        st.markdown(text.plain(row["headline"]))
    facts = [row.get("company"), row["place"], row["seniority"], text.years(row.get("years"))]
    if since := text.days_ago(row.get("last_activity"), today):
        facts.append(f"last active {since}")
    if opened := text.day(row.get("opened_at")):
        facts.append(f"opened {opened}")
    if closed := text.day(row.get("closed_since")):
        facts.append(f"closed since {closed}")
    st.caption(" · ".join(text.plain(fact) for fact in facts if not text.is_missing(fact)))
    if row["matched"]:
        st.markdown(":material/check: " + text.badges(row["matched"], "green", most=8))
    if row["missing"]:
        st.markdown(":material/close: " + text.badges(row["missing"], "orange", most=6))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Details and reasons",
            key=f"open_{identifier}",
            icon=":material/open_in_full:",
            on_click=address.set_opened,
            args=(identifier,),
        )
        if choosable:
            key = _tick_key(shown.key, identifier)
            st.session_state.setdefault(key, identifier in chosen(shown))
            st.checkbox("Choose", key=key, on_change=_ticked, args=(shown.key, identifier))


def _more_cards(key: str, most: int) -> Callable[[], None]:
    def show_more() -> None:
        st.session_state[key] = most + _CARDS_AT_ONCE

    return show_more
