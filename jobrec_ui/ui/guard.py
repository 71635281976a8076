"""No stack trace reaches a user: what goes wrong becomes a sentence, with a number that finds it again in the log."""

import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from jobrec_ui.errors import JobrecError, NotAllowed

logger = logging.getLogger(__name__)

_PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def guard(where: str) -> Iterator[None]:
    """Shows errors raised in the block as sentences and ends the run quietly. ``where`` names the place in the log."""
    try:
        yield
    except Exception as error:
        st.error(
            sentence(where, error), icon=":material/lock:" if isinstance(error, NotAllowed) else ":material/error:"
        )


def sentence(where: str, error: Exception) -> str:
    """What to tell the user about ``error``. What they did not cause goes to the log, with ``where`` it happened."""
    if isinstance(error, JobrecError):
        if error.__cause__ is not None:
            logger.warning("%s: %s", where, describe(error))
        return str(error)
    reference = secrets.token_hex(4).upper()
    logger.error("%s failed, reference %s: %s", where, reference, describe(error))
    return f"Something went wrong here. Try again; if it stays, tell your admin the reference number {reference}."


def describe(error: BaseException) -> str:
    """The kinds of error and the project's lines they came through, without messages: those can hold personal data."""
    chain: list[str] = []
    current: BaseException | None = error
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__)
        ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PROJECT)] or frames[-1:]
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(ours))
        chain.append(f"{type(current).__name__} at {where or 'an unknown line'}")
        current = current.__cause__
    return ", caused by ".join(chain)
