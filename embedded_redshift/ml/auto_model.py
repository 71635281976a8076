"""AUTO ON: finds out what kind of problem it is, tries several models, keeps the one that validates best."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc
import xgboost as xgb
from sklearn import metrics

from embedded_redshift.ml import encoding, networks, options
from embedded_redshift.ml.columns import WHOLE, floats
from embedded_redshift.ml.encoding import Encoding
from embedded_redshift.ml.model import Outcome, TrainingError, TrainingStoppedError
from embedded_redshift.ml.statements import CreateModel
from embedded_redshift.ml.stop import StopSignal
from embedded_redshift.ml.stop_callback import StopCallback
from embedded_redshift.ml.training_set import TrainingSet
from embedded_redshift.ml.transformers import texts

VALIDATION_SHARE = 0.2
SEED = 1
# A whole-number target with no more different values than this is taken for classes, not for amounts.
MAX_WHOLE_CLASSES = 10

_XGBOOST = (
    {"eta": 0.3, "max_depth": 6},
    {"eta": 0.1, "max_depth": 4, "subsample": 0.8, "colsample_bytree": 0.8},
)
_ROUNDS, _PATIENCE = 300, 15
_METRIC_KEYS = {
    "MSE": "validation:mse",
    "Accuracy": "validation:accuracy",
    "F1": "validation:f1_binary",
    "F1_Macro": "validation:f1_macro",
    "AUC": "validation:auc",
}


@dataclass(frozen=True)
class _Problem:
    """problem_type, objective: Redshift's words. labels: the classes as text, sorted; empty for a regression."""

    problem_type: str
    objective: str
    labels: tuple[str, ...]
    targets: np.ndarray

    def loss(self, values: np.ndarray, truth: np.ndarray) -> float:
        """How wrong ``values`` (probabilities, or a regression's predictions) are: smaller is better."""
        measured = self.measure(values, truth)
        return measured if self.objective == "MSE" else -measured

    def measure(self, values: np.ndarray, truth: np.ndarray) -> float:
        """The objective's own measure."""
        match self.objective:
            case "MSE":
                return float(metrics.mean_squared_error(truth, values))
            case "Accuracy":
                return float(metrics.accuracy_score(truth, values.argmax(axis=1)))
            case "AUC":
                return float(metrics.roc_auc_score(truth, values[:, 1])) if len(set(truth)) == 2 else 0.5
            case "F1":
                return float(metrics.f1_score(truth, values.argmax(axis=1), zero_division=0))
            case _:
                return float(metrics.f1_score(truth, values.argmax(axis=1), average="macro", zero_division=0))


@dataclass(frozen=True)
class _Split:
    """What candidates are trained on and compared with."""

    rows: np.ndarray
    targets: np.ndarray
    validation_rows: np.ndarray
    validation_targets: np.ndarray


@dataclass(frozen=True)
class _Candidate:
    model_type: str
    loss: float
    measured: float
    save: Callable[[], bytes]


def train(statement: CreateModel, data: TrainingSet, stop: StopSignal) -> Outcome:
    """Tries the models that the statement allows. Raises TrainingStoppedError, or TrainingError with the reason."""
    known = pc.is_valid(data.target_column)
    table = data.table.filter(known)
    data = TrainingSet(data.features, data.target, table, data.total_rows)
    if table.num_rows < options.MIN_ROWS:
        raise TrainingError(f"Only {table.num_rows} rows have a target; at least {options.MIN_ROWS} are needed.")
    problem = _problem(statement, data)
    encoded = encoding.fit(data.features, data.feature_columns, statement.preprocessors)
    split = _split(encoded.apply(data.feature_columns), problem.targets)
    best: _Candidate | None = None
    status = None
    try:
        for attempt in _attempts(statement.model_type):
            stop.check()
            candidate = attempt(problem, split, stop)
            if best is None or candidate.loss < best.loss:
                best = candidate
    except TrainingStoppedError as stopped:
        if not stopped.timed_out:
            raise
        if best is None:
            raise TrainingError(
                "Autopilot candidate has no models: MAX_RUNTIME was over before the first one."
            ) from stopped
        status = "MaxAutoMLJobRuntimeReached"
    assert best is not None
    return Outcome(
        model_type=best.model_type,
        artifact=_artifact(best, encoded, problem),
        metrics={_METRIC_KEYS[problem.objective]: best.measured},
        problem_type=problem.problem_type,
        objective=problem.objective,
        job_status=status,
    )


