"""From the columns of a table to the matrix a model learns from, the same at training and at prediction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from embedded_redshift.ml import transformers
from embedded_redshift.ml.columns import Column
from embedded_redshift.ml.model import TrainingError


@dataclass(frozen=True)
class Group:
    """Columns that are treated alike. encoders: one for each column; steps: then, on all of them together.

    Both hold (name, parameters): plain data that JSON can keep.
    """

    columns: tuple[int, ...]
    encoders: tuple[tuple[str, dict[str, Any]], ...]
    steps: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True)
class Encoding:
    """A fitted encoding. ``origin``: for each column of the matrix, the feature it comes from (-1: from several)."""

    groups: tuple[Group, ...]
    origin: tuple[int, ...]

    def apply(self, columns: Sequence[pa.ChunkedArray]) -> np.ndarray:
        """The float64 matrix (rows, encoded columns) of the feature columns."""
        return np.hstack([_apply(group, columns) for group in self.groups])

    def described(self) -> dict[str, Any]:
        """The encoding as JSON can keep it; the opposite of :func:`encoding`."""
        return {"groups": [[g.columns, g.encoders, g.steps] for g in self.groups], "origin": self.origin}


def encoding(described: Mapping[str, Any]) -> Encoding:
    """The encoding that :meth:`Encoding.described` gave."""
    groups = (
        Group(tuple(columns), tuple((n, p) for n, p in encoders), tuple((n, p) for n, p in steps))
        for columns, encoders, steps in described["groups"]
    )
    return Encoding(tuple(groups), tuple(described["origin"]))


def fit(
    features: Sequence[Column], columns: Sequence[pa.ChunkedArray], preprocessors: Sequence[Mapping[str, Any]] | None
) -> Encoding:
    """Fits the ``preprocessors`` that the statement names, and what suits its type to every column they do not name.

    Raises TrainingError for a column that is not there or a step that cannot take it.
    """
    left = list(range(len(features)))
    groups, origin = [], []
    for picked, names in [*_picked(features, left, preprocessors or ()), *(((index,), ()) for index in left)]:
        group = _fit_group(features, columns, picked, names)
        width = _apply(group, [column.slice(0, 1) for column in columns]).shape[1]
        # Only without mixing steps can an encoded column be told to be of one feature.
        origin += _origin(group, columns, width)
        groups.append(group)
    return Encoding(tuple(groups), tuple(origin))


def _picked(
    features: Sequence[Column], left: list[int], preprocessors: Sequence[Mapping[str, Any]]
) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    """(columns, transformers) of each of the preprocessors; takes the columns out of ``left``."""
    places = {item.name: index for index, item in enumerate(features)}
    found = []
    for step in preprocessors:
        names = [str(name).lower() for name in step["ColumnSet"]]
        if unknown := [name for name in names if name not in places and name != "*"]:
            raise TrainingError(f"PREPROCESSORS names the column {unknown[0]}, which the training data has not.")
        picked = tuple(left) if "*" in names else tuple(places[name] for name in names)
        for index in picked:
            if index not in left:
                raise TrainingError(f"PREPROCESSORS names the column {features[index].name} twice.")
            left.remove(index)
        found.append((picked, tuple(step["Transformers"])))
    return found


def _fit_group(
    features: Sequence[Column], columns: Sequence[pa.ChunkedArray], picked: tuple[int, ...], names: tuple[str, ...]
) -> Group:
    encoders = []
    for index in picked:
        named = [name for name in names if name in transformers.ENCODERS]
        name = named[0] if named else transformers.encoder_for(columns[index])
        try:
            parameters = transformers.fit_encoder(name, columns[index])
            transformers.ENCODERS[name](columns[index].slice(0, 1), parameters)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError, TypeError) as error:
            raise TrainingError(
                f"{name} cannot take the column {features[index].name} ({features[index].type})."
            ) from error
        encoders.append((name, parameters))
    steps: list[tuple[str, dict[str, Any]]] = []
    for name in names:
        if name in transformers.BLOCK_STEPS:
            block = _apply(Group(picked, tuple(encoders), tuple(steps)), columns)
            steps.append((name, transformers.BLOCK_STEPS[name][0](block)))
    return Group(picked, tuple(encoders), tuple(steps))


def _apply(group: Group, columns: Sequence[pa.ChunkedArray]) -> np.ndarray:
    block = np.hstack(
        [
            transformers.ENCODERS[name](columns[index], parameters)
            for index, (name, parameters) in zip(group.columns, group.encoders, strict=True)
        ]
    )
    for name, parameters in group.steps:
        block = transformers.BLOCK_STEPS[name][1](block, parameters)
    return block


def _origin(group: Group, columns: Sequence[pa.ChunkedArray], width: int) -> list[int]:
    if any(name in ("PCA", "Normalizer", "ImputerWithIndicator") for name, _ in group.steps) and len(group.columns) > 1:
        return [-1] * width
    if len(group.columns) == 1:
        return [group.columns[0]] * width
    found: list[int] = []
    for index, (name, parameters) in zip(group.columns, group.encoders, strict=True):
        found += [index] * transformers.ENCODERS[name](columns[index].slice(0, 1), parameters).shape[1]
    return found
