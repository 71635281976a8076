"""Finds out what the files of a load hold, before any of them is read in full."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import pyarrow.compute as pc

from jobrec_ui.data.mapping.proposal import Proposal
from jobrec_ui.data.mapping.propose import propose, propose_sheet
from jobrec_ui.data.mapping.record import DataMapping, find_for
from jobrec_ui.data.mapping.uses import missing, uses
from jobrec_ui.data.reading.files import SourceFile
from jobrec_ui.data.reading.read import NotRead, read_sheets, why_not
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.tables import STAGES, TABLES
from jobrec_ui.data.values.plain import same_case, words_of
from jobrec_ui.data.values.stages import propose_stage
from jobrec_ui.data.values.typed import as_text
from jobrec_ui.errors import InputError

PEEK_ROWS = 2000
_MOST_NAMED, _MOST_UNUSED = 30, 10
_LONGEST_NAME = 60
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class Plan:
    """What the files of a load hold.

    `proposals`: for each sheet what it is taken for. `not_read`: files and sheets that are passed over, and why.
    `stages`: what the words in the columns of stages mean, as far as that is decided or anybody would say so.
    """

    files: tuple[SourceFile, ...]
    proposals: tuple[Proposal, ...]
    not_read: tuple[NotRead, ...]
    stages: Mapping[str, str] = field(default_factory=dict)

    @property
    def mapping(self) -> DataMapping:
        """The mapping by which the files are read."""
        return DataMapping(tuple(proposal.mapping for proposal in self.proposals), self.stages)

    @property
    def held(self) -> tuple[Proposal, ...]:
        """The sheets that hold something."""
        return tuple(proposal for proposal in self.proposals if proposal.mapping.holds)

    def replaced(self, position: int, proposal: Proposal) -> "Plan":
        """The plan with another proposal for the sheet at ``position``."""
        made = [proposal if place == position else one for place, one in enumerate(self.proposals)]
        return replace(self, proposals=tuple(made))

    def decisions(self, words: Collection[str]) -> dict[str, str]:
        """What ``words`` for stages mean: as was decided, else as is likely; nothing for one that says nothing."""
        known = {same_case(word): stage for word, stage in self.stages.items()}
        likely = {word: propose_stage(word) for word in words if same_case(word) not in (*known, *STAGES)}
        decided = {word: known[same_case(word)] for word in words if same_case(word) in known}
        return {**decided, **{word: found.stage for word, found in likely.items() if found is not None}}

    def undecided(self, words: Collection[str]) -> list[str]:
        """The ``words`` for stages that somebody has to decide about: nobody did, and what they mean is not sure."""
        known = {*map(same_case, self.stages), *STAGES}
        proposals = {word: propose_stage(word) for word in words if same_case(word) not in known}
        return [word for word, found in proposals.items() if found is None or not found.sure]


def make_plan(files: Sequence[SourceFile], known: DataMapping | None = None, loaded: Collection[str] = ()) -> Plan:
    """What the ``files`` hold: by a mapping that is ``known`` for them, else by their names and values.

    ``loaded``: the tables that have rows in the warehouse. Raises InputError if a file cannot be read, is empty, or is
    called like a table and lacks what that table needs.
    """
    known = known or DataMapping(())
    not_read = [found for file in files if (found := why_not(file))]
    sheets: list[Sheet] = []
    for file in files:
        try:
            sheets += read_sheets(file, PEEK_ROWS)
        except InputError as error:
            if table_of_name(file.name) is not None:
                raise
            not_read.append(
                NotRead(file.name, str(error).removeprefix(f"{file.name} ").rstrip("."), broken=file.size > 0)
            )
    proposals = propose(sheets, loaded)
    made = [_as_known(proposal, known) or _as_called(proposal) or proposal for proposal in proposals]
    nothing = [NotRead(one.sheet.label, one.why) for one in made if not one.mapping.holds]
    return Plan(tuple(files), tuple(made), (*not_read, *nothing), known.stages)


def _as_known(proposal: Proposal, known: DataMapping) -> Proposal | None:
    """What was decided for such a sheet before."""
    found = find_for(proposal.sheet, known.sheets)
    if found is None:
        return None
    columns = {name: found.columns.get(name, ()) for name in proposal.sheet.names}
    mapping = replace(found, file=proposal.sheet.file, part=proposal.sheet.part, columns=columns)
    return replace(proposal, mapping=mapping, why="what it was before", doubt="", fits=())


def _as_called(proposal: Proposal) -> Proposal | None:
    """A file that is called like a table holds that table. Raises InputError if it lacks what the table needs."""
    sheet = proposal.sheet
    table = table_of_name(sheet.file)
    if table is None or sheet.part:
        return None
    if table in proposal.mapping.holds:
        # Stages alone: who is not known from elsewhere is rejected, not made up.
        only = table == "interactions"
        return replace(proposal, mapping=replace(proposal.mapping, holds=(table,))) if only else None
    made = propose_sheet(sheet, only=[table])
    if made.mapping.holds:
        return replace(made, mapping=replace(made.mapping, holds=(table,)))
    raise InputError(lacking_message(sheet, table, made))


def table_of_name(file: str) -> str | None:
    """The table that a file is called like: "Interactions.CSV.gz"."""
    stem = PurePosixPath(file).name.lower().split(".")[0]
    return stem if stem in TABLES else None


def lacking_message(sheet: Sheet, table: str, proposal: Proposal) -> str:
    """What a file that is meant for ``table`` lacks, and what it has."""
    lacking = missing(table, {fit.use for fit in proposal.fits})
    present = ", ".join(map(shown, sheet.names[:_MOST_NAMED]))
    hint = ""
    if sheet.header_runs_on:
        hint = " A quote in its first line is not closed there: write a quote inside a quoted name twice."
    return f"{sheet.label} lacks {' and '.join(lacking)}. It has the columns {present}.{hint}"


def columns_in_words(proposal: Proposal) -> list[str]:
    """What the columns of a sheet are used for where their names do not say so already, and which are not used."""
    read, unused = [], []
    for name, found in proposal.mapping.columns.items():
        labels = [uses()[use].label.lower() for use in found]
        plain = "_".join(words_of(name))
        if not found:
            unused.append(name)
        elif [use.rpartition(".")[2] for use in found] != [plain]:
            read.append(f"{shown(name)} as {' and '.join(labels)}")
    notes = [f"columns read: {'; '.join(read)}"] if read else []
    if unused:
        more = f" and {len(unused) - _MOST_UNUSED:,} more" if len(unused) > _MOST_UNUSED else ""
        notes.append(f"columns not used: {', '.join(map(shown, unused[:_MOST_UNUSED]))}{more}")
    return notes


def shown(name: str) -> str:
    """A column's name as a message shows it: short, on one line."""
    return _UNREADABLE.sub(" ", name[:_LONGEST_NAME]).strip()


