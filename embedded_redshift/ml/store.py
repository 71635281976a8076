"""Models on disk: one row of _redshift.models each, in the same file as the data, in the same transactions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import duckdb

from embedded_redshift import errors
from embedded_redshift.ml import explanations
from embedded_redshift.ml.columns import Column
from embedded_redshift.ml.grammar import parse
from embedded_redshift.ml.model import Model, Outcome
from embedded_redshift.ml.statements import CreateModel

INTERRUPTED = "The program that trained the model ended before the training did."

_INFO = """
    SELECT schema_name, owner AS user_name, model_name, 'ACTIVE' AS life_cycle, 1 AS is_refreshable,
        CASE state WHEN 'READY' THEN 'Model is Ready' WHEN 'TRAINING' THEN 'Train Model On SageMaker In Progress'
            ELSE 'Model Creation Failed' END AS model_state
    FROM _redshift.models
"""

# What EXPLAIN_MODEL says of each model at the moment.
_EXPLANATIONS = f"""
    SELECT schema_name, model_name, CAST(CASE
            WHEN target IS NULL THEN error('{errors.OWN_WORDS}EXPLAIN_MODEL is not there for a KMEANS model.')
            WHEN explanation IS NOT NULL THEN explanation
            WHEN state = 'TRAINING' THEN '{explanations.waiting(explanations.WAITING_FOR_TRAINING)}'
            WHEN state = 'READY' THEN '{explanations.waiting(explanations.WAITING_FOR_PROCESSING)}'
            ELSE '{explanations.waiting(explanations.PROCESSING_FAILED)}' END AS JSON) AS explanation
    FROM _redshift.models
"""

SETUP_STATEMENTS: tuple[str, ...] = (
    "CREATE SEQUENCE IF NOT EXISTS _redshift.model_ids",
    """
    CREATE TABLE IF NOT EXISTS _redshift.models (
        model_id BIGINT NOT NULL, schema_name VARCHAR NOT NULL, model_name VARCHAR NOT NULL, owner VARCHAR NOT NULL,
        created_at TIMESTAMP NOT NULL, statement VARCHAR NOT NULL, features VARCHAR NOT NULL, target VARCHAR,
        training_rows BIGINT NOT NULL, total_rows BIGINT NOT NULL, state VARCHAR NOT NULL, reason VARCHAR,
        outcome VARCHAR, artifact BLOB, explanation VARCHAR
    )
    """,
    f"CREATE VIEW IF NOT EXISTS _redshift.stv_ml_model_info AS {_INFO}",
    f"CREATE OR REPLACE VIEW _redshift.explanations AS {_EXPLANATIONS}",
    "CREATE VIEW IF NOT EXISTS _redshift.svv_ml_model_info AS "
    "SELECT 'dev' AS database_name, * FROM _redshift.stv_ml_model_info",
)

_INSERT = """
    INSERT INTO _redshift.models (model_id, schema_name, model_name, owner, created_at, statement, features, target,
        training_rows, total_rows, state)
    VALUES ($model_id, $schema, $name, $owner, $created_at, $statement, $features, $target, $rows, $total_rows, $state)
"""
_FINISH = """
    UPDATE _redshift.models SET state = $state, reason = $reason, outcome = $outcome, artifact = $artifact
    WHERE model_id = $model_id
"""
_SELECT = """
    SELECT model_id, schema_name, model_name, owner, created_at, statement, features, target, training_rows, total_rows,
        state, reason, outcome, explanation
    FROM _redshift.models ORDER BY model_id
"""


def next_id(cursor: duckdb.DuckDBPyConnection) -> int:
    """A number that no model has or had: views may still name the function of a dropped model."""
    row = cursor.execute("SELECT nextval('_redshift.model_ids')").fetchall()[0]
    return int(row[0])


def insert(cursor: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Writes a new model in the cursor's transaction."""
    cursor.execute(
        _INSERT,
        {
            "model_id": model.model_id,
            "schema": model.schema,
            "name": model.name,
            "owner": model.owner,
            "created_at": model.created_at,
            "statement": model.text,
            "features": json.dumps([[item.name, item.type] for item in model.features]),
            "target": None if model.target is None else json.dumps([model.target.name, model.target.type]),
            "rows": model.rows,
            "total_rows": model.total_rows,
            "state": model.state,
        },
    ).fetchall()


def finish(cursor: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Writes how the training ended."""
    outcome = model.outcome
    cursor.execute(
        _FINISH,
        {
            "model_id": model.model_id,
            "state": model.state,
            "reason": model.reason,
            "outcome": None if outcome is None else json.dumps(outcome.described()),
            "artifact": None if outcome is None else outcome.artifact,
        },
    ).fetchall()


def explain(cursor: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Writes the model's explanation."""
    cursor.execute(
        "UPDATE _redshift.models SET explanation = $explanation WHERE model_id = $model_id",
        {"model_id": model.model_id, "explanation": model.explanation},
    ).fetchall()


def delete(cursor: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Takes the model out, in the cursor's transaction."""
    cursor.execute("DELETE FROM _redshift.models WHERE model_id = $id", {"id": model.model_id}).fetchall()


def artifact(cursor: duckdb.DuckDBPyConnection, model: Model) -> bytes:
    """The trained model's bytes."""
    rows = cursor.execute(
        "SELECT artifact FROM _redshift.models WHERE model_id = $id", {"id": model.model_id}
    ).fetchall()
    return bytes(rows[0][0])


def load(cursor: duckdb.DuckDBPyConnection) -> Iterator[Model]:
    """Every model of the file, its bytes left where they are.

    Only one process has the file open, so a model still in training belongs to one that is gone: it becomes FAILED.
    """
    interrupted = cursor.execute("SELECT count(*) FROM _redshift.models WHERE state = 'TRAINING'").fetchall()[0][0]
    if interrupted:
        cursor.execute(
            "UPDATE _redshift.models SET state = 'FAILED', reason = $reason WHERE state = 'TRAINING'",
            {"reason": INTERRUPTED},
        ).fetchall()
    for row in cursor.execute(_SELECT).fetchall():
        yield _model(row)


def _model(row: tuple[Any, ...]) -> Model:
    (
        model_id,
        schema,
        name,
        owner,
        created_at,
        text,
        features,
        target,
        rows,
        total_rows,
        state,
        reason,
        outcome,
        why,
    ) = row
    statement = parse(text)
    assert isinstance(statement, CreateModel)
    created: dt.datetime = created_at
    return Model(
        model_id, schema, name, owner, created, text, statement,
        features=tuple(Column(*pair) for pair in json.loads(features)),
        target=None if target is None else Column(*json.loads(target)),
        rows=rows, total_rows=total_rows, state=state, reason=reason,
        outcome=None if outcome is None else Outcome(artifact=b"", **json.loads(outcome)),
        explanation=why, committed=True,
    )  # fmt: skip
