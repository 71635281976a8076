"""Bulk rows into Redshift."""

import pyarrow as pa
from sqlalchemy import Connection


def stage(connection: Connection, schema: str, table: str, rows: pa.Table) -> None:
    """Makes ``schema.table`` anew with ``rows``."""
    raise NotImplementedError
