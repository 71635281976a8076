"""The warehouse as the services see it: named statements from sql/, run through SQLAlchemy."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from jobrec_ui.errors import JobrecError, WarehouseError
from jobrec_ui.warehouse import sqlfiles
from jobrec_ui.warehouse.sqlfiles import Names

logger = logging.getLogger(__name__)

Params = Mapping[str, Any]


class Transaction:
    """One connection inside one transaction. Made by :meth:`Warehouse.transaction`."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def query(self, name: str, params: Params | None = None, names: Names | None = None) -> pd.DataFrame:
        """The result of the one SELECT in sql/<name>.sql. Raises WarehouseError."""
        with _explained(name):
            result = self.connection.execute(*_bound(_single(name, names), params))
            return pd.DataFrame(result.fetchall(), columns=list(result.keys()))

    def execute(self, name: str, params: Params | None = None, names: Names | None = None) -> None:
        """Runs every statement of sql/<name>.sql in order. Raises WarehouseError."""
        with _explained(name):
            for statement in sqlfiles.split(sqlfiles.render(name, names)):
                self.connection.execute(*_bound(statement, params))

    def stage(self, table: str, rows: pa.Table) -> None:
        """(Re)creates staging.<table> with ``rows``: the one step that differs from warehouse to warehouse.

        Raises WarehouseError.
        """
        # SQLAlchemy does not see this call, so the driver's errors come as they are.
        driver_error = self.connection.dialect.loaded_dbapi.Error
        try:
            self.connection.connection.driver_connection.stage("staging", sqlfiles.identifier(table), rows)  # type: ignore[union-attr]
        except driver_error as error:
            logger.error("The warehouse failed at staging %s: %s", table, type(error).__name__)
            raise WarehouseError(_sentence(error)) from error


class Warehouse:
    """A warehouse behind a SQLAlchemy URL. Safe to share between threads.

    Raises WarehouseError if the URL is not one of a warehouse.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self.engine = sa.create_engine(url, hide_parameters=True)  # values are people's data: not for logs
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
            raise WarehouseError(
                "The warehouse address is not one this app knows. Use redshift+local:///path.duckdb for the embedded "
                "warehouse or redshift+redshift_connector://… for Amazon Redshift."
            ) from error
        except ImportError as error:
            raise WarehouseError(
                f"The driver of this warehouse address, {error.name!r}, is not installed. Install it with pip."
            ) from error

    def query(self, name: str, params: Params | None = None, names: Names | None = None) -> pd.DataFrame:
        """The result of the one SELECT in sql/<name>.sql, in a transaction of its own. Raises WarehouseError."""
        with self.transaction() as transaction:
            return transaction.query(name, params, names)

    def execute(self, name: str, params: Params | None = None, names: Names | None = None) -> None:
        """Runs every statement of sql/<name>.sql in one transaction: all or nothing. Raises WarehouseError."""
        with self.transaction() as transaction:
            transaction.execute(name, params, names)

    def run(self, name: str, params: Params | None = None, names: Names | None = None) -> pd.DataFrame:
        """Runs the one statement of sql/<name>.sql outside a transaction, as the ML statements want it.

        Returns its rows, none for a statement that gives none. Raises WarehouseError.
        """
        with _explained(name), self.engine.connect() as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            result = outside.execute(*_bound(_single(name, names), params))
            return (
                pd.DataFrame(result.fetchall(), columns=list(result.keys())) if result.returns_rows else pd.DataFrame()
            )

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One connection, one transaction: committed at the end, rolled back if anything raises."""
        with _explained("a transaction"), self.engine.begin() as connection:
            yield Transaction(connection)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()


def _bound(statement: str, params: Params | None) -> tuple[sa.TextClause, dict[str, Any]]:
    """``statement`` for SQLAlchemy and those of ``params`` that occur in it."""
    clause = sa.text(statement)
    return clause, {key: value for key, value in (params or {}).items() if key in clause._bindparams}


def _single(name: str, names: Names | None) -> str:
    """The one statement of sql/<name>.sql, without its closing semicolon. Raises ValueError if there are several."""
    (statement,) = sqlfiles.split(sqlfiles.render(name, names))
    return statement


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Turns the driver's errors into WarehouseError: the first line for the user, the detail for the log."""
    try:
        yield
    except JobrecError:
        raise
    except sa.exc.DBAPIError as error:
        logger.error("The warehouse failed at %s: %s", what, type(error.orig).__name__)
        raise WarehouseError(_sentence(error.orig)) from error
    except sa.exc.SQLAlchemyError as error:
        logger.error("The warehouse failed at %s: %s", what, type(error).__name__)
        raise WarehouseError(f"The warehouse could not be asked ({type(error).__name__}).") from error


def _sentence(error: BaseException | None) -> str:
    """The message of a driver's error: redshift_connector gives a dict with the text under 'M'."""
    detail = error.args[0] if error is not None and error.args else ""
    text = detail.get("M", "") if isinstance(detail, dict) else str(detail)
    return text.strip() or "The warehouse gave no reason."
