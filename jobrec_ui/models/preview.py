"""What a training would be, before it starts: data, size, cost, time, what changed since the last one, warnings."""

from dataclasses import dataclass
from datetime import datetime

from jobrec_ui.data.versions import DataVersion
from jobrec_ui.models.choices import TrainingChoices, some_of
from jobrec_ui.models.costs import Prices, prices
from jobrec_ui.models.examples import Expected, expected
from jobrec_ui.models.records import VersionRecord
from jobrec_ui.models.shortage import MIN_EXAMPLES
from jobrec_ui.warehouse import Warehouse

FEW_EXAMPLES = 2000
FEW_POSITIVES = 100
FEW_FEATURES = 10
FEW_HOLDOUT_POSTINGS = 20
MIN_HOLDOUT_POSTINGS = 5


@dataclass(frozen=True)
class Preview:
    """A training that could start now.

    examples        rows to learn from, at most; cells are rows times columns, the label included
    cost            what the cells cost at `prices`; 0 and None for a warehouse that bills nothing
    seconds         how long the warehouse would train, going by the last training of the same type; None if not known
    changes         what is different from the last training, in words
    warnings        what an admin should know before they start it, in words
    """

    choices: TrainingChoices
    history_from: datetime
    learnt_from: datetime
    holdout_from: datetime
    holdout_to: datetime
    postings: int
    examples: int
    positives: int
    holdout_postings: int
    holdout_positives: int
    columns: int
    cells: int
    cost: float
    prices: Prices | None
    seconds: float | None
    changes: tuple[str, ...]
    warnings: tuple[str, ...]


def preview(
    wh: Warehouse, choices: TrainingChoices, versions: list[VersionRecord], loaded: DataVersion | None
) -> Preview:
    """Looks at what a training with these choices would be, after ``versions`` and on the data ``loaded``.

    Raises InputError if there is too little to learn from, WarehouseError.
    """
    found = expected(wh, choices)
    columns = len(choices.features) + 1
    cells = found.examples * columns
    current_prices = prices(wh)
    return Preview(
        choices=choices,
        history_from=found.schedule.history_from,
        learnt_from=min(start for start, _ in found.schedule.training),
        holdout_from=found.schedule.holdout[0],
        holdout_to=found.schedule.holdout[1],
        postings=found.postings,
        examples=found.examples,
        positives=found.positives,
        holdout_postings=found.holdout_postings,
        holdout_positives=found.holdout_positives,
        columns=columns,
        cells=cells,
        cost=0.0 if current_prices is None else current_prices.of(cells),
        prices=current_prices,
        seconds=estimated_seconds(versions, choices, cells),
        changes=tuple(_changes(versions, loaded, choices)),
        warnings=tuple(_warnings(versions, choices, found)),
    )


def estimated_seconds(versions: list[VersionRecord], choices: TrainingChoices, cells: int) -> float | None:
    """How long the warehouse would train, going by the last training of the same type; None if there is none."""
    for one in versions:
        if one.choices.model_type == choices.model_type and one.training_seconds is not None and one.cells:
            return one.training_seconds * cells / one.cells
    return None


def _changes(versions: list[VersionRecord], loaded: DataVersion | None, choices: TrainingChoices) -> list[str]:
    """Since the last training that has not failed."""
    last = next((one for one in versions if one.features is not None and one.state != "failed"), None)
    if last is None or loaded is None:
        return ["This is the first training."]
    lines = []
    if last.data_version == loaded.version:
        lines.append(f"The same data as for version {last.version} (data version {loaded.version}).")
    else:
        now, then = (loaded.postings, loaded.candidates, loaded.interactions), last.loaded or (0, 0, 0)
        names = ("postings", "candidates", "interactions")
        more = ", ".join(f"{many - few:+,} {name}" for many, few, name in zip(now, then, names, strict=True))
        lines.append(f"Data version {loaded.version} after {last.data_version} for version {last.version}: {more}.")
    assert last.features is not None
    for word, changed in (
        ("New features", [name for name in choices.features if name not in last.features]),
        ("Features left out", [name for name in last.features if name not in choices.features]),
    ):
        if changed:
            lines.append(f"{word}: {some_of(changed)}.")
    chosen, before = choices.in_words() or ["the defaults"], last.choices.in_words() or ["the defaults"]
    if chosen != before:
        lines.append(f"Choices: {'; '.join(chosen)}. Version {last.version} had {'; '.join(before)}.")
    elif last.data_version == loaded.version:
        lines.append("The same choices too: the new version will not be better.")
    return lines


def _warnings(versions: list[VersionRecord], choices: TrainingChoices, found: Expected) -> list[str]:
    lines = []
    if found.examples < FEW_EXAMPLES:
        lines.append(
            f"Only {found.examples:,} examples to learn from. {MIN_EXAMPLES} are enough to train, hardly to learn much."
        )
    if found.positives < FEW_POSITIVES:
        lines.append(f"Only {found.positives:,} examples are of candidates who did well. Expect a weak model.")
    if found.holdout_postings < MIN_HOLDOUT_POSTINGS:
        lines.append(
            f"Only {found.holdout_postings} postings can be held out: too few to tell whether the new version is "
            "better, so it will be held back until an admin promotes it."
        )
    elif found.holdout_postings < FEW_HOLDOUT_POSTINGS:
        lines.append(f"Only {found.holdout_postings} postings can be held out, so the comparison will be rough.")
    if len(choices.features) < FEW_FEATURES:
        lines.append(f"Only {len(choices.features)} features are left to learn from: {some_of(choices.features)}.")
    last = next((one for one in versions if one.may_serve), None)
    unknown = [name for name in last.unknown_features if name in choices.features] if last else []
    if unknown:
        lines.append(f"Nothing was known for {some_of(unknown)} in the last training. They may be left out.")
    return lines
