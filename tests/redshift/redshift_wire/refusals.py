"""Errors as Redshift sends them: the fields S, C, M, D, F, L, R. The shapes are those seen in public error reports."""

from __future__ import annotations

import re

from embedded_redshift import errors

# SQLSTATEs by what the message says, for those that the embedded warehouse does not number.
_CODES = (
    (r"^syntax error|not supported|cannot insert multiple commands", "42601"),
    (r'^relation ".*" does not exist', "42P01"),
    (r'^column .* does not exist|does not have a column', "42703"),
    (r"^function .* does not exist|^operator does not exist", "42883"),
    (r'^schema ".*" does not exist', "3F000"),
    (r'^Relation ".*" already exists', "42P07"),
    (r'^Schema ".*" already exists', "42P06"),
    (r"must appear in the GROUP BY", "42803"),
    (r"is ambiguous", "42702"),
    (r"^Divide by zero", "22012"),
    (r"^invalid input syntax|out of range", "22P02"),
    (r"value too long", "22001"),
    (r"^permission denied", "42501"),
)  # fmt: skip


class RefusedError(Exception):
    """What the server says no with."""

    def __init__(self, code: str, message: str, detail: str = "", severity: str = "ERROR") -> None:
        super().__init__(message)
        where = {"F": "../src/sys/xen_execute.cpp", "L": "9797", "R": "pg_throw"}
        self.fields = {"S": severity, "C": code, "M": message} | ({"D": detail} if detail else {}) | where

    @property
    def fatal(self) -> bool:
        """Whether the server ends the connection with it."""
        return self.fields["S"] == "FATAL"


def serialization_conflict() -> RefusedError:
    """Redshift's 1023: the number is the whole message, the rest is in the detail."""
    detail = "Serializable isolation violation on table - 119371, transactions forming the cycle are: 1745830, 1745762"
    return RefusedError("XX000", "1023", f"{detail} (pid:15021)")


def login_refused(user: str) -> RefusedError:
    return RefusedError("28000", f'password authentication failed for user "{user}"', severity="FATAL")


def cancelled(query: int) -> RefusedError:
    """The same words whether somebody cancelled it or it ran longer than statement_timeout."""
    return RefusedError("57014", f"Query ({query}) cancelled on user's request")


def no_type(parameter: int) -> RefusedError:
    """Nothing tells what a parameter is that was sent as a text or as NULL."""
    return RefusedError("42P18", f"could not determine data type of parameter ${parameter}")


def internal(message: str, code: int) -> RefusedError:
    """An error of Redshift's own engine: its number stands in the detail only."""
    line = "-" * 47
    detail = f"\n  {line}\n  error:  {message}\n  code:      {code}\n  context:   \n  query:     0\n  {line}\n"
    return RefusedError("XX000", message, detail)


def refusal(error: errors.Error, query: int) -> RefusedError:
    """The embedded warehouse's error as Redshift puts it."""
    message = str(error)
    match error.code:
        case errors.SERIALIZABLE:
            return serialization_conflict()
        case errors.CANCELLED:
            return cancelled(query)
        case errors.NOT_READY:
            return internal(message, 28008)
        case None | "42601":  # the translation says 42601 to everything that it does not take
            known = (code for pattern, code in _CODES if re.search(pattern, message))
            return RefusedError(next(known, error.code or "XX000"), message)
        case code:
            return RefusedError(code, message)
