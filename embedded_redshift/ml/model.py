"""A model of the embedded warehouse: what it was made from, how far it is, what it predicts."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import pyarrow as pa

from embedded_redshift.ml.columns import Column
from embedded_redshift.ml.statements import CreateModel

State = Literal["TRAINING", "READY", "FAILED"]


class TrainingStoppedError(Exception):
    """A training ends early: the model was dropped, or its MAX_RUNTIME is over (``timed_out``)."""

    def __init__(self, timed_out: bool) -> None:
        super().__init__("MaxRuntimeExceeded" if timed_out else "Stopped")
        self.timed_out = timed_out


class TrainingError(Exception):
    """The training cannot succeed; the message is the reason that SHOW MODEL gives."""


class Predictor(Protocol):
    """A trained model in memory. Both methods are called by several threads at once."""

    def predict(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        """One value of the target's type per row, from one column per feature."""
        ...

    def probabilities(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        """One JSON text per row: labels and their probabilities, the most probable first."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What a training gave.

    model_type: the algorithm that won. metrics: SHOW MODEL's metric keys and values. hyperparameters: as shown there.
    job_status: set when the training was cut short and still gave a model. artifact: all that prediction needs.
    """

    model_type: str
    artifact: bytes
    metrics: Mapping[str, float]
    hyperparameters: Mapping[str, str] = field(default_factory=dict)
    problem_type: str | None = None
    objective: str | None = None
    job_status: str | None = None

    @property
    def has_probabilities(self) -> bool:
        """Whether Redshift would make a second function, for the probabilities."""
        return self.problem_type in ("BinaryClassification", "MulticlassClassification")

    def described(self) -> dict[str, Any]:
        """Everything but the artifact, to be kept as JSON."""
        return {
            "model_type": self.model_type,
            "metrics": dict(self.metrics),
            "hyperparameters": dict(self.hyperparameters),
            "problem_type": self.problem_type,
            "objective": self.objective,
            "job_status": self.job_status,
        }


@dataclass
class Model:
    """One model. ``statement`` and the columns never change; state, reason, outcome and explanation do.

    outcome has an empty artifact unless the model was trained in this process: the bytes are in the database file.
    """

    model_id: int
    schema: str
    name: str
    owner: str
    created_at: dt.datetime
    text: str
    statement: CreateModel
    features: tuple[Column, ...]
    target: Column | None
    rows: int
    total_rows: int
    state: State = "TRAINING"
    reason: str | None = None
    outcome: Outcome | None = None
    explanation: str | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    committed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """(schema, name), by which the model is found."""
        return self.schema, self.name

    @property
    def full_name(self) -> str:
        """The name with its schema."""
        return f"{self.schema}.{self.name}"

    @property
    def function(self) -> str:
        """The prediction function's name with its schema."""
        return f"{self.schema}.{self.statement.function}"

    @property
    def udf(self) -> str:
        """The name of the DuckDB function behind the prediction function."""
        return f"redshiftml_{self.model_id}"

    @property
    def result(self) -> Column:
        """The column that the prediction function gives: the target, or the cluster of a KMEANS model."""
        return self.target or Column("cluster", "integer")
