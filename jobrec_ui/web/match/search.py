"""The search boxes: type, see the best hits (found in the warehouse), pick one."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from jobrec_ui.web import address, cached, page, session, text
from jobrec_ui.web.guard import guard

# The key of the fragment that shows what belongs to the picked one, in which the search itself is.
RESULT = "search_result"

_SHOWN = 8
_MAX_TEXT = 200

Row = dict[str, Any]


@st.fragment(key="search_posting")
def posting_search(url: str, data_version: int, *, suggest: bool) -> None:
    """A box that finds postings and puts the picked one into the address. ``suggest``: list the newest when empty."""
    _search(
        "posting",
        label="Find a posting",
        placeholder="Title, company, skill, place or number",
        newest="Newest postings",
        find=lambda typed: cached.matching.find_postings(url, data_version, typed, _SHOWN + 1),
        closest=lambda typed: cached.matching.closest_postings(url, data_version, typed, _SHOWN + 1),
        describe=_describe_posting,
        suggest=suggest,
    )


@st.fragment(key="search_candidate")
def candidate_search(url: str, data_version: int, *, suggest: bool, blind: bool) -> None:
    """A box that finds candidates and puts the picked one into the address. ``suggest``: list some when empty.

    ``blind``: whether the page was drawn for a blind review; it is run again if that was switched since.
    """
    _search(
        "candidate",
        label="Find a candidate",
        placeholder="Skill, place or number" if blind else "Name, headline, skill, place, e-mail, phone or number",
        newest="Candidates with the latest activity",
        find=lambda typed: cached.matching.find_candidates(url, data_version, typed, _SHOWN + 1, blind),
        closest=lambda typed: cached.matching.closest_candidates(url, data_version, typed, _SHOWN + 1, blind),
        describe=_describe_candidate,
        suggest=suggest,
        blind=blind,
    )


def _search(
    name: str,
    *,
    label: str,
    placeholder: str,
    newest: str,
    find: Callable[[str], pd.DataFrame],
    closest: Callable[[str], pd.DataFrame],
    describe: Callable[[Row], tuple[str, str]],
    suggest: bool,
    blind: bool | None = None,
) -> None:
    with guard(f"The search for a {name}"):
        user = session.require("recruiter")
        if blind is not None and page.viewer(user).blind != blind:
            st.rerun()
        typed = st.text_input(label, key=f"find_{name}", type="search", live="300ms", placeholder=placeholder)
        typed = " ".join((typed or "")[:_MAX_TEXT].split())
        if not typed and not suggest:
            return
        with st.skeleton(height=160):
            found = find(typed)
            is_exact = not found.empty
            if typed and not is_exact:
                found = closest(typed)
        if found.empty:
            st.caption(
                f"Nothing found for “{text.plain(typed)}”. Try fewer or shorter words." if typed else "None yet."
            )
            return
        if not is_exact:
            st.caption(f"Nothing is called “{text.plain(typed)}” exactly; closest:")
        rows = {str(row[f"{name}_id"]): row for row in found.head(_SHOWN).to_dict("records")}
        described = {key: describe(row) for key, row in rows.items()}
        st.radio(
            "Found" if typed else newest,
            list(rows),
            index=None,
            format_func=lambda key: described[key][0],
            captions=[caption for _, caption in described.values()],
            key=f"found_{name}",
            on_change=_picked,
            args=(name,),
        )
        if len(found) > _SHOWN and typed:
            st.caption("There are more. Type more words to narrow them down.")
        # What the page asks first after a pick is asked while the hits are read.
        page.loaded()
        page.viewer(user)


def _picked(name: str) -> None:
    value = st.session_state[f"found_{name}"]
    if value:
        address.choose(name, value)
        st.session_state[f"find_{name}"] = ""
        st.session_state[f"found_{name}"] = None
        st.rerun(RESULT)


def _describe_posting(row: Row) -> tuple[str, str]:
    facts = [row.get("company"), text.place(row), row.get("seniority")]
    if not text.is_missing(row.get("opened_at")):
        facts.append(f"opened {text.day(row['opened_at'])}")
    if not text.is_missing(row.get("applicants")):
        facts.append(text.count(int(row["applicants"]), "applicant"))
    closed = text.closed(row)
    return text.plain(row["title"]) + (f" :gray-badge[{text.plain(closed)}]" if closed else ""), _facts(facts)


def _describe_candidate(row: Row) -> tuple[str, str]:
    facts = [row.get("headline"), text.place(row), row.get("seniority")]
    if not text.is_missing(row.get("last_activity")):
        facts.append(f"last active {text.day(row['last_activity'])}")
    name = row["candidate_id"] if text.is_missing(row.get("name")) else row["name"]
    return text.plain(name), _facts(facts)


def _facts(values: list[Any]) -> str:
    return " · ".join(text.plain(value) for value in values if not text.is_missing(value))
