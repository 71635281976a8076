"""A statement of sql/ as somebody can read it whole and run it: includes marked, slots filled, values written out.

What pages and commands bind comes from the warehouse where it can (a posting, a candidate, the live model) and else
from examples, so that every statement can be shown, and the doctor can ask every question about nobody.
"""

import datetime as dt
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from jobrec_ui import matching, models
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.data.tables import POSTINGS, TABLES
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.matching import filters
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.models import LIKENESS, ModelVersion, TrainingChoices
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, create_model, sqlfiles
from jobrec_ui.warehouse.sqlfiles import Clause
from jobrec_ui.warehouse.values import id_list

_AT = dt.datetime(2026, 2, 3, 4, 5, 6, 789)
_TEXTS = (
    "action", "asked_by", "at_time", "candidate_id", "choices", "chosen_columns", "claim_id", "claimed_by",
    "column_name", "columns", "days", "decision", "deployed_by", "detail", "event", "event_id", "feature_names",
    "figure", "filters", "iam_role", "job", "kind", "label", "made_by", "mapping", "model_name", "name", "name_hash",
    "note", "outcome", "posting_id", "progress", "reason", "requested_by", "run_id", "saved_by", "scorer",
    "search_id", "seed", "set_by", "shortlist_id", "source", "stage", "state", "subject", "undoes", "value",
    "view_id",
)  # fmt: skip
_NUMBERS = (
    "batch", "challenger", "data_version", "examples", "holdout_examples", "holdout_positives", "judged_for", "limit",
    "live", "minutes", "model_version", "negatives_per_positive", "others_per_posting", "part", "pool", "positives",
    "process_id", "share", "top", "version",
)  # fmt: skip
_MOMENTS = ("as_of", "due_at", "history_from", "holdout_from", "holdout_to", "occurred_at", "since", "until")
_ARRAYS = ("entries", "people", "rows", "shares", "shown", "statuses", "views", "windows")
_SWITCHES = ("blind", "include_closed", "is_holdout", "is_on", "is_shared", "open_only")

# Values for all that statements bind, about nobody.
NOBODY: Mapping[str, Any] = {
    **dict.fromkeys(_TEXTS, "none"),
    **dict.fromkeys(_NUMBERS, 1),
    **dict.fromkeys(_MOMENTS, _AT),
    **dict.fromkeys(_ARRAYS, "[]"),
    **dict.fromkeys(_SWITCHES, True),
    "include_closed": False,
    "blind": False,
    "listed": '["none"]',
    "words": '[{"number": 0, "word": "none", "mistakes": 0}]',
    "pairs": '[{"number": 0, "letters": 4, "most": 1, "pair": "no"}]',
    "about": "postings",
    "phone": "",
    "seniorities": ";none;",
    "score_function": "ml.match_v1_score",
    "username": "none",
}


@dataclass(frozen=True)
class About:
    """What a statement is to be shown about; what is left out is found in the warehouse."""

    posting_id: str | None = None
    candidate_id: str | None = None
    filters: CandidateFilters = field(default_factory=CandidateFilters)
    viewer: Viewer = field(default_factory=Viewer)
    version: int | None = None
    others: Mapping[str, str] = field(default_factory=dict)


def shown(wh: Warehouse, name: str, about: About) -> str:
    """sql/<name>.sql as it would run: a banner for each file in it, values written out and listed in a comment.

    Raises InputError if there is no such statement, or for a value that it does not bind; WarehouseError.
    """
    if name not in sqlfiles.names():
        raise InputError(f"There is no statement {name!r}. `python -m jobrec_ui sql list` lists them.")
    if inside := sqlfiles.used_in(name):
        raise InputError(f"{name} is a part of other statements. Show one of these: {', '.join(inside)}.")
    version = _version(wh, about)
    slots = _slots(wh, name, about, version)
    if missing := sqlfiles.slots(name) - slots.keys():
        assert missing <= {"counted"}, missing
        raise InputError(f"{name} is about filters that are on. Name some with --filters.")
    text = sqlfiles.render(name, slots, banners=True)
    values = _values(wh, about, version)
    bound = {name: values[name] for name in dict.fromkeys(sa.text(text)._bindparams) if name in values}
    if unknown := sorted(set(about.others) - set(bound)):
        raise InputError(f"{name} binds no {unknown[0]}. It binds: {', '.join(bound) or 'nothing'}.")
    lines = [f"-- {name}", *(f"--   :{key} = {_literal(value)}" for key, value in bound.items())]
    statements = [with_literals(one, bound) for one in sqlfiles.split(text)]
    return "\n".join(lines) + "\n" + ";\n\n".join(statements) + ";\n"


