"""Takes the rows that CREATE MODEL trains on: checks them, and samples them down to MAX_CELLS as Redshift does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from embedded_redshift import errors
from embedded_redshift.ml import options
from embedded_redshift.ml.columns import Column, features_and_target
from embedded_redshift.ml.statements import CreateModel

SAMPLE_SEED = 20221119  # any number: the same rows give the same sample


@dataclass(frozen=True)
class TrainingSet:
    """The rows a model is trained on. ``total_rows``: how many there were before sampling."""

    features: tuple[Column, ...]
    target: Column | None
    table: pa.Table
    total_rows: int

    @property
    def feature_columns(self) -> list[pa.ChunkedArray]:
        """The feature columns, in the order of the function's arguments."""
        return [self.table.column(item.name) for item in self.features]

    @property
    def target_column(self) -> pa.ChunkedArray:
        """The target column. Only for models that have one."""
        if self.target is None:
            raise ValueError("The model has no target.")
        return self.table.column(self.target.name)


def training_set(statement: CreateModel, table: pa.Table, columns: tuple[Column, ...]) -> TrainingSet:
    """The training set in the query's result. Raises ProgrammingError if CREATE MODEL cannot take it."""
    features, target = features_and_target(columns, statement.target, statement.auto)
    if table.num_rows < options.MIN_ROWS:
        raise errors.ProgrammingError(
            f"CREATE MODEL needs at least {options.MIN_ROWS} rows of training data; the query gives {table.num_rows}."
        )
    table = table.rename_columns([item.name for item in columns])
    return TrainingSet(features, target, _sampled(table, statement.max_cells), table.num_rows)


def _sampled(table: pa.Table, max_cells: int) -> pa.Table:
    """At most ``max_cells`` cells of the table, whole rows picked at random, in their order."""
    rows = max(max_cells // table.num_columns, 1)
    if table.num_rows <= rows:
        return table
    picked = np.random.default_rng(SAMPLE_SEED).choice(table.num_rows, rows, replace=False)
    return table.take(np.sort(picked))
