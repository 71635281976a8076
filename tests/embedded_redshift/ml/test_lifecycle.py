"""A model's life: in training, ready or failed, dropped, found again after a restart."""

import time
from collections.abc import Callable

import pyarrow as pa
import pytest

from embedded_redshift import dbapi
from tests.embedded_redshift.conftest import create_model, shown

Connect = Callable[[], dbapi.Connection]
ENDLESS = create_model(
    clauses="AUTO OFF MODEL_TYPE XGBOOST OBJECTIVE 'reg:logistic' PREPROCESSORS 'none' "
    "HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '100000000', MAX_DEPTH '1')"
)
CALL = "SELECT ml.m1_score(a, b, n) FROM ml.train"

pytestmark = [pytest.mark.training, pytest.mark.usefixtures("training_data")]


def test_function_is_there_at_once_but_not_ready(cursor: dbapi.Cursor) -> None:
    cursor.execute(ENDLESS)
    assert cursor.description is None
    assert shown(cursor)["Model State"] == "TRAINING"
    with pytest.raises(dbapi.ProgrammingError) as raised:
        cursor.execute(CALL)
    assert str(raised.value) == "The ML model is not ready, check STV_ML_MODEL_INFO for its status."
    assert raised.value.code == "28008"
    waiting = cursor.execute("SELECT EXPLAIN_MODEL('ml.m1')").fetchone()
    assert waiting == ('{"explanations": "waiting for training job to complete"}',)
    info = cursor.execute("SELECT TRIM(model_name), model_state FROM svv_ml_model_info").fetchall()
    assert info == [("m1", "Train Model On SageMaker In Progress")]
    cursor.execute("DROP MODEL ml.m1")


def test_ready_model_predicts_and_is_shown(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model())
    assert connection.wait_for_trainings(60)
    assert shown(cursor)["Model State"] == "READY"
    found = cursor.execute("SELECT ml.m1_score(a, b, n), y FROM ml.train").arrow()
    scores, truth = found.column(0).to_numpy(), found.column(1).to_numpy()
    assert ((scores > 0.5) == (truth == 1)).mean() > 0.9
    assert cursor.execute("SELECT model_state FROM stv_ml_model_info").fetchall() == [("Model is Ready",)]


