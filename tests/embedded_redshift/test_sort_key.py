"""A SORTKEY keeps its use: rows are stored in its order, so that a filter on it reads little."""

import json

import numpy as np
import pyarrow as pa
import pytest

from embedded_redshift import dbapi

ROWS = 400_000  # DuckDB's row groups, the unit that is skipped, have 122,880


@pytest.fixture(scope="module")
def sorted_table(tmp_path_factory: pytest.TempPathFactory) -> dbapi.Cursor:
    """terms, sorted by term, filled from a table in random order; unsorted, the same without a sort key."""
    connection = dbapi.connect(str(tmp_path_factory.mktemp("sorted") / "warehouse.duckdb"))
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CREATE SCHEMA staging")
    shuffled = np.random.default_rng(1).permutation(ROWS)
    connection.stage(
        "staging", "raw", pa.table({"term": [f"t{number:06d}" for number in shuffled], "weight": shuffled / ROWS})
    )
    cursor.execute("CREATE TABLE terms (term VARCHAR(20), weight FLOAT8) DISTSTYLE EVEN SORTKEY (term)")
    cursor.execute("INSERT INTO terms SELECT term, weight FROM staging.raw")
    cursor.execute("CREATE TABLE unsorted (term VARCHAR(20), weight FLOAT8)")
    cursor.execute("INSERT INTO unsorted SELECT term, weight FROM staging.raw")
    return cursor


def rows_read(cursor: dbapi.Cursor, table: str) -> int:
    """How many rows of the table DuckDB looks at for one term."""
    plain = cursor.connection.session.cursor
    query = f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT weight FROM public.{table} WHERE term = 't200000'"
    plan = json.loads(plain.execute(query).fetchall()[0][1])
    return int(plan["query"]["total_rows_scanned"])


def test_rows_are_stored_in_order(sorted_table: dbapi.Cursor) -> None:
    terms = sorted_table.execute("SELECT term FROM terms").arrow().column("term").to_pylist()
    assert terms == sorted(terms)
    assert len(terms) == ROWS


def test_filter_reads_few_row_groups(sorted_table: dbapi.Cursor) -> None:
    assert 0 < rows_read(sorted_table, "terms") <= ROWS / 3
    assert rows_read(sorted_table, "unsorted") == ROWS


def test_vacuum_sorts_what_came_later(sorted_table: dbapi.Cursor) -> None:
    sorted_table.execute("INSERT INTO terms VALUES ('a', 0.5)")
    sorted_table.execute("VACUUM terms")
    assert sorted_table.execute("SELECT term FROM terms").fetchone() == ("a",)
