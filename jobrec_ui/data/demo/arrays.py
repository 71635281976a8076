"""Vectorised helpers: random streams, groups of strings picked by index, texts composed from templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]


def stream(seed: int, *key: int) -> np.random.Generator:
    """A random stream of its own for each key, so that the parts of the demo do not depend on each other's order."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def shares(weights: Sequence[float]) -> Floats:
    """Weights made to sum to 1."""
    values = np.asarray(weights, dtype=float)
    return values / values.sum()


def choose(rng: np.random.Generator, share: Sequence[float] | Floats, size: int) -> Ints:
    """`size` indexes drawn with the given shares (they need not sum to 1)."""
    total = np.cumsum(np.asarray(share, dtype=float))
    drawn = np.searchsorted(total, rng.random(size) * total[-1], side="right")
    return np.minimum(drawn, len(total) - 1).astype(np.int16)


def take(pool: pa.Array, index: Ints, missing: Bools | None = None) -> pa.Array:
    """`pool[index]`, null where `missing`."""
    return pool.take(pa.array(index, mask=missing))


def optional(values: pa.Array, missing: Bools) -> pa.Array:
    """`values`, null where `missing`."""
    return pc.if_else(pa.array(missing), pa.scalar(None, values.type), values)


@dataclass(frozen=True)
class Ragged:
    """Groups of strings of different sizes, end to end."""

    values: pa.StringArray
    start: Ints
    count: Ints

    @classmethod
    def of(cls, groups: Sequence[Sequence[str]]) -> "Ragged":
        count = np.array([len(group) for group in groups], dtype=np.int64)
        return cls(pa.array([s for group in groups for s in group], pa.string()), np.cumsum(count) - count, count)

    def index(self, group: Ints, uniform: Floats) -> Ints:
        """The position in `values` of one member per row; `uniform` in [0, 1) says which."""
        return self.start[group] + (uniform * self.count[group]).astype(np.int64)

    def pick(self, group: Ints, uniform: Floats) -> pa.StringArray:
        """One member per row."""
        return self.values.take(pa.array(self.index(group, uniform)))


def pick_form(forms: Ragged, skill: Ints, uniform: Floats, plain: float = 0.75) -> pa.StringArray:
    """A spelling of each skill: the plain one with probability `plain`, else any."""
    rest = np.clip((uniform - plain) / (1 - plain), 0, 1 - 1e-9)
    return forms.pick(skill, rest)


def joined_lists(values: pa.StringArray, count: Ints, separator: str = "; ") -> pa.StringArray:
    """Strings that lie end to end, `count[i]` for row i, each row's joined, each once; null where the count is 0."""
    row = np.repeat(np.arange(len(count)), count)
    code = values.dictionary_encode().indices.to_numpy()
    _, first = np.unique(row * (len(values) + 1) + code, return_index=True)
    first.sort()
    values, count = values.take(pa.array(first)), np.bincount(row[first], minlength=len(count))
    offsets = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), values), separator)
    return optional(joined, count == 0)


def join(*parts: pa.Array | str, separator: str = "") -> pa.StringArray:
    """The parts (arrays or constants) joined row by row; null where a part is null."""
    return pc.binary_join_element_wise(*parts, separator)


def compose(templates: Sequence[str], choice: Ints, slots: Mapping[str, pa.Array]) -> pa.StringArray:
    """One text per row: `templates[choice[i]]` with its {slots} filled from row i; null where a slot is null."""
    texts: list[pa.Array] = []
    places: list[Ints] = []
    for number, template in enumerate(templates):
        rows = np.flatnonzero(choice == number)
        if not len(rows):
            continue
        index = pa.array(rows)
        parts: list[pa.Array | str] = [pa.repeat("", len(rows))]
        for literal, slot, _, _ in Formatter().parse(template):
            if literal:
                parts.append(literal)
            if slot:
                parts.append(slots[slot].take(index))
        texts.append(join(*parts))
        places.append(rows)
    if not texts:
        return pa.array([], pa.string())
    back = np.empty(len(choice), dtype=np.int64)
    back[np.concatenate(places)] = np.arange(len(choice))
    return pa.concat_arrays(texts).take(pa.array(back))


def numbered_ids(prefix: str, index: Ints, digits: int) -> pa.StringArray:
    """Ids such as C0000042: the prefix and the row's number, counted from 1."""
    text = pc.utf8_lpad(pc.cast(pa.array(index.astype(np.int64) + 1), pa.string()), width=digits, padding="0")
    return join(prefix, text)


def with_article(titles: pa.StringArray) -> pa.StringArray:
    """The titles with "a" or "an" before them, as they are said."""
    vowel = pc.match_substring_regex(titles, "^([AEIO]|HR |HGV |HSE |HVAC |ML )")
    return join(pc.if_else(vowel, "an ", "a "), titles)


def years_text(years: Floats) -> pa.StringArray:
    """Years as a text says them: "1 year", "4 years"; never less than one."""
    whole = np.maximum(1, years).astype(np.int64)
    return join(pc.cast(pa.array(whole), pa.string()), pc.if_else(pa.array(whole == 1), " year", " years"))


def rounded(amount: Floats, step: Floats) -> Floats:
    """Amounts rounded to their steps, as salaries are."""
    return np.maximum(step, np.round(amount / step) * step)
