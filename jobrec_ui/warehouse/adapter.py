"""What the two warehouses do each in a way of its own: more than SQLAlchemy has words for.

Both dialects have it: Amazon Redshift's in dialect.py, and the embedded warehouse's own.
"""

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa
import sqlalchemy as sa


@runtime_checkable
class Adapter(Protocol):
    """A dialect of SQLAlchemy with what this app needs besides. ``driver`` is a connection of the driver's.

    in_aws              whether loads and trainings go through S3, with a role that the warehouse takes on
    rankings_at_once    how many rankings it does well at the same time
    """

    in_aws: bool
    rankings_at_once: int
    loaded_dbapi: Any

    def stage(self, connection: sa.Connection, schema: str, table: str, rows: pa.Table) -> None:
        """Makes ``schema.table`` anew with ``rows``."""

    def ping(self, driver: Any) -> bool:
        """Asks the server whether it is there. Raises the driver's error if it does not answer."""

    def cancel(self, driver: Any, ask: Callable[[int], None]) -> None:
        """Cancels what another thread runs on ``driver``; ``ask`` can have a server do it, by the session's number."""

    def cut(self, driver: Any) -> None:
        """Ends the connection under whoever is waiting on it."""

    def expect(self, driver: Any, megabytes: int) -> None:
        """The next answers on the connection may be that large."""

    def one_core_each(self, driver: Any) -> None:
        """Has a statement run on one core from now on, where that is this process's to say."""

    def translated(self, driver: Any, statement: str) -> str:
        """What the warehouse itself runs for a statement in Redshift's dialect."""

    def type_word(self, code: Any) -> str:
        """Redshift's word for the type of a column in a cursor's description."""


def adapter(of: sa.Engine | sa.Connection) -> Adapter:
    """The adapter of an engine or a connection."""
    found = of.dialect
    assert isinstance(found, Adapter)
    return found
