"""Model versions: gathers examples, trains in the warehouse, judges on the holdout, and says which version is live."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pandas as pd

from jobrec_ui import features
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse

Progress = Callable[[str], None]

MIN_EXAMPLES = 500  # Redshift ML's own minimum
_SNAPSHOT = {"schema": "training"}
_METRICS = ("auc", "mrr", "ndcg_at_10", "recall_at_10")


@dataclass(frozen=True)
class ModelVersion:
    """One trained version of the matching model.

    `metrics` are means over the holdout's postings (0 to 1); `baseline` the same for plain text similarity.
    """

    version: int
    name: str
    function: str
    features: tuple[str, ...]
    trained_at: datetime
    holdout_from: datetime
    holdout_to: datetime
    data_version: int
    examples: int
    postings: int
    metrics: dict[str, float] = field(default_factory=dict)
    baseline: dict[str, float] = field(default_factory=dict)

    @property
    def typical_table(self) -> str:
        """The one-row table of typical feature values."""
        return f"ml.{self.name}_typical"


@dataclass(frozen=True)
class Schedule:
    """When to look back from: label windows of the training cut-offs, and of the holdout. Half-open intervals."""

    training: tuple[tuple[datetime, datetime], ...]
    holdout: tuple[datetime, datetime]


def plan(first: datetime, last: datetime, cutoffs: int = 5) -> Schedule:
    """When to look back from, for a history from ``first`` to ``last``.

    The last twelfth (at most 60 days) is the holdout. Before it lie the training ``cutoffs`` (1 to 7), a quarter apart,
    each with up to a year of outcomes after it; a short history has them closer together.
    Raises InputError if the history is shorter than four weeks.
    """
    span = last - first
    if span < timedelta(days=28):
        raise InputError(
            f"The history reaches over {span.days} days only. At least four weeks are needed to learn from."
        )
    end = last + timedelta(seconds=1)
    holdout_from = end - min(timedelta(days=60), span / 12)
    step = min(timedelta(days=91), span / 8)
    starts = [holdout_from - step * number for number in range(1, cutoffs + 1)]
    windows = [(start, min(holdout_from, start + 4 * step)) for start in starts]
    return Schedule(tuple(windows), (holdout_from, end))


def create_schema(wh: Warehouse) -> None:
    """Makes the tables of features, training and versions where they are missing."""
    with wh.transaction() as tx:
        tx.execute("schema/features")
        tx.execute("schema/snapshot", names={"schema": "features"})
        tx.execute("schema/snapshot", names=_SNAPSHOT)
        tx.execute("schema/training")
        tx.execute("schema/app_models")


def refresh_features(wh: Warehouse, progress: Progress = lambda step: None) -> None:
    """Rebuilds what ranking reads from the company's data, as of the latest moment in it. All or nothing.

    Raises InputError without data, WarehouseError.
    """
    create_schema(wh)
    loaded = data_version(wh)
    if loaded is None:
        raise InputError("There is no data yet. Load some with `python -m jobrec_ui load DIR`.")
    # Just after the latest event, so that it counts as known. Without any event, any moment will do.
    as_of = (loaded.as_of or loaded.loaded_at) + timedelta(seconds=1)
    with wh.transaction() as tx:
        progress("Reading postings and candidates")
        tx.execute("features/build_facts")
        tx.execute("features/build_words")
        progress("Weighing words and history")
        tx.execute("features/set_clock", {"as_of": as_of}, {"schema": "features"})
        tx.execute("features/build_snapshot", names={"schema": "features"})


def train(
    wh: Warehouse,
    *,
    requested_by: str,
    progress: Progress = lambda step: None,
    poll_seconds: float = 0.5,
    cutoffs: int = 5,
) -> ModelVersion:
    """Trains a new version, judges it on the holdout and makes it live. Returns it.

    Raises InputError if there is too little to learn from, WarehouseError if the training fails.
    """
    create_schema(wh)
    schedule = _gather_examples(wh, progress, cutoffs)
    counts = wh.query("model/count_examples").iloc[0].astype(int)
    if counts["examples"] < MIN_EXAMPLES or not counts["positives"]:
        raise InputError(
            f"There are {counts['examples']:,} examples to learn from, {counts['positives']:,} of them positive; at "
            f"least {MIN_EXAMPLES} and some positives are needed. Load more interactions."
        )
    number = int(wh.query("model/next_version").iloc[0, 0])
    name = f"match_v{number}"
    function = f"ml.{name}_score"
    names = features.names()
    loaded = data_version(wh)
    row = {
        "version": number,
        "model_name": f"ml.{name}",
        "score_function": function,
        "feature_names": ",".join(names),
        "data_version": loaded.version if loaded else 0,
        "examples": int(counts["examples"]),
        "positives": int(counts["positives"]),
        "holdout_from": schedule.holdout[0],
        "holdout_to": schedule.holdout[1],
        "requested_by": requested_by,
    }
    with wh.transaction() as tx:
        tx.execute("model/add_version", row)
        tx.execute("model/add_event", {"version": number, "state": "requested", "detail": None})
        tx.execute("model/typical_values", names={"typical": f"ml.{name}_typical"})
    progress(f"Training version {number} on {counts['examples']:,} examples")
    _run_training(wh, number, name, names, int(counts["examples"]), poll_seconds)
    progress("Checking it on postings it has not seen")
    if counts["holdout_positives"]:
        with _failure_recorded(wh, number):
            wh.execute("model/measure_version", {"version": number}, {"score_function": function, "features": names})
    with wh.transaction() as tx:
        tx.execute("model/add_event", {"version": number, "state": "evaluated", "detail": None})
        tx.execute("model/add_deployment", {"version": number, "deployed_by": requested_by, "reason": "trained"})
        tx.execute("model/add_event", {"version": number, "state": "promoted", "detail": None})
    live = live_version(wh)
    assert live is not None
    return live


def live_version(wh: Warehouse) -> ModelVersion | None:
    """The version that scores now, or None before the first training. Raises WarehouseError."""
    rows = wh.query("model/live_version")
    if rows.empty:
        return None
    first = rows.iloc[0]
    by_scorer = {row["scorer"]: row for _, row in rows.iterrows() if not pd.isna(row["scorer"])}

    def figures(scorer: str) -> dict[str, float]:
        row = by_scorer.get(scorer)
        return {} if row is None else {name: float(row[name]) for name in _METRICS if not pd.isna(row[name])}

    return ModelVersion(
        version=int(first["version"]),
        name=str(first["model_name"]).removeprefix("ml."),
        function=first["score_function"],
        features=tuple(first["features"].split(",")),
        trained_at=first["requested_at"].to_pydatetime(),
        holdout_from=first["holdout_from"].to_pydatetime(),
        holdout_to=first["holdout_to"].to_pydatetime(),
        data_version=int(first["data_version"]),
        examples=int(first["examples"]),
        postings=0 if pd.isna(first["postings"]) else int(first["postings"]),
        metrics=figures("model"),
        baseline=figures("text similarity"),
    )


def _gather_examples(wh: Warehouse, progress: Progress, cutoffs: int) -> Schedule:
    """Fills training.examples: for each cut-off what was known before it and what came after."""
    reach = wh.query("model/time_range").iloc[0]
    if not reach["events"] or not reach["relevant_events"]:
        raise InputError(
            "There is nothing to learn from yet: no candidate reached a stage beyond viewing. Load interactions first."
        )
    schedule = plan(reach["first_at"].to_pydatetime(), reach["last_at"].to_pydatetime(), cutoffs)
    wh.execute("model/clear_examples")
    windows = [*((window, False) for window in schedule.training), (schedule.holdout, True)]
    for number, ((cutoff, until), is_holdout) in enumerate(windows, start=1):
        progress(f"Gathering examples as of {cutoff:%d %B %Y} ({number} of {len(windows)})")
        labels = {"until": until, "seed": str(number), "others_per_posting": 200 if is_holdout else 60}
        with wh.transaction() as tx:
            tx.execute("features/set_clock", {"as_of": cutoff}, _SNAPSHOT)
            tx.execute("features/build_snapshot", names=_SNAPSHOT)
            tx.execute("model/label_pairs", labels)
        wh.execute("model/add_examples", {"is_holdout": is_holdout}, _SNAPSHOT)
    return schedule


def _run_training(
    wh: Warehouse, number: int, name: str, names: tuple[str, ...], examples: int, poll_seconds: float
) -> None:
    """CREATE MODEL, then asks SHOW MODEL until it is ready. Raises WarehouseError with the reason if it fails."""
    slots: dict[str, str | int | Sequence[str]] = {
        "model": f"ml.{name}",
        "function": f"{name}_score",  # it lives in the schema of its model
        "features": names,
        "bucket": settings().s3_bucket,
        "max_cells": examples * (len(names) + 1),  # or Redshift would silently leave rows out
    }
    with _failure_recorded(wh, number):
        wh.run("model/create_match_model", names=slots)
        wh.execute("model/add_event", {"version": number, "state": "training", "detail": None})
        while (state := _training_state(wh, f"ml.{name}")) != "READY":
            if state.startswith("FAILED"):
                raise WarehouseError(f"The training of version {number} failed: {state.removeprefix('FAILED').strip()}")
            time.sleep(poll_seconds)
    wh.execute("model/add_event", {"version": number, "state": "ready", "detail": None})


@contextmanager
def _failure_recorded(wh: Warehouse, number: int) -> Iterator[None]:
    """Writes down why a version failed, and lets the error go on."""
    try:
        yield
    except WarehouseError as error:
        wh.execute("model/add_event", {"version": number, "state": "failed", "detail": str(error)[:1000]})
        raise


def _training_state(wh: Warehouse, model: str) -> str:
    """READY, FAILED with the reason behind it, or whatever else SHOW MODEL says."""
    rows = wh.run("model/show_model", names={"model": model})
    lines = {str(key).strip(): str(value or "").strip() for key, value in rows.iloc[:, :2].itertuples(index=False)}
    state = lines.get("Model State", "").upper()
    if state != "FAILED":
        return state
    reasons = [value for key, value in lines.items() if "reason" in key.lower() or "message" in key.lower()]
    return f"FAILED {' '.join(reasons) or 'the warehouse gives no reason'}"
