"""Versions in plain words, for a terminal."""

from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.models.examples import readiness
from jobrec_ui.models.records import VersionRecord, list_versions, serving, version_record
from jobrec_ui.models.version import ModelVersion
from jobrec_ui.quality import figures
from jobrec_ui.warehouse import Warehouse

_MEASURES = (
    ("auc", "a put-forward candidate is placed above another one (AUC)", "{:.1%}"),
    ("recall_at_10", "of the put-forward candidates are among the first ten", "{:.1%}"),
    ("mrr", "closeness to the top of the first of them (MRR; 1 = always on top)", "{:.3f}"),
    ("ndcg_at_10", "order of the first ten (NDCG@10; 1 = perfect)", "{:.3f}"),
)


def describe(wh: Warehouse, version: ModelVersion) -> str:
    """What became of a version, and its quality beside plain text similarity. Raises WarehouseError."""
    lines = [_what_became_of_it(wh, version)]
    if not version.metrics:
        return "\n".join([*lines, "The time held back holds nothing to judge it by."])
    until = f"{version.holdout_from:%d %B %Y} to {version.holdout_to:%d %B %Y}"
    lines += [
        f"Judged on {version.postings:,} postings from {until}, a time it has not seen, beside plain text similarity:",
        f"  {'model':>7}  {'text':>7}",
    ]
    for name, meaning, form in _MEASURES:
        shown = (
            form.format(figures[name]) if name in figures else "-" for figures in (version.metrics, version.baseline)
        )
        lines.append("  " + "  ".join(f"{one:>7}" for one in shown) + f"  {meaning}")
    return "\n".join(lines)


def next_step(wh: Warehouse) -> str | None:
    """After a load: whether a first model can be trained, or why not; None if one is live. Raises WarehouseError."""
    if serving(wh) is not None:
        return None
    ready = readiness(wh, TrainingChoices())
    if ready.is_enough:
        return (
            f"{ready.sentence} Train with `python -m jobrec_ui train --wait`; until then lists are sorted by likeness."
        )
    return f"No model can be trained yet, so lists are sorted by likeness. {ready.sentence}"


def _what_became_of_it(wh: Warehouse, version: ModelVersion) -> str:
    now, record = serving(wh), version_record(wh, version.version)
    about = f"{version.name}, trained on {version.examples:,} examples."
    why = f"\n{record.detail}" if record is not None and record.detail else ""
    if now is None or record is None:
        return f"Version {version.version}: {about}{why}"
    if now.live == version.version:
        return f"Version {version.version} is live: {about}{why}"
    return f"Version {version.version} is {record.state}, and version {now.live} serves on: {about}{why}"


def state(record: VersionRecord) -> str:
    """What a version came to, in a line."""
    return f"Version {record.version} is {record.state}. {record.detail}".strip()


def table(wh: Warehouse) -> str:
    """Every version in a line of its own, the newest first. Raises WarehouseError."""
    now, versions = serving(wh), list_versions(wh)
    if not versions:
        return "There are no versions yet."
    lines = [f"{'version':>7}  {'state':<11}  {'asked for':<16}  {'by':<14}  {'NDCG@10':>7}  about"]
    metrics = figures.on_record(wh).metrics
    own = metrics[
        (metrics["metric"] == "ndcg_at_10") & (metrics["scorer"] == "match_v" + metrics["judged_for"].astype(str))
    ]
    measured = own.set_index("judged_for")["value"]
    for one in versions:
        quality = f"{measured[one.version]:.3f}" if one.version in measured else "-"
        shown = "dropped" if one.dropped else "live before" if one.state == "promoted" else one.state
        if now is not None and one.version in (now.live, now.challenger):
            shown = "live" if one.version == now.live else f"{now.share:.0%} of it"
        about = "; ".join(part for part in (one.choices.note, one.detail) if part)
        lines.append(
            f"{one.version:>7}  {shown:<11}  {one.requested_at:%Y-%m-%d %H:%M}  {one.requested_by:<14.14}  "
            f"{quality:>7}  {about}"
        )
    return "\n".join(lines)
