"""The model card: one HTML file about one version, with its charts inside, that opens anywhere and needs no network."""

import functools
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from jobrec_ui.errors import InputError, JobrecError
from jobrec_ui.features import catalogue
from jobrec_ui.models.choices import MODEL_TYPES, TrainingChoices
from jobrec_ui.quality import figures, words
from jobrec_ui.quality.figures import RowsOf
from jobrec_ui.quality.panels import PANELS, Panel
from jobrec_ui.warehouse import Warehouse

logger = logging.getLogger(__name__)

_WIDTH = 560
_INK = "currentColor"  # the text's, on light and on dark
_CONFIG = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        **dict.fromkeys(("labelColor", "titleColor", "gridColor", "domainColor", "tickColor"), _INK),
        "gridOpacity": 0.12,
        "domainOpacity": 0.3,
        "tickOpacity": 0.3,
    },
    "legend": {"labelColor": _INK, "titleColor": _INK},
}
_STYLE = Path(__file__).with_name("card.css")
_LIMITS = (
    "A figure says how the version did on the postings held out, not how it will do on others. Its interval says how "
    "much chance alone may do, and nothing about what changes later.",
    "Good means: applied or was put forward. People whom nobody looked at cannot have become good, so the record "
    "favours those whom recruiters already found.",
    "Candidates drawn at random stand for all others, some 200 for each posting. Among all candidates of the "
    "company the same order is harder, so shares found are lower there.",
    "A score is a help for people who decide, not a decision. Names, contact data and protected attributes are never "
    "features; that alone does not make a ranking fair.",
    "Kinds with few postings are mostly noise, and so is every difference whose interval holds zero.",
)


def render(wh: Warehouse, version: int) -> bytes:
    """The card of ``version`` as UTF-8. A panel that cannot be had is replaced by the reason.

    Raises InputError if there is no such version, WarehouseError.
    """
    found = wh.query("quality/version", {"version": version})
    if found.empty:
        raise InputError(f"There is no version {version}.")
    about, record = found.iloc[0], figures.on_record(wh, version)
    rows_of = functools.cache(lambda figure: figures.ask(wh, figure, version, record))  # some are drawn, and judged too
    metrics = record.metrics
    body = "\n".join(
        [
            f"<h1>Model card: version {version}</h1>",
            f'<p class="lead">{_bold(words.summary(metrics, version, is_live=False))}</p>',
            f"<p>{escape(words.comparison(metrics, version) or '')}</p>",
            "<h2>Data and period</h2>",
            _facts(about),
            "<h2>Metrics</h2>",
            _metrics(metrics[metrics["judged_for"] == version], version),
            "<h2>Pictures</h2>",
            *(_figure(panel, version, rows_of) for panel in PANELS.values()),
            "<h2>Have the data moved?</h2>",
            _drift(rows_of),
            "<h2>Features</h2>",
            _features(str(about["features"]).split(",")),
            "<h2>Limits</h2>",
            "<ul>" + "".join(f"<li>{escape(limit)}</li>" for limit in _LIMITS) + "</ul>",
            f'<p class="note">Made on {datetime.now(UTC):%d %B %Y, %H:%M} UTC by Jobrec.</p>',
        ]
    )
    title, style = f"Model card: version {version}", _STYLE.read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


def _facts(about: pd.Series) -> str:
    rows = {
        "Model": about["model_name"],
        "Trained": f"{about['requested_at']:%d %B %Y, %H:%M} UTC, asked for by {about['requested_by']}",
        "Learned from": f"{int(about['examples']):,} pairs of posting and candidate, {int(about['positives']):,} "
        f"of them good; history from {about['history_from']:%d %B %Y}",
        "Judged on": f"postings opened from {about['holdout_from']:%d %B %Y} to {about['holdout_to']:%d %B %Y}, "
        "none of them learned from",
        "Data version": int(about["data_version"]),
        **_chosen(about),
    }
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in rows.items())
    return f"<table>{cells}</table>"


