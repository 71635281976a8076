"""`check --deep`: tries what only a real cluster can confirm. Trains a small model, at a small cost, and drops it."""

import contextlib
import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa

from jobrec_ui import models
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.commands.doctor.finding import Finding
from jobrec_ui.commands.statements import NOBODY
from jobrec_ui.data.tables import TABLES
from jobrec_ui.errors import JobrecError
from jobrec_ui.matching import filters as candidate_filters
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Transaction, Warehouse, create_model, show_model, sqlfiles
from jobrec_ui.warehouse.failures import Cancelled
from jobrec_ui.warehouse.purpose import current, used_for

PATIENCE = 3 * 3600  # seconds for the trial training
STAGED = 1_500  # rows: enough for the way through S3
SHOWN = 5  # of the questions that were refused
# Asked elsewhere, or only of a server: the doctor's own questions, and what `setup` looks up.
_OWN = "commands/doctor/"
_NOT_ASKED = {
    "warehouse/session/cancel", "warehouse/setup/known_columns", "warehouse/setup/known_roles",
    "warehouse/setup/known_tables",
}  # fmt: skip
_AT = dt.datetime(2026, 2, 3, 4, 5, 6, 789)
# A statement about candidates holds only the filters that are on. These hold all there is, the last no filter.
FILTERS = (
    (candidate_filters.trial(), Viewer("none", blind=True)),
    (CandidateFilters(place="none", text="none"), Viewer("none")),
    (CandidateFilters(), Viewer("none")),
)


class _Undo(Exception):  # noqa: N818 - ends a transaction without keeping anything
    pass


def look(wh: Warehouse, poll_seconds: float = 10.0, leave_after: float = 3.0) -> Iterator[Finding]:
    """Every trial, each cleaned up after. What one trial finds does not keep the others from being made."""
    name = f"check_{uuid.uuid4().hex[:12]}"
    table = {"stored": f"training.{name}"}
    trials: list[tuple[str, Callable[[], Finding]]] = [
        ("The app's questions", lambda: _questions(wh)),
        ("Rows through staging", lambda: _staging(wh)),
        ("Leaving a query", lambda: _leaving(wh, table, leave_after)),
        ("Trial training", lambda: _training(wh, name, table, poll_seconds)),
    ]
    if wh.in_aws:
        trials.append(("Label of queries", lambda: _label(wh)))
    try:
        wh.execute("commands/doctor/deep_examples", names=table)
        for subject, trial in trials:
            try:
                yield trial()
            except JobrecError as error:
                yield Finding("wrong", subject, str(error), "python -m jobrec_ui check")
    except JobrecError as error:
        yield Finding("wrong", "Trials", str(error), "python -m jobrec_ui check")
    finally:
        for file, names in (
            ("commands/doctor/deep_drop_model", {"model": f"ml.{name}"}),
            ("commands/doctor/deep_drop_table", table),
        ):
            try:
                wh.run(file, names=names)
            except JobrecError as error:
                yield Finding("note", "Cleaning up", f"{file} did not succeed: {error}")


def _questions(wh: Warehouse) -> Finding:
    """Whether the warehouse takes every query of every page: each is asked once, about nobody."""
    live = models.live_version(wh)
    spec = TABLES["candidates"]
    names: dict[str, str | float | Sequence[str]] = {
        "schema": "features", "stored": "hiring.candidates", "columns": spec.names, "key": spec.key, "id": spec.key[0],
    }  # fmt: skip
    if live is not None:
        names |= live.slots() | {"model_features": live.features, "model": f"ml.{live.name}"}
    ways = [(_about_nobody(filters, viewer), candidate_filters.parts(filters, viewer)) for filters, viewer in FILTERS]
    answered, refused, without_model = 0, [], 0
    for name in sqlfiles.questions():
        if name.startswith(_OWN) or name in _NOT_ASKED or "staging." in sqlfiles.read(name):
            continue  # rows in staging are there for a moment only
        slots = sqlfiles.slots(name)
        if not slots <= {*names, *ways[0][1]}:
            without_model += 1
            continue
        try:
            for params, parts in ways if slots & ways[0][1].keys() else ways[:1]:
                if slots <= {*names, *parts}:
                    with used_for("batch", "check"):
                        wh.query(name, params, {**{slot: names[slot] for slot in slots & names.keys()}, **parts})
            answered += 1
        except JobrecError as error:
            refused.append(f"{name} ({error})")
    if refused:
        first = "; ".join(refused[:SHOWN])
        detail = f"{len(refused)} of {answered + len(refused)} were refused, the first: {first}"
        remedy = "python -m jobrec_ui setup\nif no table is missing: send this to whoever maintains the app"
        return Finding("wrong", "The app's questions", detail, remedy)
    rest = f"; {without_model} more need a model, and none is live yet" if without_model else ""
    return Finding("ok", "The app's questions", f"All {answered} that could be asked were answered{rest}.")


def _about_nobody(filters: CandidateFilters, viewer: Viewer) -> dict[str, object]:
    """Values for all that pages bind."""
    return {**NOBODY, **candidate_filters.params(filters, viewer), "text": "none", "blind": viewer.blind}


