"""The figures behind the panels: what each asks the warehouse, and those that are kept when a version is judged.

A version's holdout does not change any more. So what is drawn of it is asked once, at the end of its training, and
kept: a page reads all of it in one question. Figures that were not kept are asked anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from jobrec_ui.errors import InputError, JobrecError
from jobrec_ui.quality import drift
from jobrec_ui.quality.importance import importance
from jobrec_ui.quality.segments import segments
from jobrec_ui.quality.words import plain_numbers
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.warehouse.values import json_parts

Ask = Callable[[Warehouse, int], pd.DataFrame]
RowsOf = Callable[[str], pd.DataFrame]

METRICS, STAGE_MIX = "metrics", "stage_mix"


def _rows_of(name: str) -> Ask:
    """Asks for the rows of sql/<name>.sql about a version."""

    def asked(wh: Warehouse, version: int) -> pd.DataFrame:
        question = {"judged_for": version, "version": version, "scorer": f"match_v{version}"}
        return plain_numbers(wh.query(name, question))

    return asked


def _model(wh: Warehouse, version: int) -> pd.DataFrame:
    return wh.query("quality/version", {"version": version})[["model_name", "score_function", "features"]]


KEPT: Mapping[str, Ask] = {
    "curve_at_k": _rows_of("quality/curve_at_k"),
    "lift": _rows_of("quality/lift"),
    "scores_by_outcome": _rows_of("quality/scores_by_outcome"),
    "calibration": _rows_of("quality/calibration"),
    "curve_roc": _rows_of("quality/curve_roc"),
    "segments": segments,
    "importance": importance,
    "model": _model,
}
_outcomes = _rows_of("quality/outcomes")
_PARTS = ["figure", "part", "columns", "entries"]
_STAGES = ["stage", "stage_order", "events_then", "events_now"]


@dataclass(frozen=True)
class OnRecord:
    """What is on record: every version's metrics; of one version the figures kept, and the mix of stages, by name."""

    metrics: pd.DataFrame
    figures: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def rows(self, figure: str) -> pd.DataFrame | None:
        """The rows of a figure, None if they are not on record."""
        return self.metrics if figure == METRICS else self.figures.get(figure)


def on_record(wh: Warehouse, version: int | None = None) -> OnRecord:
    """What is on record, with the figures of ``version``, in one question. Raises WarehouseError."""
    rows = wh.query("quality/on_record", {"version": version or 0})
    is_metric = rows["figure"].isna()
    metrics = rows[is_metric].drop(columns=[*_PARTS, *_STAGES]).reset_index(drop=True)
    figures = {}
    for name, parts in rows[~is_metric & (rows["figure"] != STAGE_MIX)].groupby("figure"):
        entries = [entry for part in parts["entries"] for entry in json.loads(part)]
        figures[str(name)] = pd.DataFrame(entries, columns=json.loads(parts["columns"].iloc[0]))
    figures[STAGE_MIX] = drift.with_shares(rows.loc[rows["figure"] == STAGE_MIX, _STAGES].reset_index(drop=True))
    return OnRecord(metrics.astype({"judged_for": "int64", "postings": "int64"}), figures)


def ask(wh: Warehouse, figure: str, version: int, record: OnRecord | None = None) -> pd.DataFrame:
    """The rows of a figure about a version: those of ``record`` if it has them, else asked now.

    Raises InputError with the reason if there are none to be had, WarehouseError.
    """
    if figure in (METRICS, STAGE_MIX) and record is None:
        record = on_record(wh, version)
    kept = None if record is None else record.rows(figure)
    if kept is not None:
        return kept
    if figure == "feature_drift":
        return drift.feature_drift(wh, version, ask(wh, "model", version, record))
    if figure == "outcomes":
        return _outcomes(wh, version)
    return KEPT[figure](wh, version)


def drift_verdict(wh: Warehouse, version: int) -> drift.Verdict:
    """Whether ``version`` should be trained anew for today's data. Raises WarehouseError."""
    return verdict_from(lambda figure: ask(wh, figure, version))


def verdict_from(rows_of: RowsOf) -> drift.Verdict:
    """The same from what gives the rows of a figure."""
    try:
        explained = rows_of("importance")
    except JobrecError:  # without an explanation all features count the same
        explained = None
    return drift.verdict(rows_of("feature_drift"), rows_of("stage_mix"), explained)


def keep(wh: Warehouse, version: int) -> None:
    """Keeps the figures of a version that has been judged; what cannot be had yet is left out.

    Raises WarehouseError.
    """
    found = {}
    for name, asked in KEPT.items():
        try:
            found[name] = asked(wh, version)
        except InputError:  # the warehouse may explain a model later than it is ready
            continue
    with wh.transaction() as tx:
        for name, rows in found.items():
            entries = [[_plain(value) for value in row] for row in rows.to_numpy(object)]
            about = {"version": version, "figure": name, "columns": json.dumps(list(rows.columns))}
            for number, part in enumerate(list(json_parts(entries)) or ["[]"]):
                tx.execute("quality/add_figure", {**about, "part": number, "entries": part})


def _plain(value: object) -> object:
    """``value`` for JSON, which has no NaN; a number to nine digits, so that the text does not get long."""
    if isinstance(value, float):
        return None if pd.isna(value) else float(f"{value:.9g}")
    return None if value is None or pd.isna(value) else value
