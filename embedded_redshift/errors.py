"""The DB-API's exceptions, and DuckDB's errors put into Redshift's words.

As with redshift_connector, what the statement got wrong is a ProgrammingError; a broken constraint is an
IntegrityError; what the machine or the file could not do (disk, lock, timeout) is an OperationalError.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import duckdb

logger = logging.getLogger(__name__)


class Warning(Exception):  # noqa: N818 - the name is PEP 249's
    """Not raised; PEP 249 wants the name."""


class Error(Exception):
    """Base of every error of the embedded warehouse. ``code`` is Redshift's code where one is known."""

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class InterfaceError(Error):
    """The driver was used wrongly, for example a closed connection."""


class DatabaseError(Error):
    """Anything that the warehouse refused or could not do."""


class DataError(DatabaseError):
    """A parameter cannot be sent."""


class OperationalError(DatabaseError):
    """The file, the disk, the memory or a time limit got in the way."""


class IntegrityError(DatabaseError):
    """A constraint does not hold."""


class InternalError(DatabaseError):
    """The embedded warehouse itself is at fault."""


class ProgrammingError(DatabaseError):
    """The statement cannot be run as it is written."""


class NotSupportedError(DatabaseError):
    """Redshift can do this, the embedded warehouse cannot."""


CANCELLED = "57014"
SERIALIZABLE = "1023"
NOT_READY = "28008"
ABORTED = "25P02"

_SERIALIZABLE_MESSAGE = (
    "1023: Serializable isolation violation: another transaction changed the same rows of the table at the same time. "
    "Run the transaction again."
)

# DuckDB's type names as Redshift's error messages write them.
_TYPE_WORDS = {
    "VARCHAR": "character varying",
    "STRING_LITERAL": "character varying",
    "INTEGER_LITERAL": "integer",
    "INT16": "smallint",
    "INT32": "integer",
    "INT64": "bigint",
    "DOUBLE": "double precision",
    "FLOAT": "real",
    "DECIMAL": "numeric",
    "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "BOOL": "boolean",
    "JSON": "super",
    '"NULL"': "unknown",
}


def type_word(duckdb_type: str) -> str:
    """Redshift's long name of a DuckDB type, for messages: ``DECIMAL(10,2)`` gives ``numeric``."""
    bare = re.sub(r"\(.*\)", "", duckdb_type.strip())
    return _TYPE_WORDS.get(bare, bare.lower())


def _function(match: re.Match[str]) -> str:
    arguments = ", ".join(type_word(part) for part in re.split(r", (?![^(]*\))", match[2]) if part)
    return f"function {match[1]}({arguments}) does not exist"


# Before the text of every error that a translated statement raises by itself, so that it is told from DuckDB's own.
OWN_WORDS = "redshift: "
_OWN = re.compile(rf"{OWN_WORDS}(.*?)(?:' to INT32)?\Z", re.S)
# An error that a model's function raised, which DuckDB hands on.
_FROM_FUNCTION = re.compile(r"Python exception occurred while executing the UDF: (\w+): (.*)", re.S)

_Rewording = str | Callable[[re.Match[str]], str]
_REWORDINGS: tuple[tuple[re.Pattern[str], _Rewording], ...] = tuple(
    (re.compile(pattern), rewording)
    for pattern, rewording in (
        (r"(?:Table|View|Relation) with name \"?([^ \"]+?)\"? does not exist", r'relation "\1" does not exist'),
        (r"(?:Table|View) with name \"?([^ \"]+?)\"? already exists", r'Relation "\1" already exists'),
        (r"Schema with name \"?([^ \"]+?)\"? does not exist", r'schema "\1" does not exist'),
        (r"Schema with name \"?([^ \"]+?)\"? already exists", r'Schema "\1" already exists'),
        (r'Referenced column "([^"]+)" (?:was )?not found', r'column "\1" does not exist'),
        (r'Table "[^"]+" does not have a column (?:named|with name) "([^"]+)"', r'column "\1" does not exist'),
        (
            r'column "?([^" ]+)"? must appear in the GROUP BY clause',
            r'column "\1" must appear in the GROUP BY clause or be used in an aggregate function',
        ),
        (r'Ambiguous reference to column name "([^"]+)"', r'column reference "\1" is ambiguous'),
        (r"No function matches the given name and argument types '(\w+)\((.*?)\)'\.", _function),
        (
            r"Macro (?:\w+\.)*(\w+)\(\) does not support the supplied arguments",
            r"function \1 does not exist for arguments of these types",
        ),
        (r"(?:Scalar |Aggregate |Table )?Function with name \"?(\w+)\"? does not exist", r"function \1 does not exist"),
        (r"NOT NULL constraint failed: (?:\w+\.)*(\w+)", r"Cannot insert a NULL value into column \1"),
        (
            r"Could not convert string ['\"](.*?)['\"] to (\w+)",
            lambda m: f'invalid input syntax for type {type_word(m[2])}: "{m[1]}"',
        ),
        (
            r"Type (\w+) with value (\S+) can't be cast.*out of range.*type (\w+)",
            lambda m: f"Value {m[2]} out of range for type {type_word(m[3])}",
        ),
        (
            r"Overflow in \w+ of (INT\d+)|Overflow on abs\((-\d+)\)",
            lambda m: f"{type_word(m[1] or 'INT32').capitalize()} out of range",
        ),
        (
            r"Could not cast value \S+ to DECIMAL|Casting value \S+ to type DECIMAL.* failed|Overflow in \w+ of DECIMAL"
            r"|out of range of the DECIMAL type",
            "Numeric data overflow (result precision)",
        ),
        (
            r"table \"?(\w+)\"? has (\d+) columns but (\d+) values were supplied",
            r"INSERT has \3 expressions and \2 target columns",
        ),
        (r"Division by zero", "Divide by zero"),
        (
            r"Cannot compare values of type (.+?) and (?:type )?(.+?) (?:in |- )",
            lambda m: f"operator does not exist for values of type {type_word(m[1])} and {type_word(m[2])}",
        ),
        (
            r"Unimplemented type for cast \((.+?) -> (.+?)\)(?: |$|\n)",
            lambda m: f"cannot cast type {type_word(m[1])} to {type_word(m[2])}",
        ),
        (r'invalid (date|timestamp|time) field format: "(.*?)"', r'invalid input syntax for type \1: "\2"'),
        (r"Unknown TimeZone '(.*?)'", r'time zone "\1" not recognized'),
        (r"not in timestamp range|[Dd]ate out of range|out of range for date", "timestamp out of range"),
        (r"Invalid UTF8 Codepoint", "requested character not valid for encoding"),
        (r"Invalid input for hex digit", "invalid hexadecimal digit"),
        (r"could not convert blob to UTF8", "invalid byte sequence for encoding UTF8"),
        (r"Argument for ntile", "argument of ntile must be greater than zero"),
        (
            r"missing (?:\)|\]|argument)|unexpected \)|no argument for repetition|bad repetition|"
            r"invalid character class|invalid escape sequence|invalid perl operator|invalid repetition|trailing \\",
            "invalid regular expression",
        ),
        (r"More than one row returned by a subquery", "single-row subquery returns more than one row"),
        (
            r'(?s)Could not parse string "(.*?)" according to format specifier.*Error: (.*)',
            r'"\1" is not a date or time: \2',
        ),
    )
)


