"""Makes the SQLAlchemy engines of a warehouse: one with a pool for Streamlit's threads, one for a word on the side."""

from typing import Any

import sqlalchemy as sa

from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Limits, settings
from jobrec_ui.warehouse.login import Credentials

_KNOWN = ("redshift+local", "redshift+redshift_connector")
RECYCLE = 1800  # seconds: Redshift Serverless ends a session after an hour without a query


def make_engine(url: str, limits: Limits) -> tuple[sa.Engine, sa.Engine]:
    """The engine for ``url``, and one without a pool. Raises WarehouseError if the URL is not one of a warehouse.

    Every connection belongs to one thread at a time and goes back to the pool, last in first out, so that the same few
    are warm; it is asked whether it works before it is used.
    """
    try:
        address = sa.make_url(url)
        if address.drivername not in _KNOWN:
            raise sa.exc.ArgumentError("another database")
        pool: dict[str, Any] = {}
        if address.get_driver_name() != "local":
            pool = {
                "pool_size": limits.connections,
                "max_overflow": limits.more_connections,
                "pool_timeout": limits.wait_for_connection,
                "pool_recycle": RECYCLE,
                "pool_pre_ping": True,
                "pool_use_lifo": True,
            }
        engine = sa.create_engine(address, hide_parameters=True, **pool)  # values are people's data: not for logs
        # What is wrong with the address is said at once, not at the first query.
        engine.dialect.create_connect_args(address)
        aside = sa.create_engine(address, hide_parameters=True, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
        raise WarehouseError(_address_sentence(error)) from None  # the error's own text may hold the password
    if pool:
        credentials = Credentials(settings().login, settings().aws)
        for one in (engine, aside):
            _log_in(one, credentials)
    return engine, aside


def _address_sentence(error: Exception) -> str:
    words = str(error)
    if words.startswith(("The warehouse address", "The address")):
        return words
    return (
        "The warehouse address is not one this app knows. Use redshift+local:///path.duckdb for the embedded "
        "warehouse or redshift+redshift_connector://… for Amazon Redshift."
    )


def _log_in(engine: sa.Engine, credentials: Credentials) -> None:
    @sa.event.listens_for(engine, "do_connect")
    def complete(dialect: Any, record: Any, cargs: Any, cparams: dict[str, Any]) -> Any:
        completed = dict(cparams)
        credentials.complete(completed)
        try:
            return dialect.connect(*cargs, **completed)
        except dialect.loaded_dbapi.InterfaceError:
            credentials.forget()
            raise
