"""The parts of the page that compares candidates: a column for each person, the same rows for all."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.desk.marks import Past
from jobrec_ui.warehouse import letters
from jobrec_ui.web import text
from jobrec_ui.web.match import charts, decided

_HAS, _LACKS = "✓ has it", "✕ not listed"
_MOST_POSTINGS = 5


def people(shown: pd.DataFrame, scores: Mapping[str, float], posting_id: str) -> None:
    """Who is compared: name, headline, score, stage, and the way to the reasons."""
    for column, row in zip(st.columns(len(shown)), shown.to_dict("records"), strict=True):
        with column.container(border=True, gap="xsmall", height="stretch"):
            st.markdown(f"**{text.plain(_name(row))}**")
            if not text.is_missing(row["headline"]):
                st.markdown(text.plain(row["headline"]))
            score = scores.get(row["candidate_id"])
            if score is not None:
                st.progress(min(max(score, 0.0), 1.0), text=f"Score {score * 100:.0f} of 100")
            stage = row["known_stage"]
            st.caption("Not in the pipeline" if text.is_missing(stage) else f"In the pipeline: {text.plain(stage)}")
            st.page_link(
                "pages/recruiter/match_candidates.py",
                label="Details and reasons",
                icon=":material/open_in_full:",
                query_params={"posting": posting_id, "open": row["candidate_id"]},
            )


def skills(required: Sequence[str], shown: pd.DataFrame) -> None:
    """The posting's skills, and who has them."""
    st.subheader("Skills against requirements", anchor=False)
    if not required:
        st.caption("The posting names no skills.")
        return
    columns = {}
    for row in shown.to_dict("records"):
        has = {letters.folded(skill) for skill in text.words(row["matched_skills"])}
        columns[row["candidate_id"]] = [_HAS if letters.folded(skill) in has else _LACKS for skill in required]
    met = {number: f"{cells.count(_HAS)} of {len(required)}" for number, cells in columns.items()}
    rows = pd.DataFrame({number: [*cells, met[number]] for number, cells in columns.items()})
    _table(rows, [*required, "All together"], shown, "The posting's skills, and which of the candidates have them")


def facts(shown: pd.DataFrame) -> None:
    """Place, seniority and the like."""
    st.subheader("Facts", anchor=False)
    columns = {}
    for row in shown.to_dict("records"):
        wish = text.pay({"salary_min": row["desired_salary"], "currency": row["currency"]})
        columns[row["candidate_id"]] = [
            text.place(row),
            _or_blank(row["seniority"]),
            text.years(row["years_experience"]),
            _or_blank(row["education"]),
            text.languages(row["languages"]),
            wish.removesuffix(" or more"),
            text.day(row["available_from"]),
            text.day(row["last_activity"]),
        ]
    labels = ["Place", "Seniority", "Experience", "Education", "Languages", "Pay wish", "Available", "Last activity"]
    _table(pd.DataFrame(columns).replace("", "–"), labels, shown, "Facts about the candidates")


def score_parts(shown: pd.DataFrame, reasons: Mapping[str, pd.DataFrame]) -> None:
    """What raised and lowered each score, in points; ``reasons`` from matching.explain."""
    st.subheader("What made the scores", anchor=False)
    parts = pd.concat([rows.assign(candidate_id=number) for number, rows in reasons.items()])
    points = parts.pivot_table(index="label", columns="candidate_id", values="contribution", aggfunc="sum") * 100
    points = points.loc[points.abs().max(axis=1).sort_values(ascending=False).index]
    points = points[points.abs().max(axis=1) >= 0.1]
    if points.empty:
        st.caption("Nothing about these matches stands out.")
        return
    rows = pd.DataFrame({number: [charts.signed(value) for value in points[number]] for number in reasons})
    _table(rows, list(points.index), shown, "What raised and lowered each score, in points of 100")
    st.caption("Points of the score, compared with a typical pair: + raises it, − lowers it.")


def histories(shown: pd.DataFrame, past: Past, decisions: pd.DataFrame, username: str) -> None:
    """What was decided about each for the posting, their earlier postings, and notes."""
    st.subheader("History and notes", anchor=False)
    for column, row in zip(st.columns(len(shown)), shown.to_dict("records"), strict=True):
        number = row["candidate_id"]
        with column.container(border=True, gap="small", height="stretch"):
            st.markdown(f"**{text.plain(_name(row))}**")
            decided.lines(decisions[decisions["candidate_id"] == number], username)
            _earlier(past.postings[past.postings["candidate_id"] == number])
            mine = past.notes[past.notes["candidate_id"] == number]
            if mine.empty:
                st.caption("No notes.")
            for note in mine.itertuples(index=False):
                st.markdown(f":material/sticky_note_2: {text.plain(note.note)}")
                st.caption(
                    f"{text.plain(note.username)}, {text.day(note.occurred_at)}, on {text.plain(note.list_name)}"
                )


def _earlier(postings: pd.DataFrame) -> None:
    """The latest earlier postings, in lines: a column is too narrow for a table."""
    if postings.empty:
        st.caption("No earlier postings.")
    for row in postings.head(_MOST_POSTINGS).itertuples(index=False):
        st.markdown(
            f":material/work: {text.plain(row.title)}  \n"
            f":small[:gray[{text.plain(row.stage.capitalize())}, {text.day(row.occurred_at)}]]"
        )
    if len(postings) > _MOST_POSTINGS:
        st.caption(f"The latest {_MOST_POSTINGS} of {len(postings)}.")


def _table(rows: pd.DataFrame, labels: Sequence[str], shown: pd.DataFrame, alt: str) -> None:
    names = _names(shown)
    rows = rows.rename(columns=names)
    rows.insert(0, " ", list(labels))
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            " ": st.column_config.TextColumn("", pinned=True, width=170),
            **{name: st.column_config.TextColumn(text.shortened(name), width=220) for name in names.values()},
        },
        height="content",
        placeholder="",
        alt=alt,
    )


def _names(shown: pd.DataFrame) -> dict[str, str]:
    """A name for each candidate's column; with the number where two have the same."""
    names = {row["candidate_id"]: _name(row) for row in shown.to_dict("records")}
    alike = [name for name in names.values() if list(names.values()).count(name) > 1]
    return {number: f"{name} ({number})" if name in alike else name for number, name in names.items()}


def _name(row: Mapping[str, Any]) -> str:
    return str(row["candidate_id"] if text.is_missing(row["name"]) else row["name"])


def _or_blank(value: Any) -> str:
    return "" if text.is_missing(value) else str(value)
