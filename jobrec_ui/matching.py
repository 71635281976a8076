"""Ranks candidates for a posting and postings for a candidate, and says why. All of it happens in the warehouse."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jobrec_ui import candidate_filters, reasons
from jobrec_ui.candidate_filters import CandidateFilters, Viewer, id_list, lowered, word_list
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.models import ModelVersion
from jobrec_ui.warehouse import Warehouse

# So many of the most plausible candidates are scored by the model, and more with the root of how many there are: 1,600
# of 5,000, 5,000 of 100,000. Measured in bench/: the best 50 of an exhaustive ranking are among them (recall@50 of at
# least 0.99).
POOL = 600
POOL_GROWTH = 14
# Postings that are scored for one candidate.
POSTING_POOL = 150
MAX_LIMIT = 1000
FILTER_KINDS = (
    "skill", "place", "seniority", "education", "language", "currency", "source", "stage", "located city",
)  # fmt: skip

_REASON_COLUMNS = ["feature", "label", "sentence", "display", "contribution"]


@dataclass(frozen=True)
class Explained:
    """The score of a pair (0 to 1), and why: what :func:`explain` gives."""

    score: float
    reasons: pd.DataFrame


@dataclass(frozen=True)
class PostingFilters:
    """What postings must be like. ``place`` is a city, region or country; () and None mean "any"."""

    place: str | None = None
    seniority: tuple[str, ...] = ()
    include_closed: bool = False


def find_postings(wh: Warehouse, text: str, limit: int = 20, open_only: bool = False) -> pd.DataFrame:
    """Postings in which every word of ``text`` occurs; without words the newest. Raises WarehouseError.

    Columns: posting_id, title, company, city, region, country, seniority, status, opened_at, applicants.
    """
    words = word_list(text.replace(";", " ").split())
    params = {"words": words, "text": text.strip(), "limit": _limit(limit), "open_only": open_only}
    return wh.query("match/find_postings", params)


def find_candidates(wh: Warehouse, text: str, limit: int = 20, blind: bool = False) -> pd.DataFrame:
    """Candidates in whose name, headline, skills or place every word of ``text`` occurs; without words the last active.

    ``blind`` looks into skills and places only, and gives pseudonyms and masked headlines.

    Columns: candidate_id, name, headline, city, region, country, seniority, last_activity. Raises WarehouseError.
    """
    words = word_list(text.replace(";", " ").split())
    params = {"words": words, "text": text.strip(), "limit": _limit(limit), "blind": blind}
    return wh.query("match/find_candidates_blind" if blind else "match/find_candidates", params)


def get_posting(wh: Warehouse, posting_id: str) -> dict[str, Any] | None:
    """All columns of a posting and ``skills_list``, or None. Raises WarehouseError."""
    return _one(wh.query("match/get_posting", {"posting_id": posting_id}))


def get_candidate(wh: Warehouse, candidate_id: str, blind: bool = False) -> dict[str, Any] | None:
    """The columns of a candidate that a recruiter sees and ``skills_list``, or None. Raises WarehouseError.

    ``blind`` gives a pseudonym for the name, no contact data, and texts without what tells who somebody is.
    """
    file = "match/get_candidate_blind" if blind else "match/get_candidate"
    return _one(wh.query(file, {"candidate_id": candidate_id}))


def get_history(wh: Warehouse, candidate_id: str) -> pd.DataFrame:
    """The postings of a candidate, newest first: posting_id, title, company, stage, occurred_at."""
    return wh.query("match/get_history", {"candidate_id": candidate_id})


def filter_values(wh: Warehouse, blind: bool = False) -> dict[str, list[str]]:
    """What there is to filter by, of each of FILTER_KINDS, most frequent first; ``blind`` without names of schools.

    Raises WarehouseError.
    """
    found = wh.query("match/filter_values", {"blind": blind})
    return {kind: found.loc[found["kind"] == kind, "label"].tolist() for kind in FILTER_KINDS}


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
    counts = wh.query("match/filter_counts", asked, parts)
    counts[numbers] = counts[numbers].fillna(0).astype("int64")  # sums come as decimals
    return counts


def rank_candidates(
    wh: Warehouse,
    posting_id: str,
    version: ModelVersion,
    filters: CandidateFilters | None = None,
    limit: int = 50,
    exhaustive: bool = False,
    viewer: Viewer = Viewer(),  # noqa: B008 - immutable
    candidates: int | None = None,
) -> pd.DataFrame:
    """The ``limit`` best candidates that pass the filters, best first; empty for an unknown posting.

    Columns: rank, candidate_id, name, headline, score (0 to 1), city, region, country, seniority, years_experience,
    available_from, matched_skills, missing_skills, nice_skills ("; " between them), last_activity, known_stage (the
    stage already reached on this posting, or None). A blind viewer gets pseudonyms for names.
    ``exhaustive`` scores every candidate instead of the retrieved. ``candidates``: how many there are, which saves a
    question if it is known.
    Raises InputError for filters that cannot be met, WarehouseError.
    """
    filters = filters or CandidateFilters()
    params = candidate_filters.params(filters, viewer) | {"posting_id": posting_id, "limit": _limit(limit)}
    parts = candidate_filters.parts(filters, viewer)
    pool = retrieved(wh, limit) if candidates is None else retrieved_of(candidates, limit)
    file = "match/rank_candidates_exhaustively" if exhaustive else "match/rank_candidates"
    ranked = wh.query(file, params | pool, {**_names(version), **parts})
    if viewer.blind:
        masked = wh.query("blind/headlines", {"listed": id_list(ranked["candidate_id"])})
        ranked["headline"] = ranked["candidate_id"].map(masked.set_index("candidate_id")["headline"])
    return ranked


def rank_postings(
    wh: Warehouse, candidate_id: str, version: ModelVersion, filters: PostingFilters | None = None, limit: int = 50
) -> pd.DataFrame:
    """The ``limit`` postings that suit a candidate best, best first; empty for an unknown candidate.

    Columns: rank, posting_id, title, company, city, region, country, seniority, score (0 to 1), opened_at, status,
    matched_skills, missing_skills, known_stage. Raises WarehouseError.
    """
    filters = filters or PostingFilters()
    params = {
        "candidate_id": candidate_id,
        "place": filters.place.strip().lower() if filters.place else None,
        "seniorities": word_list(lowered(filters.seniority)) if filters.seniority else None,
        "include_closed": filters.include_closed,
        "limit": _limit(limit),
        "pool": max(POSTING_POOL, limit),
    }
    return wh.query("match/rank_postings", params, _names(version))


def explain(wh: Warehouse, posting_id: str, candidate_id: str, version: ModelVersion) -> pd.DataFrame:
    """Why a pair got its score: one row per topic, the strongest first.

    Columns: feature (the topic), label, sentence, display, contribution. The contributions are in score points (0 to 1)
    and add up to the score less that of a typical pair; sql/match/explain_match.sql says how each is found. Empty for
    an unknown pair. Raises WarehouseError.
    """
    explained = explain_all(wh, posting_id, [candidate_id], version)
    return explained[candidate_id].reasons if explained else pd.DataFrame(columns=_REASON_COLUMNS)


def explain_all(
    wh: Warehouse, posting_id: str, candidate_ids: Sequence[str], version: ModelVersion
) -> dict[str, Explained]:
    """The scores of these candidates for a posting, and why; by id, without who is unknown. Raises WarehouseError."""
    asked = {"posting_id": posting_id, "listed": id_list(candidate_ids)}
    names = {**_names(version), "typical": version.typical_table}
    found = wh.query("match/explain_match", asked, names)
    return {
        str(candidate_id): Explained(float(parts["score"].iloc[0]), _reasons(parts, version))
        for candidate_id, parts in found.groupby("candidate_id")
    }


def compare_candidates(wh: Warehouse, posting_id: str, candidate_ids: Sequence[str], blind: bool) -> pd.DataFrame:
    """What there is to compare of these candidates, for a posting, in their order; who is unknown is left out.

    Columns: candidate_id, name, headline, city, region, country, seniority, years_experience, education, languages,
    desired_salary, currency, available_from, matched_skills, last_activity, known_stage; posting_title and
    posting_skills (a list) are the same in every row. Raises WarehouseError.
    """
    asked = {"posting_id": posting_id, "listed": id_list(candidate_ids), "blind": blind}
    found = wh.query("match/compare_candidates", asked, candidate_filters.parts(CandidateFilters(), Viewer()))
    found["posting_skills"] = [_skills_in(words) for words in found["posting_skills"]]
    place = {candidate_id: number for number, candidate_id in enumerate(candidate_ids)}
    return found.sort_values("candidate_id", key=lambda ids: ids.map(place)).reset_index(drop=True)


def retrieved(wh: Warehouse, limit: int) -> dict[str, int]:
    """What the first stage may bring to the model, so that ``limit`` rows can be shown: values for its statements.

    The more candidates there are, the more must be looked at to find the best of them. Raises WarehouseError.
    """
    loaded = data_version(wh)
    return retrieved_of(loaded.candidates if loaded else 0, limit)


def retrieved_of(candidates: int, limit: int) -> dict[str, int]:
    """The same for so many candidates."""
    return {"pool": max(POOL + round(POOL_GROWTH * math.sqrt(candidates)), limit)}


def _reasons(parts: pd.DataFrame, version: ModelVersion) -> pd.DataFrame:
    values = parts.iloc[0][list(version.features)].to_dict()
    rows = []
    for topic, contribution in zip(parts["topic"], parts["contribution"], strict=True):
        label, display, sentence = reasons.tell(topic, values)
        rows.append((topic, label, sentence, display, contribution))
    told = pd.DataFrame(rows, columns=_REASON_COLUMNS)
    return told.sort_values("contribution", key=abs, ascending=False, kind="stable").reset_index(drop=True)


def _names(version: ModelVersion) -> dict[str, str | Sequence[str]]:
    return {"schema": "features", "score_function": version.function, "features": version.features}


def _limit(limit: int) -> int:
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
