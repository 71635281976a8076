"""SHOW MODEL's rows, and EXPLAIN_MODEL."""

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
