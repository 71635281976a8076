"""The life of a version: requested -> training -> ready -> evaluated -> promoted, held back or failed.

All that is known of it is in the warehouse. Whoever calls :func:`advance` (a page, the command line, cron) takes the
next step if there is one; a step that was begun and not finished is begun again by the next who calls.
"""

import time
from collections.abc import Callable

from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, JobrecError, WarehouseError
from jobrec_ui.models import examples, gate, retention
from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.models.claims import Claim, claimed
from jobrec_ui.models.costs import trains_elsewhere
from jobrec_ui.models.feature_builds import ensure_features
from jobrec_ui.models.records import VersionRecord, metrics_of, model_name, open_version, serving, version_record
from jobrec_ui.models.tables import create_schema
from jobrec_ui.models.version import ModelVersion, get_version
from jobrec_ui.quality import figures, measure
from jobrec_ui.quality.drift import keep_bins
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, create_model, setup, show_model
from jobrec_ui.warehouse.progress import Progress, silent
from jobrec_ui.warehouse.purpose import used_for
from jobrec_ui.warehouse.show_model import ModelDescription
from jobrec_ui.warehouse.sqlfiles import Clause

_ATTEMPTS = 3  # of a step, before the version counts as failed
_LONGEST_PAUSE = 10.0  # seconds between two looks at a training elsewhere


def request(wh: Warehouse, choices: TrainingChoices, requested_by: str) -> int:
    """Writes down that a version is wanted, and returns its number; :func:`advance` does the rest.

    Raises InputError if another training runs (with who asked for it, and when) or if there is too little to learn
    from; WarehouseError.
    """
    create_schema(wh)
    ensure_features(wh)
    examples.expected(wh, choices)
    for _ in range(5):
        with claimed(wh, 0) as claim:
            if (running := open_version(wh)) is not None:
                raise InputError(_is_running(running))
            if claim is None:
                time.sleep(0.2)
                continue
            number = int(wh.query("models/next_version").iloc[0, 0])
            row = {
                "version": number,
                "choices": choices.to_json(),
                "note": choices.note,
                "requested_by": requested_by,
            }
            with wh.transaction() as tx:
                tx.execute("models/add_request", row)
                tx.execute("models/add_event", {"version": number, "state": "requested", "detail": None})
            return number
    raise InputError("Somebody else is asking for a training at this moment. Look again in a minute.")


def advance(wh: Warehouse, progress: Progress = silent) -> VersionRecord | None:
    """Takes every step that the version on its way can take now; returns it as it then is, None if there is none.

    What goes wrong in a step is on record in the version's `detail`; a step that goes wrong again and again fails the
    version. Raises WarehouseError if the warehouse cannot be reached.
    """
    record = open_version(wh)
    while record is not None and record.is_open and _step(wh, record, progress):
        record = version_record(wh, record.version)
    return record and version_record(wh, record.version)


def train(
    wh: Warehouse,
    *,
    requested_by: str,
    choices: TrainingChoices | None = None,
    progress: Progress = silent,
    poll_seconds: float = 0.5,
) -> ModelVersion:
    """Trains a new version, judges it on the holdout and makes it live if it is better. Returns it when that is done.

    Raises InputError if another training runs or there is too little to learn from, WarehouseError if it fails.
    """
    number = request(wh, choices or TrainingChoices(), requested_by)
    record = finish(wh, number, progress, poll_seconds)
    if record.state == "failed":
        raise WarehouseError(f"The training of version {number} failed: {record.detail}")
    trained = get_version(wh, number)
    assert trained is not None
    return trained


def finish(
    wh: Warehouse,
    version: int,
    progress: Progress = silent,
    poll_seconds: float = 0.5,
    pause: Callable[[float], object] = time.sleep,
) -> VersionRecord:
    """Advances until ``version`` has no next step, pausing between looks; returns it. Raises WarehouseError."""
    while True:
        advance(wh, progress)
        record = version_record(wh, version)
        if record is None:
            raise WarehouseError(f"There is no record of version {version} any more.")
        if not record.is_open:
            return record
        pause(poll_seconds)
        if trains_elsewhere(wh):
            poll_seconds = min(poll_seconds * 1.5, _LONGEST_PAUSE)


