"""What the prediction functions give: XGBoost's own values, in the target's type, NULL as missing."""

import threading

import numpy as np
import pyarrow as pa
import pytest
import xgboost as xgb

from embedded_redshift import dbapi
from embedded_redshift.ml import columns, options
from embedded_redshift.ml.boosters import BoosterError, FastBooster
from embedded_redshift.ml.columns import Column
from tests.embedded_redshift.conftest import create_model, shown

pytestmark = pytest.mark.training


def booster_of(connection: dbapi.Connection, name: str) -> xgb.Booster:
    """The trained booster as XGBoost itself loads it."""
    query = "SELECT artifact FROM _redshift.models WHERE model_name = $name"
    rows = connection.session.cursor.execute(query, {"name": name}).fetchall()
    return xgb.Booster(model_file=bytearray(rows[0][0]))


def test_values_are_xgboosts_own(models: dbapi.Connection) -> None:
    table = models.cursor().execute("SELECT a, b, n, ml.score_f(a, b, n) AS score FROM ml.train").arrow()
    rows = np.column_stack([table.column(name).to_numpy() for name in ("a", "b", "n")]).astype(np.float32)
    assert np.isnan(rows).any(), "the training data has NULLs"
    expected = booster_of(models, "score").inplace_predict(rows, missing=np.nan)
    np.testing.assert_array_equal(table.column("score").to_numpy().astype(np.float32), expected)


def test_many_vectors_in_two_threads(models: dbapi.Connection) -> None:
    """More rows than one vector of 2,048 and one row group of 122,880, so that both of DuckDB's threads are used."""
    query = "SELECT a, b, n FROM ml.train CROSS JOIN (SELECT n AS other FROM ml.train) AS o"
    cursor = models.cursor()
    once = cursor.execute("SELECT SUM(ml.score_f(a, b, n)) FROM ml.train").fetchone()
    many = cursor.execute(f"SELECT SUM(ml.score_f(a, b, n)), COUNT(*) FROM ({query}) AS q").fetchone()
    assert once is not None
    assert many is not None
    assert many[1] == 360_000
    assert many[0] == pytest.approx(once[0] * 600, rel=1e-6)


def test_null_and_literal_arguments(models: dbapi.Connection) -> None:
    cursor = models.cursor()
    found = cursor.execute("SELECT ml.score_f(0.9, 0.9, 1), ml.score_f(NULL, NULL, NULL), ml.score_f(0.1, NULL, 1)")
    high, nothing, low = found.fetchall()[0]
    expected = booster_of(models, "score").inplace_predict(np.full((1, 3), np.nan, np.float32))
    assert nothing == pytest.approx(float(expected[0]))
    assert high > 0.5 > low
    assert cursor.execute("SELECT ml.score_f(a, b, n) FROM ml.train WHERE a > 2").fetchall() == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("ml.score_f(a, b)", r"function ml.score_f\(double precision, double precision\) does not exist"),
        ("ml.score_f(a, b, colour)", r"function ml.score_f\(.*character varying\) does not exist"),
        ("ml.score_f(a, b, a)", r"function ml.score_f\(.*double precision\) does not exist"),
        ("ml.nothing(a)", "nothing.*does not exist"),
    ],
)
def test_arguments_that_do_not_fit(models: dbapi.Connection, call: str, message: str) -> None:
    with pytest.raises(dbapi.ProgrammingError, match=message):
        models.cursor().execute(f"SELECT {call} FROM ml.train")


def test_function_by_search_path(models: dbapi.Connection) -> None:
    cursor = models.cursor()
    cursor.execute("SET search_path TO ml, public")
    try:
        assert cursor.execute("SELECT score_f(0.9, 0.9, 1) > 0.5").fetchone() == (True,)
    finally:
        cursor.execute("RESET search_path")


def test_twenty_threads_predict_at_once(models: dbapi.Connection) -> None:
    query = "SELECT SUM(ml.score_f(a, b, n)) FROM ml.train"
    expected = models.cursor().execute(query).fetchone()
    found: list[object] = []

    def work() -> None:
        connection = dbapi.connect(models._database.path)
        found.extend(connection.cursor().execute(query).fetchone() for _ in range(3))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 60
    assert all(value == pytest.approx(expected) for value in found)


@pytest.mark.usefixtures("training_data")
@pytest.mark.parametrize(
    ("objective", "target", "metric", "kinds"),
    [
        ("reg:squarederror", "amount", "train:rmse", float),
        ("reg:squaredlogerror", "amount", "train:rmsle", float),
        ("reg:pseudohubererror", "amount", "train:mphe", float),
        ("reg:tweedie", "amount", "train:tweedie-nloglik", float),
        ("reg:logistic", "y", "train:rmse", float),
        ("binary:logistic", "y::INTEGER AS y", "train:error", int),
        ("binary:logistic", "flag", "train:error", bool),
        ("binary:hinge", "y::SMALLINT AS y", "train:error", int),
        ("multi:softmax", "class", "train:merror", int),
    ],
)
def test_every_objective_trains_and_gives_the_targets_type(
    connection: dbapi.Connection, cursor: dbapi.Cursor, objective: str, target: str, metric: str, kinds: type
) -> None:
    name = target.split()[-1]
    classes = ", NUM_CLASS '3'" if objective == "multi:softmax" else ""
    cursor.execute(
        create_model(
            source=f"(SELECT a, b, flag AS f, {target} FROM ml.train)",
            target=f"TARGET {name}",
            clauses=f"AUTO OFF MODEL_TYPE XGBOOST OBJECTIVE '{objective}' PREPROCESSORS 'none' "
            f"HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '5', MAX_DEPTH '3'{classes})",
        )
    )
    assert connection.wait_for_trainings(60)
    rows = shown(cursor)
    assert rows["Model State"] == "READY", rows.get("Failure Reason")
    assert float(rows[metric]) >= -10
    found = cursor.execute("SELECT ml.m1_score(a, b, flag) FROM ml.train").fetchall()
    assert {type(value) for (value,) in found} == {kinds}
    if kinds is int:
        assert {value for (value,) in found} <= {0, 1, 2}


