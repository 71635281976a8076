"""Training: gathers examples, trains a new version in the warehouse, judges it on the holdout and makes it live."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jobrec_ui import features
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.models.schedule import Schedule, plan
from jobrec_ui.models.tables import SNAPSHOT, Progress, create_schema
from jobrec_ui.models.version import ModelVersion, live_version
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, show_model

MIN_EXAMPLES = 500  # Redshift ML's own minimum


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
        "holdout_examples": int(counts["holdout_examples"]),
        "holdout_positives": int(counts["holdout_positives"]),
        "history_from": schedule.history_from,
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
            wh.execute(
                "model/measure_version",
                {"version": number, "scorer": name},
                {"score_function": function, "features": names},
            )
    with wh.transaction() as tx:
        tx.execute("model/add_event", {"version": number, "state": "evaluated", "detail": None})
        tx.execute("model/add_deployment", {"version": number, "deployed_by": requested_by, "reason": "trained"})
        tx.execute("model/add_event", {"version": number, "state": "promoted", "detail": None})
    live = live_version(wh)
    assert live is not None
    return live


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
            tx.execute("features/set_clock", {"as_of": cutoff}, SNAPSHOT)
            tx.execute("features/build_snapshot", names=SNAPSHOT)
            tx.execute("model/label_pairs", labels)
        wh.execute("model/add_examples", {"is_holdout": is_holdout}, SNAPSHOT)
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
        while not (found := show_model.describe(wh.run("model/show_model", names={"model": f"ml.{name}"}))).is_ready:
            if found.has_failed:
                raise WarehouseError(f"The training of version {number} failed: {found.reason}")
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
