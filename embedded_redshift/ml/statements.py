"""What a statement about models says, once parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ModelName:
    """A model's or a function's name; schema None means the first schema of the search path."""

    schema: str | None
    name: str


@dataclass(frozen=True)
class CreateModel:
    """One CREATE MODEL. Exactly one of ``table`` and ``query`` is set.

    hyperparameters: by lower-case key, numbers already read. preprocessors: None for none.
    """

    model: ModelName
    table: ModelName | None
    query: str | None
    target: str | None
    function: str
    iam_role: str
    auto: bool
    model_type: str | None
    problem_type: str | None
    objective: str | None
    preprocessors: tuple[Mapping[str, Any], ...] | None
    hyperparameters: Mapping[str, float | int | str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    max_cells: int = 0
    max_runtime: int = 0


@dataclass(frozen=True)
class ShowModel:
    """SHOW MODEL name; None for SHOW MODEL ALL."""

    model: ModelName | None


@dataclass(frozen=True)
class DropModel:
    """DROP MODEL [IF EXISTS] name."""

    model: ModelName
    if_exists: bool


@dataclass(frozen=True)
class ExplainModel:
    """SELECT EXPLAIN_MODEL('schema.model')."""

    model: ModelName


Statement = CreateModel | ShowModel | DropModel | ExplainModel