def _problem(statement: CreateModel, data: TrainingSet) -> _Problem:
    target = data.target_column
    kind = statement.problem_type or _problem_type(statement, data)
    if kind == "Regression":
        if data.target is not None and data.target.type in ("varchar", "char", "boolean"):
            raise TrainingError(f"A regression needs a target that is a number, not {data.target.type}.")
        return _Problem(kind, statement.objective or "MSE", (), floats(target).astype(np.float64))
    words = texts(target)
    labels = tuple(sorted(pc.unique(words).to_pylist(), key=_label_order))
    if len(labels) < 2 or (kind == "BinaryClassification" and len(labels) > 2):
        raise TrainingError(f"The target has {len(labels)} different values, which does not fit {kind}.")
    targets = pc.index_in(words, pc.unique(words)).to_numpy()
    order = np.array([labels.index(label) for label in pc.unique(words).to_pylist()])
    objective = statement.objective or options.OBJECTIVES_OF_PROBLEM[kind][0]
    if objective not in options.OBJECTIVES_OF_PROBLEM[kind]:
        raise TrainingError(f"Objective {objective} does not fit problem type {kind}.")
    return _Problem(kind, objective, labels, order[targets.astype(int)])


def _label_order(label: str) -> tuple[int, float, str]:
    """Numbers by size, then the rest by the alphabet, so that 1 is the positive class and not 0."""
    try:
        return 0, float(label), label
    except ValueError:
        return 1, 0.0, label


def _problem_type(statement: CreateModel, data: TrainingSet) -> str:
    fitting = [kind for kind, known in options.OBJECTIVES_OF_PROBLEM.items() if statement.objective in known]
    if statement.objective is not None and len(fitting) == 1:
        return fitting[0]
    different = len(pc.unique(data.target_column))
    kind = data.target.type if data.target else ""
    classes = kind in ("varchar", "char", "boolean") or (kind in WHOLE and different <= MAX_WHOLE_CLASSES)
    if different == 2:
        return "BinaryClassification"
    return "MulticlassClassification" if classes else "Regression"


def _split(rows: np.ndarray, targets: np.ndarray) -> _Split:
    order = np.random.default_rng(SEED).permutation(len(rows))
    cut = int(len(rows) * VALIDATION_SHARE)
    held, used = order[:cut], order[cut:]
    return _Split(rows[used], targets[used], rows[held], targets[held])


Attempt = Callable[[_Problem, _Split, StopSignal], _Candidate]


def _attempts(model_type: str | None) -> list[Attempt]:
    """What is tried, the quickest first, so that a short MAX_RUNTIME still gives a model."""
    found: list[tuple[str, Attempt]] = [
        ("linear_learner", lambda p, s, stop: _network("linear_learner", p, s)),
        *(("xgboost", _xgboost_attempt(parameters)) for parameters in _XGBOOST),
        ("mlp", lambda p, s, stop: _network("mlp", p, s)),
    ]
    return [attempt for name, attempt in found if model_type in (None, name)]


def _network(kind: str, problem: _Problem, split: _Split) -> _Candidate:
    fitted = networks.fit(kind, split.rows, split.targets, len(problem.labels))
    values = fitted.values(split.validation_rows)

    def save() -> bytes:
        file = io.BytesIO()
        np.savez(file, **fitted.arrays())  # type: ignore[arg-type]
        return file.getvalue()

    return _candidate(kind, problem, split, values, save)


def _xgboost_attempt(parameters: dict[str, Any]) -> Attempt:
    def attempt(problem: _Problem, split: _Split, stop: StopSignal) -> _Candidate:
        classes = len(problem.labels)
        objective = {0: "reg:squarederror", 2: "binary:logistic"}.get(classes, "multi:softprob")
        given = {**parameters, "objective": objective, "nthread": os.cpu_count() or 1, "seed": SEED, "verbosity": 0}
        if objective == "multi:softprob":
            given["num_class"] = classes
        rows = xgb.DMatrix(split.rows, label=split.targets)
        held = xgb.DMatrix(split.validation_rows, label=split.validation_targets)
        booster = xgb.train(
            given, rows, _ROUNDS, evals=[(held, "validation")], early_stopping_rounds=_PATIENCE, verbose_eval=False,
            callbacks=[StopCallback(stop)],
        )  # fmt: skip
        booster = booster[: booster.best_iteration + 1]
        values = booster.predict(held)
        if classes == 2:
            values = np.column_stack([1 - values, values])
        return _candidate("xgboost", problem, split, values, lambda: bytes(booster.save_raw("ubj")))

    return attempt


def _candidate(
    kind: str, problem: _Problem, split: _Split, values: np.ndarray, save: Callable[[], bytes]
) -> _Candidate:
    truth = split.validation_targets
    return _Candidate(kind, problem.loss(values, truth), problem.measure(values, truth), save)


def _artifact(best: _Candidate, encoded: Encoding, problem: _Problem) -> bytes:
    """A line of JSON that says how to encode and what the classes are, then the model itself."""
    head = {"model_type": best.model_type, "labels": problem.labels, "encoding": encoded.described()}
    return json.dumps(head).encode() + b"\n" + best.save()
