"""The values that a statement's parameters are given, on their way to DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from embedded_redshift import errors


def values(names: Set[str], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a statement wants, as plain Python values.

    Raises ProgrammingError if one is missing, DataError for what is no single value.
    """
    if missing := names - parameters.keys():
        raise errors.ProgrammingError(f"The statement has no value for the parameter :{min(missing)}.")
    return {name: _plain(name, parameters[name]) for name in names}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple | dict | set):
        raise errors.DataError(f"The parameter :{name} is a {type(value).__name__}; Redshift takes single values only.")
    if hasattr(value, "to_pydatetime"):
        return None if value != value else value.to_pydatetime()  # NaT is not equal to itself
    return value.item() if hasattr(value, "item") else value
