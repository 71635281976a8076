"""The functions, by topic. Importing this package fills the table."""

from __future__ import annotations

from embedded_redshift.translate.function_table import FUNCTIONS
from embedded_redshift.translate.functions import (
    aggregates,
    conditional,
    dates,
    formats,
    models,
    number_formats,
    numbers,
    regex,
    strings,
    supers,
    system,
    windowed,
)

__all__ = [
    "FUNCTIONS",
    "aggregates",
    "conditional",
    "dates",
    "formats",
    "models",
    "number_formats",
    "numbers",
    "regex",
    "strings",
    "supers",
    "system",
    "windowed",
]
