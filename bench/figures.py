"""What every bench needs: medians, percentiles, peak memory, and printing them as JSON."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable


def figure(what: str, value: float, unit: str) -> dict:
    """One line of the table."""
    return {"what": what, "value": round(value, 4), "unit": unit}


def seconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes, wall clock."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie, interpolated."""
    ordered = sorted(values)
    if len(ordered) == 1:
        return ordered[0]
    return statistics.quantiles(ordered, n=1000, method="inclusive")[round(share * 1000) - 1]


def peak_memory_gb() -> float:
    """This process's largest resident size so far, in GB (Linux gives KB, macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e9 if sys.platform == "darwin" else 1e6)


def report(figures: list[dict]) -> None:
    """Prints the figures as one line of JSON, the last line of a bench."""
    print(json.dumps(figures))
