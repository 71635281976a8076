"""The statements about models: what is taken, and what is refused where and why."""

# ruff: noqa: E501 - a statement on a line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedded_redshift import errors
from embedded_redshift.ml import options
from embedded_redshift.ml.grammar import parse
from embedded_redshift.ml.statements import CreateModel, DropModel, ExplainModel, ModelName, ShowModel

XGBOOST = """CREATE MODEL ml.match_v1
FROM (SELECT a, ')' AS b, y FROM t /* ( */ WHERE c = 1) -- the pairs
TARGET y
FUNCTION match_v1_score
IAM_ROLE 'arn:aws:iam::123456789012:role/ml'
AUTO OFF
MODEL_TYPE XGBOOST
OBJECTIVE 'reg:logistic'
PREPROCESSORS 'none'
HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '50', ETA '0.2')
SETTINGS (S3_BUCKET 'b', MAX_CELLS 5000, MAX_RUNTIME 60, S3_GARBAGE_COLLECT OFF)"""


def test_xgboost_with_everything() -> None:
    found = parse(XGBOOST)
    assert isinstance(found, CreateModel)
    assert found.model == ModelName("ml", "match_v1")
    assert found.query == "SELECT a, ')' AS b, y FROM t /* ( */ WHERE c = 1"
    assert (found.target, found.function, found.objective) == ("y", "match_v1_score", "reg:logistic")
    assert (found.auto, found.model_type) == (False, "xgboost")
    assert found.hyperparameters == {"num_round": 50, "eta": 0.2}
    assert (found.max_cells, found.max_runtime) == (5000, 60)
    assert found.settings["s3_garbage_collect"] == "off"


def test_short_form_is_auto_with_defaults() -> None:
    found = parse("create model M from T target Y function F iam_role default settings (s3_bucket 'b')")
    assert isinstance(found, CreateModel)
    assert (found.model, found.table, found.query) == (ModelName(None, "m"), ModelName(None, "t"), None)
    assert (found.auto, found.model_type, found.objective) == (True, None, None)
    assert (found.max_cells, found.max_runtime) == (1_000_000, 5400)


