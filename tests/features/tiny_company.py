"""A company small enough to compute every feature by hand: five postings, six candidates, a dozen events.

The clock of its features stands at 2024-07-01 00:00:00, a second after the last event.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from jobrec_ui.features import catalogue
from jobrec_ui.warehouse import Warehouse, sqlfiles

_PAIR_VALUES = Path(__file__).with_name("pair_values.sql").read_text(encoding="utf-8")

Rows = list[dict[str, Any]]
Events = list[tuple[str, str, str, datetime]]

POSTINGS: Rows = [
    {"posting_id": "p1", "title": "Pastry chef", "skills": "baking; plating; ", "company": "Alpha", "area": "Kitchen",
     "city": "Paris", "region": "IDF", "country": "France", "latitude": 48.8566, "longitude": 2.3522,
     "seniority": "Senior", "education": "Vocational", "employment_type": "Permanent", "opened_at": date(2024, 1, 1),
     "closed_at": date(2024, 3, 1)},
    {"posting_id": "p2", "title": "Pastry baker", "skills": "Baking", "company": "Beta", "area": "kitchen",
     "city": "Lyon", "region": "ARA", "country": "France", "seniority": "Junior", "opened_at": date(2024, 4, 1)},
    {"posting_id": "p3", "title": "Night nurse", "skills": "care; triage", "company": "Gamma", "area": "Ward",
     "city": "Lisboa", "region": "Lisboa", "country": "Portugal", "opened_at": date(2024, 2, 1)},
    {"posting_id": "p4", "title": "Night nurse", "skills": "care; sql", "company": "gamma", "area": "Ward",
     "city": "Porto", "country": "Portugal"},
    {"posting_id": "p5", "title": "Pastry nurse", "skills": "baking; care; SQL; baking", "company": "ALPHA ",
     "area": "Kitchen", "city": "Paris", "region": "IDF", "country": "France", "latitude": 48.8566, "longitude": 2.3522,
     "seniority": "senior", "education": "Vocational", "languages": "French:C1; English:B2", "remote": False,
     "employment_type": "permanent", "salary_min": 30000.0, "salary_max": 50000.0, "currency": "EUR",
     "years_experience_min": 3.0, "opened_at": date(2024, 6, 1)},
]  # fmt: skip

CANDIDATES: Rows = [
    {"candidate_id": "c1", "name": "Ann Pastry", "email": "ann@nurse.example", "phone": "1", "headline": "Pastry chef",
     "skills": "Baking; sql; baking", "city": "paris", "region": "IDF", "country": "France", "latitude": 45.764,
     "longitude": 4.8357, "seniority": "SENIOR", "education": "Degree", "languages": "english:native; Greek",
     "years_experience": 5.0, "desired_salary": 50000.0, "currency": "eur", "remote": True},
    {"candidate_id": "c2", "headline": "Nurse", "skills": "care", "city": "Porto", "country": "Portugal",
     "years_experience": 1.5, "desired_salary": 20000.0, "currency": "GBP", "remote": False},
    {"candidate_id": "c3"},
    {"candidate_id": "c4"},
    {"candidate_id": "c5", "summary": "night triage plating", "skills": " ; ", "currency": "EUR"},
    {"candidate_id": "c6", "headline": "baker", "skills": "plating; bread"},
]  # fmt: skip

EVENTS: Events = [
    ("p1", "c1", "applied", datetime(2024, 1, 10, 9)),
    ("p1", "c1", "hired", datetime(2024, 2, 1, 9)),
    ("p2", "c1", "applied", datetime(2024, 6, 1, 9)),
    ("p2", "c1", "rejected", datetime(2024, 6, 11, 9)),
    ("p3", "c1", "viewed", datetime(2024, 6, 12, 9)),
    ("p3", "c2", "interviewed", datetime(2024, 3, 1, 9)),
    ("p4", "c2", "applied", datetime(2024, 5, 1, 9)),
    ("p4", "c2", "withdrawn", datetime(2024, 5, 2, 9)),
    ("p1", "c3", "applied", datetime(2024, 1, 20, 9)),
    ("p4", "c3", "shortlisted", datetime(2024, 6, 20, 9)),
    ("p2", "c5", "viewed", datetime(2024, 6, 30, 9)),
    ("p2", "c6", "applied", datetime(2024, 6, 30, 23, 59, 59)),
]


def as_tables(postings: Rows, candidates: Rows, events: Events) -> Mapping[str, pa.Table]:
    """The rows as `load_tables` takes them; missing cells are NULL."""

    def table(rows: Rows) -> pa.Table:
        names = list(dict.fromkeys(name for row in rows for name in row))
        return pa.table({name: [row.get(name) for row in rows] for name in names})

    keys = ("posting_id", "candidate_id", "stage", "occurred_at")
    interactions = [dict(zip(keys, event, strict=True)) for event in events]
    tables = {"postings": table(postings), "candidates": table(candidates), "interactions": table(interactions)}
    return {name: rows for name, rows in tables.items() if rows.num_rows}


def values_of(wh: Warehouse, posting_id: str, candidate_id: str) -> dict[str, float]:
    """Every feature of a pair as ranking sees it; NULL as NaN."""
    frame = pair_values(wh, posting_id, candidate_id)
    return {name: float(value) for name, value in frame.astype(float).iloc[0].items()}


def pair_values(wh: Warehouse, posting_id: str, candidate_id: str) -> pd.DataFrame:
    """One row with a column for every feature of a pair as ranking sees it, out of the same texts in sql/."""
    names = {"schema": "features"}
    text = re.sub(r"-- include: (\S+)", lambda found: sqlfiles.render(found[1], names), _PAIR_VALUES)
    text = text.replace("{features}", ", ".join(catalogue.names()))
    with wh.engine.connect() as connection:
        rows = connection.execute(sa.text(text), {"posting_id": posting_id, "candidate_id": candidate_id})
        return pd.DataFrame(rows.fetchall(), columns=list(rows.keys()))