def _chosen(about: pd.Series) -> dict[str, str]:
    """What the admin chose for its training, and why it was trained."""
    if not isinstance(about["choices"], str):
        return {}
    choices = TrainingChoices.from_json(about["choices"], about["note"])
    kind = MODEL_TYPES[choices.model_type].partition(":")[0]
    chosen = {"Kind of model": kind, "Choices": "; ".join(choices.in_words()) or "the defaults"}
    return chosen | ({"Note": choices.note} if choices.note else {})


def _metrics(rows: pd.DataFrame, version: int) -> str:
    if rows.empty:
        return "<p>This version was not judged.</p>"
    heads = ["Metric", "Ordered by", "Value", "95 of 100 draws", "Postings"]
    compared = rows["difference"].notna().any()  # not of a first version
    lines = []
    for name, metric in words.METRICS.items():
        of_metric = rows[rows["metric"] == name]
        ordered = sorted(of_metric.itertuples(), key=lambda one: words.order(one.scorer, version))
        for at, row in enumerate(ordered):
            span = "" if pd.isna(row.low) else f"{row.low:.3f} to {row.high:.3f}"
            who = words.scorer_name(row.scorer, version)
            cells = ["" if at else metric.technical, who, f"{row.value:.3f}", span, f"{row.postings:,}"]
            lines.append(_row([*cells, _difference(row)] if compared else cells))
    if compared:
        heads.append("Difference to the version before")
    head = "".join(f"<th>{one}</th>" for one in heads)
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(lines)}</table></div>'


def _difference(row: Any) -> str:
    if pd.isna(row.difference):
        return ""
    between = "" if pd.isna(row.difference_low) else f" ({row.difference_low:+.3f} to {row.difference_high:+.3f})"
    return f"{row.difference:+.3f}{between}"


def _row(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _figure(panel: Panel, version: int, rows_of: RowsOf) -> str:
    try:
        rows = panel.shape(rows_of(panel.figure), version)
    except JobrecError as error:
        logger.warning("The model card of version %s has no panel %s: %s", version, panel.key, type(error).__name__)
        return f"<h3>{escape(panel.title)}</h3><p>{escape(str(error))}</p>"
    drawn = "".join(_views(panel, rows)) or f"<p>{escape(panel.empty)}</p>"
    return f'<h3>{escape(panel.title)}</h3><p class="note">{escape(panel.sentence)}</p>{drawn}'


def _views(panel: Panel, rows: pd.DataFrame) -> Iterator[str]:
    if rows.empty:
        return
    import vl_convert  # only here: it brings a browser's engine, which takes a moment

    for view in panel.views(rows):
        chart = panel.chart(rows, view).properties(width=_WIDTH)
        svg = vl_convert.vegalite_to_svg(chart.to_dict(validate=False) | {"config": _CONFIG})
        caption = escape(" ".join(part for part in (f"{view}." if view else "", panel.alt(rows, view)) if part))
        yield f'<figure role="img" aria-label="{escape(panel.title)}">{svg}<figcaption>{caption}</figcaption></figure>'


def _drift(rows_of: RowsOf) -> str:
    try:
        verdict = figures.verdict_from(rows_of)
    except JobrecError as error:
        return f"<p>{escape(str(error))}</p>"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in verdict.reasons)
    return f"<p><strong>{verdict.state.capitalize()}</strong></p><ul>{reasons}</ul>"


def _features(names: list[str]) -> str:
    used = catalogue.features().set_index("name").reindex(names).reset_index().fillna("")
    lines = "".join(_row([str(row.label or row.name), str(row.sentence), str(row.unit)]) for row in used.itertuples())
    head = "<tr><th>Feature</th><th>What it says</th><th>Unit</th></tr>"
    return f'<div class="wide"><table>{head}{lines}</table></div>'


def _bold(sentence: str) -> str:
    """Escaped, with what Markdown prints bold as bold."""
    parts = escape(sentence).split("**")
    return "".join(f"<strong>{part}</strong>" if at % 2 else part for at, part in enumerate(parts))