def test_other_statements() -> None:
    assert parse("SHOW MODEL ALL") == ShowModel(None)
    assert parse('show model ml."M 1";') == ShowModel(ModelName("ml", "m 1"))
    assert parse("DROP MODEL IF EXISTS dev.ml.m") == DropModel(ModelName("ml", "m"), True)
    assert parse("SELECT EXPLAIN_MODEL('ml.m') AS why") == ExplainModel(ModelName("ml", "m"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ETA '0.2'", "ETA '0.6'", "ETA must be between 0.1 and 0.5, not 0.6 (line 10, column 49)"),
        ("ETA '0.2'", "ETA 0.2", 'at or near "0.2": expected the value of ETA in single quotes'),
        ("ETA '0.2'", "ETA 'x'", "ETA must be a number, not 'x'"),
        ("ETA '0.2'", "NUM_ROUND '2'", "NUM_ROUND is given twice"),
        ("ETA '0.2'", "OBJECTIVE 'x'", "has a clause of its own"),
        ("ETA '0.2'", "BOOSTER 'x'", "BOOSTER is not a hyperparameter of XGBOOST"),
        ("NUM_ROUND '50'", "NUM_ROUND '1.5'", "must be a whole number"),
        ("reg:logistic", "rank:pairwise", "objective 'rank:pairwise' is not one of reg:squarederror"),
        ("reg:logistic", "multi:softmax", "needs the hyperparameter NUM_CLASS"),
        ("TARGET y\n", "", "CREATE MODEL needs TARGET"),
        ("PREPROCESSORS 'none'\n", "", "PREPROCESSORS"),
        ("PREPROCESSORS 'none'", "PREPROCESSORS '[]'", "must be 'none'"),
        ("OBJECTIVE 'reg:logistic'\n", "", 'at or near "PREPROCESSORS": expected OBJECTIVE'),
        ("AUTO OFF\nMODEL_TYPE XGBOOST", "MODEL_TYPE XGBOOST\nAUTO OFF", 'at or near "AUTO": the clauses must'),
        ("MODEL_TYPE XGBOOST", "MODEL_TYPE MLP", "AUTO OFF needs MODEL_TYPE XGBOOST or MODEL_TYPE KMEANS"),
        ("MODEL_TYPE XGBOOST\n", "MODEL_TYPE XGBOOST PROBLEM_TYPE REGRESSION\n", "not allowed with AUTO OFF"),
        ("SETTINGS (", "TARGET z SETTINGS (", 'at or near "TARGET": the clauses must come in the order'),
        ("S3_BUCKET 'b', ", "", "SETTINGS needs S3_BUCKET"),
        ("S3_BUCKET 'b'", "S3_BUCKET 'b', COLOUR 'red'", "COLOUR is not a setting"),
        ("MAX_CELLS 5000", "MAX_CELLS 0", "a whole number above 0 for MAX_CELLS"),
        ("MAX_CELLS 5000", "HORIZON '3'", "only for forecasts"),
        ("123456789012", "12", "IAM_ROLE takes default or"),
        ("IAM_ROLE 'arn:aws:iam::123456789012:role/ml'\n", "", "expected IAM_ROLE"),
        ("FUNCTION match", "FUNCTION ml.match", "the function lives in the model's schema"),
        ("CREATE MODEL", "CREATE OR REPLACE MODEL", "CREATE OR REPLACE MODEL does not exist"),
        ("CREATE MODEL", "CREATE MODEL IF NOT EXISTS", "no IF NOT EXISTS"),
        ("c = 1)", "c = 1", "the bracket is not closed (line 2, column 6)"),
        ("(SELECT a, ')'", "(DELETE a, ')'", "FROM takes a table or a SELECT in brackets"),
        ("COLLECT OFF)", "COLLECT OFF) now", 'at or near "now": expected end of statement'),
        ("ml.match_v1", "ml." + "m" * 128, "1 to 127 bytes"),
    ],
)
def test_what_is_refused(old: str, new: str, message: str) -> None:
    assert old in XGBOOST
    with pytest.raises(errors.ProgrammingError) as raised:
        parse(XGBOOST.replace(old, new, 1))
    assert message in str(raised.value)
    assert "(line " in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        XGBOOST.replace("XGBOOST", "FORECAST"),
        "CREATE MODEL m FROM t TARGET y IAM_ROLE default AUTO ON MODEL_TYPE FORECAST SETTINGS (S3_BUCKET 'b', HORIZON 5)",
        "CREATE MODEL m FUNCTION f (int) RETURNS int SAGEMAKER 'e' IAM_ROLE default",
        "CREATE MODEL m FUNCTION f (super) RETURNS super SAGEMAKER 'e':'m' IAM_ROLE default SETTINGS (MAX_BATCH_ROWS 9)",
        "CREATE EXTERNAL MODEL m FUNCTION f IAM_ROLE default MODEL_TYPE BEDROCK SETTINGS (MODEL_ID 'x')",
        "CREATE MODEL m FROM 'job-1' FUNCTION f(int) RETURNS int IAM_ROLE default SETTINGS (S3_BUCKET 'b')",
        "CREATE MODEL m FROM t FUNCTION f (int) RETURNS int SAGEMAKER 'e' IAM_ROLE default",
        "CREATE MODEL m FROM t FUNCTION f RETURNS int SAGEMAKER 'e' IAM_ROLE default",
    ],
)
def test_what_needs_other_services(text: str) -> None:
    with pytest.raises(errors.NotSupportedError, match="not in the embedded warehouse"):
        parse(text)


@pytest.mark.parametrize("objective", options.XGBOOST_OBJECTIVES)
def test_every_documented_objective_is_taken(objective: str) -> None:
    text = XGBOOST.replace("reg:logistic", objective).replace("ETA '0.2'", "NUM_CLASS '3'")
    found = parse(text)
    assert isinstance(found, CreateModel)
    assert found.objective == objective


@pytest.mark.parametrize(("key", "allowed"), options.XGBOOST_RANGES.items())
def test_both_ends_of_every_range_are_taken_and_nothing_beyond(key: str, allowed: options.Range) -> None:
    ends = [end for end in (allowed.low, allowed.high) if end != float("inf")]
    for end in ends:
        assert allowed.read(f"{end:g}" if not allowed.whole else str(int(end))) == end
    with pytest.raises(ValueError, match="must be"):
        allowed.read(str(int(allowed.low) - 1))


