"""SHOW MODEL's rows, and EXPLAIN_MODEL."""

# ruff: noqa: E501 - a statement on a line

import json
import re

import numpy as np
import pytest
import xgboost as xgb

from embedded_redshift import dbapi
from tests.embedded_redshift.conftest import shown

pytestmark = pytest.mark.training


def keys(models: dbapi.Connection, name: str) -> list[str]:
    return [key for key, _ in models.cursor().execute(f"SHOW MODEL {name}").fetchall()]


def test_all_models(models: dbapi.Connection) -> None:
    cursor = models.cursor()
    found = cursor.execute("SHOW MODEL ALL").fetchall()
    assert [column[0] for column in cursor.description or ()] == ["Schema Name", "Model Name"]
    assert ("ml", "score") in found
    assert found == sorted(found)


def test_rows_of_an_xgboost_model(models: dbapi.Connection) -> None:
    assert keys(models, "ml.score") == [
        "Model Name", "Schema Name", "Owner", "Creation Time", "Model State", "train:rmse", "Estimated Cost",
        "", "TRAINING DATA:", "Query", "Target Column",
        "", "PARAMETERS:", "Model Type", "Training Job Name", "Function Name", "Function Parameters",
        "Function Parameter Types", "IAM Role", "S3 Bucket", "Max Runtime",
        "", "HYPERPARAMETERS:", "num_round", "objective", "max_depth",
    ]  # fmt: skip
    rows = shown(models.cursor(), "ml.score")
    assert re.fullmatch(r"\w{3}, \d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d", rows["Creation Time"])
    assert rows["Query"] == "SELECT A, B, N, Y FROM ML.TRAIN"
    assert rows["Target Column"] == "Y"
    assert rows["Model Type"] == "xgboost"
    assert rows["Training Job Name"].endswith("-xgboost")
    assert rows["Function Parameters"] == "a b n"
    assert rows["Function Parameter Types"] == "float8 float8 int4"
    assert (rows["num_round"], rows["objective"]) == ("8", "reg:logistic")
    assert 0 < float(rows["train:rmse"]) < 0.5


def test_probability_function_is_a_continued_row(models: dbapi.Connection) -> None:
    rows = models.cursor().execute("SHOW MODEL ml.flagged").fetchall()
    place = [key for key, _ in rows].index("Function Name")
    assert rows[place : place + 2] == [("Function Name", "flagged_f"), ("", "flagged_f_probabilities")]
    assert "HYPERPARAMETERS:" not in [key for key, _ in rows]


def test_kmeans_has_no_target(models: dbapi.Connection) -> None:
    rows = shown(models.cursor(), "ml.groups")
    assert "Target Column" not in rows
    assert (rows["Model Type"], rows["k"], rows["feature_dim"]) == ("kmeans", "4", "2")
    assert float(rows["train:msd"]) > 0


@pytest.mark.parametrize(("name", "important", "features"), [("score", "ab", 3), ("amount", "a", 6), ("word", "a", 2)])
def test_explanation_names_every_column(models: dbapi.Connection, name: str, important: str, features: int) -> None:
    row = models.cursor().execute(f"SELECT EXPLAIN_MODEL('ml.{name}')").fetchone()
    assert row is not None
    label = json.loads(row[0])["explanations"]["kernel_shap"]["label0"]
    values = label["global_shap_values"]
    assert len(values) == features
    assert max(values, key=values.get) in important
    assert isinstance(label["expected_value"], float)


def test_an_explanation_is_the_mean_of_exact_shap_values(models: dbapi.Connection) -> None:
    """Lundberg 2018: of each column the mean of the absolute values, over the rows trained on."""
    cursor = models.cursor()
    (told,) = cursor.execute("SELECT EXPLAIN_MODEL('ml.score')").fetchall()[0]
    values = json.loads(told)["explanations"]["kernel_shap"]["label0"]["global_shap_values"]
    query = "SELECT artifact FROM _redshift.models WHERE model_name = 'score'"
    booster = xgb.Booster(model_file=bytearray(models.session.cursor.execute(query).fetchall()[0][0]))
    table = cursor.execute("SELECT a, b, n FROM ml.train").arrow()
    rows = np.column_stack([table.column(name).to_numpy() for name in ("a", "b", "n")]).astype(np.float32)
    exact = np.abs(booster.predict(xgb.DMatrix(rows), pred_contribs=True)[:, :-1]).mean(axis=0)
    assert values == pytest.approx(dict(zip(("a", "b", "n"), exact, strict=True)), rel=1e-4)


def test_kmeans_is_not_explained(models: dbapi.Connection) -> None:
    with pytest.raises(dbapi.ProgrammingError, match="not there for a KMEANS model"):
        models.cursor().execute("SELECT EXPLAIN_MODEL('ml.groups')")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT s.explanations.kernel_shap.label0.expected_value::FLOAT8 FROM (SELECT EXPLAIN_MODEL('ml.score') AS s) AS x",
        "WITH x AS (SELECT EXPLAIN_MODEL('score') AS s) SELECT s.explanations.kernel_shap.label0.expected_value::FLOAT8 FROM x",
        "SELECT JSON_EXTRACT_PATH_TEXT(JSON_SERIALIZE(EXPLAIN_MODEL('dev.ml.score')), "
        "'explanations', 'kernel_shap', 'label0', 'expected_value')::FLOAT8",
    ],
)
def test_explanations_inside_queries(models: dbapi.Connection, query: str) -> None:
    cursor = models.cursor()
    cursor.execute("SET search_path TO ml, public")
    [(whole,)] = cursor.execute("SELECT EXPLAIN_MODEL('score')").fetchall()
    expected = json.loads(whole)["explanations"]["kernel_shap"]["label0"]["expected_value"]
    [(value,)] = cursor.execute(query).fetchall()
    assert value == pytest.approx(expected)
    cursor.execute("RESET search_path")


def test_a_table_of_shapley_values(models: dbapi.Connection) -> None:
    """What books do with them: a table made from the explanation, its object unpivoted."""
    cursor = models.cursor()
    cursor.execute("CREATE TEMP TABLE explained AS SELECT EXPLAIN_MODEL('ml.score') AS e")
    cursor.execute(
        "SELECT feature, value::FLOAT8 > 0 FROM explained t, "
        "UNPIVOT t.e.explanations.kernel_shap.label0.global_shap_values AS value AT feature ORDER BY feature"
    )
    assert cursor.fetchall() == [("a", True), ("b", True), ("n", True)]
    cursor.execute("DROP TABLE explained")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT x.e FROM (SELECT EXPLAIN_MODEL('ml.nothing') AS e) x", 'Model "nothing" does not exist'),
        ("SELECT x.e FROM (SELECT EXPLAIN_MODEL('ml.groups') AS e) x", "not there for a KMEANS model"),
        ("SELECT x.e FROM (SELECT EXPLAIN_MODEL(name) AS e FROM (SELECT 'm' AS name)) x", "takes the model as"),
    ],
)
def test_what_has_no_explanation(models: dbapi.Connection, query: str, message: str) -> None:
    with pytest.raises(dbapi.ProgrammingError, match=message):
        models.cursor().execute(query)
