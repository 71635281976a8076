"""``python -m jobrec_ui load``: loads a company's files, or writes down how they would be read."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jobrec_ui.commands import exit_codes
from jobrec_ui.errors import InputError

if TYPE_CHECKING:
    from collections import Counter

    from jobrec_ui.data.mapping.record import DataMapping
    from jobrec_ui.data.plan import Plan
    from jobrec_ui.warehouse import Warehouse
    from jobrec_ui.warehouse.progress import Progress


def add_options(load: argparse.ArgumentParser) -> None:
    """Adds what ``load`` takes to its parser."""
    load.add_argument("directory", type=Path, metavar="DIR", help="folder with the files, whatever they are called")
    load.add_argument("--mapping", type=Path, metavar="FILE", help="how the files are to be read (TOML)")
    load.add_argument(
        "--propose", type=Path, metavar="FILE", help="load nothing; write how the files would be read, to be changed"
    )
    load.add_argument("--reasons", type=Path, metavar="FILE", help="CSV file for what could not be read, and why")


def run(wh: "Warehouse", options: argparse.Namespace, progress: "Progress") -> int:
    """Loads the files and makes the features. Returns 1 if nothing of a whole file could be taken, else 0.

    The report comes last, so that nothing waits for whoever reads it. Raises InputError, WarehouseError.
    """
    from jobrec_ui import models
    from jobrec_ui.commands import first_start
    from jobrec_ui.data import load as loading
    from jobrec_ui.data.mapping.record import DataMapping, read_toml
    from jobrec_ui.data.plan import count_stages, make_plan
    from jobrec_ui.data.reading import find_files
    from jobrec_ui.models.report import next_step

    mapping = read_toml(options.mapping) if options.mapping else None
    if options.propose:
        with find_files([options.directory]) as files:
            plan = make_plan(files, mapping, loading.tables_with_rows(wh))
            words = count_stages(plan)
            _write(options.propose, DataMapping(plan.mapping.sheets, plan.decisions(words)))
            print(_proposal_in_words(plan, words, options))
        return 0
    report = loading.load(wh, options.directory, mapping=mapping, reasons_file=options.reasons, progress=progress)
    with first_start.features_wanting():
        models.refresh_features(wh, progress)
    advice = next_step(wh)
    print("\n\n".join([report.text(), *([advice] if advice else [])]), flush=True)
    for file in report.lost_files:
        print(f"Nothing of {file} was taken.", file=sys.stderr)
    return exit_codes.LOST_FILE if report.lost_files else exit_codes.DONE


def _guess(stage: str | None) -> str:
    return f"perhaps {stage}" if stage else "nothing is known about it, so its rows would be rejected"


def _write(path: Path, mapping: "DataMapping") -> None:
    from jobrec_ui.data.mapping.record import to_toml

    try:
        path.write_text(to_toml(mapping), encoding="utf-8")
    except OSError as error:
        raise InputError(f"The mapping {path} could not be written ({error.strerror}).") from error


def _proposal_in_words(plan: "Plan", words: "Counter[str]", options: argparse.Namespace) -> str:
    lines = [f"{one.sheet.label}: {one.why}{f' (but {one.doubt})' if one.doubt else ''}" for one in plan.held]
    lines += [f"{one.file}: not read; {one.why}" for one in plan.not_read]
    undecided, likely = plan.undecided(words), plan.decisions(words)
    if undecided:
        lines += ["", "Stages to decide about:"]
        lines += [f"  {word} ({words[word]:,} rows): {_guess(likely.get(word))}" for word in undecided]
    lines.append("")
    lines.append(f"Look at {options.propose}, change what is wrong, and load:")
    lines.append(f"  python -m jobrec_ui load {options.directory} --mapping {options.propose}")
    return "\n".join(lines)
