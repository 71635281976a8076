"""No stack trace reaches a user: what goes wrong becomes a sentence, with a number that finds it again in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from jobrec_ui import logs
from jobrec_ui.errors import JobrecError, NotAllowed

logger = logging.getLogger(__name__)


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
            logger.warning("%s: %s", where, logs.describe(error))
        return str(error)
    reference = logs.unforeseen(where, error)
    return f"Something went wrong here. Try again; if it stays, tell your admin the reference number {reference}."
