"""What goes in and out of the translation: the catalog it asks, the result it gives, the error it raises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from embedded_redshift.translate.metadata import TableInfo

USER = "awsuser"  # the only one, who owns everything
USER_ID = 100
DATABASE = "dev"  # the only one, whatever the file is called
Kind = Literal["query", "write", "ddl", "session", "ml", "noop"]


class RedshiftSyntaxError(Exception):
    """The statement is not one that Redshift (or its embedded stand-in) runs.

    `position` is (line, column), both counted from 1, where that is known.
    """

    def __init__(self, message: str, position: tuple[int, int] | None = None) -> None:
        super().__init__(message if position is None else f"{message} (line {position[0]}, column {position[1]})")
        self.message = message
        self.position = position

    def behind(self, text: str) -> RedshiftSyntaxError:
        """The error with its place counted from the beginning of a text that stands before the statement."""
        line, column = self.position or (1, 1)
        if line == 1:
            column += len(text) - (text.rfind("\n") + 1)
        return RedshiftSyntaxError(self.message, (line + text.count("\n"), column))


@dataclass(frozen=True)
class Translation:
    """DuckDB's words for one Redshift statement.

    statements: DuckDB SQL, to be run in this order with the same parameters; the last one gives the result.
    setting: (name, value) of a SET; a RESET has the value "default".
    ml: the Redshift text of a statement about models, for the engine to carry out.
    written: (schema, table) of the tables whose rows or definition change.
    transaction: whether it takes part in the transaction around it, commits it, or cannot run in one.
    once: the statements name what must be new each time, so the next run needs a translation of its own.
    reads_history: it reads what the engine itself writes down as it runs.
    """

    kind: Kind
    statements: tuple[str, ...] = ()
    setting: tuple[str, str] | None = None
    ml: str | None = None
    written: tuple[tuple[str | None, str], ...] = ()
    transaction: Literal["joins", "commits", "refuses"] = "joins"
    once: bool = False
    reads_history: bool = False


class Catalog(Protocol):
    """What the translation must know of the database."""

    def columns(self, schema: str | None, table: str) -> dict[str, str] | None:
        """Redshift type text by column name, in the table's order; None when there is no such relation."""
        ...

    def sort_key(self, schema: str | None, table: str) -> tuple[str, ...]:
        """Columns of the table's SORTKEY, empty when it has none."""
        ...

    def table_info(self, schema: str | None, table: str) -> TableInfo:
        """What is kept of the table; an empty one for a view, or where there is no such relation."""
        ...

    def has_trailing_blanks(self, schema: str | None, table: str, column: str) -> bool:
        """Whether the VARCHAR column may hold values that end in a blank; True is always safe, but slower."""
        ...

    def view(self, schema: str | None, name: str) -> str | None:
        """The Redshift SELECT of a late-binding view; None when there is no such view."""
        ...

    def function(self, name: str) -> str | None:
        """The DuckDB function of the model's function with this Redshift name; None when there is no such function."""
        ...
