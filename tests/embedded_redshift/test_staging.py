"""Arrow tables into the warehouse."""

import datetime as dt
from collections.abc import Callable

import pyarrow as pa
import pytest

from embedded_redshift import dbapi


@pytest.fixture
def staging(connection: dbapi.Connection) -> dbapi.Connection:
    connection.cursor().execute("CREATE SCHEMA staging")
    return connection


def test_table_is_made_anew(staging: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    staging.stage("staging", "people", pa.table({"a": [1, 2]}))
    staging.stage("staging", "People", pa.table({"B": ["x", None, ""]}))
    assert cursor.execute("SELECT b FROM staging.people").fetchall() == [("x",), (None,), ("",)]


def test_types_become_redshifts(staging: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    moment = dt.datetime(2024, 1, 2, 3, 4, 5)
    table = pa.table(
        {
            "small": pa.array([200], pa.uint8()),
            "wide": pa.array([2**32 - 1], pa.uint32()),
            "word": pa.array(["é"]).dictionary_encode(),
            "moment": pa.array([moment], pa.timestamp("ns")),
            "nothing": pa.nulls(1),
            "day": pa.array([moment.date()]),
        }
    )
    staging.stage("staging", "t", table)
    cursor.execute("SELECT small, wide, word, moment, nothing, day FROM staging.t")
    assert cursor.fetchall() == [(200, 2**32 - 1, "é", moment, None, moment.date())]
    assert [column[1] for column in cursor.description or ()] == [
        "smallint", "bigint", "varchar(65535)", "timestamp", "varchar(65535)", "date",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"a": [[1, 2]]}), 'column "a" has the type list'),
        (pa.table([[1], [2]], names=["a", "A"]), "specified more than once"),
    ],
)
def test_columns_that_cannot_be_staged(staging: dbapi.Connection, table: pa.Table, message: str) -> None:
    with pytest.raises(dbapi.DataError, match=message):
        staging.stage("staging", "t", table)


def test_staging_belongs_to_the_transaction(connect: Callable[[], dbapi.Connection]) -> None:
    connection = connect()
    connection.cursor().execute("CREATE SCHEMA staging")
    connection.stage("staging", "t", pa.table({"a": [1]}))
    connection.commit()
    connection.stage("staging", "t", pa.table({"a": [1, 2, 3]}))
    assert connection.cursor().execute("SELECT COUNT(*) FROM staging.t").fetchone() == (3,)
    connection.rollback()
    assert connection.cursor().execute("SELECT COUNT(*) FROM staging.t").fetchone() == (1,)