def _staging(wh: Warehouse) -> Finding:
    """Every type of column by the way that a load takes, back again and compared."""
    rows = pa.table({
        "n": pa.array(range(STAGED), pa.int64()),
        "word": pa.array(["a'b", "Zoë 한국어", None] * (STAGED // 3)),
        "score": pa.array([0.1, -1e300, None] * (STAGED // 3)),
        "flag": pa.array([True, False, None] * (STAGED // 3)),
        "day": pa.array([_AT.date(), dt.date(1970, 1, 1), None] * (STAGED // 3), pa.date32()),
        "at": pa.array([_AT, dt.datetime(1969, 12, 31, 23, 59, 59), None] * (STAGED // 3), pa.timestamp("us")),
    })  # fmt: skip
    found: list[tuple[object, ...]] = []

    def attempt(tx: Transaction) -> None:
        tx.stage("check_rows", rows)
        back = tx.query("commands/doctor/deep_staged", names={"stored": "staging.check_rows"})
        found.extend(back.itertuples(index=False, name=None))
        raise _Undo

    with contextlib.suppress(_Undo):
        wh.atomically(attempt)
    expected = [tuple(row.values()) for row in rows.to_pylist()]
    if [_plain(row) for row in found] == [_plain(row) for row in expected]:
        return Finding("ok", "Rows through staging", f"{STAGED:,} rows came back as they went, times and all.")
    different = next((a, b) for a, b in zip(expected, found, strict=False) if _plain(a) != _plain(b))
    return Finding("wrong", "Rows through staging", f"{different[0]} came back as {different[1]}.")


def _plain(row: tuple[object, ...]) -> list[str]:
    """Comparable whatever class a warehouse gives a time or a missing value."""
    plain = []
    for value in row:
        if value is None or value != value:
            plain.append("")
        elif isinstance(value, dt.datetime):
            plain.append(value.strftime("%Y-%m-%d %H:%M:%S.%f").removesuffix(" 00:00:00.000000"))
        elif isinstance(value, float | int) and not isinstance(value, bool):
            plain.append(repr(float(value)))
        else:
            plain.append(str(value))
    return plain


def _leaving(wh: Warehouse, table: dict[str, str], leave_after: float) -> Finding:
    """Whether a query ends when nobody waits for it any more, and how soon."""
    left = threading.Event()
    threading.Timer(leave_after, left.set).start()
    started = time.monotonic()
    try:
        with used_for("page", "check", left.is_set):
            wh.query("commands/doctor/deep_slow", names=table)
    except Cancelled:
        seconds = time.monotonic() - started - leave_after
        return Finding("ok", "Leaving a query", f"It was over {max(0.0, seconds):.1f} s after nobody waited for it.")
    return Finding("note", "Leaving a query", "The query was done before it could be stopped.")


def _training(wh: Warehouse, name: str, table: dict[str, str], poll_seconds: float) -> Finding:
    model = f"ml.{name}"
    clauses = create_model.clauses(wh, settings(), rows=1000, columns=3)
    wh.run("commands/doctor/deep_model", names={"model": model, "function": f"{name}_score", **table, **clauses})
    started = time.monotonic()
    states: list[str] = []
    while True:
        found = show_model.describe(wh.run("models/show_model", names={"model": model}))
        if found.state not in states:
            states.append(found.state)
        if found.has_failed:
            return Finding("wrong", "Trial training", f"Failed: {found.reason}", "See the policy that `check` prints.")
        if found.is_ready:
            break
        if time.monotonic() - started > PATIENCE:
            return Finding("wrong", "Trial training", f"Still {found.state} after {PATIENCE / 3600:.0f} hours.")
        time.sleep(poll_seconds)
    seconds = time.monotonic() - started
    counted = wh.query(
        "commands/doctor/deep_scores", names={"score_function": f"ml.{name}_score", **table}, scores=True
    )
    scores = counted.iloc[0]
    seen = (
        f"states {', '.join(states)}; {seconds:,.0f} s; scores from {scores['lowest']:.3f} to {scores['highest']:.3f}, "
        f"{scores['share_right']:.0%} right; without any value {scores['empty_score']}"
    )
    if int(scores["different_scores"]) <= 2:
        return Finding("wrong", "Trial training", f"The function gives classes, not match scores: {seen}.")
    if not 0 <= scores["lowest"] <= scores["highest"] <= 1:
        return Finding("wrong", "Trial training", f"The function's scores are not between 0 and 1: {seen}.")
    return Finding("ok", "Trial training", seen[0].upper() + seen[1:] + ".")


def _label(wh: Warehouse) -> Finding:
    label = current().query_group
    if int(wh.query("commands/doctor/deep_label", {"label": label})["found"].iloc[0]):
        return Finding("ok", "Label of queries", f"Found in SYS_QUERY_HISTORY as {label!r}.")
    return Finding("note", "Label of queries", f"Not found in SYS_QUERY_HISTORY yet as {label!r}: it lags behind.")
