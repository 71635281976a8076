"""What the exit code of a command says to cron and other programs: one table, which help and documents show."""

from __future__ import annotations

DONE, LOST_FILE, ERROR, HELD_BACK, FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130

MEANINGS = {
    DONE: "done; or a training is on its way; or there was nothing to do, which is said",
    LOST_FILE: "loaded, but nothing of a whole file could be taken; stderr names it",
    ERROR: "an error, which stderr explains in a sentence",
    HELD_BACK: "a version was trained and held back, so the one before it serves on; stderr has the reason",
    FAILED: "a training failed; stderr has the reason",
    INTERRUPTED: "stopped with Ctrl-C",
}
# The exit code of a version that has come to its end.
OF_STATE = {"held back": HELD_BACK, "failed": FAILED}


def help_text() -> str:
    """The table for ``--help``."""
    return "exit codes:\n" + "\n".join(f"  {code:<5}{meaning}" for code, meaning in MEANINGS.items())


def as_markdown() -> str:
    """The table for the documents."""
    rows = [f"| {code} | {meaning} |" for code, meaning in MEANINGS.items()]
    return "\n".join(["| exit code | |", "|---|---|", *rows])
