"""What of Redshift is covered, as the README's tables tell it: made from the tables that the translation works by.

``python -m embedded_redshift.coverage`` prints it; with the README's path it brings the README up to date.
"""

from __future__ import annotations

import math
import re
import sys
import textwrap
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path

from sqlglot import exp

from embedded_redshift.ml import options
from embedded_redshift.ml.grammar import KMEANS_TRANSFORMERS, TRANSFORMERS
from embedded_redshift.translate.calls import REDSHIFT_FUNCTIONS
from embedded_redshift.translate.context import TRANSLATORS
from embedded_redshift.translate.function_table import FunctionKind
from embedded_redshift.translate.functions import FUNCTIONS
from embedded_redshift.translate.grammar import SPECIAL_CALLS
from embedded_redshift.translate.interface import RedshiftSyntaxError
from embedded_redshift.translate.parsing import parse
from embedded_redshift.translate.statement_table import FORMS, REFUSED
from embedded_redshift.translate.system_tables import GIVEN, INFORMATION_SCHEMA, REDSHIFT_TABLES

WIDTH = 160  # of a line of prose
# Functions of which none is covered, named together.
_FAMILY = re.compile(r"(st|h3|hll|has|change)_\w+")


_STATEMENT_LIST = resources.files("embedded_redshift.translate").joinpath("redshift_statements.txt").read_text("utf-8")
# Every statement of Redshift's documentation.
DOCUMENTED = tuple(line for line in _STATEMENT_LIST.splitlines() if line and not line.startswith("#"))


def statements() -> str:
    """A table of the statements that are translated, by group, and one of those that are refused by their name."""
    done = {name for forms in FORMS.values() for name in forms}
    count = sum(name in done for name in DOCUMENTED)
    head = (
        f"Of the {len(DOCUMENTED)} statements of Redshift's documentation {count} are done, "
        f"{len(DOCUMENTED) - count} refused by name; the error says why."
    )
    rows = [f"| {group} | {_listed(forms)} |" for group, forms in sorted(FORMS.items())]
    reasons: dict[str, list[str]] = {}
    for word, reason in REFUSED.items():
        reasons.setdefault(reason, []).append(f"`{word.upper()}`")
    refused = [f"| {', '.join(words)} | {reason} |" for reason, words in reasons.items()]
    return "\n".join(
        [head, "", "| statements | |", "|---|---|", *rows, "", "| refused | because |", "|---|---|", *refused]
    )


def _listed(forms: dict[str, str]) -> str:
    return ", ".join(f"`{name}`" + (f" ({note})" if note else "") for name, note in sorted(forms.items()))


def functions() -> str:
    """The functions by kind, and those of Redshift that are refused."""
    kinds: dict[FunctionKind, str] = {"scalar": "Scalar", "aggregate": "Aggregate", "window": "Window"}
    written = syntax_functions()
    parts = [
        _paragraph(title, (name for name, entry in FUNCTIONS.items() if entry.kind == kind and name not in written))
        for kind, title in kinds.items()
    ]
    leader = [name for name, entry in FUNCTIONS.items() if entry.leader_only]
    compute = [name for name, entry in FUNCTIONS.items() if entry.compute_only]
    parts += [
        _paragraph("With a syntax of their own", written),
        _paragraph("Like `CURRENT_TIMESTAMP` only where no table is read, as on Redshift's leader node", leader),
        _paragraph("Only where a table is read, as on Redshift's compute nodes", compute),
    ]
    refused = REDSHIFT_FUNCTIONS - FUNCTIONS.keys() - written - {"explain_model"}  # which is a statement
    families: dict[str, list[str]] = {}
    for name in refused:
        family = name if not _FAMILY.fullmatch(name) else f"{name.partition('_')[0]}_…"
        families.setdefault(family, []).append(name)
    named = (family if len(names) > 1 else names[0] for family, names in families.items())
    parts.append(_paragraph(f"Redshift's other {len(refused)} functions are refused by name", named, counted=False))
    return "\n".join(parts)


