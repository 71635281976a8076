"""Makes stages out of a sheet: a stage on each row, or a day for each stage in a column of its own, or both."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from jobrec_ui.data.mapping.record import IGNORED, SheetMapping
from jobrec_ui.data.mapping.uses import DAY_OF
from jobrec_ui.data.raw import RawTable
from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.tables import INTERACTIONS, STAGES
from jobrec_ui.data.values.plain import same_case
from jobrec_ui.data.values.stages import propose_stage
from jobrec_ui.data.values.typed import as_text, readable

_APPLIED = "applied"
_MOST_NAMED = 12


class Events:
    """The stages of one sheet; ``stages`` says what the company's words mean, ``ids`` are the columns of each row."""

    def __init__(
        self, sheet: Sheet, mapping: SheetMapping, stages: Mapping[str, str], ids: dict[str, pa.ChunkedArray]
    ) -> None:
        self._sheet, self._ids = sheet, ids
        self._meaning = {same_case(word): stage for word, stage in stages.items()}
        of_use = {use: sheet.columns[name] for name, found in mapping.columns.items() for use in found}
        moment = INTERACTIONS.by_name["occurred_at"]
        self._moments = readable(moment, of_use["occurred_at"]) if "occurred_at" in of_use else None
        self._days = {stage: readable(moment, of_use[DAY_OF + stage]) for stage in STAGES if DAY_OF + stage in of_use}
        self._notes = list(sheet.notes)
        self._stages = self._read_stages(as_text(of_use["stage"])) if "stage" in of_use else None

    def table(self) -> RawTable:
        """The rows, one for each stage that somebody reached."""
        parts = [
            self._rows(_constant(stage, len(days)), days).filter(_filled(days)) for stage, days in self._days.items()
        ]
        if self._moments is not None:
            stages = self._stages or _constant(_APPLIED, len(self._moments))
            parts.append(self._rows(stages, self._moments))
        elif self._stages is not None:
            parts.append(self._last_stages(self._stages))
        rows = pa.concat_tables(parts, promote_options="permissive")
        left_out = pc.fill_null(pc.equal(rows["stage"], IGNORED), False)
        count = pc.sum(left_out).as_py() or 0
        if count:
            words = [word for word, stage in self._meaning.items() if stage == IGNORED]
            self._notes.append(f"left out, as the mapping says: {count:,} rows with {', '.join(words[:8])}")
        rows = rows.filter(pc.invert(left_out))
        columns = {name: rows[name] for name in rows.column_names if name != "line"}
        broken = self._sheet.rows_read - len(self._sheet.lines)
        return RawTable(
            INTERACTIONS,
            self._sheet.label,
            columns,
            rows["line"].to_numpy(),
            self._sheet.rejections,
            broken + len(rows),
            left_out=count,
            notes=self._notes,
        )

    def _last_stages(self, stages: pa.ChunkedArray) -> pa.Table:
        """The stages that rows name without a day of their own: on the day of the furthest stage that has one."""
        days = [pc.if_else(_filled(one), as_text(one), pa.scalar(None, pa.string())) for one in self._days.values()]
        rows = self._rows(stages, pc.coalesce(*reversed(days)))
        told = pa.chunked_array([pa.array([False] * len(stages))])
        for stage, one in self._days.items():
            told = pc.or_(told, pc.and_(pc.fill_null(pc.equal(stages, stage), False), _filled(one)))
        self._notes.append("a stage without a day of its own got the day of the furthest stage that has one")
        return rows.filter(pc.and_(stages.is_valid(), pc.invert(told)))

    def _rows(self, stages: pa.ChunkedArray, moments: pa.ChunkedArray) -> pa.Table:
        lines = pa.array(self._sheet.lines, pa.int64())
        return pa.table({**self._ids, "stage": stages, "occurred_at": moments, "line": lines})

    def _read_stages(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        """The stages that the company's words mean; a word that nobody has decided about stays, to be rejected."""
        counts = {row["values"]: row["counts"] for row in pc.value_counts(texts.drop_null()).to_pylist()}
        meant = {word: self._meant(word) for word in counts}
        read = [
            f"{word!r} as {stage} ({counts[word]:,})"
            for word, stage in meant.items()
            if stage and stage != word.strip().lower()
        ]
        if read:
            more = f" and {len(read) - _MOST_NAMED:,} more" if len(read) > _MOST_NAMED else ""
            self._notes.append(f"stages read: {', '.join(read[:_MOST_NAMED])}{more}")
        words = pa.array(list(counts), pa.string())
        found = pa.array([word if meant[word] is None else meant[word] for word in counts], pa.string())
        return pa.chunked_array([found.take(pc.index_in(texts, value_set=words).combine_chunks())], pa.string())

    def _meant(self, word: str) -> str | None:
        plain = same_case(word)
        if plain in self._meaning:
            return self._meaning[plain]
        if plain in STAGES:
            return plain
        proposal = propose_stage(word)
        return proposal.stage if proposal is not None and proposal.sure else None


def _filled(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(cells.type):
        return cells.is_valid()
    return pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(cells), ""), False)


def _constant(text: str, count: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([text] * count, pa.string())])
