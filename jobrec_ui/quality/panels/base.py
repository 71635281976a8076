"""What a panel is: a question to the warehouse, a chart of the answer, the same in words, and the columns of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jobrec_ui.quality import words
from jobrec_ui.warehouse import Warehouse


def _one_view(frame: pd.DataFrame) -> tuple[str, ...]:
    return ("",)


@dataclass(frozen=True)
class Panel:
    """One figure of the quality page and the model card.

    ``load`` asks the warehouse about a version. A panel may have several ``views`` of its rows, of which a page shows
    one at a time; ``chart`` and ``alt`` (the chart in words) take the rows and a view. ``columns`` are those of the
    file: name and header. ``tells`` has the chart in words stand above it too. ``empty`` is what is said when there are
    no rows.
    """

    key: str
    title: str
    sentence: str
    load: Callable[[Warehouse, int], pd.DataFrame]
    chart: Callable[[pd.DataFrame, str], Any]
    alt: Callable[[pd.DataFrame, str], str]
    columns: Mapping[str, str]
    views: Callable[[pd.DataFrame], Sequence[str]] = _one_view
    view_label: str = ""
    tells: bool = False
    empty: str = "There is nothing to show yet."


def asked(name: str) -> Callable[[Warehouse, int], pd.DataFrame]:
    """A panel's ``load``: the rows of sql/<name>.sql about a version, with ``who`` scored where that is told."""

    def load(wh: Warehouse, version: int) -> pd.DataFrame:
        question = {"judged_for": version, "version": version, "scorer": f"match_v{version}"}
        rows = words.plain_numbers(wh.query(name, question))
        return with_names(rows, version) if "scorer" in rows else rows

    return load


def with_names(rows: pd.DataFrame, version: int) -> pd.DataFrame:
    """``rows`` with [who, place]: the scorer's name and where it comes among the others."""
    named = rows.assign(
        who=[words.scorer_name(scorer, version) for scorer in rows["scorer"]],
        place=[words.order(scorer, version) for scorer in rows["scorer"]],
    )
    return named.sort_values("place", kind="stable", ignore_index=True)


def said(parts: Sequence[str]) -> str:
    """The parts of a text alternative as sentences."""
    return " ".join(part.rstrip(".") + "." for part in parts if part)