def syntax_functions() -> frozenset[str]:
    """Redshift's functions that are no plain calls: ``CAST(… AS …)``, and ``CURRENT_DATE`` without brackets."""
    calls = {name.lower() for name in SPECIAL_CALLS}
    return frozenset(calls | {name for name in REDSHIFT_FUNCTIONS if _stands_alone(name)})


def _stands_alone(name: str) -> bool:
    try:
        [item] = parse(f"SELECT {name}").expressions
    except RedshiftSyntaxError:
        return False
    return not isinstance(item, exp.Column) and type(item) in TRANSLATORS


def _paragraph(title: str, names: Iterable[str], counted: bool = True) -> str:
    listed = [f"`{name.upper()}`" for name in sorted(names)]
    head = f"- {title} ({len(listed)})" if counted else f"- {title}"
    return textwrap.fill(f"{head}: {', '.join(listed)}", WIDTH, subsequent_indent="  ", break_long_words=False)


def tables() -> str:
    """The system tables that are given, and how many of Redshift's are refused by name."""
    given = sorted(name.upper() for name in GIVEN)
    of_schema = ", ".join(f"`{name.upper()}`" for name in sorted(INFORMATION_SCHEMA))
    listed = ", ".join(f"`{name}`" for name in given)
    text = (
        f"System tables ({len(given)}): {listed}; of `INFORMATION_SCHEMA` {of_schema}. "
        f"Redshift's other {len(REDSHIFT_TABLES - GIVEN)} are refused by name."
    )
    return textwrap.fill(text, WIDTH, break_long_words=False)


def models() -> str:
    """A table of what CREATE MODEL takes."""
    auto = [name.upper() for name in options.MODEL_TYPES if name not in ("kmeans", "forecast")]
    problems = "; ".join(f"{kind} with {_words(names)}" for kind, names in options.OBJECTIVES_OF_PROBLEM.items())
    ranges = [f"{name.upper()} {_range(known)}" for name, known in options.XGBOOST_RANGES.items()]
    ranges.append(f"TREE_METHOD {'/'.join(options.TREE_METHODS)}")
    ignored = (*options.FORECAST_SETTINGS, "max_batch_rows")
    settings = [name.upper() for name in options.SETTINGS if name not in ignored]
    rows = {
        "`AUTO ON`": f"`MODEL_TYPE` {_words(auto)}, or without it the best of them",
        "its `PREPROCESSORS`": _words(TRANSFORMERS),
        "its `PROBLEM_TYPE` and `OBJECTIVE`": problems,
        "`AUTO OFF MODEL_TYPE XGBOOST`": f"`OBJECTIVE` {_words(options.XGBOOST_OBJECTIVES)}",
        "its `HYPERPARAMETERS`": ", ".join(ranges),
        "`AUTO OFF MODEL_TYPE KMEANS`": f"K {_range(options.KMEANS_RANGES['k'])}; `PREPROCESSORS` "
        f"{_words(KMEANS_TRANSFORMERS)}",
        "training data": f"from {options.MIN_ROWS} rows up, at most {options.MAX_FEATURES} features",
        "`SETTINGS`": f"{_words(settings)}",
    }
    table = [f"| {clause} | {takes} |" for clause, takes in rows.items()]
    return "\n".join(["| clause | takes |", "|---|---|", *table])


def _words(names: Iterable[str]) -> str:
    return ", ".join(names)


def _range(known: options.Range) -> str:
    return f"from {known.low:,}" if math.isinf(known.high) else f"{known.low:,}–{known.high:,}"


PARTS: dict[str, Callable[[], str]] = {
    "statements": statements,
    "tables": tables,
    "functions": functions,
    "models": models,
}


def updated(text: str) -> str:
    """A text in Markdown with each part between its two marks made anew. Raises ValueError where a mark is missing."""
    for name, make in PARTS.items():
        marks = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, found = marks.subn(lambda match, make=make: f"{match[1]}{make()}\n{match[2]}", text)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"The text must have one place for the {name}, and has {found}.")
    return text


def main(arguments: list[str]) -> None:
    """Prints the tables, or writes them into the files that are named."""
    for path in map(Path, arguments):
        path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")
    if not arguments:
        print("\n\n".join(make() for make in PARTS.values()))


if __name__ == "__main__":
    main(sys.argv[1:])
