"""An empty warehouse that takes the scores of a holdout, and rows to put into it."""

from collections.abc import Callable, Iterator

import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa

from jobrec_ui import models
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

PutScores = Callable[[pd.DataFrame], int]


def ask(wh: Warehouse, sql: str, **values: object) -> pd.DataFrame:
    """Rows of any query, for looking at what the tables hold."""
    with wh.engine.connect() as connection:
        result = connection.execute(sa.text(sql), values)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A warehouse with every table of the models and no row."""
    warehouse = Warehouse(local_url(tmp_path_factory.mktemp("quality") / "warehouse.duckdb"))
    warehouse.execute("schema/hiring")
    warehouse.execute("schema/app_data_loads")
    models.create_schema(warehouse)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def put_scores(empty: Warehouse) -> PutScores:
    """put_scores(rows) stores [scorer, posting_id, candidate_id, label, score] as the holdout of a new version.

    Returns the version's number.
    """
    numbers = iter(range(1, 100_000))

    def put(rows: pd.DataFrame) -> int:
        number = next(numbers)
        with empty.transaction() as tx:
            tx.stage("judged", pa.Table.from_pandas(rows.assign(judged_for=number), preserve_index=False))
            tx.connection.execute(
                sa.text(
                    "INSERT INTO app.holdout_scores (judged_for, scorer, posting_id, candidate_id, label, score) "
                    "SELECT judged_for, scorer, posting_id, candidate_id, label, score FROM staging.judged"
                )
            )
        return number

    return put