def described(wh: Warehouse, version: int) -> ModelDescription | None:
    """A version's model as the warehouse describes it, None if it is not there. Raises WarehouseError."""
    there = {(str(row[0]).strip(), str(row[1]).strip()) for row in wh.run("models/list_models").itertuples(index=False)}
    if ("ml", model_name(version)) not in there:
        return None
    return show_model.describe(wh.run("models/show_model", names={"model": f"ml.{model_name(version)}"}))


def _is_running(running: VersionRecord) -> str:
    return (
        f"Version {running.version} is on its way ({running.state}): {running.requested_by} asked for it on "
        f"{running.requested_at:%d %B %Y at %H:%M} UTC. One training runs at a time: wait until it is done, or stop it."
    )


def _step(wh: Warehouse, record: VersionRecord, progress: Progress) -> bool:
    """Takes the next step of a version. False if it has to wait: for the warehouse, or for somebody else at work."""
    if record.state == "training":
        found = described(wh, record.version)
        if found is not None and not found.is_ready and not found.has_failed:
            return False
    with claimed(wh, record.version) as claim:
        if claim is None:
            return False
        now = version_record(wh, record.version)
        if now is None or now.state != record.state:  # somebody was quicker
            return now is not None

        def report(step: str) -> None:
            claim.report(step)
            progress(step)

        try:
            with used_for("training", now.name):
                _STEPS[now.state](wh, now, claim, report)
        except WarehouseError as error:
            return _record_failure(wh, now, error.in_full())
        except JobrecError as error:
            _record_state(wh, now.version, "failed", str(error))
        return True


def _record_failure(wh: Warehouse, record: VersionRecord, why: str) -> bool:
    """Writes down why a step did not succeed; after so many times the version has failed."""
    failures = wh.query("models/count_failures", {"version": record.version, "state": record.state}).iloc[0, 0]
    is_last = int(failures) + 1 >= _ATTEMPTS
    _record_state(wh, record.version, "failed" if is_last else record.state, why)
    return is_last


def _record_state(wh: Warehouse, version: int, state: str, detail: str | None = None) -> None:
    cut = None if detail is None else detail[:1000]
    wh.execute("models/add_event", {"version": version, "state": state, "detail": cut})


def _was_stopped(wh: Warehouse, version: int) -> bool:
    """Whether an admin ended the training since the step began."""
    record = version_record(wh, version)
    return record is None or not record.is_open


# ---- steps -----------------------------------------------------------------------------------------------------------


def _begin(wh: Warehouse, record: VersionRecord, claim: Claim, report: Progress) -> None:
    """requested -> training: gathers the examples and sends CREATE MODEL, each unless it is done already."""
    if record.refused:
        raise InputError(record.refused)
    if described(wh, record.version) is None:
        if record.examples is None:
            _gather(wh, record, report)
            record = version_record(wh, record.version) or record
        report(f"Training version {record.version} on {record.examples or 0:,} examples")
        if not claim.still_holds() or _was_stopped(wh, record.version):
            return
        _create_model(wh, record)
        if _was_stopped(wh, record.version):  # while the statement was under way
            wh.run("models/drop_model", names={"model": f"ml.{record.name}"})
            return
    _record_state(wh, record.version, "training")


def _gather(wh: Warehouse, record: VersionRecord, report: Progress) -> None:
    ensure_features(wh, report)
    schedule = examples.gather(wh, record.choices, report)
    counts = wh.query("models/count_examples").iloc[0].astype(int)
    examples.require_enough(wh, counts["examples"], counts["positives"])
    loaded = data_version(wh)
    typical = {"typical": f"ml.{record.name}_typical"}
    row = {
        "version": record.version,
        "model_name": f"ml.{record.name}",
        "score_function": f"ml.{record.name}_score",
        "feature_names": ",".join(record.choices.features),
        "data_version": loaded.version if loaded else 0,
        "examples": int(counts["examples"]),
        "positives": int(counts["positives"]),
        "holdout_examples": int(counts["holdout_examples"]),
        "holdout_positives": int(counts["holdout_positives"]),
        "history_from": schedule.history_from,
        "holdout_from": schedule.holdout[0],
        "holdout_to": schedule.holdout[1],
        "requested_by": record.requested_by,
    }
    with wh.transaction() as tx:
        tx.execute("models/drop_typical", names=typical)
        tx.execute("models/typical_values", names=typical)
        tx.execute("models/add_version", row)


