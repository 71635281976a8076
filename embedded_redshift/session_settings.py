"""The settings of one session: what SET, RESET and SHOW are about."""

from __future__ import annotations

import re

from embedded_redshift import errors
from embedded_redshift.translate import DEFAULTS, SETTINGS

_OWN_DEFAULTS = {"search_path": "public", "query_group": "default", "statement_timeout": "0", "timezone": "UTC"}
_MILLISECONDS = {"": 1, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}


class SessionSettings:
    """Values by name. Settings that mean nothing here are kept and otherwise ignored, as a stand-in should."""

    def __init__(self) -> None:
        self._values = dict(_OWN_DEFAULTS)

    def set(self, name: str, value: str) -> None:
        """SET, or RESET where the value is "default"; the name "all" stands for all of them.

        Raises ProgrammingError for a value that the setting cannot have.
        """
        if name == "all":
            self._values = dict(_OWN_DEFAULTS)
            return
        if value.lower() == "default":
            value = _OWN_DEFAULTS.get(name, DEFAULTS.get(name, ""))
        self._values[name] = str(_milliseconds(value)) if name == "statement_timeout" else value

    def shown(self, name: str) -> dict[str, str] | None:
        """The setting of this name, or with "all" each of them; None if there is no such setting."""
        known = {**dict.fromkeys(SETTINGS, ""), **DEFAULTS, **self._values}
        if name == "all":
            return dict(sorted(known.items()))
        return {name: known[name]} if name in known else None

    @property
    def timeout(self) -> int:
        """statement_timeout in milliseconds, 0 for none."""
        return int(self._values["statement_timeout"])

    @property
    def label(self) -> str:
        """The query group."""
        return self._values["query_group"]

    @property
    def search_path(self) -> tuple[str, ...]:
        """The schemas in which a bare table name is looked up, in order."""
        return tuple(part.strip().strip("\"'").lower() for part in self._values["search_path"].split(","))


def _milliseconds(text: str) -> int:
    match = re.fullmatch(r"(\d+)\s*(ms|s|min|h)?", text.strip().strip("'"))
    if match is None:
        raise errors.ProgrammingError(f'invalid value for parameter "statement_timeout": "{text}"', "22023")
    return int(match[1]) * _MILLISECONDS[match[2] or ""]
