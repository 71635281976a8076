"""Parses CREATE MODEL, SHOW MODEL, DROP MODEL and SELECT EXPLAIN_MODEL, clause by clause in the documented order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from embedded_redshift import errors
from embedded_redshift.ml import options
from embedded_redshift.ml.lexer import Cursor, Token
from embedded_redshift.ml.statements import CreateModel, DropModel, ExplainModel, ModelName, ShowModel, Statement

_CLAUSES = (
    "FROM", "TARGET", "FUNCTION", "RETURNS", "SAGEMAKER", "IAM_ROLE", "AUTO", "MODEL_TYPE", "PROBLEM_TYPE", "OBJECTIVE",
    "PREPROCESSORS", "HYPERPARAMETERS", "SETTINGS",
)  # fmt: skip
_ROLE = re.compile(r"arn:aws[\w-]*:iam::\d{12}:role/[\w+=,.@/-]+")
_ELSEWHERE = "is not in the embedded warehouse: it needs Amazon Redshift and {service}"

TRANSFORMERS = (
    "OneHotEncoder", "OrdinalEncoder", "NumericPassthrough", "Imputer", "ImputerWithIndicator", "Normalizer",
    "DateTimeVectorizer", "PCA", "StandardScaler", "MinMax",
)  # fmt: skip
KMEANS_TRANSFORMERS = ("StandardScaler", "MinMax", "NumericPassthrough")


def parse(text: str) -> Statement:
    """The statement in ``text``.

    Raises ProgrammingError with line and column if Redshift would not take it, NotSupportedError for the variants
    that need other AWS services.
    """
    at = Cursor(text)
    verb = at.need_word("create", "show", "drop", "select")
    if verb == "select":
        return _explain_model(at)
    if verb == "create":
        if at.take_word("external"):
            raise errors.NotSupportedError(f"CREATE EXTERNAL MODEL {_ELSEWHERE.format(service='Amazon Bedrock')}.")
        if at.at_word("or"):
            at.unexpected("MODEL (CREATE OR REPLACE MODEL does not exist: drop the model, then create it)")
    at.need_word("model")
    if verb == "show":
        return _show_model(at)
    return _drop_model(at) if verb == "drop" else _create_model(at)


def _name(at: Cursor, what: str) -> ModelName:
    first = at.need_name(what)
    if not at.take_mark("."):
        return ModelName(None, first)
    second = at.need_name(what)
    if at.take_mark("."):  # database.schema.name
        return ModelName(second, at.need_name(what))
    return ModelName(first, second)


def _show_model(at: Cursor) -> ShowModel:
    model = None if at.take_word("all") else _name(at, "a model name")
    at.need_end()
    return ShowModel(model)


def _drop_model(at: Cursor) -> DropModel:
    if_exists = bool(at.take_word("if"))
    if if_exists:
        at.need_word("exists")
    model = _name(at, "a model name")
    at.need_end()
    return DropModel(model, if_exists)


def _explain_model(at: Cursor) -> ExplainModel:
    at.need_word("explain_model")
    at.need_mark("(")
    token = at.token
    schema, dot, name = at.need_string("'schema.model'").lower().partition(".")
    if not (schema and dot and name):
        at.fail("EXPLAIN_MODEL takes the model as 'schema.model'", token)
    at.need_mark(")")
    if at.take_word("as"):
        at.need_name("a column name")
    at.need_end()
    return ExplainModel(ModelName(schema, name))


def _create_model(at: Cursor) -> CreateModel:
    if at.at_word("if"):
        at.unexpected("a model name (CREATE MODEL has no IF NOT EXISTS)")
    start = at.token
    model = _name(at, "a model name")
    table, query = _source(at)
    target = at.need_name("a column name") if at.take_word("target") else None
    function = _function(at)
    role = _iam_role(at)
    auto_token = at.token
    auto = at.need_word("on", "off") == "on" if at.take_word("auto") else True
    type_token = at.token
    model_type = at.need_word(*options.MODEL_TYPES) if at.take_word("model_type") else None
    if model_type == "forecast":
        raise errors.NotSupportedError(f"MODEL_TYPE FORECAST {_ELSEWHERE.format(service='Amazon Forecast')}.")
    if not auto and model_type not in ("xgboost", "kmeans"):
        at.fail("AUTO OFF needs MODEL_TYPE XGBOOST or MODEL_TYPE KMEANS", type_token if model_type else auto_token)
    if auto and model_type == "kmeans":
        at.fail("MODEL_TYPE KMEANS needs AUTO OFF", type_token)
    kind: Literal["auto", "xgboost", "kmeans"] = "auto" if auto else model_type  # type: ignore[assignment]
    problem_type = _problem_type(at, kind)
    objective = _objective(at, kind, problem_type)
    preprocessors = _preprocessors(at, kind)
    hyperparameters = _hyperparameters(at, kind, objective)
    settings = _settings(at)
    if at.token.kind != "end" and not at.at_mark(";"):
        _out_of_order(at)
    at.need_end()
    if kind == "kmeans" and target is not None:
        at.fail("a KMEANS model has no TARGET", start)
    if kind != "kmeans" and target is None:
        at.fail("CREATE MODEL needs TARGET column", start)
    return CreateModel(
        model, table, query, target, function, role, auto, model_type, problem_type, objective, preprocessors,
        hyperparameters, settings,
        max_cells=int(settings.get("max_cells", options.DEFAULT_MAX_CELLS)),
        max_runtime=int(settings.get("max_runtime", options.DEFAULT_MAX_RUNTIME)),
    )  # fmt: skip


def _out_of_order(at: Cursor) -> None:
    """The statement goes on where it should end: a clause in the wrong place, or something unknown."""
    word = at.token.value.upper()
    if word in _CLAUSES:
        at.fail(f'syntax error at or near "{word}": the clauses must come in the order {", ".join(_CLAUSES)}')
    at.unexpected("end of statement")


def _source(at: Cursor) -> tuple[ModelName | None, str | None]:
    at.need_word("from")
    if at.token.kind == "string":
        raise errors.NotSupportedError(
            f"CREATE MODEL FROM a SageMaker job or an S3 path {_ELSEWHERE.format(service='Amazon SageMaker')}."
        )
    if at.at_mark("("):
        token = at.token
        query = at.parenthesised()
        if not re.match(r"(select|with)\b", query, re.I):
            at.fail("FROM takes a table or a SELECT in brackets", token)
        return None, query
    return _name(at, "a table name or a SELECT in brackets"), None


def _function(at: Cursor) -> str:
    if not at.at_word("function"):
        at.unexpected("TARGET or FUNCTION") if not at.at_word("iam_role") else at.unexpected("FUNCTION")
    at.advance()
    name = at.need_name("a function name")
    if at.at_mark(".") or at.at_mark("("):
        if at.at_mark("("):
            raise errors.NotSupportedError(
                f"CREATE MODEL with argument types (bring your own model) {_ELSEWHERE.format(service='SageMaker')}."
            )
        at.unexpected("a function name without a schema: the function lives in the model's schema")
    if at.at_word("returns", "sagemaker"):
        raise errors.NotSupportedError(
            f"CREATE MODEL with RETURNS or SAGEMAKER {_ELSEWHERE.format(service='Amazon SageMaker')}."
        )
    return name


def _iam_role(at: Cursor) -> str:
    at.need_word("iam_role")
    if at.take_word("default"):
        return "default"
    token = at.token
    role = at.need_string("default or a role")
    if not _ROLE.fullmatch(role):
        at.fail("IAM_ROLE takes default or 'arn:aws:iam::<12 digits>:role/<name>'", token)
    return role


def _problem_type(at: Cursor, kind: str) -> str | None:
    token = at.token
    if not at.take_word("problem_type"):
        return None
    if kind != "auto":
        at.fail("PROBLEM_TYPE is not allowed with AUTO OFF", token)
    bracket = at.take_mark("(")
    problem = options.PROBLEM_TYPES[at.need_word(*options.PROBLEM_TYPES)]
    if bracket:
        at.need_mark(")")
    return problem


def _objective(at: Cursor, kind: str, problem_type: str | None) -> str | None:
    start = at.token
    if not at.take_word("objective"):
        if kind == "xgboost":
            at.unexpected("OBJECTIVE '…' (AUTO OFF with MODEL_TYPE XGBOOST needs it)")
        return None
    token = at.token
    text = at.need_string("an objective")
    if kind == "kmeans":
        at.fail("a KMEANS model has no OBJECTIVE", start)
    if kind == "xgboost":
        if text.lower() not in options.XGBOOST_OBJECTIVES:
            at.fail(f"objective '{text}' is not one of {', '.join(options.XGBOOST_OBJECTIVES)}", token)
        return text.lower()
    objective = options.AUTO_OBJECTIVES.get(text.lower())
    if objective is None:
        at.fail(f"objective '{text}' is not one of MSE, Accuracy, F1, F1_Macro, AUC", token)
    if problem_type is not None and objective not in options.OBJECTIVES_OF_PROBLEM[problem_type]:
        at.fail(f"objective {objective} does not fit problem type {problem_type}", token)
    return objective


def _preprocessors(at: Cursor, kind: str) -> tuple[Mapping[str, Any], ...] | None:
    if not at.take_word("preprocessors"):
        if kind != "auto":
            at.unexpected("PREPROCESSORS '…' (AUTO OFF needs it; 'none' for none)")
        return None
    token = at.token
    text = at.need_string("preprocessors")
    if text.strip().lower() == "none":
        return None
    if kind == "xgboost":
        at.fail("with AUTO OFF and MODEL_TYPE XGBOOST the PREPROCESSORS must be 'none'", token)
    known = KMEANS_TRANSFORMERS if kind == "kmeans" else TRANSFORMERS
    try:
        steps = json.loads(text)
    except json.JSONDecodeError as error:
        at.fail(f"PREPROCESSORS is not valid JSON: {error.msg}", token)
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        at.fail("PREPROCESSORS takes a JSON list of objects with ColumnSet and Transformers", token)
    for step in steps:
        _check_transformers(at, token, step, known)
    return tuple(steps)


def _check_transformers(at: Cursor, token: Token, step: Mapping[str, Any], known: tuple[str, ...]) -> None:
    columns, transformers = step.get("ColumnSet"), step.get("Transformers")
    for part in (columns, transformers):
        if not isinstance(part, list) or not part or not all(isinstance(item, str) for item in part):
            at.fail("each PREPROCESSORS object needs ColumnSet and Transformers, both lists of names", token)
    for name in transformers or ():
        if name not in known:
            at.fail(f"'{name}' is not a transformer; known are {', '.join(known)}", token)


def _hyperparameters(at: Cursor, kind: str, objective: str | None) -> dict[str, float | int | str]:
    start = at.token
    if not at.take_word("hyperparameters"):
        if kind != "auto":
            at.unexpected("HYPERPARAMETERS DEFAULT or HYPERPARAMETERS DEFAULT EXCEPT (…) (AUTO OFF needs it)")
        return {}
    if kind == "auto":
        at.fail("HYPERPARAMETERS is only allowed with AUTO OFF", start)
    at.need_word("default")
    found: dict[str, float | int | str] = {}
    if at.take_word("except"):
        at.need_mark("(")
        read = options.xgboost_hyperparameter if kind == "xgboost" else options.kmeans_hyperparameter
        while not at.take_mark(")"):
            token = at.token
            key = at.need_name("a hyperparameter")
            try:
                value = read(key, at.need_string(f"the value of {key.upper()}"))
            except ValueError as error:
                at.fail(f"hyperparameter {key.upper()} {error}", token)
            if key in found:
                at.fail(f"hyperparameter {key.upper()} is given twice", token)
            found[key] = value
            if not at.at_mark(")"):
                at.need_mark(",")
    if kind == "kmeans" and "k" not in found:
        at.fail("KMEANS needs HYPERPARAMETERS DEFAULT EXCEPT (K '…')", start)
    if objective == "multi:softmax" and "num_class" not in found:
        at.fail("objective multi:softmax needs the hyperparameter NUM_CLASS", start)
    return found


def _settings(at: Cursor) -> dict[str, str]:
    start = at.token
    if not at.take_word("settings"):
        _out_of_order(at) if at.token.value.upper() in _CLAUSES else at.unexpected("SETTINGS (S3_BUCKET '…')")
    at.need_mark("(")
    found: dict[str, str] = {}
    while not at.take_mark(")"):
        token = at.token
        key = at.need_name("a setting")
        if key not in options.SETTINGS:
            at.fail(f"{key.upper()} is not a setting; known are {', '.join(options.SETTINGS).upper()}", token)
        if key in found:
            at.fail(f"setting {key.upper()} is given twice", token)
        if key in options.FORECAST_SETTINGS or key == "max_batch_rows":
            at.fail(f"setting {key.upper()} is only for forecasts and remote models", token)
        found[key] = _setting(at, key)
        if not at.at_mark(")"):
            at.need_mark(",")
    if not found.get("s3_bucket"):
        at.fail("SETTINGS needs S3_BUCKET '…'", start)
    return found


def _setting(at: Cursor, key: str) -> str:
    if key == "s3_garbage_collect":
        return at.need_word("on", "off")
    if key in ("max_cells", "max_runtime"):
        token = at.token
        if token.kind not in ("number", "string") or not token.value.isdigit() or int(token.value) < 1:
            at.unexpected(f"a whole number above 0 for {key.upper()}")
        return at.advance().value
    return at.need_string(f"the value of {key.upper()}")
