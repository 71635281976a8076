"""How far chance alone may move a figure: intervals that hold it in 95 of 100 cases.

Draws with repetition are the bootstrap, their interval that of percentiles (Efron & Tibshirani 1993, chapter 13).
"""

from collections.abc import Callable

import numpy as np

MIN_VALUES = 5  # with fewer, draws of them say nothing
_DRAWS = 2000
_CHUNK = 4_000_000  # values drawn at a time
_Z = 1.96

Statistic = Callable[..., np.ndarray]


def drawn(values: np.ndarray, statistic: Statistic, seed: int = 0) -> np.ndarray | None:
    """The statistic of many draws of as many values, with repetition (bootstrap); None of too few.

    The same values give the same draws.
    """
    if len(values) < MIN_VALUES:
        return None
    random = np.random.default_rng(seed)
    step = max(1, _CHUNK // len(values))
    parts = [
        statistic(values[random.integers(len(values), size=(min(step, _DRAWS - start), len(values)))], axis=1)
        for start in range(0, _DRAWS, step)
    ]
    return np.concatenate(parts)


def between(draws: np.ndarray) -> tuple[float, float]:
    """What holds 95 of 100 draws; those that are not defined say nothing."""
    low, high = np.nanpercentile(draws, (2.5, 97.5))
    return float(low), float(high)


def wilson(share: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's score interval of shares, each of so many (Wilson 1927)."""
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    margin = _Z / (1 + _Z**2 / count) * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return np.clip(middle - margin, 0, share), np.clip(middle + margin, share, 1)
