"""Reads amounts as people write them around a number: 85k, $70,000 - $90,000 a year, 2 - 5 yrs, up to 40, 5+.

Only words that say nothing else than an amount may stand beside the numbers; with any other word a cell is not read.
"""

import csv
import functools
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jobrec_ui.data.values.numbers import CURRENCY, NotANumber, NumberStyle, number_style, read_number

_NUMBER = re.compile(r"\d(?:[\d.,'’´\u00a0\u202f ]*\d)?")
_PERIODS = {"hour": 2080.0, "day": 260.0, "week": 52.0, "month": 12.0, "year": 1.0}  # how often in a year of full time
_FACTORS = {"thousand": 1e3, "hundred thousand": 1e5, "million": 1e6, "ten million": 1e7}
# Dutch and English offices write p/m, p.m. and p/u as well.
_SHORT_PERIOD = re.compile(r"\bp[/.] ?([hdwmyuja])\b\.?")
_LETTERS = {"h": "hour", "u": "hour", "d": "day", "w": "week", "m": "month", "y": "year", "j": "year", "a": "year"}
_WORD = re.compile(r"[^\W\d_]+\.?|[-–—+<>≤≥~≈/]")


@dataclass(frozen=True)
class Span:
    """An amount from `low` to `high`, either of which may be open (None).

    `period`: what it is paid for: hour, day, week, month, year, or "" where that is not said.
    """

    low: float | None
    high: float | None
    period: str = ""

    @property
    def one(self) -> float | None:
        """The amount where one number is wanted: the lower bound, else the upper."""
        return self.high if self.low is None else self.low

    def a_year(self) -> "Span":
        """The amount in a year, of somebody who works full time all the year."""
        factor = _PERIODS.get(self.period, 1.0)
        low, high = (None if bound is None else bound * factor for bound in (self.low, self.high))
        return Span(low, high, "year")


def numbers_in(texts: Iterable[str]) -> list[str]:
    """The numbers that stand in the texts, for :func:`number_style`."""
    return [found for text in texts for found in _NUMBER.findall(CURRENCY.sub(" ", text))]


def span_style(texts: Iterable[str], *, money: bool) -> NumberStyle:
    """What a column's values prove about the way its numbers are written, the numbers within words too."""
    return number_style(numbers_in(texts), money=money)


def read_span(text: str, style: NumberStyle) -> Span:
    """The amount that ``text`` stands for. Raises NotANumber."""
    with suppress(NotANumber):
        number = read_number(text, style)
        return Span(number, number)
    plain = CURRENCY.sub(" ", text).lower().replace("\u00a0", " ").strip()
    plain = _SHORT_PERIOD.sub(lambda short: f" {_LETTERS[short[1]]} ", plain)
    found = list(_NUMBER.finditer(plain))
    if not 1 <= len(found) <= 2:
        raise NotANumber("not a number")
    gaps = _gaps(plain, found)
    factors = [_factor(gap) for gap in gaps[1:]]
    words = [_words(gap, follows=position > 0) for position, gap in enumerate(gaps)]
    everything = {word for gap in words for word in gap}
    numbers = [read_number(number[0], style) for number in found]
    if not style.money and (years := _years(numbers, words[1:])) is not None:
        return Span(years, years)
    if not all(_meanings(word) for word in everything):
        raise NotANumber("not a number")
    period = _period(everything) if style.money else ""
    if len(numbers) == 2:
        return _between(numbers, factors, words[1], period)
    amount = numbers[0] * (factors[0] or 1.0)
    if words[0][:1] in (["-"], ["−"]):
        amount = -amount
    if any(_says(word, "at least") and not _says(word, "at most") for word in everything):
        return Span(amount, None, period)
    if any(_says(word, "at most") for word in words[0]):
        return Span(None, amount, period)
    return Span(amount, amount, period)


@functools.cache
def _known() -> dict[str, frozenset[str]]:
    """The words that may stand beside a number, each with what it may mean there."""
    made: dict[str, set[str]] = {}
    with (Path(__file__).parent / "amount_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                made.setdefault(word, set()).add(row["meaning"])
    return {word: frozenset(meanings) for word, meanings in made.items()}


def _meanings(word: str) -> frozenset[str]:
    return _known().get(word, frozenset())


def _says(word: str, meaning: str) -> bool:
    return meaning in _meanings(word)


def _gaps(text: str, found: list[re.Match[str]]) -> list[str]:
    """What stands before, between and after the numbers."""
    edges = [0, *(edge for number in found for edge in number.span()), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _factor(gap: str) -> float | None:
    """Thousands, millions and so on, where their word follows a number at once."""
    word = re.match(r"\s?([a-z]+)\b", gap)
    return next((_FACTORS[meaning] for meaning in _meanings(word[1]) if meaning in _FACTORS), None) if word else None


def _words(gap: str, *, follows: bool) -> list[str]:
    """The words of a gap without the one that multiplies the number before it."""
    words = [word.rstrip(".") for word in _WORD.findall(gap.replace("'", " ").replace("’", " "))]
    return words[1:] if follows and words and _meanings(words[0]) & _FACTORS.keys() else words


def _period(words: set[str]) -> str:
    meant = {meaning for word in words for meaning in _meanings(word)}
    return next((period for period in _PERIODS if {f"a {period}", f"an {period}"} & meant), "")


def _years(numbers: list[float], words: list[list[str]]) -> float | None:
    """Years, where months are spoken of: "18 months", "1 year 6 months"."""
    units = [
        next((unit for unit in ("months", "years") if any(_says(word, unit) for word in gap)), "") for gap in words
    ]
    if units == ["months"]:
        return numbers[0] / 12
    return numbers[0] + numbers[1] / 12 if units == ["years", "months"] else None


def _between(numbers: list[float], factors: list[float | None], between: list[str], period: str) -> Span:
    if not any(_says(word, "between") for word in between):
        raise NotANumber("not a number")
    low_factor, high_factor = factors
    # In "70-90k" the word for thousands stands once for both.
    if low_factor is None and high_factor is not None and numbers[0] <= numbers[1]:
        low_factor = high_factor
    low, high = numbers[0] * (low_factor or 1.0), numbers[1] * (high_factor or 1.0)
    if low > high:
        raise NotANumber("the lower bound is above the upper")
    return Span(low, high, period)
