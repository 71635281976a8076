"""Why somebody did something: one line, kept with what they did for others to read."""

from jobrec_ui.errors import InputError


def checked_reason(reason: str | None, most_bytes: int, missing: str | None) -> str:
    """``reason`` on one line, "" if there is none. ``missing``: what to say then, where one is needed.

    Raises InputError for a reason that is missing or takes more than ``most_bytes`` in UTF-8.
    """
    line = " ".join((reason or "").split())
    if missing and not line:
        raise InputError(missing)
    if len(line.encode()) > most_bytes:
        raise InputError(f"The reason is too long: use at most {most_bytes} bytes (letters without accents take one).")
    return line
