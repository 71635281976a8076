"""SHOW MODEL and SHOW MODEL ALL: rows of key and value, as Redshift prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from embedded_redshift.ml.lexer import tokens
from embedded_redshift.ml.model import Model

Row = tuple[str, str]
BLANK: Row = ("", "")
LINE_LENGTH = 100


def show_all(models: Iterable[Model]) -> pa.Table:
    """One row for each model: Schema Name, Model Name."""
    keys = sorted(model.key for model in models)
    return pa.table(
        {
            "Schema Name": pa.array([k[0] for k in keys], pa.string()),
            "Model Name": pa.array([k[1] for k in keys], pa.string()),
        }
    )


def show(model: Model) -> pa.Table:
    """The rows of SHOW MODEL. A blank key goes on with the value above it; a key that ends in a colon is a heading."""
    rows = [*_head(model), BLANK, *_training_data(model), BLANK, *_parameters(model)]
    if not model.statement.auto:
        rows += [BLANK, ("HYPERPARAMETERS:", ""), *_hyperparameters(model)]
    return pa.table(
        {"Key": pa.array([k for k, _ in rows], pa.string()), "Value": pa.array([v for _, v in rows], pa.string())}
    )


def _head(model: Model) -> Iterator[Row]:
    yield "Model Name", model.name
    yield "Schema Name", model.schema
    yield "Owner", model.owner
    yield "Creation Time", model.created_at.strftime("%a, %d.%m.%Y %H:%M:%S")
    yield "Model State", model.state
    if model.reason is not None:
        yield "Failure Reason", model.reason
    if model.outcome is not None:
        if model.outcome.job_status is not None:
            yield "Training Job Status", model.outcome.job_status
        for key, value in model.outcome.metrics.items():
            yield key, f"{value:.6f}"
    yield "Estimated Cost", "0.000000"  # nothing is billed here


def _training_data(model: Model) -> Iterator[Row]:
    yield "TRAINING DATA:", ""
    if model.statement.table is not None:
        yield "Table", model.statement.table.name.upper()
    else:
        lines = _upper(model.statement.query or "").splitlines()
        yield from _continued("Query", [line.strip() for line in lines if line.strip()])
    if model.target is not None:
        yield "Target Column", model.target.name.upper()


def _parameters(model: Model) -> Iterator[Row]:
    statement, outcome = model.statement, model.outcome
    job = f"redshiftml-{model.created_at:%Y%m%d%H%M%S}{model.created_at.microsecond:06d}"
    yield "PARAMETERS:", ""
    yield "Model Type", outcome.model_type if outcome else statement.model_type or "auto"
    if statement.auto:
        if problem := (outcome.problem_type if outcome else statement.problem_type):
            yield "Problem Type", problem
        if objective := (outcome.objective if outcome else statement.objective):
            yield "Objective", objective
        yield "AutoML Job Name", job
    else:
        yield "Training Job Name", f"{job}-{statement.model_type}"
    functions = [statement.function]
    if outcome is not None and outcome.has_probabilities:
        functions.append(probability_function(statement.function))
    yield from _continued("Function Name", functions)
    yield from _continued("Function Parameters", _wrapped(item.name for item in model.features))
    yield from _continued("Function Parameter Types", _wrapped(item.short_type for item in model.features))
    yield "IAM Role", "default-aws-iam-role" if statement.iam_role == "default" else statement.iam_role
    yield "S3 Bucket", statement.settings["s3_bucket"]
    if key := statement.settings.get("kms_key_id"):
        yield "KMS Key", key
    yield "Max Runtime", str(statement.max_runtime)


def _hyperparameters(model: Model) -> Iterator[Row]:
    if model.outcome is not None:
        yield from model.outcome.hyperparameters.items()
        return
    if model.statement.objective is not None:
        yield "objective", model.statement.objective
    for key, value in model.statement.hyperparameters.items():
        yield key, str(value)


def probability_function(function: str) -> str:
    """The name of the second function that a classification by AUTO ON gets."""
    return f"{function}_probabilities"


def _continued(key: str, lines: list[str]) -> Iterator[Row]:
    for number, line in enumerate(lines):
        yield ("" if number else key), line


def _wrapped(words: Iterable[str]) -> list[str]:
    """The words, a blank between them, on lines of at most LINE_LENGTH characters."""
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE_LENGTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _upper(query: str) -> str:
    """The query with all but its quoted strings in upper case."""
    parts, done = [], 0
    for token in tokens(query):
        if token.kind == "string":
            parts += [query[done : token.start].upper(), query[token.start : token.end]]
            done = token.end
    return "".join([*parts, query[done:].upper()])
