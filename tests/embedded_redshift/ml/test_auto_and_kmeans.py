"""AUTO ON finds a model that fits, with probabilities for classes; KMEANS groups rows."""

import json

import numpy as np
import pytest

from embedded_redshift import dbapi
from tests.embedded_redshift.conftest import create_model, shown

pytestmark = pytest.mark.training


def test_regression_over_every_type_of_column(models: dbapi.Connection) -> None:
    rows = shown(models.cursor(), "ml.amount")
    assert (rows["Problem Type"], rows["Objective"]) == ("Regression", "MSE")
    assert rows["Model Type"] in ("xgboost", "mlp", "linear_learner")
    found = models.cursor().execute("SELECT ml.amount_f(a, b, n, flag, colour, day), amount FROM ml.train WHERE b >= 0")
    predicted, truth = (np.array(column) for column in zip(*found.fetchall(), strict=True))
    assert np.corrcoef(predicted, truth)[0, 1] > 0.98


def test_binary_classes_and_their_probabilities(models: dbapi.Connection) -> None:
    rows = shown(models.cursor(), "ml.flagged")
    assert (rows["Problem Type"], rows["Objective"]) == ("BinaryClassification", "AUC")
    assert rows["Model Type"] == "xgboost"
    assert float(rows["validation:auc"]) > 0.9
    found = models.cursor().execute(
        "SELECT ml.flagged_f(a, b, colour), ml.flagged_f_probabilities(a, b, colour) FROM ml.train"
    )
    for label, text in found.fetchall():
        probabilities = json.loads(text)
        assert set(probabilities["labels"]) == {"t", "f"}
        assert probabilities["labels"][0] == ("t" if label else "f")
        assert sum(probabilities["probabilities"]) == pytest.approx(1)
        assert probabilities["probabilities"] == sorted(probabilities["probabilities"], reverse=True)


def test_text_classes_keep_their_text(models: dbapi.Connection) -> None:
    assert shown(models.cursor(), "ml.word")["Problem Type"] == "MulticlassClassification"
    found = models.cursor().execute("SELECT ml.word_f(a, b), a FROM ml.train").fetchall()
    assert {label for label, _ in found} == {"low", "mid", "high"}
    right = [label == ("low" if a < 0.3 else "mid" if a < 0.6 else "high") for label, a in found]
    assert np.mean(right) > 0.8


def test_probabilities_can_be_unpacked_in_sql(models: dbapi.Connection) -> None:
    row = models.cursor().execute(
        "SELECT p.labels[0]::VARCHAR, p.probabilities[0]::FLOAT8 "
        "FROM (SELECT ml.word_f_probabilities(0.1, 0.5) AS p) AS q"
    ).fetchone()  # fmt: skip
    assert row is not None
    assert row[0] == "low"
    assert row[1] > 0.5


def test_groups_are_numbers_below_k(models: dbapi.Connection) -> None:
    found = models.cursor().execute("SELECT ml.groups_f(a, n), COUNT(*) FROM ml.train GROUP BY 1 ORDER BY 1").fetchall()
    assert [number for number, _ in found] == [0, 1, 2, 3]
    assert sum(rows for _, rows in found) == 600
    assert models.cursor().execute("SELECT ml.groups_f(NULL, 1)").fetchone() == (None,)


@pytest.mark.usefixtures("training_data")
@pytest.mark.parametrize(
    ("clauses", "source", "reason"),
    [
        ("PROBLEM_TYPE REGRESSION", "(SELECT a, colour AS y FROM ml.train)", "needs a target that is a number"),
        ("PROBLEM_TYPE (BINARY_CLASSIFICATION)", "(SELECT a, colour AS y FROM ml.train)", "3 different values"),
        ("", "(SELECT a, CASE WHEN n < 50 THEN y END AS y FROM ml.train)", "rows have a target"),
        ("OBJECTIVE 'F1'", "(SELECT a, colour AS y FROM ml.train)", "3 different values"),
        (
            """PREPROCESSORS '[{"ColumnSet": ["z"], "Transformers": ["MinMax"]}]'""",
            "(SELECT a, y FROM ml.train)",
            "names the column z",
        ),
        (
            """PREPROCESSORS '[{"ColumnSet": ["colour"], "Transformers": ["NumericPassthrough"]}]'""",
            "(SELECT colour, y FROM ml.train)",
            "NumericPassthrough cannot take the column colour",
        ),
    ],
)
def test_auto_that_cannot_work_fails_with_a_reason(
    connection: dbapi.Connection, cursor: dbapi.Cursor, clauses: str, source: str, reason: str
) -> None:
    cursor.execute(create_model(source=source, clauses=clauses))
    assert connection.wait_for_trainings(60)
    rows = shown(cursor)
    assert rows["Model State"] == "FAILED"
    assert reason in rows["Failure Reason"]


@pytest.mark.usefixtures("training_data")
def test_preprocessors_are_stored_with_the_model(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    steps = [
        {"ColumnSet": ["a", "b"], "Transformers": ["ImputerWithIndicator", "StandardScaler", "PCA"]},
        {"ColumnSet": ["colour"], "Transformers": ["OrdinalEncoder", "MinMax"]},
        {"ColumnSet": ["day"], "Transformers": ["DateTimeVectorizer", "Normalizer"]},
        {"ColumnSet": ["n"], "Transformers": ["NumericPassthrough", "Imputer"]},
    ]
    cursor.execute(
        create_model(
            source="(SELECT a, b, colour, day, n, amount FROM ml.train)", target="TARGET amount",
            clauses=f"MODEL_TYPE LINEAR_LEARNER PREPROCESSORS '{json.dumps(steps)}'",
        )
    )  # fmt: skip
    assert connection.wait_for_trainings(60)
    assert shown(cursor)["Model State"] == "READY", shown(cursor).get("Failure Reason")
    found = cursor.execute("SELECT ml.m1_score(a, b, colour, day, n), amount FROM ml.train").fetchall()
    predicted, truth = (np.array(column) for column in zip(*found, strict=True))
    assert np.corrcoef(predicted, truth)[0, 1] > 0.9
    unseen = cursor.execute("SELECT ml.m1_score(0.5, NULL, 'violet', NULL, NULL)").fetchone()
    assert unseen is not None
    assert unseen[0] is not None


@pytest.mark.usefixtures("training_data")
def test_kmeans_refuses_nulls(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    clauses = "AUTO OFF MODEL_TYPE KMEANS PREPROCESSORS 'none' HYPERPARAMETERS DEFAULT EXCEPT (K '2')"
    cursor.execute(create_model(source="(SELECT a, b FROM ml.train)", target="", clauses=clauses))
    assert connection.wait_for_trainings(60)
    assert "KMEANS cannot place" in shown(cursor)["Failure Reason"]
