"""A posting and a candidate as the pages show them: at the top of a page, and in the drawer with the details."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.web import text

Row = Mapping[str, Any]

_NEVER = 5 * 365  # days


def posting_card(posting: Row) -> None:
    """Title, company, place, pay, skills, and the description in an expander."""
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(text.plain(posting["title"]), anchor=False, width="content")
            _status(posting)
        posting_facts(posting)
        _skills(posting.get("skills_list") or [], "Asks for")
        if not text.is_missing(posting.get("description")):
            with st.expander("Description", icon=":material/description:", type="compact"):
                st.text(str(posting["description"]))


def posting_facts(posting: Row) -> None:
    """The facts of a posting on one line."""
    experience = text.years(posting.get("years_experience_min"))
    opened = text.day(posting.get("opened_at"))
    _facts(
        ("apartment", posting.get("company")),
        ("location_on", text.place(posting)),
        ("home_work", "remote" if posting.get("remote") is True else None),
        ("payments", text.pay(posting)),
        ("trending_up", posting.get("seniority")),
        ("work_history", f"at least {experience}" if experience else None),
        ("schedule", posting.get("employment_type")),
        ("school", posting.get("education")),
        ("translate", text.languages(posting.get("languages"))),
        ("event", f"opened {opened}" if opened else None),
        ("event_busy", _closing(posting)),
        ("tag", posting["posting_id"]),
    )


def candidate_card(candidate: Row) -> None:
    """Name, headline, place, experience, skills, and the summary in an expander."""
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(text.plain(_name(candidate)), anchor=False, width="content")
        if not text.is_missing(candidate.get("headline")):
            st.markdown(text.plain(candidate["headline"]))
        candidate_facts(candidate)
        _skills(candidate.get("skills_list") or [], "Skills")
        if not text.is_missing(candidate.get("summary")):
            with st.expander("Summary", icon=":material/description:", type="compact"):
                st.text(str(candidate["summary"]))


def candidate_facts(candidate: Row) -> None:
    """The facts of a candidate on one line."""
    experience, available = text.years(candidate.get("years_experience")), text.day(candidate.get("available_from"))
    wish = text.pay({"salary_min": candidate.get("desired_salary"), "currency": candidate.get("currency")})
    _facts(
        ("location_on", text.place(candidate)),
        ("home_work", "remote" if candidate.get("remote") is True else None),
        ("trending_up", candidate.get("seniority")),
        ("work_history", f"{experience} of experience" if experience else None),
        ("school", candidate.get("education")),
        ("translate", text.languages(candidate.get("languages"))),
        ("payments", f"wants {wish.removesuffix(' or more')}" if wish else None),
        ("event_available", f"available from {available}" if available else None),
        ("mail", candidate.get("email")),
        ("call", candidate.get("phone")),
        ("input", candidate.get("source")),
        ("tag", candidate["candidate_id"]),
    )


def history(rows: pd.DataFrame) -> None:
    """What a candidate reached on which posting, the latest first."""
    if rows.empty:
        st.caption("No earlier postings.")
        return
    shown = rows.head(20)
    st.dataframe(
        pd.DataFrame(
            {
                "Posting": shown["title"],
                "Company": shown["company"],
                "Stage": shown["stage"].str.capitalize(),
                "On": pd.to_datetime(shown["occurred_at"]),
            }
        ),
        hide_index=True,
        placeholder="",
        column_config={
            "Posting": st.column_config.TextColumn(width=210),
            "Company": st.column_config.TextColumn(width=155),
            "Stage": st.column_config.TextColumn(width=95),
            "On": st.column_config.DateColumn(width=105, format="D MMM YYYY"),
        },
        alt="Earlier postings of this candidate",
    )
    if len(rows) > len(shown):
        st.caption(f"The latest {len(shown)} of {len(rows)}.")


def _name(candidate: Row) -> str:
    return str(candidate["candidate_id"] if text.is_missing(candidate.get("name")) else candidate["name"])


def _status(posting: Row) -> None:
    is_open = posting.get("is_open") is not False
    status = posting.get("status")
    if text.is_missing(status):
        status = "open" if is_open else "closed"
    st.badge(
        text.plain(str(status).capitalize()),
        icon=":material/check_circle:" if is_open else ":material/cancel:",
        color="green" if is_open else "gray",
    )


def _closing(posting: Row) -> str | None:
    """Since when a posting is closed, or when it closes; a day far away means never."""
    since = text.day(posting.get("closed_since"))
    if since:
        return f"closed since {since}"
    closes = posting.get("closed_at")
    if text.is_missing(closes) or posting.get("is_open") is False:
        return None
    days = (pd.Timestamp(closes).date() - date.today()).days
    return f"closes {text.day(closes)}" if 0 <= days <= _NEVER else None


def _facts(*facts: tuple[str, Any]) -> None:
    # One element each, so that no line ends between an icon and what it is about; wider apart than the lines are.
    with st.container(horizontal=True, gap="xsmall"):
        for icon, value in facts:
            if not text.is_missing(value):
                shown = text.email(value) if icon == "mail" else text.plain(value)
                st.markdown(f":gray[:material/{icon}:] {shown}&emsp;", width="content")


def _skills(skills: list[str], label: str) -> None:
    if skills:
        st.markdown(f":small[:gray[{label}]] " + text.badges(skills, "gray", most=16))
