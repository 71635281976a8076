"""A mapping: what each sheet holds, what its columns are used for, and what the company's words for stages mean.

It is written as TOML, to be kept, changed by hand and used again.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import tomli_w
from rapidfuzz import process

from jobrec_ui.data.mapping.uses import missing, uses
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.tables import STAGES, TABLES
from jobrec_ui.data.values.plain import same_case
from jobrec_ui.errors import InputError

IGNORED = ""
_DATES_AND_NUMBERS = re.compile(r"[\d_\-.()]+")


@dataclass(frozen=True)
class SheetMapping:
    """What one sheet holds: `holds` names the tables, `columns` the uses of each of its columns (none = not used)."""

    file: str
    part: str
    holds: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]

    @property
    def used(self) -> set[str]:
        """The uses that any column has."""
        return {use for found in self.columns.values() for use in found}

    def missing(self) -> list[str]:
        """What it lacks to be loaded, in words; nothing if it can be loaded or holds nothing."""
        return [f"{table}: {what}" for table in self.holds for what in missing(table, self.used)]

    def fits(self, sheet: Sheet) -> bool:
        """Whether it was made for a sheet like this one: every column that it uses is there."""
        return {name for name, found in self.columns.items() if found} <= set(sheet.names)

    def is_of(self, sheet: Sheet) -> bool:
        """Whether it was made for this sheet, or for one of another day: "jobs 2024-05.csv" and "jobs 2024-06.csv"."""
        return source_key(self.file, self.part) == source_key(sheet.file, sheet.part)


@dataclass(frozen=True)
class DataMapping:
    """The mappings of all sheets, and the stage that each of the company's words means (IGNORED = left out)."""

    sheets: tuple[SheetMapping, ...]
    stages: Mapping[str, str] = field(default_factory=dict)


def source_key(file: str, part: str) -> str:
    """What stays the same of a file's name from export to export."""
    name = PurePosixPath(file).name
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return same_case(_DATES_AND_NUMBERS.sub(" ", f"{stem} {part}"))


def to_toml(mapping: DataMapping) -> str:
    """The mapping as a file for people to change."""
    sheets = [
        {
            "file": sheet.file,
            **({"part": sheet.part} if sheet.part else {}),
            "holds": list(sheet.holds),
            "columns": {name: found[0] if len(found) == 1 else list(found) for name, found in sheet.columns.items()},
        }
        for sheet in mapping.sheets
    ]
    for sheet in sheets:
        sheet["columns"] = {name: found or IGNORED for name, found in sheet["columns"].items()}  # type: ignore[attr-defined]
    return _HEAD + tomli_w.dumps({"stages": dict(mapping.stages), "sheets": sheets})


_HEAD = """\
# How the files of a company are read. Each sheet says which tables it holds (postings, candidates, interactions,
# demographics; none = it is passed over) and what each of its columns is used for ("" = not used).
# Stages: what the company's own words mean; "" leaves out the rows with that word.
"""


def read_toml(path: Path) -> DataMapping:
    """The mapping in the file at ``path``. Raises InputError that says what is wrong, and where."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"The mapping {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputError(f"The mapping {path} is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"The mapping {path} is not TOML: {error}.") from error
    return from_content(content, path.name)


def from_content(content: Mapping[str, object], name: str) -> DataMapping:
    """The mapping in the ``content`` of a TOML file; messages call it ``name``. Raises InputError."""
    unknown = sorted(set(content) - {"stages", "sheets"})
    if unknown:
        raise InputError(f"{name}: {unknown[0]!r} is not known; a mapping has [stages] and [[sheets]].")
    stages, sheets = content.get("stages", {}), content.get("sheets", [])
    if not isinstance(stages, dict) or not isinstance(sheets, list):
        raise InputError(f"{name}: write [stages] for the stages, and [[sheets]] for each sheet.")
    for word, stage in stages.items():
        if stage not in (*STAGES, IGNORED):
            raise InputError(f"{name}, stage {word!r}: {stage!r} is none of {', '.join(STAGES)}.{_hint(stage, STAGES)}")
    return DataMapping(tuple(_sheet(sheet, name) for sheet in sheets), dict(stages))


def _sheet(content: object, name: str) -> SheetMapping:
    if not isinstance(content, dict) or not isinstance(content.get("file"), str):
        raise InputError(f'{name}: each of [[sheets]] must say its file, such as file = "jobs.csv".')
    where = f"{name}, {content['file']}"
    holds, columns = content.get("holds", []), content.get("columns", {})
    if not isinstance(holds, list) or not isinstance(columns, dict):
        raise InputError(f'{where}: holds must be a list such as ["postings"], and columns a table.')
    for table in holds:
        if table not in TABLES:
            raise InputError(f"{where}: {table!r} is none of {', '.join(TABLES)}.{_hint(table, TABLES)}")
    made = {column: _uses(found, f"{where}, column {column!r}") for column, found in columns.items()}
    return SheetMapping(content["file"], str(content.get("part", "")), tuple(holds), made)


def _uses(found: object, where: str) -> tuple[str, ...]:
    names = [found] if isinstance(found, str) else found
    if not isinstance(names, list):
        raise InputError(f"{where}: write one use, or a list of them.")
    wanted = tuple(one for one in names if one != IGNORED)
    for one in wanted:
        if one not in uses():
            raise InputError(f"{where}: {one!r} is no use of a column.{_hint(one, uses())}")
    return wanted


def _hint(word: object, known: Iterable[str]) -> str:
    found = process.extractOne(str(word), list(known), score_cutoff=60)
    return f" Is {found[0]} meant?" if found else ""


def find_for(sheet: Sheet, known: Sequence[SheetMapping]) -> SheetMapping | None:
    """The mapping that was made for a sheet like this one, if there is any: by its name, else by its columns."""
    fitting = [one for one in known if one.fits(sheet)]
    itself = [one for one in fitting if (one.file, one.part) == (sheet.file, sheet.part)]
    by_name = [one for one in fitting if one.is_of(sheet)]
    same_columns = [one for one in fitting if set(one.columns) == set(sheet.names)]
    # "export_1.csv" and "export_2.csv" may be two days of one table, or two tables: their columns tell.
    likeliest = [one for one in by_name if one in same_columns]
    return next(iter([*itself, *likeliest, *by_name, *same_columns]), None)