@pytest.mark.usefixtures("training_data")
def test_every_hyperparameter_counts(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    """Each, far from its default, makes another model than none: none is taken and forgotten."""
    far = {
        "num_round": 5, "max_depth": 1, "min_child_weight": 60, "subsample": 0.5, "gamma": 5, "alpha": 20, "eta": 0.1,
        "colsample_bylevel": 0.1, "colsample_bynode": 0.1, "colsample_bytree": 0.5, "lambda": 100,
        "max_delta_step": 0.5,
    }  # fmt: skip
    assert set(far) == set(options.XGBOOST_RANGES) - {"num_class"}
    usual = {"num_round": 8, "max_depth": 3}
    for name, changed in {"none": {}, **{key: {key: value} for key, value in far.items()}}.items():
        given = ", ".join(f"{key} '{value}'" for key, value in (usual | changed).items())
        clauses = (
            "AUTO OFF MODEL_TYPE XGBOOST OBJECTIVE 'reg:logistic' PREPROCESSORS 'none' "
            f"HYPERPARAMETERS DEFAULT EXCEPT ({given})"
        )
        cursor.execute(create_model(f"ml.with_{name}", function=f"with_{name}", clauses=clauses))
    assert connection.wait_for_trainings(60)
    scores = ", ".join(f"SUM(ml.with_{name}(a, b, n)) AS {name}_" for name in ("none", *far))
    found = cursor.execute(f"SELECT {scores} FROM ml.train").arrow().to_pylist()[0]
    assert [name for name in far if found[f"{name}_"] == pytest.approx(found["none_"], rel=1e-6)] == []


@pytest.mark.usefixtures("training_data")
def test_functions_of_one_name_are_told_apart_by_type(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model("ml.two", "(SELECT a, b, y FROM ml.train)", function="shared"))
    cursor.execute(create_model("ml.three", "(SELECT a, b, n, y FROM ml.train)", function="shared"))
    cursor.execute(create_model("ml.yes", "(SELECT flag, a, y FROM ml.train)", function="shared"))
    with pytest.raises(dbapi.ProgrammingError, match='"shared" already exists with same argument types'):
        cursor.execute(create_model("ml.again", "(SELECT b, a, y FROM ml.train)", function="shared"))
    assert connection.wait_for_trainings(60)
    for name, call in [("two", "a, b"), ("three", "a, b, n"), ("yes", "flag, a")]:
        found = cursor.execute(f"SELECT ml.shared({call}), {call} FROM ml.train").arrow()
        rows = np.column_stack([columns.floats(column) for column in found.columns[1:]]).astype(np.float32)
        expected = booster_of(connection, name).inplace_predict(rows)
        np.testing.assert_allclose(found.column(0).to_numpy(), expected, rtol=1e-6)
    with pytest.raises(dbapi.ProgrammingError, match=r"function ml.shared does not exist for arguments of these types"):
        cursor.execute("SELECT ml.shared(day) FROM ml.train")
    cursor.execute("DROP MODEL ml.three")
    assert cursor.execute("SELECT COUNT(ml.shared(a, b)) FROM ml.train").fetchone() == (600,)
    with pytest.raises(dbapi.ProgrammingError, match="does not exist"):
        cursor.execute("SELECT ml.shared(a, b, n) FROM ml.train")


def test_matrix_of_all_numeric_types() -> None:
    arrays = [
        pa.chunked_array([pa.array([1, None, 3], pa.int16())]),
        pa.chunked_array([pa.array([True, False, None])]),
        pa.chunked_array([pa.array([0.5, 1.5, None])]),
        pa.chunked_array([pa.array([1, 2, None], pa.decimal128(10, 2))]),
        pa.chunked_array([pa.array([2**40, 0, -1], pa.int64())]),
    ]
    found = columns.matrix(arrays)
    nan = np.nan
    expected = [[1, 1, 0.5, 1, 2**40], [nan, 0, 1.5, 2, 0], [3, nan, nan, nan, -1]]
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, np.array(expected, np.float32))


def test_predicted_numbers_in_the_targets_type() -> None:
    values = np.array([0.4, 0.5, 1.6], np.float32)
    assert columns.to_type(values, Column("y", "integer")).to_pylist() == [0, 0, 2]
    assert columns.to_type(values, Column("y", "boolean")).to_pylist() == [False, True, True]
    assert columns.to_type(values, Column("y", "real")).type == pa.float32()


def test_booster_refuses_rows_of_another_width(models: dbapi.Connection) -> None:
    fast = FastBooster(bytes(booster_of(models, "score").save_raw("ubj")))
    with pytest.raises(ValueError, match="3 features"):
        fast.predict(np.zeros((2, 4), np.float32))
    assert fast.predict(np.asfortranarray(np.zeros((2, 3), np.float32))).shape == (2,)
    with pytest.raises(BoosterError):
        FastBooster(b"not a model")