def test_drop_cancels_a_training(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(ENDLESS)
    time.sleep(0.2)
    cursor.execute("DROP MODEL ml.m1")
    assert connection.wait_for_trainings(30), "the training must end soon"
    assert cursor.execute("SHOW MODEL ALL").fetchall() == []
    cursor.execute(create_model())
    assert connection.wait_for_trainings(60)
    assert shown(cursor)["Model State"] == "READY"


def test_a_schema_with_models_cannot_be_dropped(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model())
    with pytest.raises(dbapi.ProgrammingError, match="drop them first"):
        cursor.execute("DROP SCHEMA ml CASCADE")
    cursor.execute("DROP MODEL ml.m1")
    cursor.execute("DROP SCHEMA ml CASCADE")
    assert connection.wait_for_trainings(30)


def test_drop_model_that_is_not_there(cursor: dbapi.Cursor) -> None:
    cursor.execute("DROP MODEL IF EXISTS ml.nothing")
    with pytest.raises(dbapi.ProgrammingError, match='Model "nothing" does not exist'):
        cursor.execute("DROP MODEL ml.nothing")
    with pytest.raises(dbapi.ProgrammingError, match='Model "nothing" does not exist'):
        cursor.execute("SHOW MODEL ml.nothing")


def test_dropped_function_is_gone(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model())
    assert connection.wait_for_trainings(60)
    cursor.execute(CALL)
    cursor.execute("DROP MODEL ml.m1")
    with pytest.raises(dbapi.ProgrammingError, match=r"m1_score.*does not exist"):
        cursor.execute(CALL)


def test_max_runtime_ends_the_training(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(ENDLESS.replace("S3_BUCKET 'bucket'", "S3_BUCKET 'bucket', MAX_RUNTIME 1"))
    assert connection.wait_for_trainings(60)
    rows = shown(cursor)
    assert rows["Model State"] == "FAILED"
    assert "MaxRuntimeExceeded" in rows["Failure Reason"]
    assert rows["Max Runtime"] == "1"


def test_failed_model_keeps_its_name_until_dropped(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    broken = create_model(source="(SELECT a, b, n, NULL::FLOAT8 AS y FROM ml.train)")
    cursor.execute(broken)
    assert connection.wait_for_trainings(60)
    rows = shown(cursor)
    assert rows["Model State"] == "FAILED"
    assert rows["Failure Reason"] == "The target column has 600 NULLs: leave those rows out."
    with pytest.raises(dbapi.ProgrammingError, match="not ready"):
        cursor.execute(CALL)
    with pytest.raises(dbapi.ProgrammingError, match='Model "m1" already exists'):
        cursor.execute(create_model())
    cursor.execute("DROP MODEL ml.m1")
    cursor.execute(create_model())


def test_label_that_does_not_fit_the_objective_fails(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model(source="(SELECT a, b, n, amount AS y FROM ml.train)"))
    assert connection.wait_for_trainings(60)
    rows = shown(cursor)
    assert rows["Model State"] == "FAILED"
    assert rows["Failure Reason"].startswith("Objective reg:logistic needs a target from 0 to 1; it has")


def test_rolled_back_create_leaves_nothing(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    connection.autocommit = False
    cursor.execute(create_model())
    assert shown(cursor)["Model State"] == "TRAINING"
    connection.rollback()
    assert cursor.execute("SHOW MODEL ALL").fetchall() == []
    cursor.execute(create_model())
    connection.commit()
    assert connection.wait_for_trainings(60)
    assert shown(cursor)["Model State"] == "READY"


def test_uncommitted_model_is_seen_by_nobody_else(connect: Connect, connection: dbapi.Connection) -> None:
    connection.autocommit = False
    connection.cursor().execute(create_model())
    other = connect()
    assert other.cursor().execute("SHOW MODEL ALL").fetchall() == []
    with pytest.raises(dbapi.ProgrammingError, match="already exists"):
        other.cursor().execute(create_model())
    connection.rollback()


def test_drop_commits_at_once(connect: Connect, connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model())
    assert connection.wait_for_trainings(60)
    connection.autocommit = False
    cursor.execute("CREATE TABLE beside (a INTEGER)")
    cursor.execute("DROP MODEL ml.m1")
    connection.rollback()
    assert connect().cursor().execute("SELECT COUNT(*) FROM beside").fetchone() == (0,)
    assert cursor.execute("SHOW MODEL ALL").fetchall() == []


def test_model_survives_a_restart(path: str, connect: Connect, connection: dbapi.Connection) -> None:
    connection.cursor().execute(create_model())
    assert connection.wait_for_trainings(60)
    before = connection.cursor().execute(CALL).fetchall()
    explained = connection.cursor().execute("SELECT EXPLAIN_MODEL('ml.m1')").fetchone()
    rows = connection.cursor().execute("SHOW MODEL ml.m1").fetchall()
    connection.cursor().execute("CREATE VIEW ml.scored AS SELECT ml.m1_score(a, b, n) AS score FROM ml.train")
    connection.close()
    again = dbapi.connect(path)
    assert again.cursor().execute(CALL).fetchall() == before
    assert again.cursor().execute("SELECT score FROM ml.scored").fetchall() == before
    assert again.cursor().execute("SELECT EXPLAIN_MODEL('ml.m1')").fetchone() == explained
    assert again.cursor().execute("SHOW MODEL ml.m1").fetchall() == rows
    again.close()


def test_training_goes_on_when_its_connection_closes(path: str, connection: dbapi.Connection) -> None:
    connection.cursor().execute(create_model())
    connection.close()
    again = dbapi.connect(path)
    assert again.wait_for_trainings(60)
    assert shown(again.cursor())["Model State"] == "READY"
    again.close()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (create_model(source="(SELECT a, y FROM ml.train LIMIT 499)"), "at least 500 rows.*gives 499"),
        (create_model(source="(SELECT y FROM ml.train)"), "at least two columns"),
        (create_model(target="TARGET z"), 'TARGET column "z" is not in the training data'),
        (create_model(source="(SELECT a, a, y FROM ml.train)"), 'column "a" specified more than once'),
        (create_model(source="(SELECT colour, y FROM ml.train)"), '"colour" has the type varchar'),
        (create_model(source="(SELECT day, y FROM ml.train)"), '"day" has the type date'),
        (create_model(source="(SELECT a, colour AS y FROM ml.train)"), "cannot be predicted with AUTO OFF"),
        (create_model(source="(SELECT a, y::DECIMAL(4,2) AS y FROM ml.train)"), "cast it"),
        (create_model(source="ml.nowhere"), "does not exist"),
        (create_model(source="(SELECT nothing FROM ml.train)"), "nothing"),
        (create_model(name="nowhere.m"), 'schema "nowhere" does not exist'),
    ],
)
def test_training_data_that_cannot_be_taken(cursor: dbapi.Cursor, statement: str, message: str) -> None:
    with pytest.raises(dbapi.ProgrammingError, match=message):
        cursor.execute(statement)
    assert cursor.execute("SHOW MODEL ALL").fetchall() == []


def test_too_many_features(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    connection.stage("ml", "wide", pa.table({f"f{number}": [0.5] * 600 for number in range(258)}))
    with pytest.raises(dbapi.ProgrammingError, match="at most 256 feature columns; the training data has 257"):
        cursor.execute(create_model(source="ml.wide", target="TARGET f0"))


def test_parameters_are_refused(cursor: dbapi.Cursor) -> None:
    with pytest.raises(dbapi.ProgrammingError, match="cannot have parameters"):
        cursor.execute("SHOW MODEL ml.m1", {"name": "m1"})


def test_max_cells_samples_rows(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    random = __import__("numpy").random.default_rng(3)
    connection.stage("ml", "big", pa.table({"a": random.random(4000), "y": random.random(4000)}))
    cursor.execute(create_model(source="ml.big", settings="S3_BUCKET 'b', MAX_CELLS 1400"))
    assert connection.wait_for_trainings(60)
    rows = connection.session.cursor.execute("SELECT training_rows, total_rows FROM _redshift.models").fetchall()
    assert rows == [(700, 4000)]
    assert shown(cursor)["Model State"] == "READY"
