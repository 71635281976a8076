"""A model version as the others see it, and which one is live."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from jobrec_ui.data import versions
from jobrec_ui.data.versions import DataVersion
from jobrec_ui.features import catalogue
from jobrec_ui.models.feature_builds import Build, is_current
from jobrec_ui.models.records import Serving, serving, serving_from
from jobrec_ui.warehouse import Warehouse


@dataclass(frozen=True)
class ModelVersion:
    """One trained version of the matching model.

    `metrics` are means over the holdout's postings (0 to 1); `baseline` the same for plain text similarity.
    """

    version: int
    name: str
    function: str
    features: tuple[str, ...]
    trained_at: datetime
    holdout_from: datetime
    holdout_to: datetime
    data_version: int
    examples: int
    postings: int
    metrics: dict[str, float] = field(default_factory=dict)
    baseline: dict[str, float] = field(default_factory=dict)

    @property
    def typical_table(self) -> str:
        """The one-row table of typical feature values."""
        return f"ml.{self.name}_typical"

    @property
    def told_by(self) -> tuple[str, ...]:
        """The features by which reasons are told."""
        return self.features

    def slots(self) -> dict[str, str | float | Sequence[str]]:
        """The slots of statements in which this version scores what is known now."""
        return {
            "schema": "features",
            "score_function": self.function,
            "features": self.features,
            "told_by": self.told_by,
            "typical": self.typical_table,
        }


@dataclass(frozen=True)
class Likeness:
    """What sorts lists while no model serves: plain likeness of words and skills, worked out with the features.

    In the place of a version: with the number 0, which no version has.
    """

    version: int = 0
    name: str = "likeness"

    @property
    def told_by(self) -> tuple[str, ...]:
        """The features by which reasons are told."""
        return catalogue.names()

    def slots(self) -> dict[str, str | float | Sequence[str]]:
        """The slots of statements that score, so that likeness takes the place of a score."""
        return {
            "schema": "features",
            "score_function": "abs",  # a function of one number; likeness is never negative
            "features": ("likeness",),
            "told_by": self.told_by,
            "typical": "nothing_known",
        }


LIKENESS = Likeness()
Ranker = ModelVersion | Likeness


@dataclass(frozen=True)
class InUse:
    """What the app runs on: data, who serves, and the versions that do. None for what is not there yet.

    `data` is what the features were made for, `newest_data` the number of the latest load. `features_are_stale` if the
    features are not those of the latest load, or were made by other statements than this app's.
    """

    data: DataVersion | None = None
    serving: Serving | None = None
    live: ModelVersion | None = None
    challenger: ModelVersion | None = None
    newest_data: int | None = None
    features_are_stale: bool = False


def in_use(wh: Warehouse) -> InUse:
    """What the app runs on now, in one question. Raises WarehouseError."""
    rows = wh.query("models/in_use")
    first = rows.iloc[0]
    load = first.drop(["data_version", "postings"]).rename(
        {"loaded_version": "data_version", "loaded_postings": "postings"}
    )
    data = None if pd.isna(load["data_version"]) else versions.from_row(load)
    newest = None if pd.isna(first["newest_version"]) else int(first["newest_version"])
    made_for = None if data is None else Build(data.version, str(first["made_by"]))
    of_data = InUse(
        data, newest_data=newest, features_are_stale=newest is not None and not is_current(made_for, newest)
    )
    if pd.isna(first["live_version"]):
        return of_data
    now = serving_from(first.to_dict())
    serve = {int(version): _version(of_version) for version, of_version in rows.groupby("version")}
    return replace(of_data, serving=now, live=serve.get(now.live), challenger=serve.get(now.challenger or 0))


def live_version(wh: Warehouse) -> ModelVersion | None:
    """The version that scores now, or None before the first training. Raises WarehouseError."""
    now = serving(wh)
    return None if now is None else get_version(wh, now.live)


def version_for(wh: Warehouse, posting_id: str) -> ModelVersion | None:
    """The version that serves this posting: the live one, or the challenger for its share of the postings.

    None before the first training. Raises WarehouseError.
    """
    now = serving(wh)
    if now is None:
        return None
    return get_version(wh, now.version_for(posting_id))


def get_version(wh: Warehouse, version: int) -> ModelVersion | None:
    """One version, live or not; None if there is none of that number or its examples are not gathered yet.

    Raises WarehouseError.
    """
    rows = wh.query("models/get_version", {"version": version})
    return None if rows.empty else _version(rows)


def _version(rows: pd.DataFrame) -> ModelVersion:
    """From a row for each metric of each of its scorers."""
    first = rows.iloc[0]
    name = str(first["model_name"]).removeprefix("ml.")

    def figures(scorer: str) -> dict[str, float]:
        found = rows[(rows["scorer"] == scorer) & rows["value"].notna()]
        return dict(zip(found["metric"], found["value"].astype(float), strict=True))

    return ModelVersion(
        version=int(first["version"]),
        name=name,
        function=first["score_function"],
        features=tuple(first["features"].split(",")),
        trained_at=first["requested_at"].to_pydatetime(),
        holdout_from=first["holdout_from"].to_pydatetime(),
        holdout_to=first["holdout_to"].to_pydatetime(),
        data_version=int(first["data_version"]),
        examples=int(first["examples"]),
        postings=int(rows["postings"].fillna(0).max()),
        metrics=figures(name),
        baseline=figures("text similarity"),
    )
