"""Bulk rows into Redshift: Parquet in S3 and COPY; for few rows, or without a bucket, INSERT of many at a time."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat
import sqlalchemy as sa

from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import sqlfiles
from jobrec_ui.warehouse.create_model import iam_role
from jobrec_ui.warehouse.s3 import parquet_folder
from jobrec_ui.warehouse.sqlfiles import Clause, Names

FEW = 1000  # rows for which a way through S3 takes longer
MOST = 500_000  # rows that go in without a bucket
BINDS = 30_000  # the driver sends at most 32,767 values with a statement
BATCH_BYTES = 4_000_000

_TYPES = {
    pa.bool_(): "BOOLEAN",
    pa.int8(): "SMALLINT",
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float32(): "REAL",
    pa.float64(): "DOUBLE PRECISION",
    pa.date32(): "DATE",
}
_MAX_VARCHAR = 65535


def stage(connection: sa.Connection, schema: str, table: str, rows: pa.Table) -> None:
    """Makes ``schema.table`` anew with ``rows``, in the connection's transaction.

    Raises InputError for more rows than go in without a bucket, WarehouseError.
    """
    aws = settings().aws
    names = [sqlfiles.identifier(name) for name in rows.column_names]
    target: dict[str, str | list[str]] = {"staged": sqlfiles.identifier(f"{schema}.{table}"), "columns": names}
    if rows.num_rows > MOST and not aws.s3_bucket:
        raise InputError(
            f"{rows.num_rows:,} rows are too many to go into Redshift without an S3 bucket (at most {MOST:,}). Set "
            "JOBREC_S3_BUCKET or [aws] s3_bucket."
        )
    definitions = ",\n    ".join(f"{name} {_type(name, rows[name])}" for name in names)
    _execute(connection, "warehouse/staging/create_staging", target | {"definitions": Clause(definitions)})
    if rows.num_rows > FEW and aws.s3_bucket:
        # A column without any value is text: Parquet's own type for it is no column of Redshift's.
        typed = [pa.field(one.name, pa.string() if pat.is_null(one.type) else one.type) for one in rows.schema]
        with parquet_folder(aws, rows.cast(pa.schema(typed))) as folder:
            source: dict[str, str | list[str]] = {"folder": Clause(folder), "iam_role": iam_role(settings())}
            _execute(connection, "warehouse/staging/copy_staging", target | source)
    else:
        _insert(connection, target, rows)
    arrived = connection.execute(sa.text(_statements("warehouse/staging/count_staging", target)[0])).scalar_one()
    if arrived != rows.num_rows:
        raise WarehouseError(f"Of {rows.num_rows:,} rows for {schema}.{table}, {arrived:,} arrived. Load again.")


def _insert(connection: sa.Connection, target: dict[str, str | list[str]], rows: pa.Table) -> None:
    """The slow way: the values travel with the statements."""
    if not rows.num_columns:
        return
    width = max(1, rows.nbytes // max(1, rows.num_rows))
    size = max(1, min(BINDS // rows.num_columns, BATCH_BYTES // width))
    for start in range(0, rows.num_rows, size):
        batch = rows.slice(start, size)
        places = ", ".join(
            "(" + ", ".join(f":v{row}_{column}" for column in range(rows.num_columns)) + ")"
            for row in range(batch.num_rows)
        )
        values = {
            f"v{row}_{column}": value
            for column, name in enumerate(batch.column_names)
            for row, value in enumerate(batch[name].to_pylist())
        }
        (statement,) = _statements("warehouse/staging/insert_staging", target | {"rows": Clause(places)})
        connection.execute(sa.text(statement), values)


def _execute(connection: sa.Connection, name: str, names: Names) -> None:
    for statement in _statements(name, names):
        # Not through text(): the colon of an address in S3 begins no bound value.
        connection.exec_driver_sql(statement)


def _statements(name: str, names: Names) -> list[str]:
    return list(sqlfiles.split(sqlfiles.render(name, names)))


def _type(name: str, values: pa.ChunkedArray) -> str:
    """The column type of Redshift; text as long as the longest value. Raises InputError for a type that has none."""
    found = values.type
    if pat.is_string(found) or pat.is_large_string(found) or pat.is_null(found):
        longest = 0 if pat.is_null(found) else pc.max(pc.binary_length(values)).as_py() or 0
        if longest > _MAX_VARCHAR:
            raise InputError(
                f"The column {name} has a text of {longest:,} bytes; Redshift holds at most {_MAX_VARCHAR:,}."
            )
        return f"VARCHAR({max(longest, 64)})"
    if pat.is_timestamp(found):
        return "TIMESTAMPTZ" if found.tz else "TIMESTAMP"
    if found not in _TYPES:
        raise InputError(f"The column {name} has the type {found}, which a staged table cannot hold.")
    return _TYPES[found]