def _create_model(wh: Warehouse, record: VersionRecord) -> None:
    choices = record.choices
    names: dict[str, str | float | tuple[str, ...]] = {
        "model": f"ml.{record.name}",
        "function": f"{record.name}_score",  # it lives in the schema of its model
        "features": choices.features,
        **create_model.clauses(wh, settings(), record.examples or 0, len(choices.features) + 1),
    }
    if choices.model_type == "xgboost":
        wh.run("models/create_match_model", names={**names, **choices.all_hyperparameters})
    else:
        kind = Clause("" if choices.model_type == "auto" else f"MODEL_TYPE {choices.model_type}")
        wh.run("models/create_auto_model", names=names | {"kind": kind})


def _end_training(wh: Warehouse, record: VersionRecord, claim: Claim, report: Progress) -> None:
    """training -> ready or failed, as the warehouse says."""
    found = described(wh, record.version)
    if found is None:
        _record_state(wh, record.version, "failed", "Its model is gone from the warehouse: somebody dropped it.")
    elif found.has_failed:
        _record_state(wh, record.version, "failed", found.reason)
    elif found.is_ready:
        setup.share_model(wh, record.name)
        _record_state(wh, record.version, "ready")


def _judge(wh: Warehouse, record: VersionRecord, claim: Claim, report: Progress) -> None:
    """ready -> evaluated: the version, the live one and plain ways of sorting on the same held-out rows."""
    report("Checking it on postings it has not seen")
    if record.holdout_positives:
        if not int(wh.query("models/count_holdout_scores", {"version": record.version}).iloc[0, 0]):
            _score_holdout(wh, record)
        scorers = set(wh.query("models/list_scorers", {"version": record.version})["scorer"])
        measure(wh, record.version, _champion(scorers, record.name))
        figures.keep(wh, record.version)
    keep_bins(wh, record.version)
    if claim.still_holds():
        _record_state(wh, record.version, "evaluated")


def _score_holdout(wh: Warehouse, record: VersionRecord) -> None:
    assert record.features is not None
    scorers = [(record.name, f"ml.{record.name}_score", record.features)]
    now = serving(wh)
    live = None if now is None else get_version(wh, now.live)
    if live is not None:
        found = described(wh, live.version)
        if found is not None and found.is_ready:
            scorers.append((live.name, live.function, live.features))
    with wh.transaction() as tx:
        tx.execute("models/score_baselines", {"version": record.version})
        for scorer, function, names in scorers:
            slots = {"score_function": function, "features": names}
            tx.execute("models/score_holdout", {"version": record.version, "scorer": scorer}, slots, scores=True)


def _champion(scorers: set[str], challenger: str) -> str | None:
    """The version among the scorers that is not the challenger."""
    return next((one for one in sorted(scorers) if one.startswith("match_v") and one != challenger), None)


def _decide(wh: Warehouse, record: VersionRecord, claim: Claim, report: Progress) -> None:
    """evaluated -> promoted or held back."""
    metrics = metrics_of(wh, record.version)
    verdict = gate.decide(metrics, record.name, _champion(set(metrics["scorer"]), record.name), _live_name(wh))
    if not claim.still_holds() or _was_stopped(wh, record.version):
        return
    with wh.transaction() as tx:
        if verdict.promote:
            deployment = {"version": record.version, "deployed_by": record.requested_by, "reason": verdict.reason}
            tx.execute("models/add_deployment", deployment)
        state = "promoted" if verdict.promote else "held back"
        tx.execute("models/add_event", {"version": record.version, "state": state, "detail": verdict.reason})
    retention.retain(wh, settings().training.keep_versions)


def _live_name(wh: Warehouse) -> str | None:
    now = serving(wh)
    return None if now is None else model_name(now.live)


_STEPS: dict[str, Callable[[Warehouse, VersionRecord, Claim, Progress], None]] = {
    "requested": _begin,
    "training": _end_training,
    "ready": _judge,
    "evaluated": _decide,
}
