"""The functions, by topic. Importing this package fills the table."""

from __future__ import annotations

from jobrec_ui.local.translate.functions import (
    aggregates,
    conditional,
    dates,
    formats,
    number_formats,
    numbers,
    regex,
    strings,
    supers,
    system,
    windowed,
)
from jobrec_ui.local.translate.registry import FUNCTIONS

__all__ = [
    "FUNCTIONS",
    "aggregates",
    "conditional",
    "dates",
    "formats",
    "number_formats",
    "numbers",
    "regex",
    "strings",
    "supers",
    "system",
    "windowed",
]
