"""Reads what SHOW MODEL prints: rows of key and value, a page to look at rather than a table.

A row without a key goes on with the value above it, a row without both is a spacer, a key that ends in a colon is the
heading of a section. Which keys there are depends on the model's type, its state and on who asks: its owner sees more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd

READY, FAILED = "READY", "FAILED"
UNKNOWN_REASON = (
    "Redshift gives no reason. SHOW MODEL and the SageMaker console, under its training jobs, may tell more."
)

_METRIC = re.compile(r"(train|validation|test):.+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
_REASON = re.compile(r"reason|message|error|failure", re.IGNORECASE)  # the key's exact words are not documented
_TIME_FORMATS = ("%a, %d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class ModelDescription:
    """A model as the warehouse describes it; what it does not tell is empty.

    `state` is in capitals and an open set: READY, TRAINING, FAILED and whatever else there may come to be.
    `functions` are the names as printed: first the prediction function, then, after AUTO ON, that of probabilities.
    `parameters` maps the function's arguments to their types, in order. `estimated_cost` has no stated unit.
    """

    name: str
    schema: str
    state: str
    owner: str = ""
    created_at: datetime | None = None
    reason: str = ""
    job_status: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)
    estimated_cost: float | None = None
    query: str = ""
    target: str = ""
    model_type: str = ""
    problem_type: str = ""
    objective: str = ""
    job_name: str = ""
    functions: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    iam_role: str = ""
    s3_bucket: str = ""
    kms_key: str = ""
    max_runtime: int | None = None
    hyperparameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Whether the prediction function can be called."""
        return self.state in (READY, "MODEL IS READY")

    @property
    def has_failed(self) -> bool:
        """Whether it will never be ready: a failed model cannot be tried again, only dropped and made anew."""
        return "FAIL" in self.state

    @property
    def probability_function(self) -> str | None:
        """The name of the function that gives probabilities, with the model's schema; None if there is none."""
        return f"{self.schema}.{self.functions[1]}" if len(self.functions) > 1 else None


def describe(rows: pd.DataFrame | Iterable[Sequence[Any]]) -> ModelDescription:
    """What the rows of SHOW MODEL say. Unknown keys and states are taken as they come."""
    if isinstance(rows, pd.DataFrame):
        rows = rows.iloc[:, :2].itertuples(index=False)
    sections = _sections(rows)
    head, data, parameters = sections.get("", {}), sections.get("TRAINING DATA", {}), sections.get("PARAMETERS", {})
    names = _words(parameters.get("function parameters", ()))
    types = _words(parameters.get("function parameter types", ()))
    state = _text(head.get("model state", ())).upper()
    return ModelDescription(
        name=_text(head.get("model name", ())),
        schema=_text(head.get("schema name", ())),
        state=state,
        owner=_text(head.get("owner", ())).strip("'"),
        created_at=_moment(_text(head.get("creation time", ()))),
        reason=_reason(head) if "FAIL" in state else "",
        job_status=_text(head.get("training job status", ())),
        metrics=MappingProxyType(dict(_metrics(head))),
        estimated_cost=_number(_text(head.get("estimated cost", ()))),
        query="\n".join(data.get("query", ()) or data.get("table", ())),
        target=_text(data.get("target column", ())),
        model_type=_text(parameters.get("model type", ())),
        problem_type=_text(parameters.get("problem type", ())),
        objective=_text(parameters.get("objective", ())),
        job_name=_text(parameters.get("automl job name", ()) or parameters.get("training job name", ())),
        functions=_words(parameters.get("function name", ())),
        parameters=MappingProxyType(dict(zip(names, types, strict=False))),
        iam_role=_text(parameters.get("iam role", ())),
        s3_bucket=_text(parameters.get("s3 bucket", ())),
        kms_key=_text(parameters.get("kms key", ())),
        max_runtime=_whole(_text(parameters.get("max runtime", ()))),
        hyperparameters=MappingProxyType(
            {key: _text(lines) for key, lines in sections.get("HYPERPARAMETERS", {}).items()}
        ),
    )


def _sections(rows: Iterable[Sequence[Any]]) -> dict[str, dict[str, list[str]]]:
    """The lines of each value by key, by section; keys in lower case but those of metrics and hyperparameters."""
    sections: dict[str, dict[str, list[str]]] = {"": {}}
    section, lines = sections[""], list[str]()
    for row in rows:
        key, value = (_cell(cell) for cell in row[:2])
        if key.endswith(":") and not value:
            section = sections.setdefault(key[:-1].strip().upper(), {})
            lines = []
        elif key:
            lines = section.setdefault(key if _METRIC.fullmatch(key) else key.lower(), [])
            lines[:] = [value] if value else []
        elif value:
            lines.append(value)
    return sections


def _cell(value: Any) -> str:
    """CHAR columns come padded with blanks, and a cell without a value as None or NaN."""
    return "" if value is None or value != value else str(value).strip()


def _text(lines: Iterable[str]) -> str:
    return " ".join(lines)


def _words(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(_text(lines).split())


def _metrics(head: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, float]]:
    for key, lines in head.items():
        value = _number(_text(lines))
        if _METRIC.fullmatch(key) and value is not None:
            yield key, value


def _reason(head: Mapping[str, Sequence[str]]) -> str:
    found = [_text(lines) for key, lines in head.items() if _REASON.search(key) and not _METRIC.fullmatch(key)]
    return " ".join(text for text in found if text) or UNKNOWN_REASON


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _moment(text: str) -> datetime | None:
    for form in _TIME_FORMATS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
