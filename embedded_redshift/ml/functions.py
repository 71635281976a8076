"""The models' SQL functions: DuckDB functions over Arrow vectors, found under Redshift's names.

A DuckDB function is never taken away again while the file is open: another thread may be in the middle of calling it.
That of a dropped model finds no name to be called by, and raises an error if a running statement still gets to it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence

import duckdb
import pyarrow as pa

from embedded_redshift import errors
from embedded_redshift.ml.columns import Column
from embedded_redshift.ml.model import Model, Predictor
from embedded_redshift.ml.show import probability_function

NOT_READY_MESSAGE = "The ML model is not ready, check STV_ML_MODEL_INFO for its status."

PredictorOf = Callable[[Model], Predictor]


def register(root: duckdb.DuckDBPyConnection, model: Model, predictor_of: PredictorOf) -> None:
    """Makes the model's functions known to every connection. ``predictor_of`` loads the model when first called."""

    def predict(*arguments: pa.ChunkedArray) -> pa.Array:
        return predictor_of(model).predict(arguments)

    _create(root, model.udf, predict, model.features, model.result.duckdb_type)
    if model.outcome is not None and model.outcome.has_probabilities:
        register_probabilities(root, model, predictor_of)


def register_probabilities(root: duckdb.DuckDBPyConnection, model: Model, predictor_of: PredictorOf) -> None:
    """Makes the model's probability function known to every connection."""

    def probabilities(*arguments: pa.ChunkedArray) -> pa.Array:
        return predictor_of(model).probabilities(arguments)

    _create(root, probabilities_udf(model), probabilities, model.features, "JSON")


def probabilities_udf(model: Model) -> str:
    """The name of the DuckDB function behind the probability function."""
    return f"{model.udf}_probabilities"


def _create(
    root: duckdb.DuckDBPyConnection,
    name: str,
    function: Callable[..., pa.Array],
    features: Sequence[Column],
    result: str,
) -> None:
    # DuckDB counts the parameters by the signature, and this function takes any number of them.
    function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(f"a{number}", inspect.Parameter.POSITIONAL_ONLY) for number in range(len(features))]
    )
    types = [item.duckdb_type for item in features]
    root.create_function(name, function, types, result, type="arrow", null_handling="special")  # type: ignore[call-overload]


def names(root: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[str, str]:
    """Redshift's function names, with their schema, and the DuckDB function behind each.

    Functions of one name that take different types stand behind one macro, which DuckDB resolves by type as Redshift
    resolves overloaded functions.
    """
    overloads: dict[str, list[tuple[str, Model]]] = {}
    for model in models:
        overloads.setdefault(model.function, []).append((model.udf, model))
        if model.outcome is not None and model.outcome.has_probabilities:
            overloads.setdefault(probability_function(model.function), []).append((probabilities_udf(model), model))
    return {name: found[0][0] if len(found) == 1 else _macro(root, found) for name, found in overloads.items()}


def _macro(root: duckdb.DuckDBPyConnection, overloads: Sequence[tuple[str, Model]]) -> str:
    name = f"overloaded_{overloads[0][0]}"
    bodies = []
    for udf, model in overloads:
        arguments = [f"a{number}" for number in range(len(model.features))]
        typed = [f"{argument} {item.duckdb_type}" for argument, item in zip(arguments, model.features, strict=True)]
        bodies.append(f"({', '.join(typed)}) AS {udf}({', '.join(arguments)})")
    root.execute(f"CREATE OR REPLACE MACRO _redshift.{name}{', '.join(bodies)}")
    return name


def check_free(model: Model, others: Iterable[Model]) -> None:
    """Raises ProgrammingError if a function of the same name and argument types is there already."""
    for other in others:
        same_types = [a.type for a in other.features] == [a.type for a in model.features]
        if other is not model and other.function == model.function and same_types:
            raise errors.ProgrammingError(
                f'function "{model.statement.function}" already exists with same argument types'
            )
