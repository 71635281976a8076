"""Turns the cells of one column into the type that the warehouse wants, and says for each cell what is wrong with it.

Whole columns at once: cells in the plain form go through Arrow; only the distinct values of the others are looked at
one by one.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.tables import STAGES, Column, Kind
from jobrec_ui.data.values.dates import FIRST_YEAR, NUMBERS_IN_WORDS, DateOrder, date_order, in_utc, read_datetime
from jobrec_ui.data.values.lists import as_semicolons, list_style
from jobrec_ui.data.values.numbers import NotANumber
from jobrec_ui.data.values.spans import Span, read_span, span_style
from jobrec_ui.data.values.stages import propose_stage
from jobrec_ui.data.values.words import UNKNOWN, UNKNOWN_AMOUNT, closest_stage, meanings, yes_or_no

_PLAIN_NUMBER = r"^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$"
_UNSURE_NUMBER = r"^-?[1-9]\d{0,2}\.\d{3}$"
# Valid whatever the month: days after the 28th are looked at one by one.
_PLAIN_DAY = r"^(19|[2-9]\d)\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
_PLAIN_TIME = r"([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?)?Z?$"


LOWEST, HIGHEST, WHERE_SAID = "lowest", "highest", "where said"
# In a column of one of these a word such as "n/a" may be somebody's own text, or their name.
_OWN_WORDS = ("name", "title", "headline", "summary", "description", "value", "reason")


@dataclass
class Checked:
    """A checked column: `values` typed, null where there is none; `faults` why a cell is wrong, else null."""

    values: pa.ChunkedArray
    faults: pa.ChunkedArray
    notes: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> np.ndarray:
        """Which cells are wrong (bool)."""
        return np.asarray(self.faults.is_valid())


def check_column(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str = "") -> Checked:
    """Reads and checks the ``cells`` (strings, or already of the column's type); ``lines`` says where they are.

    ``part``: which end of a range is wanted where a cell holds one (LOWEST or HIGHEST, else the lower), or that of a
    contract type only the words about the place of work are (WHERE_SAID).
    """
    notes: list[str] = []
    if pa.types.is_string(cells.type):
        cells = pc.utf8_normalize(cells, "NFC")
        cells = _without_blanks(column, cells, notes)
        checked = _READERS[column.kind](column, cells, lines, part)
    else:
        checked = Checked(cells, _no_faults(len(cells)))
    # The upper end of a range comes out of the same cells as the lower, of which all has been said.
    checked.notes = [] if part == HIGHEST else notes + checked.notes
    if column.kind in _CHECKS:
        _CHECKS[column.kind](column, checked)
    if column.required:
        _mark(checked, checked.values.is_null(), "is blank")
    return checked


def _without_blanks(column: Column, cells: pa.ChunkedArray, notes: list[str]) -> pa.ChunkedArray:
    """Trimmed cells, with null for blank ones and for the words that say that nothing is known."""
    cells = pc.utf8_trim_whitespace(cells)
    blank = pc.equal(cells, "")
    if column.kind is not Kind.ID and column.name not in _OWN_WORDS:
        words = UNKNOWN if column.kind in (Kind.TEXT, Kind.LIST, Kind.STAGE) else UNKNOWN_AMOUNT
        unknown = pc.is_in(pc.utf8_lower(cells), pa.array(words))
        said = pc.unique(cells.filter(pc.and_(unknown, pc.greater(pc.utf8_length(cells), 4)))).to_pylist()
        if said:
            count = pc.sum(pc.is_in(cells, pa.array(said))).as_py()
            notes.append(f"{column.name}: unknown where it says {said[0]!r} or the like ({_cells(count)})")
        blank = pc.or_(blank, unknown)
    return pc.if_else(blank, pa.scalar(None, pa.string()), cells)


def _read_id(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    notes = []
    filled = cells.drop_null()
    if len(filled) and pc.all(pc.match_substring_regex(filled, r"^\d+\.0$")).as_py():
        # What pandas makes of whole numbers when some are missing.
        cells = pc.utf8_slice_codeunits(cells, 0, -2)
        notes.append(f"{column.name}: read without the .0 that all of them end in")
    checked = Checked(cells, _no_faults(len(cells)), notes)
    size = pc.binary_length(cells)
    why = f"the id is too long: at most {column.size} bytes"
    _mark(checked, pc.greater(size, column.size), why)
    _mark(checked, pc.match_substring_regex(cells, r"[\x00-\x1f\x7f]"), "the id holds a control character")
    return checked


def _read_text(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    checked = Checked(cells, _no_faults(len(cells)))
    with_nul = pc.match_substring(cells, "\x00")
    if pc.any(with_nul).as_py():
        checked.values = _without_blanks(column, pc.replace_substring(cells, "\x00", ""), [])
        checked.notes.append(_where("NUL bytes removed from", column.name, lines[_mask(with_nul)]))
    long = _mask(pc.greater(pc.binary_length(checked.values), column.size))
    if long.any():
        short = [shorten(text, column.size) for text in checked.values.filter(pa.array(long)).to_pylist()]
        checked.values = _replace(checked.values, long, pa.array(short, pa.string()))
        checked.notes.append(_where(f"shortened to {column.size:,} bytes:", column.name, lines[long]))
    return checked


def _read_list(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    """Lists as the warehouse keeps them, with semicolons between the entries."""
    texts = pc.unique(cells).drop_null().to_pylist()
    style = list_style(texts)
    checked = _read_text(column, as_semicolons(cells, style), lines, part)
    example = next((text for text in texts if len(style.split(text)) > 1), None)
    if example is not None and style.mark != "semicolons":
        shown, entries = shorten(" ".join(example.split()), 60), " · ".join(style.split(example)[:6])
        checked.notes.insert(0, f"{column.name}: read as lists with {style.mark}, such as {shown!r}: {entries}")
    return checked


def shorten(text: str, size: int) -> str:
    """The longest beginning of ``text`` that takes at most ``size`` bytes in UTF-8; no character is cut in two."""
    return text.encode()[:size].decode("utf-8", errors="ignore").rstrip()


def _read_stage(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    def read(text: str) -> str:
        close = closest_stage(text)
        meant = propose_stage(text)
        hint = f"; did you mean {close}?" if close else ""
        if meant and not close:
            hint = f"; if it means {meant.stage}, decide so in a mapping"
        raise ValueError(f"unknown stage; the known ones are {', '.join(STAGES)}{hint}")

    stages = pc.utf8_lower(cells)
    return _read(stages, pc.is_in(stages, pa.array(STAGES)), lambda known: known, read, pa.string())


def _read_boolean(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    if part == WHERE_SAID:  # only what says where the work is done
        places = [word for word, meaning in meanings().items() if meaning in ("remote", "hybrid", "on site")]
        says = pc.is_in(pc.utf8_lower(cells), pa.array(places))
        cells = pc.if_else(says, cells, pa.scalar(None, pa.string()))
    hybrid: list[str] = []

    def read(text: str) -> bool:
        found = yes_or_no(text)
        if found is None:
            raise ValueError("neither true nor false: write true or false")
        if meanings().get(text) == "hybrid":
            hybrid.append(text)
        return found

    checked = _read(pc.utf8_lower(cells), None, None, read, pa.bool_())
    if hybrid:
        count = pc.sum(pc.is_in(pc.utf8_lower(cells), pa.array(hybrid))).as_py()
        meant = f"{hybrid[0].capitalize()!r} is read as partly remote, so not from anywhere"
        checked.notes.append(f"{column.name}: {meant} ({_cells(count)})")
    return checked


def _read_numbers(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    plain = pc.match_substring_regex(cells, _PLAIN_NUMBER)
    if column.money:
        plain = pc.and_not(plain, pc.match_substring_regex(cells, _UNSURE_NUMBER))
    # A column that is plain throughout proves only that its decimal mark, if any, is the point.
    others = pc.unique(cells.filter(pc.invert(plain))).drop_null().to_pylist()
    has_points = others and pc.any(pc.match_substring(cells.filter(plain), ".")).as_py()
    style = span_style([*others, *(["0.5"] if has_points else [])], money=column.money)
    spans: dict[str, Span] = {}
    for text in others:
        with suppress(NotANumber):
            spans[text] = read_span(text, style)
    a_year = len({span.period for span in spans.values()} | ({""} if pc.any(plain).as_py() else set())) > 1

    def read(text: str) -> float | None:
        span = spans[text] if text in spans else read_span(text, style)
        span = span.a_year() if a_year and span.period else span
        return {LOWEST: span.low, HIGHEST: span.high}.get(part, span.one)

    checked = _read(cells, plain, lambda texts: texts.cast(pa.float64()), read, pa.float64())
    checked.notes += _number_notes(column, spans, a_year)
    return checked


def _number_notes(column: Column, spans: Mapping[str, Span], a_year: bool) -> list[str]:
    """How amounts in words were read, by an example."""
    notes: list[str] = []
    example = next((text for text in spans if any(letter.isalpha() for letter in text)), None)
    if example is not None:
        span = spans[example]
        bounds = [f"{bound:,g}" for bound in dict.fromkeys((span.low, span.high)) if bound is not None]
        notes.append(f"{column.name}: {example!r} is read as {' to '.join(bounds)}")
    periods = sorted({span.period for span in spans.values()} - {"", "year"})
    if a_year and periods:
        notes.append(f"{column.name}: what is said by the {' or the '.join(periods)} is turned into a year's")
    return notes


def _read_dates(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    plain = pc.match_substring_regex(cells, _PLAIN_DAY + "$")
    order = date_order(pc.unique(cells.filter(pc.invert(plain))).drop_null().to_pylist())

    def read(text: str) -> date:
        # The day as written: a zone says nothing about which day somebody meant.
        return read_datetime(text, order)[0].date()

    checked = _read(cells, plain, lambda texts: texts.cast(pa.date32()), read, pa.date32())
    checked.notes += _date_notes(column, order)
    return checked


def _read_timestamps(column: Column, cells: pa.ChunkedArray, lines: np.ndarray, part: str) -> Checked:
    plain = pc.match_substring_regex(cells, _PLAIN_DAY + _PLAIN_TIME)
    order = date_order(pc.unique(cells.filter(pc.invert(plain))).drop_null().to_pylist())
    kind = pa.timestamp("us")
    checked = _read(
        cells,
        plain,
        lambda texts: pc.utf8_rtrim(texts, "Z").cast(kind),
        lambda text: in_utc(*read_datetime(text, order)),
        kind,
    )
    checked.notes += _date_notes(column, order)
    return checked


def _date_notes(column: Column, order: DateOrder) -> list[str]:
    if order.numbers:
        return [f"{column.name}: read as {NUMBERS_IN_WORDS[order.numbers]}"]
    if order.day_first != order.month_first:
        return [f"{column.name}: read with the {'day' if order.day_first else 'month'} first"]
    return []


def _read(
    cells: pa.ChunkedArray,
    plain: pa.ChunkedArray | None,
    read_plain: Callable[[pa.ChunkedArray], pa.ChunkedArray] | None,
    read: Callable[[str], Any],
    kind: pa.DataType,
) -> Checked:
    """Reads the ``plain`` cells at once, and each distinct one of the others with ``read``; ValueErrors are faults."""
    if plain is None or read_plain is None:
        values = pa.chunked_array([pa.nulls(len(cells), kind)])
        other = _mask(cells.is_valid())
    else:
        values = read_plain(pc.if_else(plain, cells, pa.scalar(None, pa.string())))
        other = _mask(pc.and_not(cells.is_valid(), plain))
    checked = Checked(values, _no_faults(len(cells)))
    if other.any():
        odd = cells.filter(pa.array(other))
        distinct = pc.unique(odd)
        found: list[Any] = []
        whys: list[str | None] = []
        for text in distinct.to_pylist():
            try:
                found.append(read(text))
                whys.append(None)
            except ValueError as error:
                found.append(None)
                whys.append(str(error))
        index = pc.index_in(odd, value_set=distinct)
        checked.values = _replace(values, other, pa.array(found, kind).take(index))
        checked.faults = _replace(checked.faults, other, pa.array(whys, pa.string()).take(index))
    return checked


def _check_number(column: Column, checked: Checked) -> None:
    _mark(checked, pc.invert(pc.is_finite(checked.values)), "not a finite number")
    low, high = column.minimum, column.maximum
    outside = (
        f"out of range: must be between {low:g} and {high:g}" if high is not None else f"is less than {low or 0:g}"
    )
    if low is not None:
        _mark(checked, pc.less(checked.values, low), outside)
    if high is not None:
        _mark(checked, pc.greater(checked.values, high), outside)


def _check_day(column: Column, checked: Checked) -> None:
    kind = checked.values.type
    _mark(checked, pc.less(checked.values, pa.scalar(datetime(FIRST_YEAR, 1, 1)).cast(kind)), "the year is before 1900")
    last = pa.scalar(datetime(9999, 12, 31)).cast(kind)
    _mark(checked, pc.greater(checked.values, last), "the year is after 9999")


def _check_moment(column: Column, checked: Checked) -> None:
    _check_day(column, checked)
    if column.required:
        # What has been reached cannot lie ahead; a day of grace for clocks and zones. A single mistyped year would
        # otherwise become the moment as of which everything is computed.
        tomorrow = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
        _mark(checked, pc.greater(checked.values, pa.scalar(tomorrow, pa.timestamp("us"))), "lies in the future")


def _mark(checked: Checked, wrong: pa.ChunkedArray, why: str) -> None:
    """Adds a fault to the cells that are ``wrong`` (null = not) and have none yet."""
    mask = _mask(wrong)
    if mask.any():
        new = mask & ~checked.wrong
        checked.faults = _replace(checked.faults, new, pa.array([why] * int(new.sum()), pa.string()))


def _mask(flags: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.fill_null(flags, False))


def _replace(values: pa.ChunkedArray, mask: np.ndarray, replacements: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    flat = replacements.combine_chunks() if isinstance(replacements, pa.ChunkedArray) else replacements
    return pc.replace_with_mask(values, pa.array(mask), flat)


def _no_faults(length: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(length, pa.string())])


def _cells(count: int) -> str:
    return f"{count:,} cell{'s' * (count != 1)}"


def _where(what: str, name: str, lines: np.ndarray) -> str:
    shown = ", ".join(str(line) for line in lines[:5]) + (", …" if len(lines) > 5 else "")
    plural = "s" if len(lines) > 1 else ""
    return f"{what} {name} in {len(lines):,} row{plural} (line{plural} {shown})"


_READERS: dict[Kind, Callable[[Column, pa.ChunkedArray, np.ndarray, str], Checked]] = {
    Kind.ID: _read_id,
    Kind.TEXT: _read_text,
    Kind.LIST: _read_list,
    Kind.STAGE: _read_stage,
    Kind.NUMBER: _read_numbers,
    Kind.BOOLEAN: _read_boolean,
    Kind.DATE: _read_dates,
    Kind.TIMESTAMP: _read_timestamps,
}
_CHECKS: dict[Kind, Callable[[Column, Checked], None]] = {
    Kind.NUMBER: _check_number,
    Kind.DATE: _check_day,
    Kind.TIMESTAMP: _check_moment,
}
