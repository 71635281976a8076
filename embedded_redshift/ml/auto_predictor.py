"""Predicts with a model that AUTO ON found: encode, run the winner, give the class or the value."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from embedded_redshift.ml import encoding, networks
from embedded_redshift.ml.boosters import FastBooster
from embedded_redshift.ml.columns import Column, to_type


class AutoPredictor:
    """A model with its encoding and its classes."""

    def __init__(self, artifact: bytes, target: Column) -> None:
        head, _, model = artifact.partition(b"\n")
        described = json.loads(head)
        self.encoding = encoding.encoding(described["encoding"])
        self.labels: list[str] = described["labels"]
        self.model = model
        self.booster: FastBooster | None = None
        self.network: networks.Network | None = None
        if described["model_type"] == "xgboost":
            self.booster = FastBooster(model)
        else:
            with np.load(io.BytesIO(model)) as saved:
                self.network = networks.network(dict(saved))
        self._target = target
        self._classes = _typed(self.labels, target)

    def values(self, rows: np.ndarray) -> np.ndarray:
        """Of encoded rows: predictions (rows,) of a regression, probabilities (rows, classes) of a classification."""
        if self.network is not None:
            return self.network.values(rows)
        assert self.booster is not None
        found = self.booster.predict(np.asfortranarray(rows, dtype=np.float32))
        if len(self.labels) == 2:
            return np.column_stack([1 - found, found])
        return found

    def predict(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        values = self.values(self.encoding.apply(arguments))
        if not self.labels:
            return to_type(values, self._target)
        return self._classes.take(pa.array(values.argmax(axis=1)))

    def probabilities(self, arguments: Sequence[pa.ChunkedArray]) -> pa.Array:
        values = self.values(self.encoding.apply(arguments))
        order = np.argsort(-values, axis=1, kind="stable")
        rows = zip(np.take_along_axis(values, order, axis=1).tolist(), order.tolist(), strict=True)
        texts = [
            json.dumps({"probabilities": row, "labels": [self.labels[place] for place in places]}, ensure_ascii=False)
            for row, places in rows
        ]
        return pa.ExtensionArray.from_storage(pa.json_(pa.utf8()), pa.array(texts, pa.string()))


def _typed(labels: list[str], target: Column) -> pa.Array:
    """The classes as values of the target's type."""
    texts = pa.array(labels, pa.string())
    if target.type == "boolean":
        return pc.equal(texts, "t")
    return pc.cast(texts, target.arrow_type)
