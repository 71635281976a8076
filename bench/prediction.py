"""How fast does the embedded warehouse score, against XGBoost alone on the same matrix with the same threads?"""

import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
import xgboost

from bench.figures import figure, report, seconds
from jobrec_ui.features import catalogue
from jobrec_ui.settings import local_url
from jobrec_ui.warehouse import Warehouse

ROWS, TRAINING_ROWS, ROUNDS, THREADS = 1_000_000, 20_000, 5, 2
_SQL = Path(__file__).parent / "sql"


def main() -> None:
    """One million rows of the matching model's own width, a tenth of the values missing, five rounds in turn."""
    names = catalogue.names()
    random = np.random.default_rng(1)
    matrix = random.random((ROWS, len(names)), dtype=np.float32)
    matrix[random.random(matrix.shape, dtype=np.float32) < 0.1] = np.nan
    label = (np.nan_to_num(matrix[:, 0]) + 0.3 * random.random(ROWS) > 0.7).astype(np.float64)
    columns = {name: pa.array(matrix[:, place], from_pandas=True) for place, name in enumerate(names)}
    rows = pa.table({**columns, "label": label})

    booster = xgboost.train(
        {"objective": "reg:logistic", "max_depth": 6, "eta": 0.1, "nthread": THREADS},
        xgboost.DMatrix(matrix[:TRAINING_ROWS], label[:TRAINING_ROWS]),
        200,
    )
    booster.set_param({"nthread": THREADS})
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(local_url(Path(folder) / "bench.duckdb"))
        with warehouse.transaction() as tx:
            tx.connection.execute(sa.text((_SQL / "create_staging.sql").read_text(encoding="utf-8")))
            tx.stage("rows_to_score", rows)
            tx.stage("rows_to_learn", rows.slice(0, TRAINING_ROWS))
        with warehouse.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            train = (_SQL / "create_model.sql").read_text(encoding="utf-8")
            connection.execute(sa.text(train.format(features=", ".join(names))))
            _wait(connection)
            score = sa.text((_SQL / "score.sql").read_text(encoding="utf-8").format(features=", ".join(names)))
            ratios, speeds = [], []
            for _ in range(ROUNDS):
                alone = seconds(lambda: booster.inplace_predict(matrix))
                inside = seconds(lambda: connection.execute(score).fetchall())
                ratios.append(alone / inside)
                speeds.append(ROWS / inside)
        warehouse.close()
    report(
        [
            figure("scoring in the warehouse", statistics.median(speeds) / 1e6, "M rows/s"),
            figure("scoring in the warehouse against inplace_predict", statistics.median(ratios), "x"),
        ]
    )


def _wait(connection: sa.Connection) -> None:
    while True:
        shown: dict[str, str] = dict(connection.execute(sa.text("SHOW MODEL staging.speed")).fetchall())
        if shown["Model State"] == "READY":
            return
        if shown["Model State"] == "FAILED":
            raise SystemExit(f"The training failed: {shown}")
        time.sleep(0.2)


if __name__ == "__main__":
    main()
