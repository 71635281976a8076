"""Carries out the statements about models, trains in the background, and keeps what is trained ready to predict."""

from __future__ import annotations

import datetime as dt
import logging
import re
import threading
import time
from dataclasses import replace

import duckdb
import pyarrow as pa

from embedded_redshift import errors
from embedded_redshift.ml import explanations, functions, prediction, show, store
from embedded_redshift.ml.columns import column
from embedded_redshift.ml.grammar import parse
from embedded_redshift.ml.interface import Database, Session
from embedded_redshift.ml.model import Model, Predictor, TrainingError, TrainingStoppedError
from embedded_redshift.ml.statements import CreateModel, DropModel, ExplainModel, ModelName, ShowModel
from embedded_redshift.ml.stop import StopSignal
from embedded_redshift.ml.training_set import TrainingSet, training_set
from embedded_redshift.translate.interface import USER

logger = logging.getLogger(__name__)

TRAININGS_AT_ONCE = 2


class Models:
    """The models of one database file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.RLock()
        self._models: dict[tuple[str, str], Model] = {}
        self._predictors: dict[int, Predictor] = {}
        # Of every DuckDB function that was ever there: a message may still name one that is gone.
        self._redshift_names: dict[str, str] = {}
        self._loading = threading.Lock()
        self._threads: set[threading.Thread] = set()
        self._slots = threading.BoundedSemaphore(TRAININGS_AT_ONCE)
        for model in store.load(database.root):
            self._models[model.key] = model
            functions.register(database.root, model, self._predictor)
        self._publish()

    def execute(self, session: Session, text: str) -> pa.Table | None:
        """Carries out one statement about models in the session. Returns its rows, None if it gives none."""
        match parse(text):
            case CreateModel() as statement:
                self._create(session, statement, text)
            case DropModel() as statement:
                self._drop(session, statement)
            case ShowModel(model=None):
                return show.show_all(self._visible_models(session))
            case ShowModel(model=ModelName() as name):
                return show.show(self._find(session, name))
            case ExplainModel() as statement:
                return pa.table({"explain_model": [self._explanation(self._find(session, statement.model))]})
        return None

    def with_redshift_names(self, message: str) -> str:
        """An error message with the names of DuckDB functions turned back into those of the models' functions."""
        if "redshiftml_" not in message:
            return message
        return re.sub(r"\b\w*redshiftml_\w+", lambda found: self._redshift_names.get(found[0], found[0]), message)

    # -- finding -------------------------------------------------------------------------------------------------

    def _visible_models(self, session: Session) -> list[Model]:
        with self._lock:
            return [m for m in self._models.values() if m.committed or m.model_id in session.created_models]

    def _find(self, session: Session, name: ModelName) -> Model:
        schemas = (name.schema,) if name.schema else session.search_path
        by_key = {model.key: model for model in self._visible_models(session)}
        for schema in schemas:
            if model := by_key.get((schema, name.name)):
                return model
        raise errors.ProgrammingError(f'Model "{name.name}" does not exist', "42704")

    def _explanation(self, model: Model) -> str:
        if model.statement.model_type == "kmeans":
            raise errors.ProgrammingError("EXPLAIN_MODEL is not there for a KMEANS model.")
        if model.explanation is not None:
            return model.explanation
        if model.state == "TRAINING":
            return explanations.waiting(explanations.WAITING_FOR_TRAINING)
        return explanations.waiting(
            explanations.WAITING_FOR_PROCESSING if model.state == "READY" else explanations.PROCESSING_FAILED
        )

    # -- CREATE MODEL --------------------------------------------------------------------------------------------

    def _create(self, session: Session, statement: CreateModel, text: str) -> None:
        schema = statement.model.schema or session.search_path[0]
        session.check_schema(schema)
        self._check_name(schema, statement.model.name)
        data = self._training_set(session, statement)
        model = Model(
            store.next_id(session.cursor), schema, statement.model.name, USER,
            dt.datetime.now(dt.UTC).replace(tzinfo=None), text, statement, data.features, data.target,
            rows=data.table.num_rows, total_rows=data.total_rows,
        )  # fmt: skip
        with self._lock:
            self._check_name(schema, statement.model.name)
            functions.check_free(model, self._models.values())
            self._models[model.key] = model
        session.on_transaction_end.append(lambda committed: self._transaction_ended(session, model, data, committed))
        session.created_models.add(model.model_id)
        session.begin()
        store.insert(session.cursor, model)

    def _check_name(self, schema: str, name: str) -> None:
        with self._lock:
            if (schema, name) in self._models:
                raise errors.ProgrammingError(f'Model "{name}" already exists', "42710")

    def _training_set(self, session: Session, statement: CreateModel) -> TrainingSet:
        if statement.table is not None:
            parts = [part for part in (statement.table.schema, statement.table.name) if part]
            query = "SELECT * FROM " + ".".join('"' + part.replace('"', '""') + '"' for part in parts)
        else:
            query = statement.query or ""
        table, types = session.select(query)
        columns = tuple(column(name.lower(), kind) for name, kind in zip(table.column_names, types, strict=True))
        return training_set(statement, table, columns)

    def _transaction_ended(self, session: Session, model: Model, data: TrainingSet, committed: bool) -> None:
        """The transaction with CREATE MODEL has ended: the training begins, or the model was never there."""
        session.created_models.discard(model.model_id)
        if not committed or model.cancelled.is_set():
            with self._lock:
                self._models.pop(model.key, None)
            return
        with self._database.lock:
            functions.register(self._database.root, model, self._predictor)
        model.committed = True  # only now may its function be named
        self._publish()
        thread = threading.Thread(target=self._train, args=(model, data), name=f"train {model.full_name}", daemon=True)
        with self._lock:
            self._threads.add(thread)
        self._database.retain()
        thread.start()

    def _publish(self) -> None:
        """Makes the functions of the committed models visible to the translation."""
        with self._lock:
            models = [model for model in self._models.values() if model.committed]
            with self._database.lock:
                names = functions.names(self._database.root, models)
                self._redshift_names |= {udf: name for name, udf in names.items()}
                self._database.functions = names
        self._database.catalog_changed()

    # -- training ------------------------------------------------------------------------------------------------

    def _train(self, model: Model, data: TrainingSet) -> None:
        try:
            with self._slots:
                self._train_in_slot(model, data)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())
            self._database.release()

    def _train_in_slot(self, model: Model, data: TrainingSet) -> None:
        try:
            from embedded_redshift.ml import training  # takes seconds, so not before it is needed

            stop = StopSignal(model.cancelled, model.statement.max_runtime)
            stop.check()
            outcome = training.train(model.statement, data, stop)
        except TrainingStoppedError as stopped:
            if stopped.timed_out:
                limit = model.statement.max_runtime
                self._finish(model, "FAILED", f"MaxRuntimeExceeded: the training reached MAX_RUNTIME ({limit} s).")
            return
        except TrainingError as failure:
            self._finish(model, "FAILED", str(failure))
            return
        except Exception:  # whatever it is, the model must not stay in training for ever
            if model.cancelled.is_set():
                return  # the process is ending, and takes the libraries away
            logger.exception("Training of %s failed", model.full_name)
            self._finish(model, "FAILED", "The training ended with an error that nobody foresaw; the log has it.")
            return
        model.outcome = outcome
        self._finish(model, "READY", None)
        if model.state == "READY":
            self._explain(model, outcome.artifact, data)
            model.outcome = replace(outcome, artifact=b"")  # it is on disk, and in memory as a predictor

    def _finish(self, model: Model, state: str, reason: str | None) -> None:
        """Writes how the training ended, unless the model was dropped meanwhile."""
        with self._lock:
            if model.cancelled.is_set():
                return
            model.state, model.reason = state, reason  # type: ignore[assignment]
            try:
                self._save(model, store.finish)
            except duckdb.Error as error:
                logger.error("The trained model %s could not be saved: %s", model.full_name, type(error).__name__)
                model.state, model.outcome = "FAILED", None
                model.reason = f"The trained model could not be saved. {errors.from_duckdb(error)}"
            if model.outcome is not None and model.outcome.has_probabilities:
                with self._database.lock:
                    functions.register_probabilities(self._database.root, model, self._predictor)
        self._publish()

    def _explain(self, model: Model, artifact: bytes, data: TrainingSet) -> None:
        try:
            from embedded_redshift.ml import training  # loaded already, by the training

            found = training.explanation(self._predictor(model), artifact, data)
        except Exception:
            if model.cancelled.is_set():
                return
            logger.exception("Explaining %s failed", model.full_name)
            found = explanations.waiting(explanations.PROCESSING_FAILED)
        with self._lock:
            if found is not None and not model.cancelled.is_set():
                model.explanation = found
                self._save(model, store.explain)

    def _save(self, model: Model, write) -> None:  # type: ignore[no-untyped-def]
        with self._database.lookup() as cursor:
            write(cursor, model)

    # -- prediction ----------------------------------------------------------------------------------------------

    def _predictor(self, model: Model) -> Predictor:
        """The model in memory, loaded at its first use. Raises ProgrammingError 28008 while it is not READY."""
        found = self._predictors.get(model.model_id)
        if found is not None:
            return found
        if model.cancelled.is_set():
            raise errors.ProgrammingError(f"function {model.function} does not exist: its model was dropped")
        if model.state != "READY" or model.outcome is None:
            raise errors.ProgrammingError(functions.NOT_READY_MESSAGE, errors.NOT_READY)
        with self._loading:
            found = self._predictors.get(model.model_id)
            if found is None:
                with self._database.lookup() as cursor:
                    saved = model.outcome.artifact or store.artifact(cursor, model)
                found = self._predictors[model.model_id] = prediction.predictor(model, saved)
        return found

    # -- DROP MODEL ----------------------------------------------------------------------------------------------

    def _drop(self, session: Session, statement: DropModel) -> None:
        try:
            model = self._find(session, statement.model)
        except errors.ProgrammingError:
            if statement.if_exists:
                return
            raise
        # Once this is set and the lock is passed, the training thread writes nothing more about the model.
        model.cancelled.set()
        with self._lock:
            self._models.pop(model.key, None)
            self._predictors.pop(model.model_id, None)
        try:
            session.begin()
            store.delete(session.cursor, model)
            session.commit()  # DROP MODEL commits at once, whatever transaction it is in
        except BaseException:
            with self._lock:
                self._models[model.key] = model
                if model.state == "TRAINING":
                    model.state, model.reason = "FAILED", "The training was cancelled by a DROP MODEL that failed."
            raise
        self._publish()

    # -- waiting and ending --------------------------------------------------------------------------------------

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until no training runs, explanations included. False if that took longer than ``timeout`` seconds."""
        ends = None if timeout is None else time.monotonic() + timeout
        while True:
            with self._lock:
                running = list(self._threads)
            if not running:
                return True
            running[0].join(None if ends is None else max(ends - time.monotonic(), 0))
            if ends is not None and time.monotonic() >= ends:
                with self._lock:
                    return not self._threads

    def stop(self, timeout: float) -> None:
        """Ends running trainings without a result, for a process that exits: their models are FAILED when next seen."""
        with self._lock:
            for model in self._models.values():
                if model.state == "TRAINING":
                    model.cancelled.set()
        self.wait(timeout)
