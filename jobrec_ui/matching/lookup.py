"""Finds postings and candidates, and what is known of one: searches, facts, histories, what there is to filter by."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from jobrec_ui.access.viewer import Viewer
from jobrec_ui.errors import InputError
from jobrec_ui.matching import filters as candidate_filters
from jobrec_ui.matching import typed
from jobrec_ui.matching.filters import CHOICES, CandidateFilters
from jobrec_ui.warehouse import Warehouse, letters
from jobrec_ui.warehouse.values import id_list

MAX_LIMIT = 1000


def find_postings(wh: Warehouse, text: str, limit: int = 20, open_only: bool = False) -> pd.DataFrame:
    """Postings in which every word of ``text`` occurs; without words the newest. Raises WarehouseError.

    Letters are folded (warehouse/letters.py) and the order of words does not matter. Columns: posting_id, title,
    company, city, region, country, seniority, status (in the company's words, else open or closed), is_open,
    closed_since (a day in the past, if it is closed and the day is known), opened_at, applicants.
    """
    return _postings(wh, text, typed.as_json(typed.words(text)), limit, open_only)


def closest_postings(wh: Warehouse, text: str, limit: int = 20, open_only: bool = False) -> pd.DataFrame:
    """As :func:`find_postings`, of postings in which words occur that differ from those of ``text`` by a letter or two;
    fewest mistakes first, none if there are none. Raises WarehouseError.
    """
    words = typed.put_right(wh, typed.words(text), "postings")
    return _postings(wh, text, words, limit, open_only) if words else pd.DataFrame()


def _postings(wh: Warehouse, text: str, words: str, limit: int, open_only: bool) -> pd.DataFrame:
    params = {"words": words, "text": letters.folded(text), "phone": "", "limit": checked_limit(limit)}
    return wh.query("matching/find_postings", params | {"open_only": open_only})


def find_candidates(wh: Warehouse, text: str, limit: int = 20, blind: bool = False) -> pd.DataFrame:
    """Candidates in whose name, headline, skills, place, e-mail address or id every word of ``text`` occurs, or whose
    phone number it is; without words the last active.

    ``blind`` looks into skills, places and ids only, and gives pseudonyms and masked headlines. Letters are folded
    (warehouse/letters.py) and the order of words does not matter.

    Columns: candidate_id, name, headline, city, region, country, seniority, last_activity. Raises WarehouseError.
    """
    return _candidates(wh, text, typed.as_json(typed.words(text)), limit, blind)


def closest_candidates(wh: Warehouse, text: str, limit: int = 20, blind: bool = False) -> pd.DataFrame:
    """As :func:`find_candidates`, of people with whom words occur that differ from those of ``text`` by a letter or
    two; fewest mistakes first, none if there are none. Raises WarehouseError.
    """
    words = typed.put_right(wh, typed.words(text), "blind review" if blind else "candidates")
    return _candidates(wh, text, words, limit, blind) if words else pd.DataFrame()


def _candidates(wh: Warehouse, text: str, words: str, limit: int, blind: bool) -> pd.DataFrame:
    params = {"words": words, "text": letters.folded(text), "limit": checked_limit(limit)}
    file = "matching/find_candidates_blind" if blind else "matching/find_candidates"
    return wh.query(file, params | {"phone": "" if blind else typed.phone(text)})


def get_posting(wh: Warehouse, posting_id: str) -> dict[str, Any] | None:
    """All columns of a posting and ``skills_list``, or None. Raises WarehouseError."""
    return _one(wh.query("matching/get_posting", {"posting_id": posting_id}))


def get_candidate(wh: Warehouse, candidate_id: str, blind: bool = False) -> dict[str, Any] | None:
    """The columns of a candidate that a recruiter sees and ``skills_list``, or None. Raises WarehouseError.

    ``blind`` gives a pseudonym for the name, no contact data, and texts without what tells who somebody is.
    """
    file = "matching/get_candidate_blind" if blind else "matching/get_candidate"
    return _one(wh.query(file, {"candidate_id": candidate_id}))


def get_history(wh: Warehouse, candidate_id: str) -> pd.DataFrame:
    """The postings of a candidate, newest first: posting_id, title, company, stage, occurred_at."""
    return wh.query("matching/get_history", {"candidate_id": candidate_id})


def filter_values(wh: Warehouse, blind: bool = False) -> dict[str, list[str]]:
    """What there is to filter by, of each kind in CHOICES, most frequent first; ``blind`` without names of schools.

    Raises WarehouseError.
    """
    found = wh.query("matching/filter_values", {"blind": blind}, candidate_filters.parts(CandidateFilters(), Viewer()))
    return {kind: found.loc[found["kind"] == kind, "label"].tolist() for kind in CHOICES}


def filter_counts(
    wh: Warehouse,
    posting_id: str,
    filters: CandidateFilters,
    viewer: Viewer = Viewer(),  # noqa: B008 - immutable
) -> pd.DataFrame:
    """How many candidates each active filter leaves out.

    Columns: filter (the kind; must_have and excluded have a row for each skill), value (that skill, or None), removed,
    alone (how many of these pass all other filters), passing (who passes all), candidates (all there are).
    Raises InputError for filters that cannot be met, WarehouseError.
    """
    asked = candidate_filters.params(filters, viewer) | {"posting_id": posting_id}
    parts = candidate_filters.parts(filters, viewer)
    numbers = ["removed", "alone", "passing", "candidates"]
    if "counted" not in parts:
        return pd.DataFrame(columns=["filter", "value", *numbers])
    counts = wh.query("matching/filter_counts", asked, parts)
    counts[numbers] = counts[numbers].fillna(0).astype("int64")  # sums come as decimals
    return counts


def compare_candidates(wh: Warehouse, posting_id: str, candidate_ids: Sequence[str], blind: bool) -> pd.DataFrame:
    """What there is to compare of these candidates, for a posting, in their order; who is unknown is left out.

    Columns: candidate_id, name, headline, city, region, country, seniority, years_experience, education, languages,
    desired_salary, currency, available_from, matched_skills, last_activity, known_stage; posting_title and
    posting_skills (a list) are the same in every row. Raises WarehouseError.
    """
    asked = {"posting_id": posting_id, "listed": id_list(candidate_ids), "blind": blind}
    found = wh.query("matching/compare_candidates", asked, candidate_filters.parts(CandidateFilters(), Viewer()))
    found["posting_skills"] = [_skills_in(words) for words in found["posting_skills"]]
    place = {candidate_id: number for number, candidate_id in enumerate(candidate_ids)}
    return found.sort_values("candidate_id", key=lambda ids: ids.map(place)).reset_index(drop=True)


def checked_limit(limit: int) -> int:
    if not 1 <= limit <= MAX_LIMIT:
        raise InputError(f"Between 1 and {MAX_LIMIT} rows can be shown, not {limit}.")
    return limit


def _skills_in(words: object) -> list[str]:
    return [skill.strip() for skill in words.split(";") if skill.strip()] if isinstance(words, str) else []


def _one(rows: pd.DataFrame) -> dict[str, Any] | None:
    if rows.empty:
        return None
    row = {name: None if pd.isna(value) else value for name, value in rows.iloc[0].to_dict().items()}
    row["skills_list"] = _skills_in(row.get("skills"))
    return row
