"""What one connection does: translate, run, time out, begin and end transactions, take bulk rows in."""

from __future__ import annotations

import itertools
import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from embedded_redshift import errors, staging
from embedded_redshift.border import place_in
from embedded_redshift.catalog import Relations, SessionCatalog, redshift_type
from embedded_redshift.database import Database, Prepared
from embedded_redshift.deadline import Deadline
from embedded_redshift.history import MESSAGE_LENGTH, TEXT_LENGTH
from embedded_redshift.parameters import values
from embedded_redshift.session_settings import SessionSettings
from embedded_redshift.trailing_blanks import Table
from embedded_redshift.translate import TRANSLATIONS, RedshiftSyntaxError, transaction_command

# The copy that this warns of is the point: the rows must not depend on the connection's next statement.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result makes an extra copy")

_SHOW = re.compile(r"show\s+(\w+)", re.I)


@dataclass(frozen=True)
class Result:
    """What a statement gave: its rows and their Redshift types, or how many rows it changed (-1: not known)."""

    table: pa.Table | None = None
    types: tuple[str, ...] = ()
    rowcount: int = -1


class Session:
    """The state behind one DB-API connection."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.autocommit = False
        self.settings = SessionSettings()
        self.cursor = database.session()
        self._in_transaction = False
        self._began_explicitly = False  # by a BEGIN of its own, which autocommit does not end
        self._failed = False
        self._transaction = 0  # its number while one is open
        self._first_in_transaction = False
        self._compiled, self._noteworthy = 0, False  # of the statement that runs: see execute
        self._id = int(self.cursor.execute("SELECT current_connection_id()").fetchall()[0][0])
        self._statement = ""  # the one that runs, for the places in messages
        self._changed_catalog = False
        self._deadline = Deadline(self.cursor)
        # What waits for the end of the transaction, in order: called with True after a commit, False after a rollback.
        self.on_transaction_end: list[Callable[[bool], None]] = []
        self.created_models: set[int] = set()
        self.written: set[Table] = set()
        self._clock = self._version = 0
        self._relations: Relations = {}
        self._apply_search_path()

    # -- statements ----------------------------------------------------------------------------------------------

    def execute(self, sql: str, parameters: Mapping[str, Any]) -> Result:
        """Runs one Redshift statement, and notes it. Raises the DB-API's errors."""
        started, begun = time.time_ns() // 1000, time.perf_counter_ns()
        self._compiled, self._noteworthy = 0, False
        try:
            result = self._execute(sql, parameters)
        except errors.Error as error:
            self._note(sql, started, begun, error)
            raise
        if self._noteworthy:
            self._note(sql, started, begun, None, result.rowcount if result.table is not None else 0)
        return result

    def _note(self, sql: str, started: int, begun: int, error: errors.Error | None, rows: int = 0) -> None:
        status = "success" if error is None else "canceled" if error.code == errors.CANCELLED else "failed"
        history = self.database.history
        number = self._transaction or history.new_transaction()
        elapsed = (time.perf_counter_ns() - begun) // 1000
        reason = None if error is None else str(error)[:MESSAGE_LENGTH]
        text = sql[:TEXT_LENGTH]
        entry = (
            self.settings.label, number, self._id, status, started, elapsed, self._compiled, reason, rows, text
        )  # fmt: skip
        history.note(entry)

    def _execute(self, sql: str, parameters: Mapping[str, Any]) -> Result:
        self._statement = sql
        text = sql.rstrip().rstrip(";").rstrip()  # what stands before it counts for the places in messages
        if self._run_transaction_command(text):
            return Result()
        if self._failed:
            raise errors.ProgrammingError(
                "current transaction is aborted, commands ignored until end of transaction block", errors.ABORTED
            )
        if (shown := _SHOW.fullmatch(text.strip())) and (result := self._shown(shown[1].lower())):
            return result
        with self.guarded():
            if not self.autocommit:
                self.begin()  # before the translation, which must see the same tables as the statement
            result = self._run(self._prepare(text), parameters)
            self._first_in_transaction = False
            self._commit_if_autocommit()
            return result

    def _shown(self, name: str) -> Result | None:
        """The value of a setting, or all of them; None for what is no setting."""
        found = self.settings.shown(name)
        if found is None:
            return None
        if name != "all":
            return Result(pa.table({name: [found[name]]}), ("varchar",), 1)
        table = pa.table({"name": list(found), "setting": list(found.values())})
        return Result(table, ("varchar", "varchar"), table.num_rows)

    def select(self, query: str) -> tuple[pa.Table, tuple[str, ...]]:
        """The rows of a SELECT in the current transaction, and their Redshift types. Raises the DB-API's errors."""
        self.begin()
        result = self._run(self._prepare(query), {})
        if result.table is None:
            raise errors.ProgrammingError("The statement must be a SELECT.")
        return result.table, result.types

    def translated(self, text: str) -> str:
        """What DuckDB runs for a statement; the statement itself where it is about models or the session.

        Raises ProgrammingError for what is no statement of Redshift's.
        """
        with self.guarded():
            statements = TRANSLATIONS.translate(text, SessionCatalog(self)).statements
        return ";\n".join(statements) or text

    def _run_transaction_command(self, text: str) -> bool:
        match transaction_command(text):
            case "BEGIN":
                with self.guarded():
                    self.begin()
                self._began_explicitly = True
            case "COMMIT":
                self.commit()
            case "ROLLBACK":
                self.rollback()
            case _:
                return False
        return True

    def _prepare(self, text: str) -> Prepared:
        path = self.search_path
        key = (text, self.database.version, path)
        prepared = self.database.cached(key) if self.shares_catalog else None
        if prepared is None or not self._still_valid(prepared):
            begun = time.perf_counter_ns()
            catalog = SessionCatalog(self)
            translation = TRANSLATIONS.translate(text, catalog)
            prepared = Prepared(
                translation,
                tuple(itertools.chain.from_iterable(map(self.cursor.extract_statements, translation.statements))),
                frozenset(catalog.table(*name) for name in translation.written),
                frozenset(catalog.without_blanks),
                self.clock,
            )
            if self.shares_catalog and not catalog.undecided:
                self.database.keep(key, prepared)
            self._compiled = (time.perf_counter_ns() - begun) // 1000
        return prepared

    def _still_valid(self, prepared: Prepared) -> bool:
        """Whether what a kept translation relies on is still so, in this session's view of the data."""
        since = min(self.clock, prepared.clock)
        return self.written.isdisjoint(prepared.without_blanks) and self.database.blanks.unchanged_since(
            since, prepared.without_blanks
        )

    @property
    def clock(self) -> int:
        """When the transaction began, as the database counts writes; outside a transaction: now."""
        return self._clock if self._in_transaction else self.database.blanks.clock

    @property
    def shares_catalog(self) -> bool:
        """Whether it sees the tables that everybody sees: none of its own uncommitted ones, and none of old."""
        return not self._changed_catalog and (not self._in_transaction or self._version == self.database.version)

    @property
    def relations(self) -> Relations:
        """What is known of DuckDB's catalog, as this session sees it."""
        return self.database.relations if self.shares_catalog else self._relations

    @property
    def model_functions(self) -> Mapping[str, str]:
        """The DuckDB function of each model's function, by its name with the schema."""
        return self.database.functions

    def has_trailing_blanks(self, table: Table, column: str, siblings: Iterable[str]) -> bool | None:
        """Whether the column holds values that end in a blank, in this session's view; None if it cannot be told."""
        if table in self.written:
            return None
        with self.database.lookup() as cursor:
            return self.database.blanks.column_has(cursor, table, column, self.clock, siblings)

    def columns(self, schema: str, table: str) -> dict[str, str] | None:
        """Redshift type text by column name, None if there is no such table or view."""
        with self.guarded():
            return SessionCatalog(self).columns(schema, table)

    def check_schema(self, schema: str) -> None:
        """Raises ProgrammingError if there is no such schema."""
        found = "SELECT 1 FROM duckdb_schemas() WHERE schema_name = $schema AND database_name = current_database()"
        if not self.cursor.execute(found, {"schema": schema}).fetchall():
            raise errors.ProgrammingError(f'schema "{schema}" does not exist', "3F000")

    def _run(self, prepared: Prepared, parameters: Mapping[str, Any]) -> Result:
        translation = prepared.translation
        self._noteworthy = translation.kind != "session"
        if translation.reads_history:
            self._write_history()
        if translation.transaction == "refuses" and (self._began_explicitly or not self.autocommit):
            raise errors.ProgrammingError(
                "This statement cannot run inside a transaction block: use AUTOCOMMIT.", "25001"
            )
        if translation.kind == "noop":
            return Result()
        if translation.kind == "session" and translation.setting is not None:
            self._set(*translation.setting)
            return Result()
        if translation.kind == "ml":
            if parameters:
                raise errors.ProgrammingError("A statement about models cannot have parameters: write the values out.")
            rows = self.database.models.execute(self, translation.ml or "")
            return Result() if rows is None else Result(rows, ("varchar",) * rows.num_columns, rows.num_rows)
        if not self.autocommit or prepared.written or len(prepared.statements) > 1:
            self.begin()
        self.written |= prepared.written
        if translation.kind == "ddl":
            self._mark_catalog_changed()
        with self._deadline.limit(self.settings.timeout):
            for statement in prepared.statements:
                self.cursor.execute(statement, values(statement.named_parameters, parameters))
            result = self._fetch_result(translation.kind)
        if translation.transaction == "commits":
            self.commit()
        return result

    def _write_history(self) -> None:
        """Writes down what ran, before a transaction that this statement begins: a later one would not be seen."""
        begins = self._in_transaction and self._first_in_transaction and not self._began_explicitly
        if begins:
            self.commit()
        self.database.write_history()
        if begins:
            self.begin()

    def _fetch_result(self, kind: str) -> Result:
        if kind == "query":
            types = tuple(redshift_type(str(column[1])) for column in self.cursor.description)
            table: pa.Table = self.cursor.to_arrow_table()
            return Result(table, types, table.num_rows)
        counted = self.cursor.fetchall()  # to the end, or DuckDB keeps the connection busy
        return Result(rowcount=int(counted[0][0]) if kind == "write" and counted else -1)

    def stage(self, schema: str, table: str, rows: pa.Table) -> None:
        """Makes ``schema.table`` anew with ``rows``, in the current transaction."""
        with self.guarded():
            self.begin()
            self._mark_catalog_changed()
            self.written.add((schema.lower(), table.lower()))
            staging.stage(self.cursor, schema, table, rows)
            self._commit_if_autocommit()

    def _mark_catalog_changed(self) -> None:
        self._changed_catalog, self._relations = True, {}

    # -- transactions --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begins a transaction unless one is open."""
        if not self._in_transaction:
            self._clock, self._version = self.database.blanks.clock, self.database.version
            self.cursor.execute("BEGIN TRANSACTION")
            self._transaction, self._first_in_transaction = self.database.history.new_transaction(), True
            self._in_transaction, self._relations = True, {}

    def commit(self) -> None:
        """Ends the open transaction; a failed one is undone instead. Raises ProgrammingError on a conflict."""
        if self._failed:
            self.rollback()
        elif not self._in_transaction:
            self._end_transaction(committed=True)
        else:
            try:
                with self.database.blanks.writing(self.written):
                    self.cursor.execute("COMMIT")
            except duckdb.Error as error:
                self._end_transaction(committed=False)
                raise self._as_dbapi_error(error) from error
            self._end_transaction(committed=True)

    def rollback(self) -> None:
        """Undoes the open transaction, if there is one."""
        if self._in_transaction:
            try:
                self.cursor.execute("ROLLBACK")
            except duckdb.TransactionException:
                pass  # DuckDB has already rolled back, as after a failed COMMIT
            except duckdb.Error as error:
                raise self._as_dbapi_error(error) from error
            finally:
                self._end_transaction(committed=False)
        self._failed = False

    def _commit_if_autocommit(self) -> None:
        """Ends the transaction of a statement that is one of its own."""
        if self.autocommit and not self._began_explicitly:
            self.commit()

    def _end_transaction(self, committed: bool) -> None:
        self._in_transaction = self._began_explicitly = self._failed = False
        self._transaction = 0
        self.written = set()
        if self._changed_catalog:
            self._changed_catalog = False
            self.database.catalog_changed()
        waiting, self.on_transaction_end = self.on_transaction_end, []
        for notify in waiting:
            notify(committed)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Retells DuckDB's errors as the DB-API's; an error makes the open transaction unusable, as in Redshift."""
        try:
            yield
        except RedshiftSyntaxError as error:
            self._fail()
            raise errors.ProgrammingError(str(error), "42601") from error
        except duckdb.Error as error:
            self._fail()
            raise self._as_dbapi_error(error) from error
        except errors.Error:
            self._fail()
            raise
        except Exception as error:
            self._fail()
            raise errors.unforeseen(error, place_in(self._statement, error)) from error
        except BaseException:
            self._fail()
            raise

    def _fail(self) -> None:
        if self._in_transaction and self.autocommit and not self._began_explicitly:
            self.rollback()
        self._failed = self._in_transaction

    def _as_dbapi_error(self, error: duckdb.Error) -> errors.Error:
        if isinstance(error, duckdb.InterruptException) and self._deadline.passed:
            return errors.OperationalError(
                f"Query cancelled: it ran longer than statement_timeout ({self.settings.timeout} ms).", errors.CANCELLED
            )
        explained = errors.from_duckdb(error, place_in(self._statement, error))
        explained.args = (self.database.models.with_redshift_names(str(explained)),)
        if isinstance(explained, errors.InternalError):
            self.database.broken = True
        return explained

    # -- settings ------------------------------------------------------------------------------------------------

    @property
    def search_path(self) -> tuple[str, ...]:
        """The schemas in which a bare table name is looked up, in order."""
        return self.settings.search_path

    def _set(self, name: str, value: str) -> None:
        self.settings.set(name, value)
        if name in ("search_path", "all"):
            self._apply_search_path()

    def _apply_search_path(self) -> None:
        known = {row[0] for row in self.cursor.execute("SELECT schema_name FROM duckdb_schemas()").fetchall()}
        path = ",".join(f'"{schema}"' for schema in (*self.search_path, "_redshift") if schema in known)
        self.cursor.execute("SET search_path = $path", {"path": path})

    # -- end -----------------------------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Interrupts the running statement; it raises OperationalError 57014 in its own thread."""
        self.cursor.interrupt()

    def close(self) -> None:
        """Undoes an open transaction and lets go of the DuckDB connection."""
        try:
            self.rollback()
        except errors.InterfaceError:
            pass  # the database is closed already, as when the process ends
        finally:
            self.cursor.close()