def with_literals(statement: str, values: Mapping[str, Any]) -> str:
    """The statement with its bound values written out, as SQLAlchemy quotes them."""
    clause = sa.text(statement)
    given = {name: values[name] for name in clause._bindparams}
    dialect = postgresql.dialect(paramstyle="named")
    dialect._backslash_escapes = False
    return str(clause.bindparams(**given).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def filters_from(given: Sequence[str]) -> CandidateFilters:
    """``["must_have=SQL;Excel", "within_km=50"]`` as filters. Raises InputError for what is no filter."""
    kinds = typing.get_type_hints(CandidateFilters)
    values: dict[str, Any] = {}
    for one in given:
        name, _, text = one.partition("=")
        if name not in kinds:
            raise InputError(f"There is no filter {name!r}. Known: {', '.join(kinds)}.")
        values[name] = _as(kinds[name], name, text)
    return CandidateFilters(**values)


def _as(kind: Any, name: str, text: str) -> Any:
    try:
        if kind is bool:
            return {"true": True, "false": False}[text.lower()]
        if kind == tuple[str, ...]:
            return tuple(part.strip() for part in text.split(";") if part.strip())
        if float in typing.get_args(kind):
            return float(text)
        return dt.date.fromisoformat(text) if dt.date in typing.get_args(kind) else text
    except (ValueError, KeyError):
        raise InputError(f"The filter {name} cannot be {text!r}.") from None


def _literal(value: Any) -> str:
    return with_literals(":value", {"value": value})


def _values(wh: Warehouse, about: About, version: ModelVersion | None) -> dict[str, Any]:
    """What statements bind, by name."""
    values = {**NOBODY, **filters.params(about.filters, about.viewer), **_found(wh, about, version)}
    values |= {"text": about.filters.text, "blind": about.viewer.blind}
    return values | {name: _like(values.get(name), name, text) for name, text in about.others.items()}


def _like(example: Any, name: str, text: str) -> Any:
    """``text`` as a value of the example's type. Raises InputError."""
    try:
        if isinstance(example, bool):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(example, int | float):
            return float(text) if "." in text else int(text)
        return dt.datetime.fromisoformat(text) if isinstance(example, dt.datetime) else text
    except (ValueError, KeyError):
        raise InputError(f"{name} cannot be {text!r}.") from None


def _found(wh: Warehouse, about: About, version: ModelVersion | None) -> dict[str, Any]:
    """What the warehouse has to ask about; nothing where it has no data yet."""
    found: dict[str, Any] = {}
    posting_id, candidate_id = about.posting_id, about.candidate_id
    try:
        loaded = data_version(wh)
        if posting_id is None:
            newest = matching.find_postings(wh, "", limit=1)
            posting_id = None if newest.empty else str(newest["posting_id"].iloc[0])
        if candidate_id is None:
            latest = matching.find_candidates(wh, "", limit=1)
            candidate_id = None if latest.empty else str(latest["candidate_id"].iloc[0])
    except WarehouseError:  # no tables yet
        loaded = None
    if posting_id is not None:
        found["posting_id"] = posting_id
    if candidate_id is not None:
        found |= {"candidate_id": candidate_id, "listed": id_list([candidate_id])}
    if loaded is not None:
        found |= {
            "data_version": loaded.version,
            "limit": 50,
            "top": 50,
            **matching.retrieved_of(loaded.candidates, 50),
        }
    if version is not None:
        found |= dict.fromkeys(("version", "judged_for", "live", "model_version"), version.version)
        found["scorer"] = version.name
    return found


def _version(wh: Warehouse, about: About) -> ModelVersion | None:
    try:
        live = models.live_version(wh) if about.version is None else models.get_version(wh, about.version)
    except WarehouseError:  # no tables yet
        return None
    if live is None and about.version is not None:
        raise InputError(f"There is no version {about.version}.")
    return live


def _slots(wh: Warehouse, name: str, about: About, version: ModelVersion | None) -> dict[str, Any]:
    """What slots take, by name."""
    choices = TrainingChoices()
    slots: dict[str, Any] = {
        "schema": "features", "score_function": "ml.match_v1_score", "typical": "ml.match_v1_typical",
        "features": choices.features, "model_features": choices.features, "model": "ml.match_v1",
    }  # fmt: skip
    if version is not None:
        slots |= version.slots() | {"model_features": version.features, "model": f"ml.{version.name}"}
    elif name.startswith(("matching/", "desk/")):  # as pages ask while there is no model
        slots |= LIKENESS.slots()
    return {
        **slots,
        **choices.all_hyperparameters,
        **_model_clauses(wh, len(choices.features) + 1),
        **_STORED,
        "function": "match_example_score",
        "role": settings().roles.recruiter, "recruiter": settings().roles.recruiter, "admin": settings().roles.admin,
        **filters.parts(about.filters, about.viewer),
    }  # fmt: skip


def _model_clauses(wh: Warehouse, columns: int) -> Mapping[str, Clause]:
    try:
        return create_model.clauses(wh, settings(), 1000, columns)
    except InputError:  # no bucket is configured: something to read all the same
        return {"iam_role": Clause("default"), "settings": Clause("S3_BUCKET '<bucket>', MAX_CELLS 1000")}


_STORED: Mapping[str, Any] = {
    "staged": "staging.postings", "stored": "hiring.postings", "staged_owners": "staging.postings",
    "stored_owners": "hiring.postings", "key": POSTINGS.key, "id": POSTINGS.key[0], "shown_id": POSTINGS.key[0],
    "columns": POSTINGS.names, "table": "features.terms", "definitions": Clause("posting_id VARCHAR(64)"),
    "folder": Clause("s3://<bucket>/<folder>/"), "rows": Clause("('none')"), "label": "jobrec page",
    "before": "staging.undo_postings", "written": "staging.written_postings",
    **{f"incoming_{table}": f"staging.{table}" for table in TABLES},
    "milliseconds": 60_000, "kind": Clause("MODEL_TYPE mlp"),
}  # fmt: skip
