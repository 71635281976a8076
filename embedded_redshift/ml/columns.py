"""The columns of training data: which types Redshift lets in, and how they become numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from embedded_redshift import errors
from embedded_redshift.ml import options

NUMERIC = ("smallint", "integer", "bigint", "numeric", "real", "double precision", "boolean")
TEXT = ("varchar", "char")
TEMPORAL = ("date", "time", "timetz", "timestamp", "timestamptz")
TARGETS = ("smallint", "integer", "bigint", "real", "double precision", "boolean", *TEXT)
WHOLE = ("smallint", "integer", "bigint")

# Short names as SHOW MODEL prints them, DuckDB's type for a function's argument or result, and Arrow's for a result.
_SHORT = {
    "smallint": "int2", "integer": "int4", "bigint": "int8", "numeric": "numeric", "real": "float4",
    "double precision": "float8", "boolean": "bool", "char": "bpchar",
}  # fmt: skip
_DUCKDB = {
    "numeric": "DOUBLE", "real": "FLOAT", "double precision": "DOUBLE", "char": "VARCHAR", "timetz": "TIME",
    "timestamptz": "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
_ARROW = {
    "smallint": pa.int16(), "integer": pa.int32(), "bigint": pa.int64(), "real": pa.float32(),
    "double precision": pa.float64(), "boolean": pa.bool_(), "varchar": pa.string(), "char": pa.string(),
}  # fmt: skip

# Types that Arrow's tensors do not take, by Arrow's number for them, which is quicker to compare than the type.
_NOT_IN_TENSORS = frozenset(kind.id for kind in (pa.bool_(), pa.null(), pa.decimal128(1), pa.decimal256(1)))
PADDING = 16  # floats: one line of the processor's cache


@dataclass(frozen=True)
class Column:
    """A column of the training data. ``type``: Redshift's name without length or precision."""

    name: str
    type: str

    @property
    def short_type(self) -> str:
        """The type as SHOW MODEL prints it: ``int4``, ``float8``."""
        return _SHORT.get(self.type, self.type)

    @property
    def duckdb_type(self) -> str:
        """The type of a DuckDB function's argument or result."""
        return _DUCKDB.get(self.type, self.type.upper())

    @property
    def arrow_type(self) -> pa.DataType:
        """The Arrow type of a prediction of this column."""
        return _ARROW[self.type]


def column(name: str, redshift_type: str) -> Column:
    """The column named ``name`` of the type written ``redshift_type``: ``varchar(64)``, ``numeric(10,2)``."""
    bare = redshift_type.partition("(")[0].strip()
    return Column(name, "char" if bare == "bpchar" else bare)


def features_and_target(
    columns: Sequence[Column], target: str | None, auto: bool
) -> tuple[tuple[Column, ...], Column | None]:
    """(features, target) of the training data's columns. Raises ProgrammingError if CREATE MODEL cannot take them."""
    names = [item.name for item in columns]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise errors.ProgrammingError(f'column "{min(doubled)}" specified more than once')
    if len(columns) < 2:
        raise errors.ProgrammingError("CREATE MODEL needs training data with at least two columns.")
    if target is not None and target not in names:
        raise errors.ProgrammingError(f'TARGET column "{target}" is not in the training data.')
    features = tuple(item for item in columns if item.name != target)
    if len(features) > options.MAX_FEATURES:
        raise errors.ProgrammingError(
            f"CREATE MODEL takes at most {options.MAX_FEATURES} feature columns; the training data has {len(features)}."
        )
    allowed = NUMERIC + TEXT + TEMPORAL if auto else NUMERIC
    for item in features:
        if item.type not in allowed:
            hint = "" if auto else " with AUTO OFF: turn it into a number in the SELECT"
            raise errors.ProgrammingError(
                f'column "{item.name}" has the type {item.type}, which a model cannot take{hint}.'
            )
    found = next((item for item in columns if item.name == target), None)
    if found is not None and found.type not in (TARGETS if auto else tuple(t for t in TARGETS if t not in TEXT)):
        raise errors.ProgrammingError(
            f'TARGET column "{found.name}" has the type {found.type}, which cannot be predicted'
            f"{'' if auto else ' with AUTO OFF'}: cast it, for example to FLOAT."
        )
    return features, found


def floats(values: pa.ChunkedArray) -> np.ndarray:
    """A numeric or boolean column as a NumPy array of a number type; NULL becomes NaN. Copies only where it must."""
    if pa.types.is_boolean(values.type) or pa.types.is_decimal(values.type):
        values = pc.cast(values, pa.float64())
    found: np.ndarray = values.to_numpy()
    return found


def matrix(columns: Sequence[pa.ChunkedArray]) -> np.ndarray:
    """The columns as a float32 matrix of shape (rows, columns), NULL as NaN, stored column after column."""
    # One call into Arrow for all columns, not a few for each: between them the other threads wait for Python.
    batch = pa.RecordBatch.from_arrays([_numeric(values) for values in columns], [str(n) for n in range(len(columns))])
    rows = batch.to_tensor(null_to_nan=True, row_major=False).to_numpy()
    # XGBoost reads through strides at little cost. The padding keeps the values of a row from being a power of two
    # apart, as they would be with 2,048 rows: that would put them all in one set of the processor's cache.
    stored = np.empty((rows.shape[1], rows.shape[0] + PADDING), dtype=np.float32)
    stored[:, : rows.shape[0]] = rows.T
    return stored[:, : rows.shape[0]].T


def _numeric(values: pa.ChunkedArray) -> pa.Array:
    """The column in one piece, of a type that Arrow's tensors take."""
    whole = values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
    if whole.type.id in _NOT_IN_TENSORS:
        return pc.cast(whole, pa.float64())
    return whole


def to_type(values: np.ndarray, target: Column) -> pa.Array:
    """Predicted numbers as the target's type: rounded for a whole-number type, true from 0.5 up for a boolean."""
    if target.type == "boolean":
        return pa.array(values >= 0.5)
    if target.type in WHOLE:
        values = np.rint(values)
    return pa.array(values.astype(target.arrow_type.to_pandas_dtype(), copy=False))