def count_stages(plan: Plan) -> Counter[str]:
    """How often each word stands in the columns of stages, in all rows. Raises InputError if a file cannot be read."""
    counts: Counter[str] = Counter()
    for file in plan.files:
        columns = {
            one.sheet.part: name
            for one in plan.held
            if one.sheet.file == file.name
            for name, found in one.mapping.columns.items()
            if "stage" in found
        }
        if not columns:
            continue
        for sheet in read_sheets(file):
            name = columns.get(sheet.part)
            if name in sheet.columns:
                texts = pc.utf8_trim_whitespace(as_text(sheet.columns[name]).drop_null())
                counts.update({row["values"]: row["counts"] for row in pc.value_counts(texts).to_pylist()})
    counts.pop("", None)
    return counts


def check_mapping(mapping: DataMapping, plan: Plan) -> None:
    """Raises InputError where a mapping speaks of files or columns that are not there, or lacks what a table needs."""
    sheets = [one.sheet for one in plan.proposals]
    for wanted in mapping.sheets:
        if not wanted.holds:
            continue
        label = f"{wanted.file}, {wanted.part}" if wanted.part else wanted.file
        of_it = [sheet for sheet in sheets if wanted.is_of(sheet)]
        itself = [sheet for sheet in of_it if (sheet.file, sheet.part) == (wanted.file, wanted.part)]
        sheet = next(iter([*itself, *(one for one in of_it if wanted.fits(one)), *of_it]), None)
        if sheet is None:
            there = ", ".join(one.sheet.label for one in plan.proposals) or "no table"
            raise InputError(f"The mapping speaks of {label}, which is not there. There is: {there}.")
        gone = [name for name, found in wanted.columns.items() if found and name not in sheet.names]
        if gone:
            raise InputError(
                f"{sheet.label} has no column {gone[0]!r}, which the mapping uses. It has: {', '.join(sheet.names)}."
            )
        if lacking := wanted.missing():
            raise InputError(f"The mapping of {label} is not complete: {'; '.join(lacking)}.")
