"""Fixtures for tests against Redshift: ``redshift_engine``, an empty Redshift of the test's own.

pytest finds them by itself where the package is installed. The ini option ``redshift_setup`` names SQL files, relative
to the ini file, whose statements run in each database before the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from embedded_redshift import dbapi
from embedded_redshift.script import statements

_SETUP = "redshift_setup"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The ini option."""
    parser.addini(_SETUP, "SQL files that run in each database of the fixture redshift_engine", type="paths")


@pytest.fixture
def redshift_path(tmp_path: Path, pytestconfig: pytest.Config) -> Path:
    """The file of a database of the test's own, in which the files of ``redshift_setup`` ran."""
    path = tmp_path / "redshift.duckdb"
    connection = dbapi.connect(str(path))
    try:
        connection.autocommit = True
        for file in pytestconfig.getini(_SETUP):
            _run(connection.cursor(), file)
    finally:
        connection.close()
    return path


@pytest.fixture
def redshift_engine(redshift_path: Path) -> Iterator[Engine]:
    """An SQLAlchemy engine on ``redshift_path``; it is closed after the test."""
    engine = create_engine(f"redshift+local:///{redshift_path}")
    yield engine
    engine.dispose()


@pytest.fixture
def wait_for_trainings(redshift_engine: Engine) -> Callable[[float], None]:
    """Waits until no model is in training; a call of it fails the test after so many seconds."""

    def wait(seconds: float = 300.0) -> None:
        with redshift_engine.connect() as connection:
            session = connection.connection.driver_connection
            assert isinstance(session, dbapi.Connection)
            if not session.wait_for_trainings(seconds):
                pytest.fail(f"A model was still in training after {seconds:g} seconds.")

    return wait


def _run(cursor: dbapi.Cursor, file: Path) -> None:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise pytest.UsageError(f"{_SETUP}: {file} cannot be read ({error.strerror}).") from error
    for statement in statements(text):
        try:
            cursor.execute(statement.text)
        except dbapi.Error as error:
            raise pytest.UsageError(f"{_SETUP}: {file}, statement at line {statement.line}: {error}") from error
