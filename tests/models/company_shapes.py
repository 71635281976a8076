"""Companies as their records really are: evergreen postings, people known by one application, days that say little.

Each shape is a set of tables as `load_tables` takes them. Who comes to which posting follows their trade most of the
time, so that there is something to learn; the same seed makes the same company.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

TRADES = ("clerk", "cook", "nurse", "driver", "welder", "plumber", "tailor", "baker")
CITIES = ("Rome", "Turin", "Milan", "Naples")
BEGIN = datetime(2024, 1, 1, 8)
STAGES = ("applied", "interviewed", "rejected", "hired")

Rows = list[dict[str, Any]]
Tables = Mapping[str, pa.Table]


@dataclass
class Company:
    """Rows of the three tables, to be changed by a shape; `trade_of` has the trade of each person and posting."""

    postings: Rows = field(default_factory=list)
    candidates: Rows = field(default_factory=list)
    interactions: Rows = field(default_factory=list)

    def tables(self) -> Tables:
        """As `load_tables` takes them."""
        made = {
            name: pa.Table.from_pylist(_even(rows))
            for name, rows in (
                ("postings", self.postings),
                ("candidates", self.candidates),
                ("interactions", self.interactions),
            )
        }
        return {name: table for name, table in made.items() if table.num_rows}


def _even(rows: Rows) -> Rows:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [{name: row.get(name) for name in names} for row in rows]


@dataclass(frozen=True)
class Shape:
    """What a company is like.

    each      applications of a person, to different postings
    span      days over which people come
    fit       how often somebody comes to a posting of their own trade
    text      whether people have a headline; `cities`: whether people and postings have a city
    opened    whether postings have an opening day
    stages    what may follow an application; () for applications alone
    """

    postings: int = 40
    people: int = 600
    each: int = 1
    span: int = 660
    fit: float = 0.8
    text: bool = True
    people_cities: bool = False
    posting_cities: bool = False
    opened: bool = False
    first_stage: str = "applied"
    stages: Sequence[str] = STAGES[1:]
    seed: int = 1


def company(shape: Shape = Shape()) -> Company:
    """A company of that shape."""
    rng = np.random.default_rng(shape.seed)
    made = Company()
    trades = [TRADES[number % len(TRADES)] for number in range(shape.postings)]
    for number, trade in enumerate(trades):
        row: dict[str, Any] = {"posting_id": f"P{number}", "title": f"{trade.capitalize()} wanted"}
        if shape.posting_cities:
            row["city"] = CITIES[number // 2 % len(CITIES)]
        if shape.opened:
            row["opened_at"] = (BEGIN + timedelta(days=shape.span * number / shape.postings)).date()
        made.postings.append(row)
    for number in range(shape.people):
        trade, city = TRADES[rng.integers(len(TRADES))], CITIES[rng.integers(len(CITIES))]
        row = {"candidate_id": f"C{number}", "name": f"Person {number}"}
        if shape.text:
            row["headline"] = f"Skilled {trade}"
        if shape.people_cities:
            row["city"] = city
        made.candidates.append(row)
        suits = [
            p
            for p, other in enumerate(trades)
            if (trade == other if shape.text else True)
            and (not shape.posting_cities or made.postings[p]["city"] == city)
        ]
        taken: set[int] = set()
        for _ in range(min(shape.each, shape.postings)):
            at = BEGIN + timedelta(days=float(rng.uniform(0, shape.span)))
            if shape.opened:
                open_now = [p for p in range(shape.postings) if made.postings[p]["opened_at"] <= at.date()]
                suits_now = [p for p in suits if p in open_now[-8:]] or open_now[-8:]
            else:
                suits_now, open_now = suits or list(range(shape.postings)), list(range(shape.postings))
            posting = int(rng.choice(suits_now if rng.random() < shape.fit else open_now))
            if posting in taken:
                continue
            taken.add(posting)
            pair = {"posting_id": f"P{posting}", "candidate_id": f"C{number}"}
            made.interactions.append({**pair, "stage": shape.first_stage, "occurred_at": at})
            if shape.stages and rng.random() < 0.5:
                stage = shape.stages[rng.integers(len(shape.stages))]
                later = at + timedelta(days=float(rng.uniform(1, 20)))
                made.interactions.append({**pair, "stage": stage, "occurred_at": later})
    return made


def permuted(made: Company, seed: int = 5) -> Company:
    """The same, but who came to which posting is dealt out anew: nothing can be learnt from it."""
    order = np.random.default_rng(seed).permutation(len(made.candidates))
    other = {
        one["candidate_id"]: made.candidates[at]["candidate_id"] for one, at in zip(made.candidates, order, strict=True)
    }
    dealt = [{**row, "candidate_id": other[row["candidate_id"]]} for row in made.interactions]
    return replace(made, interactions=dealt)


def moved_to(made: Company, day: date) -> Company:
    """The same with all stages on one day."""
    at = datetime(day.year, day.month, day.day)
    return replace(made, interactions=[{**row, "occurred_at": at} for row in made.interactions])


def one_day_of_opening(made: Company, day: date) -> Company:
    """The same with all postings opened on one day, as after a move to another applicant system."""
    return replace(made, postings=[{**row, "opened_at": day} for row in made.postings])
