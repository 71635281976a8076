"""What pages and commands ask, for the second opinion: a tour through the services, and every other query by itself."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from jobrec_ui import matching, models
from jobrec_ui.access import blind_review
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.load import load
from jobrec_ui.data.mapping.record import DataMapping
from jobrec_ui.data.tables import TABLES
from jobrec_ui.data.versions import data_version
from jobrec_ui.desk import decisions, marks, news, saved_searches, shortlists
from jobrec_ui.desk.shortlists import export
from jobrec_ui.intake import mappings
from jobrec_ui.jobs import records as jobs
from jobrec_ui.jobs.schedule import Schedule
from jobrec_ui.matching import batches
from jobrec_ui.matching.ranking import CandidateFilters
from jobrec_ui.models import examples
from jobrec_ui.warehouse import Warehouse, sqlfiles
from tests.shown_lists import log_view


def take(wh: Warehouse, folder: Path) -> dict[str, Any]:
    """Works with the app as people do, so that there are rows of everything; gives values for the other queries."""
    version = models.live_version(wh)
    assert version is not None
    postings = matching.find_postings(wh, "", limit=5)
    matching.find_postings(wh, postings["title"][0][:4], limit=5, open_only=True)
    assert not matching.closest_postings(wh, "managr", limit=5).empty
    _statuses(wh)
    person = matching.get_candidate(wh, matching.find_candidates(wh, "", 1)["candidate_id"][0])
    for typed in (person["name"].upper(), person["email"], person["phone"]):
        matching.find_candidates(wh, typed, limit=5)
    matching.closest_candidates(wh, person["name"][:3] + person["name"][4:], limit=5)
    posting_id = postings["posting_id"][1]
    ranked = matching.rank_candidates(wh, posting_id, version, limit=200)
    best = list(ranked["candidate_id"])
    values = matching.filter_values(wh)
    skill = values["skill"][0]
    wanted = (
        CandidateFilters(
            must_have=(skill,), exclude_known=True, text="engineer OR manager NOT intern",
            available_by=dt.date(2026, 12, 1),
        ),
        CandidateFilters(
            place=values["place"][0], active_since=dt.date(2026, 1, 1), sources=tuple(values["source"][:3]),
            education=tuple(values["education"][:3]), off_lists=("none",),
        ),
        CandidateFilters(stages_here=("applied", "rejected")),
        CandidateFilters(
            excluded=("python",), pay_min=20_000, currency="eur", stages_elsewhere=("rejected", "applied"),
        ),
        CandidateFilters(
            nice_to_have=(skill,), experience_min=2, seniority=tuple(values["seniority"][:2]),
            place=values["place"][0], within_km=3000.0, languages=("english",),
        ),
    )  # fmt: skip
    for filters in wanted:
        matching.filter_counts(wh, posting_id, filters, Viewer("recruiter"))
    for filters in (wanted[0], wanted[-1]):
        matching.rank_candidates(wh, posting_id, version, filters, limit=100)
    for chosen in (wanted[-1], CandidateFilters()):
        matching.rank_candidates(wh, posting_id, version, chosen, limit=100, exhaustive=True)
    matching.rank_postings(wh, best[0], version)
    matching.explain(wh, posting_id, best[0], version)
    matching.explain_all(wh, posting_id, best[:3], version)
    for blindly in (False, True):
        matching.find_candidates(wh, "a", limit=10, blind=blindly)
        matching.rank_candidates(wh, posting_id, version, limit=20, viewer=Viewer("recruiter", blind=blindly))
        matching.compare_candidates(wh, posting_id, best[:3], blindly)
        marks.marks(wh, Viewer("recruiter", blind=blindly), posting_id, best)
    examples.expected(wh, models.TrainingChoices())
    _desk(wh, version, posting_id, ranked)
    _nightly(wh, list(postings["posting_id"]), best, folder)
    (shortlist_id,) = (one.shortlist_id for one in shortlists.lists(wh, "recruiter"))
    noted = CandidateFilters(on_lists=(shortlist_id,), text="speaks OR python")
    for blindly in (False, True):
        matching.filter_counts(wh, posting_id, noted, Viewer("recruiter", blind=blindly))
    events = shortlists.history(wh, "recruiter", shortlist_id)
    return {
        "posting_id": posting_id, "candidate_id": best[0], "username": "recruiter", "version": 1, "judged_for": 1,
        "scorer": "match_v1", "limit": 50, "open_only": False, "since": dt.datetime(2020, 1, 1), "text": "", "live": 1,
        "challenger": 1, "blind": False, "kind": "skill", "name_hash": "x", "minutes": 10, "state": "training",
        "data_version": 1, "label": "jobrec page", "iam_role": "default", "process_id": 1,
        "listed": f'["{best[0]}","{best[1]}"]', "words": '[{"number": 0, "word": "engineer", "mistakes": 0}]',
        "phone": "", "best": 10, "shares": "[0.8, 0.9]",
        "shortlist_id": shortlist_id, "event_id": events.loc[events["username"] == "recruiter", "event_id"].iloc[0],
    }  # fmt: skip


def _statuses(wh: Warehouse) -> None:
    """Some postings have statuses that nobody knows, or in other words."""
    said = ("Phase 2", "Closed - filled", "veröffentlicht", "open / cancelled")
    with wh.engine.begin() as connection:
        for status, posting_id in zip(said, matching.find_postings(wh, "", limit=20)["posting_id"][5:], strict=False):
            query = sa.text("UPDATE hiring.postings SET status = :status WHERE posting_id = :posting_id")
            connection.execute(query, {"status": status, "posting_id": posting_id})


def _desk(wh: Warehouse, version: models.ModelVersion, posting_id: str, ranked: Any) -> None:
    best = list(ranked["candidate_id"])
    loaded = data_version(wh)
    assert loaded is not None
    view = log_view(wh, "recruiter", posting_id, version.version, loaded.version, [], ranked)
    number = shortlists.create(wh, "recruiter", "Engineers", posting_id)
    shortlists.add(wh, "recruiter", number, best[:4], view)
    shortlists.set_stage(wh, "recruiter", number, best[:1], shortlists.get(wh, "recruiter", number).stages[1])
    shortlists.add_note(wh, "recruiter", number, best[0], "Speaks well; knows it's late.")
    shortlists.tag(wh, "recruiter", number, best[:2], "soon")
    shortlists.share(wh, "recruiter", number, "admin", "edit", {"admin"})
    export.remember_columns(wh, "recruiter", list(export.COLUMNS)[:2])
    shortlists.add_note(wh, "admin", number, best[1], "Ask again in May.")
    decided = decisions.decide(wh, "recruiter", "wrong_reason", best[5:6], view, "Never worked there.")
    wh.query("desk/decisions/own_decision", {"event_id": decided, "username": "recruiter"})
    saved_searches.save(wh, "recruiter", "Close by", True, {"place": "Berlin"})
    marks.record_seen(wh, "recruiter", posting_id, best[0])
    blind_review.start(wh, "admin")
    blind_review.status(wh, "admin")
    news.record_visit(wh, "recruiter")
    news.new_matches(wh, "recruiter", loaded, version)


def _nightly(wh: Warehouse, postings: list[str], candidates: list[str], folder: Path) -> None:
    def file(name: str, rows: list[tuple[str, ...]]) -> Path:
        with open(folder / name, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        return folder / name

    wanted = [("posting_id",), *((one,) for one in postings), ("unheard-of",)]
    batches.rank(wh, file("rank.csv", wanted), folder / "ranked.csv", top=20)
    pairs = [("posting_id", "candidate_id"), *((postings[0], one) for one in candidates[:30]), ("nobody", "none")]
    batches.score(wh, file("score.csv", pairs), folder / "scored.csv")
    files = folder / "files"
    files.mkdir()
    for name, rows in {
        "postings": [("posting_id", "title"), ("N1", "Cook"), ("N1", "Cook again")],
        "candidates": [("candidate_id", "name"), ("M1", "Zoë"), (candidates[0], "Ann")],
        "interactions": [("posting_id", "candidate_id", "stage", "occurred_at"), ("N1", "M9", "hired", "2026-01-01")],
    }.items():
        file(f"files/{name}.csv", rows)
    load(wh, files)
    mappings.keep(wh, DataMapping((), {"Telefonat": "shortlisted"}), "admin")
    nightly = Schedule((1, 3), dt.time(2, 30))
    jobs.set_schedule(wh, "rank", nightly, nightly, "admin")
    jobs.begin(wh, "rank", "schedule", dt.datetime(2026, 1, 5, 1, 30)).end("done", "12 lists")
    jobs.begin(wh, "refresh", "admin", None)


def each(names: list[str], values: dict[str, Any], version: models.ModelVersion) -> Iterator[tuple[str, str, dict]]:
    """Each of these files as (name, statement, parameters): with ``values`` in the place of what pages would give."""
    slots: dict[str, Any] = {
        "schema": "features", "score_function": version.function, "features": version.features,
        "model_features": version.features, "typical": version.typical_table, "staged": "staging.candidates",
        "stored": "hiring.candidates", "key": TABLES["candidates"].key, "id": TABLES["candidates"].key[0],
        "columns": TABLES["candidates"].names, "model": version.function.removesuffix("_score"),
        "told_by": version.told_by,
    }  # fmt: skip
    for name in names:
        text = sqlfiles.render(name, {slot: slots[slot] for slot in sqlfiles.slots(name)})
        (statement,) = sqlfiles.split(text)
        yield name, statement, {bound: values[bound] for bound in sa.text(statement)._bindparams}
