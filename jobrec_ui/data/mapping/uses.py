"""What a column of a company's file can be used for: one column of a table, several, or a part of one."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jobrec_ui.data.tables import CANDIDATES, POSTINGS, STAGES, TABLES, Kind, TableSpec
from jobrec_ui.data.values.columns import HIGHEST, LOWEST, WHERE_SAID

PLACE_PARTS = ("city", "region", "country")
# The key of a use that is the day on which a stage was reached begins so.
DAY_OF = "day "


@dataclass(frozen=True)
class Use:
    """A use of a column.

    `key` is what a mapping file says, `label` what a page shows. `targets`: which columns of which table it fills,
    each with the part of a cell that goes there ("" = all of it). `between`: what stands between the cells where
    several columns have this use; None where only one may.
    """

    key: str
    label: str
    kind: Kind
    targets: tuple[tuple[str, str, str], ...]
    between: str | None = None

    @property
    def tables(self) -> set[str]:
        """The tables that the use belongs to."""
        return {table for table, _, _ in self.targets}


_BETWEEN = {"description": "\n\n", "summary": "\n\n", "skills": "\n", "languages": "\n", "education": ", "}
_NOUNS = {"postings": "Posting", "candidates": "Person"}


def _of_table(spec: TableSpec) -> list[Use]:
    noun = _NOUNS[spec.name]
    columns = [column for column in spec.columns if column.kind is not Kind.ID]
    made = [
        Use(
            f"{spec.name}.{column.name}",
            f"{noun}: {column.name.replace('_', ' ')}",
            column.kind,
            ((spec.name, column.name, ""),),
            _BETWEEN.get(column.name),
        )
        for column in columns
    ]
    place = tuple((spec.name, part, part) for part in PLACE_PARTS)
    return [*made, Use(f"{spec.name}.place", f"{noun}: city, region and country in one", Kind.TEXT, place)]


def _all() -> list[Use]:
    with_postings, with_people = ("postings", "interactions"), ("candidates", "interactions", "demographics")
    pay = (("postings", "salary_min", LOWEST), ("postings", "salary_max", HIGHEST))
    name = (("candidates", "name", ""),)
    return [
        Use("posting_id", "Posting id", Kind.ID, tuple((table, "posting_id", "") for table in with_postings)),
        Use("candidate_id", "Person id", Kind.ID, tuple((table, "candidate_id", "") for table in with_people)),
        *_of_table(POSTINGS),
        Use("postings.salary", "Posting: salary, or its range", Kind.NUMBER, pay),
        Use(
            "postings.remote_where_said",
            "Posting: remote, where it says so",
            Kind.BOOLEAN,
            (("postings", "remote", WHERE_SAID),),
        ),
        *_of_table(CANDIDATES),
        Use("candidates.first_name", "Person: first name", Kind.TEXT, name, " "),
        Use("candidates.last_name", "Person: last name", Kind.TEXT, name, " "),
        Use("stage", "Stage reached", Kind.STAGE, (("interactions", "stage", ""),)),
        Use("occurred_at", "Day or time of the stage", Kind.TIMESTAMP, (("interactions", "occurred_at", ""),)),
        Use("reason", "Reason", Kind.TEXT, (("interactions", "reason", ""),)),
        *(
            Use(f"{DAY_OF}{stage}", f"Day of: {stage}", Kind.TIMESTAMP, (("interactions", "occurred_at", ""),))
            for stage in STAGES
        ),
        Use("attribute", "Declared: what", Kind.TEXT, (("demographics", "attribute", ""),)),
        Use("value", "Declared: value", Kind.TEXT, (("demographics", "value", ""),)),
        Use(
            "declared", "Declared: value of what the column is called", Kind.TEXT, (("demographics", "value", ""),), ""
        ),
    ]


@functools.cache
def uses() -> Mapping[str, Use]:
    """Every use by its key, in the order in which a page offers them."""
    return MappingProxyType({use.key: use for use in _all()})


def missing(table: str, used: set[str]) -> list[str]:
    """What a sheet that holds rows of ``table`` still lacks, in words, when its columns have the uses ``used``."""
    spec = TABLES[table]
    lacking = [
        uses()[column].label.lower()
        for column in spec.required
        if column in uses() and column in ("posting_id", "candidate_id") and column not in used
    ]
    if table == "postings" and "postings.title" not in used:
        lacking.append("a title")
    if table == "interactions" and not any(use == "occurred_at" or use.startswith(DAY_OF) for use in used):
        lacking.append("a day or time")
    if table == "demographics" and "declared" not in used and not {"attribute", "value"} <= used:
        lacking.append("what is declared, and its value")
    return lacking
