"""One database with trained models that many tests only read."""

from collections.abc import Iterator

import pytest

from embedded_redshift import dbapi
from tests.embedded_redshift.conftest import create_model, training_table

ALL_COLUMNS = "a, b, n, flag, colour, day"
MODELS = {
    "score": create_model("ml.score", function="score_f"),
    "amount": create_model(
        "ml.amount", f"(SELECT {ALL_COLUMNS}, amount FROM ml.train)", "TARGET amount", "amount_f", "AUTO ON"
    ),
    "flagged": create_model(
        "ml.flagged", "(SELECT a, b, colour, a + COALESCE(b, 0) > 1 AS label FROM ml.train)", "TARGET label",
        "flagged_f", "MODEL_TYPE XGBOOST PROBLEM_TYPE (BINARY_CLASSIFICATION) OBJECTIVE 'AUC'",
    ),
    "word": create_model(
        "ml.word", "(SELECT a, b, CASE WHEN a < 0.3 THEN 'low' WHEN a < 0.6 THEN 'mid' ELSE 'high' END AS label "
        "FROM ml.train)", "TARGET label", "word_f", "MODEL_TYPE LINEAR_LEARNER",
    ),
    "groups": create_model(
        "ml.groups", "(SELECT a, n FROM ml.train)", "", "groups_f",
        """AUTO OFF MODEL_TYPE KMEANS PREPROCESSORS '[{"ColumnSet": ["*"], "Transformers": ["StandardScaler"]}]'
        HYPERPARAMETERS DEFAULT EXCEPT (K '4')""",
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dbapi.Connection]:
    """A connection to a database with ml.train and the trained MODELS. To read only."""
    connection = dbapi.connect(str(tmp_path_factory.mktemp("models") / "warehouse.duckdb"))
    connection.autocommit = True
    connection.cursor().execute("CREATE SCHEMA ml")
    connection.stage("ml", "train", training_table())
    for statement in MODELS.values():
        connection.cursor().execute(statement)
    assert connection.wait_for_trainings(120)
    yield connection
    connection.close()
