"""What a panel is: a figure of the warehouse, a chart of it, the same in words, and the columns of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jobrec_ui.quality import figures, words
from jobrec_ui.warehouse import Warehouse


def with_names(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    """``rows``, where they tell the scorer with [who, place]: its name and where it comes among the others."""
    if "scorer" not in rows:
        return rows
    named = rows.assign(
        who=[words.scorer_name(scorer, version) for scorer in rows["scorer"]],
        place=[words.order(scorer, version) for scorer in rows["scorer"]],
    )
    return named.sort_values("place", kind="stable", ignore_index=True)


def _one_view(frame: pd.DataFrame) -> tuple[str, ...]:
    return ("",)


@dataclass(frozen=True)
class Panel:
    """One figure of the quality page and the model card.

    ``figure`` names what it shows (figures.py), ``shape`` makes its rows of that. A panel may have several ``views`` of
    its rows, of which a page shows one at a time; ``chart`` and ``alt`` (the chart in words) take the rows and a view.
    ``columns`` are those of the file: name and header. ``tells`` gives a sentence that stands above it. ``empty``
    is what is said when there are no rows.
    """

    key: str
    title: str
    sentence: str
    figure: str
    chart: Callable[[pd.DataFrame, str], Any]
    alt: Callable[[pd.DataFrame, str], str]
    columns: Mapping[str, str]
    shape: Callable[[pd.DataFrame, int], pd.DataFrame] = with_names
    views: Callable[[pd.DataFrame], Sequence[str]] = _one_view
    view_label: str = ""
    tells: Callable[[pd.DataFrame, str], str] | None = None
    empty: str = "There is nothing to show yet."

    def load(self, wh: Warehouse, version: int) -> pd.DataFrame:
        """The rows about a version, asked now. Raises InputError with the reason if there are none, WarehouseError."""
        return self.shape(figures.ask(wh, self.figure, version), version)


def joined(parts: Sequence[str]) -> str:
    """The parts of a text alternative as sentences."""
    return " ".join(part.rstrip(".") + "." for part in parts if part)
