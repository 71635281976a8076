"""For whom the warehouse answers: whose lists count, and whether they review blind."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """For whom the warehouse answers: their shortlists and notes count, and ``blind`` withholds who somebody is.

    ``revision`` is a number that changes when shortlists do; it only tells one answer from a later one.
    """

    username: str = ""
    blind: bool = False
    revision: int = 0
