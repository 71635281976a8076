"""What the values of a column look like: are they days, numbers, mail addresses, stages? By a sample of them."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.values.dates import NotADate, date_order, read_datetime
from jobrec_ui.data.values.numbers import NotANumber
from jobrec_ui.data.values.spans import read_span, span_style
from jobrec_ui.data.values.stages import propose_stage
from jobrec_ui.data.values.words import UNKNOWN_AMOUNT, yes_or_no

SAMPLE = 400
_LONGEST_STAGE = 60
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+(]?[\d\s().\-/]{6,20}(?:x\d+)?")


@dataclass(frozen=True)
class Profile:
    """What a sample of a column's values looks like; shares are of the filled cells (0 to 1).

    `distinct`: how many different values the sample has for each of its cells; `length`: the mean length of a text.
    """

    filled: int
    distinct: float
    length: float
    dates: float
    numbers: float
    money: float
    booleans: float
    emails: float
    phones: float
    stages: float
    values: frozenset[str]
    examples: tuple[str, ...]


def profile(cells: pa.ChunkedArray) -> Profile:
    """What the first cells of a column look like."""
    texts = _texts(cells)
    filled = [text for text in texts if text and text.casefold() not in UNKNOWN_AMOUNT]
    sample = list(dict.fromkeys(filled))[:SAMPLE]
    order = date_order(sample)
    plain, money = span_style(sample, money=False), span_style(sample, money=True)
    reads = functools.partial(_share, sample)
    return Profile(
        filled=len(filled),
        distinct=len(set(filled)) / len(filled) if filled else 0.0,
        length=sum(map(len, sample)) / len(sample) if sample else 0.0,
        dates=reads(lambda text: read_datetime(text, order), NotADate, "ambiguous"),
        numbers=reads(lambda text: read_span(text, plain), NotANumber),
        money=reads(lambda text: read_span(text, money), NotANumber),
        booleans=_matching(sample, lambda text: yes_or_no(text) is not None),
        emails=_matching(sample, lambda text: _EMAIL.fullmatch(text) is not None),
        phones=_matching(sample, lambda text: _PHONE.fullmatch(text) is not None),
        stages=_matching(sample, lambda text: len(text) <= _LONGEST_STAGE and propose_stage(text) is not None),
        values=frozenset(filled),
        examples=tuple(sample[:3]),
    )


def _texts(cells: pa.ChunkedArray) -> list[str]:
    kind = cells.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [str(cell) for cell in cells.to_pylist() if cell is not None]
    if pa.types.is_floating(kind):
        cells = pc.if_else(pc.is_nan(cells), pa.scalar(None, kind), cells)
        return [f"{cell:g}" if abs(cell) < 1e5 else f"{cell:.0f}" for cell in cells.drop_null().to_pylist()]
    try:
        return [text.strip() for text in cells.cast(pa.string()).drop_null().to_pylist()]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return [str(cell) for cell in cells.to_pylist() if cell is not None]


def _share(texts: list[str], read: Callable[[str], object], error: type[ValueError], counts: str = "\0") -> float:
    """The share of texts that can be read; one that is refused with a message beginning so counts as well."""

    def can(text: str) -> bool:
        try:
            read(text)
        except error as why:
            return str(why).startswith(counts)
        return True

    return _matching(texts, can)


def _matching(texts: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0