def test_the_order_of_the_synopsis_and_its_brackets() -> None:
    """HYPERPARAMETERS before PREPROCESSORS, the objective in brackets, the target in quotes."""
    turned = XGBOOST.replace("PREPROCESSORS 'none'\n", "").replace("\nSETTINGS", "\nPREPROCESSORS 'none'\nSETTINGS")
    found = parse(turned.replace("TARGET y", "TARGET 'Y'").replace("'reg:logistic'", "('reg:logistic')"))
    assert isinstance(found, CreateModel)
    assert (found.target, found.objective) == ("y", "reg:logistic")
    assert found.hyperparameters == {"num_round": 50, "eta": 0.2}


@pytest.mark.parametrize(
    ("argument", "name"),
    [
        ("m", ModelName(None, "m")),
        ("ML.m", ModelName("ml", "m")),
        ("dev.ml.m", ModelName("ml", "m")),
        ('"M"', ModelName(None, "m")),
    ],
)
def test_explain_model_takes_a_name_with_or_without_its_schema(argument: str, name: ModelName) -> None:
    assert parse(f"SELECT EXPLAIN_MODEL('{argument}')") == ExplainModel(name)


@pytest.mark.parametrize("argument", ["", ".m", "other.ml.m", "a.b.c.d"])
def test_explain_model_takes_nothing_else(argument: str) -> None:
    with pytest.raises(errors.ProgrammingError, match="takes the model as"):
        parse(f"SELECT EXPLAIN_MODEL('{argument}')")


def test_kmeans_needs_k_and_no_target() -> None:
    text = (
        "CREATE MODEL m FROM t FUNCTION f IAM_ROLE default AUTO OFF MODEL_TYPE KMEANS PREPROCESSORS 'none' "
        "HYPERPARAMETERS DEFAULT EXCEPT (K '3') SETTINGS (S3_BUCKET 'b')"
    )
    found = parse(text)
    assert isinstance(found, CreateModel)
    assert found.hyperparameters == {"k": 3}
    with pytest.raises(errors.ProgrammingError, match="KMEANS needs HYPERPARAMETERS"):
        parse(text.replace(" EXCEPT (K '3')", ""))
    with pytest.raises(errors.ProgrammingError, match="has no TARGET"):
        parse(text.replace("FROM t", "FROM t TARGET y"))
    with pytest.raises(errors.ProgrammingError, match="has no OBJECTIVE"):
        parse(text.replace("PREPROCESSORS", "OBJECTIVE 'x' PREPROCESSORS"))


def test_auto_checks_objective_and_preprocessors() -> None:
    text = "CREATE MODEL m FROM t TARGET y FUNCTION f IAM_ROLE default {} SETTINGS (S3_BUCKET 'b')"
    found = parse(text.format("PROBLEM_TYPE MULTICLASS_CLASSIFICATION OBJECTIVE 'F1Macro'"))
    assert isinstance(found, CreateModel)
    assert (found.problem_type, found.objective) == ("MulticlassClassification", "F1_Macro")
    with pytest.raises(errors.ProgrammingError, match="MSE does not fit"):
        parse(text.format("PROBLEM_TYPE (BINARY_CLASSIFICATION) OBJECTIVE 'MSE'"))
    with pytest.raises(errors.ProgrammingError, match="not valid JSON"):
        parse(text.format("PREPROCESSORS '['"))
    with pytest.raises(errors.ProgrammingError, match="'Magic' is not a transformer"):
        parse(text.format("""PREPROCESSORS '[{"ColumnSet": ["a"], "Transformers": ["Magic"]}]'"""))
    with pytest.raises(errors.ProgrammingError, match="only allowed with AUTO OFF"):
        parse(text.format("HYPERPARAMETERS DEFAULT"))


@given(st.text(max_size=60), st.integers(0, len(XGBOOST)))
def test_any_text_is_taken_or_refused_with_a_place(text: str, place: int) -> None:
    failure = None
    try:
        parse(XGBOOST[:place] + text + XGBOOST[place:])
    except errors.DatabaseError as error:
        failure = error
    assert failure is None or isinstance(failure, errors.NotSupportedError) or "(line " in str(failure)
