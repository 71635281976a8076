"""The preprocessing steps, and that an encoding is the same after it has been stored."""

import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedded_redshift.ml import encoding, transformers
from embedded_redshift.ml.columns import Column
from embedded_redshift.ml.model import TrainingError

COLOURS = pa.chunked_array([pa.array(["red", "green", "red", None])])


def test_categories_are_ordered_by_frequency() -> None:
    parameters = transformers.fit_encoder("OrdinalEncoder", COLOURS)
    assert parameters == {"categories": ["red", "green"]}
    np.testing.assert_array_equal(transformers.ordinal(COLOURS, parameters)[:, 0], [0, 1, 0, np.nan])
    unseen = pa.chunked_array([pa.array(["violet", "red"])])
    np.testing.assert_array_equal(transformers.one_hot(unseen, parameters), [[0, 0], [1, 0]])


def test_parts_of_a_moment() -> None:
    moments = pa.chunked_array([pa.array([dt.datetime(1970, 1, 11, 5), None])])
    np.testing.assert_array_equal(transformers.moments(moments, {})[0], [10, 1, 6, 5])  # a Sunday in January
    assert np.isnan(transformers.moments(moments, {})[1]).all()
    times = pa.chunked_array([pa.array([dt.time(1, 0, 1)])])
    np.testing.assert_array_equal(transformers.moments(times, {}), [[3601]])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("StandardScaler", [[-1], [np.nan], [1]]),
        ("MinMax", [[0], [np.nan], [1]]),
        ("Imputer", [[1], [2], [3]]),
        ("ImputerWithIndicator", [[1, 0], [2, 1], [3, 0]]),
    ],
)
def test_steps_on_a_column_with_a_gap(name: str, expected: list[list[float]]) -> None:
    block = np.array([[1.0], [np.nan], [3.0]])
    fit, apply = transformers.BLOCK_STEPS[name]
    np.testing.assert_allclose(apply(block, fit(block)), expected)


def test_pca_keeps_the_direction_that_varies() -> None:
    random = np.random.default_rng(0)
    line = random.normal(size=200)
    block = np.column_stack([line, 2 * line + random.normal(scale=0.01, size=200)])
    fit, apply = transformers.BLOCK_STEPS["PCA"]
    found = apply(block, fit(block))
    assert found.shape == (200, 1)
    assert abs(np.corrcoef(found[:, 0], line)[0, 1]) > 0.999


def test_normaliser_makes_rows_of_length_one() -> None:
    fit, apply = transformers.BLOCK_STEPS["Normalizer"]
    np.testing.assert_allclose(apply(np.array([[3.0, 4.0], [0.0, 0.0]]), fit(np.zeros((1, 2)))), [[0.6, 0.8], [0, 0]])


@given(
    st.lists(
        st.tuples(
            st.none() | st.floats(-1e6, 1e6), st.none() | st.sampled_from(["a", "b", "ç"]), st.none() | st.dates()
        ),
        min_size=2,
        max_size=30,
    )
)
def test_stored_encoding_gives_the_same_matrix(rows: list[tuple[float | None, str | None, dt.date | None]]) -> None:
    numbers, words, days = (list(column) for column in zip(*rows, strict=True))
    columns = [
        pa.chunked_array([pa.array(numbers, pa.float64())]),
        pa.chunked_array([pa.array(words, pa.string())]),
        pa.chunked_array([pa.array(days, pa.date32())]),
    ]
    features = [Column("x", "double precision"), Column("w", "varchar"), Column("d", "date")]
    fitted = encoding.fit(features, columns, [{"ColumnSet": ["x"], "Transformers": ["Imputer", "MinMax"]}])
    again = encoding.encoding(json.loads(json.dumps(fitted.described())))
    matrix = fitted.apply(columns)
    np.testing.assert_array_equal(again.apply(columns), matrix)
    assert matrix.shape == (len(rows), len(fitted.origin))
    assert set(fitted.origin) <= {0, 1, 2}


def test_column_named_twice() -> None:
    steps = [{"ColumnSet": ["c"], "Transformers": ["OneHotEncoder"]}] * 2
    with pytest.raises(TrainingError, match="names the column c twice"):
        encoding.fit([Column("c", "varchar")], [COLOURS], steps)
