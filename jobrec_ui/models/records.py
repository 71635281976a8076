"""What is on record about model versions: their states, who asked for them and why, and which were live when."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pandas as pd

from jobrec_ui.errors import InputError
from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.models.claims import active_claims
from jobrec_ui.warehouse import Warehouse

# In the order of life. A version in one of OPEN has a next step.
OPEN = ("requested", "training", "ready", "evaluated")
ENDED = ("promoted", "held back", "failed", "dropped")


@dataclass(frozen=True)
class Deployment:
    """A version was made live."""

    version: int
    deployed_by: str
    reason: str
    deployed_at: datetime


@dataclass(frozen=True)
class VersionRecord:
    """One version as it is on record; what came to be only later in its life is None before.

    state, detail      its latest state and why
    refused            why nothing can be trained with the choices that were asked for; empty if it can
    dropped            whether its model is gone from the warehouse
    unknown_features   features without any value among what it learnt from
    loaded             how many postings, candidates and interactions the warehouse held then
    deployments        each time that it was made live, the first one first
    """

    version: int
    choices: TrainingChoices
    requested_by: str
    requested_at: datetime
    state: str
    detail: str
    state_since: datetime
    training_since: datetime | None
    ready_since: datetime | None
    dropped: bool
    features: tuple[str, ...] | None
    data_version: int | None
    examples: int | None
    positives: int | None
    holdout_examples: int | None
    holdout_positives: int | None
    history_from: datetime | None
    holdout_from: datetime | None
    holdout_to: datetime | None
    unknown_features: tuple[str, ...] = ()
    loaded: tuple[int, int, int] | None = None
    refused: str = ""
    deployments: tuple[Deployment, ...] = ()

    @property
    def name(self) -> str:
        """Of its model in the schema ml, and of its scorer."""
        return model_name(self.version)

    @property
    def is_open(self) -> bool:
        """Whether it has a next step."""
        return self.state in OPEN

    @property
    def may_serve(self) -> bool:
        """Whether, as far as the record goes, its model can score."""
        return self.state in ("promoted", "held back") and not self.dropped

    @property
    def training_seconds(self) -> float | None:
        """How long the warehouse trained, as far as somebody looked."""
        if self.training_since is None or self.ready_since is None:
            return None
        return (self.ready_since - self.training_since).total_seconds()

    @property
    def cells(self) -> int | None:
        """Rows times columns that it was trained on."""
        if self.examples is None or self.features is None:
            return None
        return self.examples * (len(self.features) + 1)


@dataclass(frozen=True)
class Serving:
    """Who serves now: the live version, and the one that serves a share (0 to 1) of the postings beside it."""

    live: int
    deployed_by: str
    deployed_at: datetime
    reason: str
    challenger: int | None
    share: float
    share_since: datetime | None

    def version_for(self, posting_id: str) -> int:
        """The version that serves a posting: always the same one, while the share does not change."""
        if self.challenger is None:
            return self.live
        drawn = hashlib.md5(f"{self.challenger}/{posting_id}".encode(), usedforsecurity=False).hexdigest()
        return self.challenger if int(drawn[:8], 16) < self.share * 0x1_0000_0000 else self.live


def model_name(version: int) -> str:
    """The name of a version's model, without its schema."""
    return f"match_v{version}"


def list_versions(wh: Warehouse) -> list[VersionRecord]:
    """Every version that was ever asked for, newest first. Raises WarehouseError."""
    rows = wh.query("models/list_versions")
    return [_record(times.to_dict("records")) for _, times in rows.groupby("version", sort=False)]


def version_record(wh: Warehouse, version: int) -> VersionRecord | None:
    """One version, None if there is none of that number. Raises WarehouseError."""
    return next((one for one in list_versions(wh) if one.version == version), None)


def open_version(wh: Warehouse) -> VersionRecord | None:
    """The version that is on its way, None if no training runs. Raises WarehouseError."""
    return next((one for one in list_versions(wh) if one.is_open), None)


def progress_of(wh: Warehouse, version: int) -> str | None:
    """What somebody is doing on ``version`` now; None if nobody is. Raises WarehouseError."""
    claims = active_claims(wh, version)
    return claims[-1].progress if claims else None


def serving(wh: Warehouse) -> Serving | None:
    """Who serves now, None before the first deployment. Raises WarehouseError."""
    rows = wh.query("models/serving_versions").to_dict("records")
    return serving_from(rows[0]) if rows else None


def serving_from(row: dict[Any, Any]) -> Serving:
    """From a row of the CTE serving (sql/models/serving.sql)."""
    return Serving(
        live=int(row["live_version"]),
        deployed_by=row["deployed_by"],
        deployed_at=row["deployed_at"].to_pydatetime(),
        reason=row["reason"],
        challenger=_whole(row["challenger_version"]),
        share=0.0 if pd.isna(row["share"]) else float(row["share"]),
        share_since=_moment(row["set_at"]),
    )


def deployments(versions: Iterable[VersionRecord]) -> pd.DataFrame:
    """[version, deployed_by, reason, deployed_at, until], oldest first; until is NaT for the live one."""
    made = sorted((one for version in versions for one in version.deployments), key=lambda one: one.deployed_at)
    rows = pd.DataFrame(made, columns=[field.name for field in fields(Deployment)])
    return rows.assign(until=rows["deployed_at"].shift(-1))


def metrics_of(wh: Warehouse, version: int) -> pd.DataFrame:
    """The holdout of ``version`` in app.model_metrics: one row per scorer and metric. Raises WarehouseError."""
    return wh.query("models/get_metrics", {"version": version})


def _record(times: list[dict[Any, Any]]) -> VersionRecord:
    """From a row for each time that it was made live, one if it never was."""
    row = times[0]
    loaded = [_whole(row[f"loaded_{name}"]) for name in ("postings", "candidates", "interactions")]
    choices, refused = _choices(row["choices"], row["note"])
    return VersionRecord(
        version=int(row["version"]),
        choices=choices,
        refused=refused,
        requested_by=row["requested_by"],
        requested_at=row["requested_at"].to_pydatetime(),
        state=row["state"],
        detail=row["detail"] if isinstance(row["detail"], str) else "",
        state_since=row["state_since"].to_pydatetime(),
        training_since=_moment(row["training_since"]),
        ready_since=_moment(row["ready_since"]),
        dropped=bool(row["dropped"]),
        features=_names(row["features"]),
        data_version=_whole(row["data_version"]),
        examples=_whole(row["examples"]),
        positives=_whole(row["positives"]),
        holdout_examples=_whole(row["holdout_examples"]),
        holdout_positives=_whole(row["holdout_positives"]),
        history_from=_moment(row["history_from"]),
        holdout_from=_moment(row["holdout_from"]),
        holdout_to=_moment(row["holdout_to"]),
        unknown_features=_names(row["unknown_features"]) or (),
        loaded=None if loaded[0] is None else (loaded[0], loaded[1] or 0, loaded[2] or 0),
        deployments=tuple(
            Deployment(int(one["version"]), one["deployed_by"], one["deployed_why"], one["deployed_at"].to_pydatetime())
            for one in times
            if not pd.isna(one["deployed_at"])
        ),
    )


def _choices(text: str, note: str) -> tuple[TrainingChoices, str]:
    """What was asked for, or the defaults and why that cannot be used: rows may come from outside of this app."""
    try:
        return TrainingChoices.from_json(text, note), ""
    except InputError as error:
        return TrainingChoices(), str(error)


def _names(value: Any) -> tuple[str, ...] | None:
    return tuple(value.split(",")) if isinstance(value, str) else None


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _moment(value: Any) -> datetime | None:
    return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime()
