"""What goes wrong at the warehouse, as kinds of error and as sentences for the person at the screen.

redshift_connector gives a server's error as a dict (C its code, M its message, D the detail) and nearly everything as a
ProgrammingError, so what happened is read from the code and the words; the embedded warehouse's errors have a `code`.
"""

import re
import socket
import ssl

from jobrec_ui.errors import WarehouseError


class ConnectionLost(WarehouseError):  # noqa: N818 - says what happened
    """The warehouse cannot be reached, or went away. Whatever was running may or may not have been done."""


class Unreachable(ConnectionLost):
    """No connection could be had, after some tries. Nothing was sent."""


class WriteConflict(WarehouseError):  # noqa: N818 - says what happened
    """Somebody else wrote to the same table at the same time (1023). Nothing of the transaction was kept."""


class Cancelled(WarehouseError):  # noqa: N818 - says what happened
    """The statement was stopped: it ran too long, or nobody waits for it any more. Nothing of it was kept."""


class Busy(WarehouseError):  # noqa: N818 - says what happened
    """Too many at once. Nothing was sent."""


class TooLarge(WarehouseError):  # noqa: N818 - says what happened
    """The answer was larger than allowed, and broken off."""


class ModelNotReady(WarehouseError):  # noqa: N818 - says what happened
    """The model's function is there, but its training is not over."""


STOPPED = "57014"
TOO_LARGE = "answer too large"
LOST = "The connection to the warehouse was lost. Try again in a moment."

_LOST_CODES = ("08", "57P01", "57P02", "57P03")
_LOST_WORDS = ("server socket closed", "connection is closed", "answer of the warehouse broke off")
# OpenSSL's numbers: signed by itself, alone or at the end of a chain; the signer's certificate is not there.
_UNKNOWN_SIGNER = (2, 18, 19, 20, 21)
# redshift_connector: not a server's dict, but what went wrong on the way to it.
_ON_THE_WAY = "communication error"


def code(error: BaseException | None) -> str:
    """The SQLSTATE of a driver's error, "" if it has none; 1023 for a serializable conflict, 28008 for no model yet."""
    detail = error.args[0] if error is not None and error.args else ""
    found = str(detail.get("C", "") if isinstance(detail, dict) else getattr(error, "code", None) or "")
    words = message(error)
    if words.startswith("1023") or "erializable isolation violation" in words or found == "40001":
        return "1023"
    return "28008" if "ML model is not ready" in words else found


def message(error: BaseException | None) -> str:
    """The message of a driver's error, in the warehouse's own words."""
    detail = error.args[0] if error is not None and error.args else ""
    text = str(detail.get("M", "") if isinstance(detail, dict) else detail).strip()
    if isinstance(detail, dict) and text.isdigit():  # Redshift's own errors have their words in the detail
        text = f"{text} {detail.get('D', '')}".strip()
    return text or "The warehouse gave no reason."


def is_lost(error: BaseException) -> bool:
    """Whether the connection can no longer be used after a driver's error."""
    return code(error).startswith(_LOST_CODES) or any(words in message(error) for words in _LOST_WORDS)


def is_too_large(error: BaseException) -> bool:
    """Whether the dialect broke the answer off."""
    return error.args[:1] == (TOO_LARGE,)


_BEFORE = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_MOST_WORDS, _MOST_LETTERS = 7, 80


def beginning(statement: str) -> str:
    """How a statement begins, enough to tell it from others: its first words, up to a bracket."""
    text = statement[_BEFORE.match(statement).end() :]  # type: ignore[union-attr]  # it always matches
    words = text.partition("(")[0].split()[:_MOST_WORDS]
    return " ".join(words)[:_MOST_LETTERS].rstrip()


def explained(error: BaseException | None) -> WarehouseError:
    """The error to raise for a driver's error."""
    found, words = code(error), message(error)
    if error is not None and words == _ON_THE_WAY and len(error.args) > 1:
        return ConnectionLost(_unreachable(error.args[1]))
    if error is not None and is_too_large(error):
        return TooLarge(
            f"The answer of the warehouse is larger than the {error.args[1] / 1e6:,.0f} MB allowed ([limits] in the "
            "settings), so it was broken off. Ask for less."
        )
    if error is not None and is_lost(error):
        return ConnectionLost(LOST)
    if words == "connection time out":
        return ConnectionLost("The warehouse did not answer in time. Try again in a moment.")
    for kind, pattern, sentence in _SENTENCES:
        if re.search(pattern, f"{found} {words}", re.IGNORECASE):
            return kind(sentence.format(words=words))
    return WarehouseError(words)


_CHECK = "`python -m jobrec_ui check` says which statement mends it."
_SENTENCES: tuple[tuple[type[WarehouseError], str, str], ...] = (
    (
        WriteConflict,
        "^1023 ",
        "1023: somebody else changed the same data at the same moment, so nothing was saved. Try again.",
    ),
    (
        ModelNotReady,
        "^28008 ",
        "The model cannot score: its training is still running, or has failed. The page with the data and the model "
        "says which. ({words})",
    ),
    (
        WarehouseError,
        r"function ml\.\w+ ?(\(.*\))? ?does not exist",
        "The model of this version is gone from the warehouse: somebody dropped it. Reload the page; if that does not "
        "help, an admin can make another version live. ({words})",
    ),
    (WarehouseError, "^28(000|P01) |authentication failed", f"The warehouse refused the login. {_CHECK}"),
    (
        ConnectionLost,
        "Server refuses SSL",
        "The warehouse does not speak TLS on this port. Through an encrypted tunnel, add ?ssl=false to its address.",
    ),
    (
        WarehouseError,
        "ASSUMEROLE",
        "The warehouse's user may not use the IAM role. An admin of the cluster runs GRANT ASSUMEROLE ON "
        f"'<role>' TO <user> FOR CREATE MODEL, COPY. {_CHECK}",
    ),
    (
        WarehouseError,
        "NoSuchBucket|bucket does not exist",
        f"The S3 bucket of the settings does not exist. {{words}} {_CHECK}",
    ),
    (
        WarehouseError,
        "S3ServiceException.*(AccessDenied|Access Denied|403)",
        f"S3 refused the IAM role. {{words}} {_CHECK}",
    ),
    (WarehouseError, "permission denied", f"The warehouse does not permit it: {{words}}. {_CHECK}"),
)  # fmt: skip


def _unreachable(cause: object) -> str:
    """Why a connection could not be made."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        advice = (
            "Whoever signed it is not known here. If the company or its proxy has a certificate authority of its own, "
            "name its file: SSL_CERT_FILE=/path/to/ca.pem in the environment (docs/redshift.md)."
            if cause.verify_code in _UNKNOWN_SIGNER
            else "Connect by the cluster's own host name."
        )
        return (
            f"The warehouse's certificate is not the one to be expected ({cause.verify_message.rstrip('.')}), so "
            f"nothing was sent. {advice}"
        )
    if isinstance(cause, ssl.SSLError):
        return "No secure connection to the warehouse came about (TLS). Try again, or see `python -m jobrec_ui check`."
    if isinstance(cause, socket.gaierror):
        return "The warehouse's host name is not known here. Check the address in the settings."
    if isinstance(cause, ConnectionRefusedError):
        return "The warehouse does not answer at its address: paused, behind a firewall, or the port is another."
    return LOST if isinstance(cause, ConnectionError) else "The warehouse cannot be reached. Try again in a moment."
