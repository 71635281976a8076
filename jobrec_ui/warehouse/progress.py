"""How far a long piece of work is, told step by step to whoever waits for it."""

from collections.abc import Callable

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """For work whose steps nobody wants to hear."""
