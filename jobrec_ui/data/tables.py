"""What the company's data looks like: the tables, their columns and types, in one place.

The loader checks files against it, the demo company is made from it, and a test holds sql/schema/hiring.sql to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import MappingProxyType

import pyarrow as pa


class Kind(Enum):
    """How the cells of a column are read and checked."""

    ID = "id"
    TEXT = "text"
    LIST = "list"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    STAGE = "stage"


_ARROW_TYPES = {
    Kind.ID: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.LIST: pa.string(),
    Kind.STAGE: pa.string(),
    Kind.NUMBER: pa.float64(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.TIMESTAMP: pa.timestamp("us"),
}
_REDSHIFT_TYPES = {
    Kind.NUMBER: "DOUBLE PRECISION",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP",
}

ID_BYTES = 64
# Which table has to know an id that another one mentions.
OWNERS = MappingProxyType({"posting_id": "postings", "candidate_id": "candidates"})


@dataclass(frozen=True)
class Column:
    """A column: its kind, the largest size in bytes (text only), and the range of its values (numbers only).

    `money` says that a single separator before three digits ("1.500") groups thousands rather than starting decimals.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    size: int = 256
    minimum: float | None = None
    maximum: float | None = None
    money: bool = False

    @property
    def redshift_type(self) -> str:
        """The type in the warehouse, as Redshift writes it."""
        return _REDSHIFT_TYPES.get(self.kind) or f"VARCHAR({self.size})"

    @property
    def arrow_type(self) -> pa.DataType:
        """The type that the column has in a pyarrow.Table."""
        return _ARROW_TYPES[self.kind]


@dataclass(frozen=True)
class TableSpec:
    """A table of the company's data: `key` identifies a row, `about` says what one row is."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names, in the order of the table."""
        return MappingProxyType({column.name: column for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(self.by_name)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that every file must have, and every row must fill."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """The columns that name a row of another table, each with that table."""
        return tuple((name, owner) for name, owner in OWNERS.items() if name in self.by_name and owner != self.name)

    @property
    def arrow_schema(self) -> pa.Schema:
        """The schema of a full pyarrow.Table of this table; `load_tables` takes tables that lack optional columns."""
        return pa.schema([pa.field(c.name, c.arrow_type, nullable=not c.required) for c in self.columns])


def _id(name: str, about: str) -> Column:
    return Column(name, Kind.ID, about, required=True, size=ID_BYTES)


def _text(name: str, about: str, size: int = 256, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, about, required=required, size=size)


def _list(name: str, about: str, size: int = 256) -> Column:
    return Column(name, Kind.LIST, about, size=size)


def _number(
    name: str, about: str, minimum: float | None = None, maximum: float | None = None, *, money: bool = False
) -> Column:
    return Column(name, Kind.NUMBER, about, minimum=minimum, maximum=maximum, money=money)


_PLACE = (
    _text("city", "Town or city, as the company writes it."),
    _text("region", "State, province or region."),
    _text("country", "Country."),
    _number("latitude", "Degrees north of the equator.", -90, 90),
    _number("longitude", "Degrees east of Greenwich.", -180, 180),
)
_LEVEL = (
    _text("seniority", "Seniority in the company's own words."),
    _text("education", "Education in the company's own words."),
    _list("languages", "Languages, separated by semicolons, with a level after a colon where known."),
)

POSTINGS = TableSpec(
    "postings",
    "a job posting",
    ("posting_id",),
    (
        _id("posting_id", "The posting's id in the source system."),
        _text("title", "The job title.", 1024, required=True),
        _text("description", "The full text of the posting.", 65535),
        _list("skills", "Skills asked for, separated by semicolons.", 16384),
        _text("company", "The hiring company or client."),
        _text("area", "Department or field of work."),
        *_PLACE,
        *_LEVEL,
        _text("employment_type", "Kind of contract, in the company's own words."),
        Column("remote", Kind.BOOLEAN, "Whether the work can be done from anywhere."),
        _number("salary_min", "Lowest salary offered.", 0, money=True),
        _number("salary_max", "Highest salary offered.", 0, money=True),
        _text("currency", "Currency of the salary, such as EUR."),
        _number("years_experience_min", "Years of experience asked for.", 0, 100),
        Column("opened_at", Kind.DATE, "Day the posting opened."),
        Column("closed_at", Kind.DATE, "Day the posting closed; empty while it is open."),
        _text("status", "State of the posting in the company's own words."),
    ),
)

CANDIDATES = TableSpec(
    "candidates",
    "a person",
    ("candidate_id",),
    (
        _id("candidate_id", "The person's id in the source system."),
        _text("name", "Full name; shown, never a feature."),
        _text("email", "E-mail address; shown, never a feature."),
        _text("phone", "Phone number; shown, never a feature."),
        _text("headline", "One line about the person.", 1024),
        _text("summary", "The person's own text or CV.", 65535),
        _list("skills", "Skills, separated by semicolons.", 16384),
        *_PLACE,
        *_LEVEL,
        _number("years_experience", "Years of professional experience.", 0, 100),
        _number("desired_salary", "Salary wished for.", 0, money=True),
        _text("currency", "Currency of the salary, such as EUR."),
        Column("remote", Kind.BOOLEAN, "Whether the person wants to work from anywhere."),
        Column("available_from", Kind.DATE, "First day the person could start."),
        _text("source", "Where the person came from, such as a referral."),
        Column("updated_at", Kind.TIMESTAMP, "When the source system last changed the person's data (UTC)."),
    ),
)

INTERACTIONS = TableSpec(
    "interactions",
    "a stage that a candidate reached on a posting, and when",
    ("posting_id", "candidate_id", "stage", "occurred_at"),
    (
        _id("posting_id", "The posting."),
        _id("candidate_id", "The person."),
        Column("stage", Kind.STAGE, "The stage reached.", required=True, size=32),
        Column("occurred_at", Kind.TIMESTAMP, "When the stage was reached (UTC).", required=True),
        _text("reason", "Why, in the company's own words."),
    ),
)

DEMOGRAPHICS = TableSpec(
    "demographics",
    "a self-declared attribute of a person; only the fairness audit reads it",
    ("candidate_id", "attribute"),
    (
        _id("candidate_id", "The person."),
        _text("attribute", "What is declared, such as gender.", required=True),
        _text("value", "The declared value.", required=True),
    ),
)

# In the order in which they are loaded: interactions and demographics refer to the first two.
TABLES: Mapping[str, TableSpec] = MappingProxyType(
    {table.name: table for table in (POSTINGS, CANDIDATES, INTERACTIONS, DEMOGRAPHICS)}
)

STAGES = ("viewed", "applied", "shortlisted", "interviewed", "offered", "hired", "rejected", "withdrawn")
