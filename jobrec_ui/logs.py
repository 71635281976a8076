"""Where log lines go: a file in the installation's folder, and warnings also to stderr while the app is served.

What is logged says what happened to which statement, file or version. It never holds names, contact data, ids of
people, what was typed, or values of rows: the modules that log keep to that, and a test looks.
"""

import logging
import logging.handlers
import os
import secrets
import sys
import traceback
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LARGEST = 5_000_000  # bytes, before a new file is begun
_OLD_FILES = 3
# By logger: what is worth a line. The embedded warehouse tells each of its steps.
_LEVELS = {"jobrec_ui": logging.INFO, "embedded_redshift": logging.WARNING}
_PROJECT = Path(__file__).resolve().parents[1]

logger = logging.getLogger(__name__)


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A log file that only its owner may read."""

    def _open(self):  # type: ignore[no-untyped-def]
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_open_private)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def set_up(home: Path, *, to_stderr: bool) -> None:
    """Sends the app's log lines to <home>/jobrec.log, and warnings to stderr if wanted. Call once per process.

    Without a folder that can be written, only to stderr.
    """
    handlers: list[logging.Handler] = []
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = _PrivateFile(home / "jobrec.log", maxBytes=_LARGEST, backupCount=_OLD_FILES, encoding="utf-8")
        file.setLevel(logging.INFO)
        handlers.append(file)
    except OSError:
        to_stderr = True
    if to_stderr:
        stream = logging.StreamHandler(sys.stderr)
        stream.setLevel(logging.WARNING)
        handlers.append(stream)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
    for name, level in _LEVELS.items():
        one = logging.getLogger(name)
        one.setLevel(level)
        one.propagate = False
        for old in one.handlers:
            old.close()
        one.handlers = handlers


def unforeseen(where: str, error: Exception) -> str:
    """Writes down an error that nobody foresaw. Returns the reference number that finds it again in the log."""
    reference = secrets.token_hex(4).upper()
    logger.error("%s failed, reference %s: %s", where, reference, describe(error))
    return reference


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
