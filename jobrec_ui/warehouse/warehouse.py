"""The warehouse as the services see it: named statements from sql/, run through SQLAlchemy."""

import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from jobrec_ui.errors import JobrecError, WarehouseError
from jobrec_ui.settings import Limits, settings
from jobrec_ui.warehouse import failures, sqlfiles
from jobrec_ui.warehouse.adapter import adapter
from jobrec_ui.warehouse.engine import make_engine
from jobrec_ui.warehouse.failures import Busy, Cancelled, ConnectionLost, Unreachable, WriteConflict
from jobrec_ui.warehouse.leaving import Watch
from jobrec_ui.warehouse.purpose import Purpose, current
from jobrec_ui.warehouse.sqlfiles import Names

logger = logging.getLogger(__name__)

Params = Mapping[str, Any]
Result = TypeVar("Result")
ByHand = Callable[[sa.TextClause, Callable[[sa.CursorResult[Any]], Any]], Any]

PAUSES = (0.2, 1.0)  # seconds before the second and the third try, and up to half as much again
_watch = Watch()


class Transaction:
    """One connection inside one transaction. Made by :meth:`Warehouse.transaction`."""

    def __init__(self, connection: sa.Connection, warehouse: "Warehouse", reads: bool = False) -> None:
        self.connection = connection
        self._warehouse = warehouse
        self._writes = not reads

    def query(
        self, name: str, params: Params | None = None, names: Names | None = None, *, scores: bool = False
    ) -> pd.DataFrame:
        """The result of the one SELECT in sql/<name>.sql; ``scores`` as for :meth:`Warehouse.query`.

        Raises WarehouseError.
        """
        with self._warehouse.running(self.connection, name, writes=self._writes, scores=scores):
            return _frame(self.connection.execute(*_bound(_single(name, names), params)))

    def execute(
        self, name: str, params: Params | None = None, names: Names | None = None, *, scores: bool = False
    ) -> None:
        """Runs every statement of sql/<name>.sql in order; ``scores`` as for :meth:`Warehouse.query`.

        Raises WarehouseError.
        """
        with self._warehouse.running(self.connection, name, writes=True, scores=scores):
            for statement in sqlfiles.split(sqlfiles.render(name, names)):
                self.connection.execute(*_bound(statement, params))

    def stage(self, table: str, rows: pa.Table) -> None:
        """(Re)creates staging.<table> with ``rows``: the one step that differs from warehouse to warehouse.

        Raises WarehouseError.
        """
        own = adapter(self.connection)
        try:
            with _explained(f"staging {table}"):
                own.stage(self.connection, "staging", sqlfiles.identifier(table), rows)
        except own.loaded_dbapi.Error as error:  # from under SQLAlchemy, so as it comes
            logger.error("The warehouse failed at staging %s: %s", table, type(error).__name__)
            raise failures.explained(error) from error


