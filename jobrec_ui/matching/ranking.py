"""Ranks candidates for a posting and postings for a candidate, and says why. All of it happens in the warehouse."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.versions import data_version
from jobrec_ui.features import reasons
from jobrec_ui.matching import filters as candidate_filters
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.matching.lookup import checked_limit
from jobrec_ui.models import Ranker
from jobrec_ui.warehouse import Warehouse, letters
from jobrec_ui.warehouse.values import all_folded, id_list, word_list

# So many of the most plausible candidates are scored by the model, and more with the root of how many there are: 1,600
# of 5,000, 5,000 of 100,000. Measured in bench/: the best 50 of an exhaustive ranking are among them (recall@50 of at
# least 0.99).
POOL = 600
POOL_GROWTH = 14
# Postings that are scored for one candidate.
POSTING_POOL = 150

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


def rank_candidates(
    wh: Warehouse,
    posting_id: str,
    version: Ranker,
    filters: CandidateFilters | None = None,
    limit: int = 50,
    exhaustive: bool = False,
    viewer: Viewer = Viewer(),  # noqa: B008 - immutable
    candidates: int | None = None,
) -> pd.DataFrame:
    """The ``limit`` best candidates that pass the filters, best first; empty for an unknown posting.

    ``version`` says what is best: a model, or likeness while there is none.

    Columns: rank, candidate_id, name, headline, score (0 to 1), city, region, country, seniority, years_experience,
    available_from, matched_skills, missing_skills, nice_skills ("; " between them), last_activity, known_stage (the
    stage already reached on this posting, or None). A blind viewer gets pseudonyms for names.
    ``exhaustive`` scores every candidate instead of the retrieved. ``candidates``: how many there are, which saves a
    question if it is known.
    Raises InputError for filters that cannot be met, WarehouseError.
    """
    filters = filters or CandidateFilters()
    params = candidate_filters.params(filters, viewer) | {"posting_id": posting_id, "limit": checked_limit(limit)}
    parts = candidate_filters.parts(filters, viewer)
    pool = retrieved(wh, limit) if candidates is None else retrieved_of(candidates, limit)
    file = "matching/rank_candidates_exhaustively" if exhaustive else "matching/rank_candidates"
    ranked = wh.query(file, params | pool, {**version.slots(), **parts}, scores=True)
    if viewer.blind:
        masked = wh.query("access/blind_review/headlines", {"listed": id_list(ranked["candidate_id"])})
        ranked["headline"] = ranked["candidate_id"].map(masked.set_index("candidate_id")["headline"])
    return ranked


def rank_postings(
    wh: Warehouse, candidate_id: str, version: Ranker, filters: PostingFilters | None = None, limit: int = 50
) -> pd.DataFrame:
    """The ``limit`` postings that suit a candidate best, best first; empty for an unknown candidate.

    Columns: rank, posting_id, title, company, city, region, country, seniority, score (0 to 1), opened_at, status,
    closed_since (a day in the past, if it is closed and the day is known), matched_skills, missing_skills, known_stage.
    Raises WarehouseError.
    """
    filters = filters or PostingFilters()
    params = {
        "candidate_id": candidate_id,
        "place": letters.folded(filters.place) if filters.place else None,
        "seniorities": word_list(all_folded(filters.seniority)) if filters.seniority else None,
        "include_closed": filters.include_closed,
        "limit": checked_limit(limit),
        "pool": max(POSTING_POOL, limit),
    }
    return wh.query("matching/rank_postings", params, version.slots(), scores=True)


def explain(wh: Warehouse, posting_id: str, candidate_id: str, version: Ranker) -> pd.DataFrame:
    """Why a pair got its score: one row per topic, the strongest first.

    Columns: feature (the topic), label, sentence, display, contribution. The contributions are in score points (0 to 1)
    and add up to the score less that of a typical pair; sql/matching/explain_match.sql says how each is found. Empty
    for an unknown pair. Raises WarehouseError.
    """
    explained = explain_all(wh, posting_id, [candidate_id], version)
    return explained[candidate_id].reasons if explained else pd.DataFrame(columns=_REASON_COLUMNS)


def explain_all(wh: Warehouse, posting_id: str, candidate_ids: Sequence[str], version: Ranker) -> dict[str, Explained]:
    """The scores of these candidates for a posting, and why; by id, without who is unknown. Raises WarehouseError."""
    asked = {"posting_id": posting_id, "listed": id_list(candidate_ids)}
    found = wh.query("matching/explain_match", asked, version.slots(), scores=True)
    return {
        str(candidate_id): Explained(float(parts["score"].iloc[0]), _reasons(parts, version))
        for candidate_id, parts in found.groupby("candidate_id")
    }


def retrieved(wh: Warehouse, limit: int) -> dict[str, int]:
    """What the first stage may bring to the model, so that ``limit`` rows can be shown: values for its statements.

    The more candidates there are, the more must be looked at to find the best of them. Raises WarehouseError.
    """
    loaded = data_version(wh)
    return retrieved_of(loaded.candidates if loaded else 0, limit)


def retrieved_of(candidates: int, limit: int) -> dict[str, int]:
    """The same for so many candidates."""
    return {"pool": max(POOL + round(POOL_GROWTH * math.sqrt(candidates)), limit)}


def _reasons(parts: pd.DataFrame, version: Ranker) -> pd.DataFrame:
    values = parts.iloc[0][list(version.told_by)].to_dict()
    rows = []
    for topic, contribution in zip(parts["topic"], parts["contribution"], strict=True):
        label, display, sentence = reasons.tell(topic, values)
        rows.append((topic, label, sentence, display, contribution))
    reasons_found = pd.DataFrame(rows, columns=_REASON_COLUMNS)
    return reasons_found.sort_values("contribution", key=abs, ascending=False, kind="stable").reset_index(drop=True)
