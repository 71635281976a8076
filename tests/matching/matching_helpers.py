"""What the tests of matching share: texts that could do harm, and plain Python's reading of the company's tables."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

EVERYBODY = 1000  # more than the demo company has
HOSTILE = [
    "'; DROP TABLE hiring.candidates; --", "' OR '1'='1", "%", "_", "100%", "a_b", "\\", ";", ";;", "''", '"', ":text",
    "{limit}", "--", "/*", "\x1f", "𝒳🚀", "ação", "개발자", "مهندس", "a" * 5000, "x;y", "NULL",
]  # fmt: skip
SOME_HOSTILE = HOSTILE[::5]  # where each costs a ranking


def once_over_the_wire(values: Sequence[Any]) -> list[Any]:
    """Values for a parametrized test: the driver sends them all in one way, so that the first is enough there."""
    first, *others = (value if isinstance(value, tuple) else (value,) for value in values)
    return [pytest.param(*first), *(pytest.param(*other, marks=pytest.mark.embedded_only) for other in others)]


def skill_set(text: Any) -> set[str]:
    """The skills of a cell in lower case."""
    return {word.strip().lower() for word in text.split(";") if word.strip()} if isinstance(text, str) else set()


def listed(text: Any) -> list[str]:
    """The skills of a shown cell."""
    return [word for word in text.split("; ") if word] if isinstance(text, str) else []


def blank(value: Any) -> Any:
    """None for what is missing."""
    return None if pd.isna(value) else value
