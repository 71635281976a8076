"""The engine stands alone: it and its tests import nothing of the app that comes with it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import embedded_redshift

OURS = Path(embedded_redshift.__file__).parent
TESTS = Path(__file__).parent

SCRIPT = """
import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from embedded_redshift import dbapi

connection = dbapi.connect("alone.duckdb")
connection.autocommit = True
cursor = connection.cursor()
cursor.execute("CREATE SCHEMA ml")
cursor.execute("CREATE TABLE ml.train (x FLOAT8, y FLOAT8) SORTKEY (x)")
random = np.random.default_rng(1)
x = random.random(600)
connection.stage("ml", "rows", pa.table({"x": x, "y": (x > 0.5).astype(float)}))
cursor.execute("INSERT INTO ml.train SELECT x, y FROM ml.rows")
cursor.execute(\"\"\"
    CREATE MODEL ml.m FROM ml.train TARGET y FUNCTION f IAM_ROLE default AUTO OFF MODEL_TYPE XGBOOST
    OBJECTIVE 'binary:logistic' PREPROCESSORS 'none' HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '5')
    SETTINGS (S3_BUCKET 'any')
\"\"\")
assert connection.wait_for_trainings(120)
print(*cursor.execute("SELECT COUNT(*), SUM(CASE WHEN ml.f(x) = y THEN 1 ELSE 0 END) > 590 FROM ml.train").fetchone())
connection.close()
with sa.create_engine("redshift+local:///alone.duckdb").connect() as connection:
    print(connection.execute(sa.text("SELECT ml.f(0.9)")).scalar())
"""


def test_it_works_where_the_app_cannot_be_imported(run_alone: Callable[[str], str]) -> None:
    assert run_alone(SCRIPT).splitlines() == ["600 True", "1.0"]


def test_the_app_cannot_be_imported_there(run_alone: Callable[[str], str]) -> None:
    script = "try:\n    import jobrec_ui\nexcept ImportError as error:\n    print(error)"
    assert run_alone(script) == "jobrec_ui is not to be imported here\n"


def test_no_file_imports_the_app() -> None:
    files = [*OURS.rglob("*.py"), *TESTS.rglob("*.py")]
    assert len(files) > 100
    assert [(path.name, name) for path in files for name in _imports(path) if name.split(".")[0] == "jobrec_ui"] == []


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (item.name for item in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