def from_duckdb(error: Exception, place: tuple[int, int] | None = None) -> Error:
    """The DB-API error for what DuckDB raised, in Redshift's words.

    place: line and column of what the statement got stuck on, for an error that nobody foresaw: DuckDB's own words say
    nothing to somebody who wrote Redshift's SQL, and go to the log.
    """
    text = str(error)
    words = _reworded(text)
    match error:
        case duckdb.ConnectionException():
            return InterfaceError("The connection is closed.", "08003")
        case duckdb.InterruptException():
            return OperationalError("Query cancelled on user's request", CANCELLED)
        case duckdb.ConstraintException():
            return IntegrityError(words or "A constraint does not hold.", "23505" if "uplicate" in text else "23502")
        case _ if "The ML model is not ready" in text:
            return ProgrammingError("The ML model is not ready, check STV_ML_MODEL_INFO for its status.", NOT_READY)
        case duckdb.TransactionException() if "onflict" in text:
            return ProgrammingError(_SERIALIZABLE_MESSAGE, SERIALIZABLE)
        case duckdb.OutOfMemoryException():
            _log(error)
            return OperationalError("The statement needs more memory or temporary disk space than there is.", "53200")
        case duckdb.IOException():
            _log(error)
            return OperationalError(_io(text), "58030")
        case duckdb.FatalException() | duckdb.InternalException():
            _log(error)
            return InternalError("The embedded warehouse failed and must be opened again: connect anew.", "XX000")
        case _ if words is not None:
            return ProgrammingError(words)
        case _:
            return unforeseen(error, place)


def unforeseen(error: BaseException, place: tuple[int, int] | None = None) -> NotSupportedError:
    """The error for whatever another library or Python itself raised; what it said goes to the log.

    place: line and column of what the statement got stuck on, where that is known.
    """
    _log(error)
    where = f" (line {place[0]}, column {place[1]})" if place else ""
    return NotSupportedError(
        f"The embedded warehouse cannot run this as it is written{where}; Amazon Redshift can, if its documentation "
        "has it. Write it another way; the log says why.",
        "0A000",
    )


def _log(error: BaseException) -> None:
    """What another library said, without the piece of the statement that DuckDB shows: it may hold data."""
    logger.error("A statement met an unforeseen %s: %s", type(error).__name__, str(error).split("\n\nLINE ")[0])


def _reworded(text: str) -> str | None:
    """The error in Redshift's words; None for what nobody foresaw."""
    if raised := _FROM_FUNCTION.search(text):
        return raised[2] if raised[1] in _OUR_ERRORS else None
    if own := _OWN.search(text.split("\n\nLINE ")[0]):
        return own[1].strip()
    for pattern, rewording in _REWORDINGS:
        if match := pattern.search(text):
            return rewording(match) if callable(rewording) else match.expand(rewording)
    return None


_OUR_ERRORS = frozenset(
    kind.__name__ for kind in (DataError, InterfaceError, NotSupportedError, OperationalError, ProgrammingError)
)


def _io(text: str) -> str:
    if re.search(r"No space left|disk full|could not write", text, re.I):
        return "The disk that holds the warehouse is full: free some space and try again."
    return "The warehouse file could not be read or written: check the disk and the rights of the file."
