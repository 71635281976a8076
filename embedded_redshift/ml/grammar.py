"""Parses CREATE MODEL, SHOW MODEL, DROP MODEL and SELECT EXPLAIN_MODEL, clause by clause in the documented order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, NoReturn

from embedded_redshift import errors
from embedded_redshift.ml import options
from embedded_redshift.ml.lexer import Token, TokenReader
from embedded_redshift.ml.statements import CreateModel, DropModel, ExplainModel, ModelName, ShowModel, Statement
from embedded_redshift.translate.interface import DATABASE

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
    reader = TokenReader(text)
    verb = reader.need_word("create", "show", "drop", "select")
    if verb == "select":
        return _explain_model(reader)
    if verb == "create":
        if reader.take_word("external"):
            raise errors.NotSupportedError(f"CREATE EXTERNAL MODEL {_ELSEWHERE.format(service='Amazon Bedrock')}.")
        if reader.at_word("or"):
            reader.unexpected("MODEL (CREATE OR REPLACE MODEL does not exist: drop the model, then create it)")
    reader.need_word("model")
    if verb == "show":
        return _show_model(reader)
    return _drop_model(reader) if verb == "drop" else _create_model(reader)


def _name(reader: TokenReader, what: str) -> ModelName:
    first = reader.need_name(what)
    if not reader.take_mark("."):
        return ModelName(None, first)
    second = reader.need_name(what)
    if reader.take_mark("."):  # database.schema.name
        return ModelName(second, reader.need_name(what))
    return ModelName(first, second)


def _show_model(reader: TokenReader) -> ShowModel:
    model = None if reader.take_word("all") else _name(reader, "a model name")
    reader.need_end()
    return ShowModel(model)


def _drop_model(reader: TokenReader) -> DropModel:
    if_exists = bool(reader.take_word("if"))
    if if_exists:
        reader.need_word("exists")
    model = _name(reader, "a model name")
    reader.need_end()
    return DropModel(model, if_exists)


def _explain_model(reader: TokenReader) -> ExplainModel:
    reader.need_word("explain_model")
    reader.need_mark("(")
    token = reader.token
    name = model_name(reader.need_string("'schema.model'"))
    if name is None:
        reader.fail("EXPLAIN_MODEL takes the model as 'schema.model'", token)
    reader.need_mark(")")
    if reader.take_word("as"):
        reader.need_name("a column name")
    reader.need_end()
    return ExplainModel(name)


def model_name(text: str) -> ModelName | None:
    """The name in the argument of EXPLAIN_MODEL, with its schema and database or without; None if it is no name."""
    parts = [part.strip().strip('"').lower() for part in text.split(".")]
    if not all(parts) or len(parts) > 3 or (len(parts) == 3 and parts[0] != DATABASE):
        return None
    return ModelName(parts[-2] if len(parts) > 1 else None, parts[-1])


def _create_model(reader: TokenReader) -> CreateModel:
    if reader.at_word("if"):
        reader.unexpected("a model name (CREATE MODEL has no IF NOT EXISTS)")
    start = reader.token
    model = _name(reader, "a model name")
    table, query = _source(reader)
    if reader.at_word("function", "returns", "sagemaker") and table is None and query is None:
        _remote(reader)
    target = _target(reader) if reader.take_word("target") else None
    if reader.at_word("iam_role") and _is_forecast(reader):
        raise errors.NotSupportedError(f"MODEL_TYPE FORECAST {_ELSEWHERE.format(service='Amazon Forecast')}.")
    function = _function(reader)
    role = _iam_role(reader)
    auto_token = reader.token
    auto = reader.need_word("on", "off") == "on" if reader.take_word("auto") else True
    type_token = reader.token
    model_type = reader.need_word(*options.MODEL_TYPES) if reader.take_word("model_type") else None
    if model_type == "forecast":
        raise errors.NotSupportedError(f"MODEL_TYPE FORECAST {_ELSEWHERE.format(service='Amazon Forecast')}.")
    if not auto and model_type not in ("xgboost", "kmeans"):
        reader.fail("AUTO OFF needs MODEL_TYPE XGBOOST or MODEL_TYPE KMEANS", type_token if model_type else auto_token)
    if auto and model_type == "kmeans":
        reader.fail("MODEL_TYPE KMEANS needs AUTO OFF", type_token)
    kind: Literal["auto", "xgboost", "kmeans"] = "auto" if auto else model_type  # type: ignore[assignment]
    problem_type = _problem_type(reader, kind)
    objective = _objective(reader, kind, problem_type)
    # The synopsis has HYPERPARAMETERS first, and the examples PREPROCESSORS.
    hyperparameters = _hyperparameters(reader, kind, objective) if reader.at_word("hyperparameters") else None
    preprocessors = _preprocessors(reader, kind)
    if hyperparameters is None:
        hyperparameters = _hyperparameters(reader, kind, objective)
    settings = _settings(reader)
    if reader.token.kind != "end" and not reader.at_mark(";"):
        _out_of_order(reader)
    reader.need_end()
    if kind == "kmeans" and target is not None:
        reader.fail("a KMEANS model has no TARGET", start)
    if kind != "kmeans" and target is None:
        reader.fail("CREATE MODEL needs TARGET column", start)
    return CreateModel(
        model, table, query, target, function, role, auto, model_type, problem_type, objective, preprocessors,
        hyperparameters, settings,
        max_cells=int(settings.get("max_cells", options.DEFAULT_MAX_CELLS)),
        max_runtime=int(settings.get("max_runtime", options.DEFAULT_MAX_RUNTIME)),
    )  # fmt: skip


def _out_of_order(reader: TokenReader) -> None:
    """The statement goes on where it should end: a clause in the wrong place, or something unknown."""
    word = reader.token.value.upper()
    if word in _CLAUSES:
        reader.fail(f'syntax error at or near "{word}": the clauses must come in the order {", ".join(_CLAUSES)}')
    reader.unexpected("end of statement")


def _target(reader: TokenReader) -> str:
    """The column: a name, also in single quotes, as examples of the documentation have it."""
    if reader.token.kind != "string":
        return reader.need_name("a column name")
    return reader.advance().value.lower()


def _remote(reader: TokenReader) -> NoReturn:
    """A model without training data: a function of a SageMaker endpoint."""
    raise errors.NotSupportedError(
        f"CREATE MODEL of a SageMaker endpoint {_ELSEWHERE.format(service='Amazon SageMaker')}."
    )


def _is_forecast(reader: TokenReader) -> bool:
    return bool(re.search(r"\bmodel_type\s+forecast\b", reader.text[reader.token.start :], re.I))


def _source(reader: TokenReader) -> tuple[ModelName | None, str | None]:
    if reader.at_word("function", "returns", "sagemaker"):
        return None, None
    reader.need_word("from")
    if reader.token.kind == "string":
        raise errors.NotSupportedError(
            f"CREATE MODEL FROM a SageMaker job or an S3 path {_ELSEWHERE.format(service='Amazon SageMaker')}."
        )
    if reader.at_mark("("):
        token = reader.token
        query = reader.parenthesised()
        if not re.match(r"(select|with)\b", query, re.I):
            reader.fail("FROM takes a table or a SELECT in brackets", token)
        return None, query
    return _name(reader, "a table name or a SELECT in brackets"), None


def _function(reader: TokenReader) -> str:
    if not reader.at_word("function"):
        reader.unexpected("TARGET or FUNCTION") if not reader.at_word("iam_role") else reader.unexpected("FUNCTION")
    reader.advance()
    name = reader.need_name("a function name")
    if reader.at_mark(".") or reader.at_mark("("):
        if reader.at_mark("("):
            raise errors.NotSupportedError(
                f"CREATE MODEL with argument types (bring your own model) {_ELSEWHERE.format(service='SageMaker')}."
            )
        reader.unexpected("a function name without a schema: the function lives in the model's schema")
    if reader.at_word("returns", "sagemaker"):
        raise errors.NotSupportedError(
            f"CREATE MODEL with RETURNS or SAGEMAKER {_ELSEWHERE.format(service='Amazon SageMaker')}."
        )
    return name


def _iam_role(reader: TokenReader) -> str:
    reader.need_word("iam_role")
    if reader.take_word("default"):
        return "default"
    token = reader.token
    role = reader.need_string("default or a role")
    if not _ROLE.fullmatch(role):
        reader.fail("IAM_ROLE takes default or 'arn:aws:iam::<12 digits>:role/<name>'", token)
    return role


def _problem_type(reader: TokenReader, kind: str) -> str | None:
    token = reader.token
    if not reader.take_word("problem_type"):
        return None
    if kind != "auto":
        reader.fail("PROBLEM_TYPE is not allowed with AUTO OFF", token)
    bracket = reader.take_mark("(")
    problem = options.PROBLEM_TYPES[reader.need_word(*options.PROBLEM_TYPES)]
    if bracket:
        reader.need_mark(")")
    return problem


def _objective(reader: TokenReader, kind: str, problem_type: str | None) -> str | None:
    start = reader.token
    if not reader.take_word("objective"):
        if kind == "xgboost":
            reader.unexpected("OBJECTIVE '…' (AUTO OFF with MODEL_TYPE XGBOOST needs it)")
        return None
    bracket = reader.take_mark("(")
    token = reader.token
    text = reader.need_string("an objective")
    if bracket:
        reader.need_mark(")")
    if kind == "kmeans":
        reader.fail("a KMEANS model has no OBJECTIVE", start)
    if kind == "xgboost":
        if text.lower() not in options.XGBOOST_OBJECTIVES:
            reader.fail(f"objective '{text}' is not one of {', '.join(options.XGBOOST_OBJECTIVES)}", token)
        return text.lower()
    objective = options.AUTO_OBJECTIVES.get(text.lower())
    if objective is None:
        reader.fail(f"objective '{text}' is not one of MSE, Accuracy, F1, F1_Macro, AUC", token)
    if problem_type is not None and objective not in options.OBJECTIVES_OF_PROBLEM[problem_type]:
        reader.fail(f"objective {objective} does not fit problem type {problem_type}", token)
    return objective


def _preprocessors(reader: TokenReader, kind: str) -> tuple[Mapping[str, Any], ...] | None:
    if not reader.take_word("preprocessors"):
        if kind != "auto":
            reader.unexpected("PREPROCESSORS '…' (AUTO OFF needs it; 'none' for none)")
        return None
    token = reader.token
    text = reader.need_string("preprocessors")
    if text.strip().lower() == "none":
        return None
    if kind == "xgboost":
        reader.fail("with AUTO OFF and MODEL_TYPE XGBOOST the PREPROCESSORS must be 'none'", token)
    known = KMEANS_TRANSFORMERS if kind == "kmeans" else TRANSFORMERS
    try:
        steps = json.loads(text)
    except json.JSONDecodeError as error:
        reader.fail(f"PREPROCESSORS is not valid JSON: {error.msg}", token)
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        reader.fail("PREPROCESSORS takes a JSON list of objects with ColumnSet and Transformers", token)
    for step in steps:
        _check_transformers(reader, token, step, known)
    return tuple(steps)


def _check_transformers(reader: TokenReader, token: Token, step: Mapping[str, Any], known: tuple[str, ...]) -> None:
    columns, transformers = step.get("ColumnSet"), step.get("Transformers")
    for part in (columns, transformers):
        if not isinstance(part, list) or not part or not all(isinstance(item, str) for item in part):
            reader.fail("each PREPROCESSORS object needs ColumnSet and Transformers, both lists of names", token)
    for name in transformers or ():
        if name not in known:
            reader.fail(f"'{name}' is not a transformer; known are {', '.join(known)}", token)


def _hyperparameters(reader: TokenReader, kind: str, objective: str | None) -> dict[str, float | int | str]:
    start = reader.token
    if not reader.take_word("hyperparameters"):
        if kind != "auto":
            reader.unexpected("HYPERPARAMETERS DEFAULT or HYPERPARAMETERS DEFAULT EXCEPT (…) (AUTO OFF needs it)")
        return {}
    if kind == "auto":
        reader.fail("HYPERPARAMETERS is only allowed with AUTO OFF", start)
    reader.need_word("default")
    found: dict[str, float | int | str] = {}
    if reader.take_word("except"):
        reader.need_mark("(")
        read = options.xgboost_hyperparameter if kind == "xgboost" else options.kmeans_hyperparameter
        while not reader.take_mark(")"):
            token = reader.token
            key = reader.need_name("a hyperparameter")
            try:
                value = read(key, reader.need_string(f"the value of {key.upper()}"))
            except ValueError as error:
                reader.fail(f"hyperparameter {key.upper()} {error}", token)
            if key in found:
                reader.fail(f"hyperparameter {key.upper()} is given twice", token)
            found[key] = value
            if not reader.at_mark(")"):
                reader.need_mark(",")
    if kind == "kmeans" and "k" not in found:
        reader.fail("KMEANS needs HYPERPARAMETERS DEFAULT EXCEPT (K '…')", start)
    if objective == "multi:softmax" and "num_class" not in found:
        reader.fail("objective multi:softmax needs the hyperparameter NUM_CLASS", start)
    return found


def _settings(reader: TokenReader) -> dict[str, str]:
    start = reader.token
    if not reader.take_word("settings"):
        _out_of_order(reader) if reader.token.value.upper() in _CLAUSES else reader.unexpected(
            "SETTINGS (S3_BUCKET '…')"
        )
    reader.need_mark("(")
    found: dict[str, str] = {}
    while not reader.take_mark(")"):
        token = reader.token
        key = reader.need_name("a setting")
        if key not in options.SETTINGS:
            reader.fail(f"{key.upper()} is not a setting; known are {', '.join(options.SETTINGS).upper()}", token)
        if key in found:
            reader.fail(f"setting {key.upper()} is given twice", token)
        if key in options.FORECAST_SETTINGS or key == "max_batch_rows":
            reader.fail(f"setting {key.upper()} is only for forecasts and remote models", token)
        found[key] = _setting(reader, key)
        if not reader.at_mark(")"):
            reader.need_mark(",")
    if not found.get("s3_bucket"):
        reader.fail("SETTINGS needs S3_BUCKET '…'", start)
    return found


def _setting(reader: TokenReader, key: str) -> str:
    if key == "s3_garbage_collect":
        return reader.need_word("on", "off")
    if key in ("max_cells", "max_runtime"):
        token = reader.token
        if token.kind not in ("number", "string") or not token.value.isdigit() or int(token.value) < 1:
            reader.unexpected(f"a whole number above 0 for {key.upper()}")
        return reader.advance().value
    return reader.need_string(f"the value of {key.upper()}")