class Warehouse:
    """A warehouse behind a SQLAlchemy URL. Safe to share between threads.

    How long statements may take, how many connections and rankings there are at once: ``limits``, else the settings'.
    Raises WarehouseError if the URL is not one of a warehouse.
    """

    def __init__(self, url: str, limits: Limits | None = None) -> None:
        self.url = url
        self.limits = limits or settings().limits
        self.engine, self._control = make_engine(url, self.limits)
        at_once = min(self.limits.scoring, adapter(self.engine).rankings_at_once)
        self._scoring = threading.BoundedSemaphore(at_once)

    def query(
        self, name: str, params: Params | None = None, names: Names | None = None, *, scores: bool = False
    ) -> pd.DataFrame:
        """The result of the one SELECT in sql/<name>.sql.

        ``scores``: the model scores many pairs in it. Such statements take what a cluster has, so they take turns.
        A read changes nothing, so it is asked again if the connection was lost. Raises WarehouseError.
        """
        statement, values = _bound(_single(name, names), params)

        def read() -> pd.DataFrame:
            with self._connection() as connection:
                outside = connection.execution_options(isolation_level="AUTOCOMMIT")
                with self.running(connection, name, scores=scores):
                    return _frame(outside.execute(statement, values))

        return _with_retries(read, ConnectionLost)

    def column_types(self, name: str, names: Names | None = None) -> dict[str, str]:
        """The types of the columns that the one SELECT in sql/<name>.sql gives, in Redshift's words.

        Raises WarehouseError.
        """
        type_word = adapter(self.engine).type_word

        def described(tx: Transaction) -> dict[str, str]:
            with self.running(tx.connection, name):
                result = tx.connection.execute(sa.text(_single(name, names)))
                return {column[0]: type_word(column[1]) for column in result.cursor.description}

        return self.read(described)

    def execute(self, name: str, params: Params | None = None, names: Names | None = None) -> None:
        """Runs every statement of sql/<name>.sql in one transaction: all or nothing.

        Begun anew if somebody else wrote to the same table at the same time. Raises WarehouseError.
        """
        statements = list(sqlfiles.split(sqlfiles.render(name, names)))
        if len(statements) == 1:  # a transaction by itself, without the round trips of beginning and committing one
            _with_retries(lambda: self.run(name, params, names), WriteConflict)
        else:
            self.atomically(lambda transaction: transaction.execute(name, params, names))

    def atomically(self, work: Callable[[Transaction], Result]) -> Result:
        """What ``work`` does in a transaction, done once: all or nothing.

        It is begun anew if somebody else wrote to the same table at the same time (1023), so ``work`` may be called
        more than once. A connection lost on the way is not tried again: what had been sent may have been done.
        Raises WarehouseError.
        """

        def once() -> Result:
            with self.transaction() as transaction:
                return work(transaction)

        return _with_retries(once, WriteConflict)

    def run(self, name: str, params: Params | None = None, names: Names | None = None) -> pd.DataFrame:
        """Runs the one statement of sql/<name>.sql outside a transaction, as the ML statements want it.

        Returns its rows, none for a statement that gives none. Raises WarehouseError.
        """
        with self._connection(writes=True) as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            with self.running(connection, name, writes=True):
                result = outside.execute(*_bound(_single(name, names), params))
                return _frame(result) if result.returns_rows else pd.DataFrame()

    @contextmanager
    def by_hand(self) -> Iterator[ByHand]:
        """One connection for statements that are not in sql/: what to call with each, and with what takes its answer.

        Each is done by itself, unless one of them is BEGIN; what is not committed at the end is undone.
        Raises WarehouseError.
        """
        with self._connection(writes=True) as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")

            def run(statement: sa.TextClause, take: Callable[[sa.CursorResult[Any]], Any]) -> Any:
                with self.running(connection, "a statement by hand", writes=True):
                    return take(outside.execute(statement))

            try:
                yield run
            finally:
                connection.invalidate()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One connection, one transaction: committed at the end, rolled back if anything raises."""
        with self._connection(writes=True) as connection, _explained("a transaction"), connection.begin():
            yield Transaction(connection, self)

    def read(self, work: Callable[[Transaction], Result]) -> Result:
        """What ``work`` reads, all of it as of one moment; called again if the connection was lost.

        Raises WarehouseError.
        """

        def once() -> Result:
            with self._connection() as connection, _explained("a transaction"), connection.begin():
                return work(Transaction(connection, self, reads=True))

        return _with_retries(once, ConnectionLost)

    def translated(self, text: str) -> str:
        """What the warehouse itself runs for statements in Redshift's dialect. Raises WarehouseError."""
        own = adapter(self.engine)
        with self._connection() as connection:
            driver = connection.connection.driver_connection
            try:
                found = [own.translated(driver, statement) for statement in sqlfiles.split(text)]
            except own.loaded_dbapi.Error as error:
                raise failures.explained(error) from error
        return ";\n\n".join(found) + ";\n"

    @property
    def in_aws(self) -> bool:
        """Whether loads and trainings go through S3."""
        return adapter(self.engine).in_aws

    def one_core_each(self) -> None:
        """Has a statement run on one core from now on, unless the address says on how many. A cluster decides itself.

        Raises WarehouseError.
        """
        with self._connection() as connection:
            adapter(connection).one_core_each(connection.connection.driver_connection)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()
        self._control.dispose()

    # -- connections -------------------------------------------------------------------------------------------------

    @contextmanager
    def _connection(self, writes: bool = False) -> Iterator[sa.Connection]:
        """A connection that works, with the limit and the label of its purpose. Nothing else has been sent on it."""
        purpose = current()
        try:
            connection = _with_retries(lambda: self._connected(purpose, writes), ConnectionLost)
        except ConnectionLost as error:
            raise Unreachable(str(error)) from error
        with connection:
            yield connection

    def _connected(self, purpose: Purpose, writes: bool) -> sa.Connection:
        with _explained("connecting"):
            connection = self.engine.connect()
            try:
                self._prepare(connection, purpose, writes)
            except BaseException:
                connection.close()
                raise
            return connection

    def _prepare(self, connection: sa.Connection, purpose: Purpose, writes: bool) -> None:
        """Sets what has to be another than at the last use of this connection."""
        wanted = {
            "warehouse/session/set_statement_timeout": {"milliseconds": getattr(self.limits, purpose.kind) * 1000},
            "warehouse/session/set_query_group": {"label": purpose.query_group},
        }
        if not purpose.label:  # the word of whoever used the connection last, if it was of the same kind, does as well
            before = connection.info.get("warehouse/session/set_query_group", {"label": ""})
            if f"{before['label']} ".startswith(f"{purpose.query_group} "):
                wanted["warehouse/session/set_query_group"] = before
        changed = {name: names for name, names in wanted.items() if connection.info.get(name) != names}
        if not changed:
            if writes:  # not tried again once it has been sent, so the connection had better be there
                self._ping(connection)
            return
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        for name, names in changed.items():
            connection.info.pop(name, None)
            outside.execute(sa.text(_single(name, names)))
            connection.info[name] = names
        connection.rollback()
        connection.execution_options(isolation_level="SERIALIZABLE")

    def _ping(self, connection: sa.Connection) -> None:
        own = adapter(connection)
        try:
            own.ping(connection.connection.driver_connection)
        except own.loaded_dbapi.Error as error:
            connection.invalidate(error)
            raise failures.explained(error) from error

    # -- statements --------------------------------------------------------------------------------------------------

    @contextmanager
    def running(
        self, connection: sa.Connection, name: str, *, writes: bool = False, scores: bool = False
    ) -> Iterator[None]:
        """Around the statements of sql/<name>.sql: takes turns at scoring, cancels if nobody waits, explains errors."""
        purpose = current().for_writing() if writes else current()
        own = adapter(connection)
        driver = connection.connection.driver_connection
        own.expect(driver, self.limits.page_answer if purpose.kind == "page" else self.limits.batch_answer)

        def cancel() -> None:
            own.cancel(driver, self._cancel)

        def cut() -> None:
            own.cut(driver)

        started = time.monotonic()
        turn = self._turn() if scores else contextlib.nullcontext()
        with turn, _watch.over(purpose.has_left, cancel, cut) as watched:
            try:
                with _explained(name, lambda: watched is not None and watched.cancelled):
                    yield
            except WarehouseError as error:
                if watched is not None and watched.cancelled:
                    raise Cancelled("The query was stopped, because nobody was waiting for it any more.") from error
                if failures.code(_driver_error(error)) == failures.STOPPED:
                    raise Cancelled(
                        _why_stopped(time.monotonic() - started, getattr(self.limits, purpose.kind))
                    ) from error
                raise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Only so many statements that score run at a time."""
        if not self._scoring.acquire(timeout=self.limits.wait_for_scoring):
            raise Busy("The warehouse is busy with other people's rankings. Try again in a moment.")
        try:
            yield
        finally:
            self._scoring.release()

    def _cancel(self, process_id: int) -> None:
        """On a connection of its own: the one that waits is busy, and the others of the pool may be as well."""
        with self._control.connect() as connection:
            connection.execute(*_bound(_single("warehouse/session/cancel", None), {"process_id": process_id}))


def _with_retries(work: Callable[[], Result], worth: type[WarehouseError]) -> Result:
    """What ``work`` returns, tried again after a pause when it raises ``worth``."""
    for pause in PAUSES:
        try:
            return work()
        except Unreachable:  # tried often enough
            raise
        except worth as error:
            logger.warning("Tried again in %.1f s: %s", pause, type(error).__name__)
            time.sleep(pause * random.uniform(1, 1.5))
    return work()


def _frame(result: sa.CursorResult[Any]) -> pd.DataFrame:
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def _bound(statement: str, params: Params | None) -> tuple[sa.TextClause, dict[str, Any]]:
    """``statement`` for SQLAlchemy and those of ``params`` that occur in it."""
    clause = sa.text(statement)
    return clause, {key: value for key, value in (params or {}).items() if key in clause._bindparams}


def _single(name: str, names: Names | None) -> str:
    """The one statement of sql/<name>.sql, without its closing semicolon. Raises ValueError if there are several."""
    (statement,) = sqlfiles.split(sqlfiles.render(name, names))
    return statement


@contextmanager
def _explained(what: str, is_wanted: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Turns the driver's errors into WarehouseError: a sentence for the user, the kind of error for the log.

    ``is_wanted``: whether the app asked for the error itself, so that the log need not tell.
    """
    try:
        yield
    except JobrecError:
        raise
    except sa.exc.DBAPIError as error:
        if not is_wanted():
            cause = f"{type(error.orig).__name__} {failures.code(error.orig)}".strip()
            logger.error("The warehouse failed at %s: %s", what, cause)
        found = failures.explained(error.orig)
        if type(found) is WarehouseError:  # the statement's own fault, not that of the line or of others
            found.statement, found.file = failures.beginning(error.statement or ""), what if "/" in what else ""
        raise found from error
    except sa.exc.TimeoutError as error:
        raise Busy("Too many people ask the warehouse at once. Try again in a moment.") from error
    except sa.exc.SQLAlchemyError as error:
        logger.error("The warehouse failed at %s: %s", what, type(error).__name__)
        raise WarehouseError(f"The warehouse could not be asked ({type(error).__name__}).") from error


def _driver_error(error: BaseException) -> BaseException | None:
    """What the driver had raised."""
    cause = error.__cause__
    return cause.orig if isinstance(cause, sa.exc.DBAPIError) else None


def _why_stopped(seconds: float, limit: int) -> str:
    if seconds >= limit * 0.95:
        return (
            f"The warehouse took longer than the {limit:,} seconds allowed. Ask for less, or try when it is less busy."
        )
    return "The warehouse stopped the query: by an admin, or by a rule of its workload management. Try again later."
